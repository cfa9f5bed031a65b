import type { Command } from 'commander';
import { Profiles } from '../../credentials/profiles.ts';
import { EXIT } from '../../errors.ts';
import { complete as completionsOf } from '../completion/complete.ts';
import { knownWords } from '../completion/known-words.ts';
import type { Action } from '../context.ts';

interface Flags {
  readonly newWord: boolean;
}

/** What the shells' scripts ask when somebody presses Tab: a line a word, its meaning behind a tab; `:files` for any file. */
export function completeFor(program: Command): Action<Flags> {
  return async (context, { newWord }, given: unknown = []) => {
    const words = Array.isArray(given) ? given.map(String) : [];
    const profiles = new Profiles(context.settings.configFolder).names();
    const found = completionsOf(
      program,
      newWord ? [...words, ''] : words,
      knownWords(context, profiles),
    );
    const lines =
      found === 'files'
        ? [':files\n']
        : found.map(({ value, description }) => `${oneLine(value)}\t${oneLine(description)}\n`);
    await context.output.result(lines);
    return EXIT.done;
  };
}

/** A field's name may hold anything; the shell's script reads lines. */
function oneLine(text: string): string {
  return text.replace(/\s+/gu, ' ').trim();
}
