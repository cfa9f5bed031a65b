import { renameSync } from 'node:fs';

/**
 * Renames a finished file over the one that it replaces. On Windows that fails while anybody has one of them open: a virus scanner looks
 * into what was just written, and lets go of it, so that it is tried again for two seconds. Throws the system's error.
 */
export function putInPlace(partial: string, file: string): void {
  for (let tries = 1; ; tries += 1) {
    try {
      renameSync(partial, file);
      return;
    } catch (error) {
      if (tries === TRIES || !isHeld(error, process.platform)) throw error;
      Atomics.wait(NEVER_WOKEN, 0, 0, PAUSE_MS);
    }
  }
}

const TRIES = 20;
const PAUSE_MS = 100;
const NEVER_WOKEN = new Int32Array(new SharedArrayBuffer(4));

/** Whether a file could not be replaced because a program has it open, as Excel does with a table: on Windows alone. */
export function isHeld(error: unknown, platform: NodeJS.Platform): boolean {
  if (platform !== 'win32' || !(error instanceof Error)) return false;
  if (!('code' in error) || !('syscall' in error) || error.syscall !== 'rename') return false;
  return error.code === 'EPERM' || error.code === 'EBUSY' || error.code === 'EACCES';
}
