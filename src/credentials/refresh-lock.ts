import {
  closeSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { codeOf, unwritable } from './private-file.ts';

/** Longer than a refresh can take, its repeats included: whoever holds it longer is dead. */
const HELD_AT_MOST_MS = 120_000;
const LOOK_AGAIN_MS = 50;

/**
 * Runs `work` while no other process of this user runs its own under the same path, so that two that find the same token ended
 * do not both spend the refresh token. A process that died meanwhile is not waited for. Throws `UserError`.
 */
export async function withLock<Result>(path: string, work: () => Promise<Result>): Promise<Result> {
  while (!take(path)) {
    if (isAbandoned(path)) rmSync(path, { force: true });
    else await sleep(LOOK_AGAIN_MS);
  }
  try {
    return await work();
  } finally {
    rmSync(path, { force: true });
  }
}

function take(path: string): boolean {
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    const descriptor = openSync(path, 'wx', 0o600);
    writeFileSync(descriptor, String(process.pid));
    closeSync(descriptor);
    return true;
  } catch (error) {
    if (isHeld(codeOf(error))) return false;
    throw unwritable(path, error);
  }
}

/** EPERM and EBUSY are Windows' way to say that another process is just deleting it. */
function isHeld(code: string): boolean {
  return code === 'EEXIST' || (process.platform === 'win32' && /^(?:EPERM|EBUSY)$/u.test(code));
}

function isAbandoned(path: string): boolean {
  try {
    if (Date.now() - statSync(path).mtimeMs > HELD_AT_MOST_MS) return true;
    const holder = Number(readFileSync(path, 'utf8'));
    return holder > 0 && !isAlive(holder);
  } catch {
    // It is gone already.
    return false;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) !== 'ESRCH';
  }
}
