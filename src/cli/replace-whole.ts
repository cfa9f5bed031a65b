import { closeSync, fchmodSync, fsyncSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { putInPlace } from '../put-in-place.ts';
import { chunks } from './chunks.ts';

/**
 * Writes a file whole or not at all, for this user alone unless another mode is given: what was cut short must not pass for it. Where
 * others may write too, nothing that they put there is written into.
 */
export function replaceWhole(
  file: string,
  content: Iterable<string> | Uint8Array,
  mode = 0o600,
): void {
  const partial = `${file}.${process.pid}.partial`;
  rmSync(partial, { force: true });
  const descriptor = openSync(partial, 'wx', 0o600);
  try {
    write(descriptor, content, () => {
      fchmodSync(descriptor, mode);
      fsyncSync(descriptor);
    });
    putInPlace(partial, file);
  } catch (cause) {
    rmSync(partial, { force: true });
    throw cause;
  }
}

/** Writes what comes, then calls `settle`, and closes the file however it ends. */
export function write(
  descriptor: number,
  content: Iterable<string> | Uint8Array,
  settle: () => void = () => {},
): void {
  try {
    if (content instanceof Uint8Array) writeFileSync(descriptor, content);
    else for (const chunk of chunks(content)) writeFileSync(descriptor, chunk);
    settle();
  } finally {
    closeSync(descriptor);
  }
}
