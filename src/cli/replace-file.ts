import {
  closeSync,
  fchmodSync,
  fsyncSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { EXIT, UserError } from '../errors.ts';

/** Puts a text in the place of a file that is there, whole or not at all, with its mode; a link goes on leading to it. */
export function replaceFile(path: string, text: string): void {
  let partial: string | undefined;
  try {
    const file = realpathSync(path);
    const { mode } = statSync(file);
    partial = `${file}.${process.pid}.partial`;
    const descriptor = openSync(partial, 'wx', 0o600);
    try {
      writeFileSync(descriptor, text);
      fchmodSync(descriptor, mode);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    renameSync(partial, file);
  } catch (cause) {
    if (partial !== undefined) rmSync(partial, { force: true });
    throw new UserError(
      'rules_file',
      `${path} could not be written: ${cause instanceof Error ? cause.message : String(cause)}. It is as it was.`,
      'See that you may write to the file and its folder, and run the command again.',
      EXIT.wrongInput,
      { cause },
    );
  }
}
