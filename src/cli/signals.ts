import { EXIT } from '../errors.ts';

/**
 * Aborts on the first SIGINT or SIGTERM, so that what is under way is finished and journaled; exits at once on the second.
 * Also keeps a reader that went away (`| head`) from ending a run with a stack trace.
 */
export function stopOnSignal(): AbortSignal {
  const controller = new AbortController();
  const onSignal = (): void => {
    if (controller.signal.aborted) process.exit(EXIT.stopped);
    process.stderr.write('\nStopping: finishing what is under way. Press again to stop at once.\n');
    controller.abort();
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  process.stdout.on('error', ignoreClosedPipe);
  process.stderr.on('error', ignoreClosedPipe);
  return controller.signal;
}

/** Ctrl-C at a prompt, which the terminal hands to whoever reads it: the same as the signal. */
export function interrupt(): void {
  process.emit('SIGINT');
}

function ignoreClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
}
