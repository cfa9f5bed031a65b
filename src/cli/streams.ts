import { EXIT, UserError } from '../errors.ts';

/**
 * Keeps a full disk behind `>`, a reader that went away and a terminal that closed from ending a run with a stack trace:
 * what is under way matters more than what is said about it. The answer tells what kept the result from stdout, once all is said;
 * null where it arrived, or where the reader had seen enough (`| head`). What stderr does not take is lost: there is nowhere to say so.
 * What stdin does not give is for whoever reads it.
 */
export function outliveStreams(
  stdin: NodeJS.ReadableStream,
  stdout: NodeJS.WritableStream,
  stderr: NodeJS.WritableStream,
): () => UserError | null {
  let lost: UserError | null = null;
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') lost ??= resultLost(error);
  });
  for (const stream of [stdin, stderr]) stream.on('error', () => undefined);
  return () => lost;
}

/** A pipe takes its time; a reader that went away takes nothing more. */
export async function flush(stream: NodeJS.WritableStream): Promise<void> {
  if (!stream.writable) return;
  await new Promise<void>((resolve) => {
    stream.write('', () => resolve());
  });
}

function resultLost(cause: NodeJS.ErrnoException): UserError {
  return new UserError(
    'output_lost',
    `The result could not be written to where stdout leads: ${cause.message}.`,
    'What the command did is done. Make room, or send its output elsewhere; `clio-fields show` tells it once more.',
    EXIT.failed,
    { cause },
  );
}
