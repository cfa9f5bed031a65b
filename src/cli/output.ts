import { once } from 'node:events';
import { chunks } from './chunks.ts';
import { fold } from './fold.ts';

/** Where a command's words go: the result to stdout, everything else to stderr. */
export class Output {
  readonly isJson: boolean;
  readonly #stdout: NodeJS.WritableStream;
  readonly #stderr: NodeJS.WritableStream & Parameters<typeof fold>[1];
  readonly #isQuiet: boolean;
  /** Whether a bar can stand on the terminal's line. */
  readonly #isDrawn: boolean;

  constructor(
    stdout: NodeJS.WritableStream,
    stderr: NodeJS.WritableStream & Parameters<typeof fold>[1],
    { isJson, isQuiet, isDrawn }: { isJson: boolean; isQuiet: boolean; isDrawn: boolean },
  ) {
    this.#stdout = stdout;
    this.#stderr = stderr;
    this.#isQuiet = isQuiet;
    this.#isDrawn = isDrawn;
    this.isJson = isJson;
  }

  /** The result, piece by piece, no faster than the reader takes it. */
  async result(pieces: Iterable<string>): Promise<void> {
    await writeAll(this.#stdout, pieces);
  }

  /** The result as one JSON document, with its format version. */
  async json(document: object): Promise<void> {
    await this.result([`${JSON.stringify({ formatVersion: 1, ...document })}\n`]);
  }

  /** A word on the side, on stderr; left out with --quiet. */
  note(text: string): void {
    if (!this.#isQuiet) this.warn(text);
  }

  /** A note in the middle of a job, where a bar may stand on the terminal's line: it gives way, and comes back below. */
  aside(text: string): void {
    this.note(this.#isDrawn ? `${CLEAR_LINE}${text}` : text);
  }

  /** What must be seen even with --quiet. */
  warn(text: string): void {
    this.#stderr.write(`${fold(text, this.#stderr)}\n`);
  }
}

/** Back to the start of the terminal's line, which is emptied. */
export const CLEAR_LINE = '\r\u001b[2K';

/** Nothing more is written where it is no longer taken; what that means is for `outliveStreams` to say. */
async function writeAll(stream: NodeJS.WritableStream, pieces: Iterable<string>): Promise<void> {
  for (const chunk of chunks(pieces)) if (!(await write(stream, chunk))) return;
}

/** Whether it is still taken. */
async function write(stream: NodeJS.WritableStream, chunk: string): Promise<boolean> {
  try {
    if (stream.writable && !stream.write(chunk)) await once(stream, 'drain');
    return stream.writable;
  } catch {
    return false;
  }
}
