import { realpathSync, statSync } from 'node:fs';
import { EXIT, UserError } from '../errors.ts';
import type { Context } from './context.ts';
import { readInput } from './read-input.ts';
import { replaceWhole } from './replace-whole.ts';
import { unwritten } from './unwritten.ts';
import { whyNot } from './why-not.ts';

/** The rules file's text. Throws `UserError` where it cannot be read. */
export function readRules({ settings }: Context): { text: string; fileName: string } {
  const fileName = settings.rulesPath;
  return { text: decode(readBytes(fileName), fileName), fileName };
}

/** Puts another text in the place of the rules file, whole or not at all, with its mode; a link goes on leading to it. Throws `UserError`. */
export function replaceRules(fileName: string, text: string): void {
  try {
    const file = realpathSync(fileName);
    replaceWhole(file, [text], statSync(file).mode);
  } catch (cause) {
    throw unwritten({ code: 'rules_file', what: `rules file ${fileName}` }, cause);
  }
}

function readBytes(fileName: string): Buffer {
  try {
    return readInput(fileName);
  } catch (cause) {
    if (cause instanceof UserError) throw cause;
    throw new UserError(
      'rules_file_missing',
      `The rules file ${fileName} cannot be read: ${whyNot(cause, 'read')}.`,
      'Write one with `clio-fields init`, or name yours with --rules FILE.',
      EXIT.wrongInput,
      { cause },
    );
  }
}

/**
 * UTF-8, or UTF-16 with a byte order mark, as YAML 1.2 has it (section 5.2). Anything else is refused: a character that was
 * read as another one would go from a map or a replacement into clients' values.
 */
function decode(bytes: Buffer, fileName: string): string {
  try {
    return new TextDecoder(encodingOf(bytes), { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new UserError(
      'rules_file',
      `The rules file ${fileName} is not UTF-8: an accent or a dash in it cannot be read for certain.`,
      'Save it anew as UTF-8 (in Notepad: Save as, Encoding UTF-8), and see that its accents are right.',
      EXIT.wrongInput,
      { cause },
    );
  }
}

function encodingOf([first, second]: Buffer): string {
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  return first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
}
