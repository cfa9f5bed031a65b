import { realpathSync, statSync } from 'node:fs';
import { replaceWhole } from './replace-whole.ts';
import { unwritten } from './unwritten.ts';

/** Puts a text in the place of the rules file that is there, whole or not at all, with its mode; a link goes on leading to it. */
export function replaceFile(path: string, text: string): void {
  try {
    const file = realpathSync(path);
    replaceWhole(file, [text], statSync(file).mode);
  } catch (cause) {
    throw unwritten({ code: 'rules_file', what: `rules file ${path}` }, cause);
  }
}
