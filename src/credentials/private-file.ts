import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { EXIT, UserError } from '../errors.ts';
import { putInPlace } from '../put-in-place.ts';

/** Writes a file that this user alone can read, whole or not at all. Throws `UserError`. */
export function writePrivateFile(path: string, text: string): void {
  const partial = `${path}.${process.pid}.partial`;
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    // Whatever an earlier process left there may have another mode.
    rmSync(partial, { force: true });
    const descriptor = openSync(partial, 'wx', 0o600);
    try {
      writeFileSync(descriptor, text);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    putInPlace(partial, path);
  } catch (cause) {
    rmSync(partial, { force: true });
    throw unwritable(path, cause);
  }
}

export function unwritable(path: string, cause: unknown): UserError {
  return new UserError(
    'sign_in_file',
    `The sign-in could not be kept in ${path}: ${codeOf(cause)}.`,
    'See that you may write to that folder, or name another with CLIO_FIELDS_CONFIG.',
    EXIT.failed,
    { cause },
  );
}

/** Null where there is none. Throws `UserError`. */
export function readPrivateFile(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    if (codeOf(cause) === 'ENOENT' || codeOf(cause) === 'ENOTDIR') return null;
    throw new UserError(
      'sign_in_file',
      `${path} cannot be read: ${codeOf(cause)}.`,
      'See that the file and its folder are yours, or name another folder with CLIO_FIELDS_CONFIG.',
      EXIT.failed,
      { cause },
    );
  }
}

/** The system's code of a failure. */
export function codeOf(cause: unknown): string {
  return cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause);
}
