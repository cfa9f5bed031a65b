import { EXIT, type ExitCode } from '../errors.ts';
import type { Examination } from '../operations/account/examine.ts';

/** What a command that examined the account ends with. */
export function exitAfter({ isSignedIn, isReached, isPermitted, findings }: Examination): ExitCode {
  if (isSignedIn === false || !isPermitted) return EXIT.notSignedIn;
  if (!isReached) return EXIT.failed;
  return findings.some(({ level }) => level === 'problem') ? EXIT.leftOver : EXIT.done;
}
