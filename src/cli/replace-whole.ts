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
  const { partial, descriptor } = begin(file);
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

/** As `replaceWhole`, where `fill` writes into the empty file whose name it is given, and has closed it when it is done. */
export async function replaceFilled<Result>(
  file: string,
  fill: (partial: string) => Promise<Result>,
): Promise<Result> {
  const { partial, descriptor } = begin(file);
  closeSync(descriptor);
  try {
    const result = await fill(partial);
    flush(partial);
    putInPlace(partial, file);
    return result;
  } catch (cause) {
    rmSync(partial, { force: true });
    throw cause;
  }
}

function flush(file: string): void {
  const descriptor = openSync(file, 'a');
  write(descriptor, [], () => fsyncSync(descriptor));
}

/** An empty file beside the one that it is to become. */
function begin(file: string): { readonly partial: string; readonly descriptor: number } {
  const partial = `${file}.${process.pid}.partial`;
  rmSync(partial, { force: true });
  return { partial, descriptor: openSync(partial, 'wx', 0o600) };
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
