import { isatty } from 'node:tty';
import { EXIT, type ExitCode } from '../errors.ts';

/**
 * Aborts on the first SIGINT, SIGTERM or SIGHUP, so that what is under way is finished and journaled; exits at once on a second SIGINT or SIGTERM.
 * A terminal that closes sends its SIGHUP more than once, and means no haste by it. `onHaste` has the last word, and no time but its own.
 */
export function stopOnSignal(onHaste: () => void): AbortSignal {
  const controller = new AbortController();
  const stop = (words: string): void => {
    process.stderr.write(`\nStopping: finishing what is under way.${words}\n`);
    controller.abort();
  };
  const onSignal = (): void => {
    if (controller.signal.aborted) {
      onHaste();
      endProcess(EXIT.stopped);
    }
    stop(' Press again to stop at once.');
  };
  const onHangUp = (): void => {
    if (!controller.signal.aborted && hasTerminal()) stop('');
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  process.on('SIGHUP', onHangUp);
  return controller.signal;
}

/** Ctrl-C at a prompt, which the terminal hands to whoever reads it: the same as the signal. */
export function interrupt(): void {
  process.emit('SIGINT');
}

/**
 * Ends by the signal that said so where the terminal is gone: there is nobody left to hear a code, and Node.js 20 would crash, for it cannot
 * put such a terminal back in order.
 */
export function endProcess(code: ExitCode): never {
  if (hasLostTerminal()) {
    process.removeAllListeners('SIGHUP');
    process.kill(process.pid, 'SIGHUP');
  }
  process.exit(code);
}

/** Without one, a SIGHUP is what `nohup` keeps from a program: Node.js forgets that it was asked to ignore it. */
function hasTerminal(): boolean {
  return standardStreams().some((stream) => stream.isTTY);
}

/** What was one when the program began, and is one no longer. */
function hasLostTerminal(): boolean {
  return standardStreams().some((stream, descriptor) => stream.isTTY && !isatty(descriptor));
}

function standardStreams(): (NodeJS.ReadStream | NodeJS.WriteStream)[] {
  return [process.stdin, process.stdout, process.stderr];
}
