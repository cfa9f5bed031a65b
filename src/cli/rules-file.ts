import { existsSync, realpathSync, statSync } from 'node:fs';
import { EXIT, UserError } from '../errors.ts';
import type { Context } from './context.ts';
import { readInput } from './read-input.ts';
import { replaceWhole } from './replace-whole.ts';
import { unwritten } from './unwritten.ts';
import { whyNot } from './why-not.ts';

/** The rules file's text. Throws `UserError` where it cannot be read. */
export function readRules({ settings }: Context): { text: string; fileName: string } {
  const fileName = settings.rulesPath;
  try {
    return { text: decode(readBytes(fileName), fileName), fileName };
  } catch (error) {
    const isFirst = error instanceof UserError && error.code === MISSING;
    throw isFirst && !existsSync(settings.journalPath) ? inventoryFirst(error) : error;
  }
}

const MISSING = 'rules_file_missing';

/** `init` proposes rules from an inventory, and so would send on whoever has none. */
function inventoryFirst({ code, message, exitCode, cause }: UserError): UserError {
  const hint =
    'Begin with `clio-fields inventory`, then `clio-fields init` writes one; or name yours with --rules FILE, and your journal with --journal FILE.';
  return new UserError(code, message, hint, exitCode, { cause });
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
      MISSING,
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
