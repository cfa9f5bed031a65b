import { EXIT, UserError } from '../errors.ts';
import { isHeld } from '../put-in-place.ts';
import { isSystemError, type SystemError, whyNot } from './why-not.ts';

interface Unwritten {
  /** Of the error. */
  readonly code: string;
  /** What was to be written, as people call it, with its path. */
  readonly what: string;
  /** How another file is named; undefined where it has to be this one. */
  readonly otherwise?: string;
}

/** Why a file could not be put in its place, and what to do. What is no failure of the system is given back as it is. */
export function unwritten({ code, what, otherwise }: Unwritten, cause: unknown): unknown {
  if (!isSystemError(cause)) return cause;
  if (isFull(cause)) {
    return new UserError(
      code,
      `There is no room for the ${what}. Nothing was written.`,
      otherwise === undefined
        ? 'Make room, and run the command again.'
        : `Make room, or name a file on another disk with ${otherwise}.`,
      EXIT.failed,
      { cause },
    );
  }
  if (isHeld(cause, process.platform)) {
    return new UserError(
      code,
      `Another program has the ${what} open, and keeps it from being replaced. It is as it was.`,
      `Close it there, and run the command again${otherwise === undefined ? '' : `; or name another file with ${otherwise}`}.`,
      EXIT.failed,
      { cause },
    );
  }
  return new UserError(
    code,
    `The ${what} could not be written: ${whyNot(cause, 'write')}.`,
    otherwise === undefined
      ? 'See that you may write to the file and its folder, and run the command again.'
      : `Name a file in a folder that exists and that you may write to, with ${otherwise}.`,
    EXIT.wrongInput,
    { cause },
  );
}

/** Whether a disk has no room; EFBIG where somebody set how big a file may become. */
function isFull({ code }: SystemError): boolean {
  return code === 'ENOSPC' || code === 'EDQUOT' || code === 'EFBIG';
}
