import { realpathSync, statSync } from 'node:fs';
import { EXIT, UserError } from '../errors.ts';
import { isFull, replaceWhole } from './replace-whole.ts';

/** Puts a text in the place of a file that is there, whole or not at all, with its mode; a link goes on leading to it. */
export function replaceFile(path: string, text: string): void {
  try {
    const file = realpathSync(path);
    replaceWhole(file, [text], statSync(file).mode);
  } catch (cause) {
    throw new UserError(
      'rules_file',
      `${path} could not be written: ${cause instanceof Error ? cause.message : String(cause)}. It is as it was.`,
      isFull(cause)
        ? 'Make room, and run the command again.'
        : 'See that you may write to the file and its folder, and run the command again.',
      isFull(cause) ? EXIT.failed : EXIT.wrongInput,
      { cause },
    );
  }
}
