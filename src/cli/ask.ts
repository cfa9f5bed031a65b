import { createInterface, type Interface } from 'node:readline';
import { PassThrough } from 'node:stream';
import { EXIT, type ExitCode } from '../errors.ts';
import type { Context } from './context.ts';
import { interrupt } from './signals.ts';

type Terminal = Pick<Context, 'stdin' | 'stderr' | 'stop'>;

/** Whether the person at the terminal types yes. */
export async function ask(terminal: Terminal, question: string): Promise<boolean> {
  return /^y(?:es)?$/iu.test((await askText(terminal, question)) ?? '');
}

/** What a command ends with that was not told yes: Ctrl-C and a signal stop it as they stop any other, and all else is an answer. */
export function exitAfterNo({ stop }: Pick<Context, 'stop'>): ExitCode {
  return stop.aborted ? EXIT.stopped : EXIT.wrongInput;
}

/** What a person types at the terminal, trimmed; null where they end it (Ctrl-D, Ctrl-C). */
export function askText(terminal: Terminal, question: string): Promise<string | null> {
  return askLine(terminal, question, terminal.stderr);
}

/** As `askText`, without showing what is typed. */
export async function askSecret(terminal: Terminal, question: string): Promise<string | null> {
  const nothing = new PassThrough().resume();
  // The question comes once the terminal shows nothing any more: a paste can be quick.
  const answer = askLine(terminal, '', nothing);
  terminal.stderr.write(question);
  await answer;
  terminal.stderr.write('\n');
  return answer;
}

/** Whether the person at the terminal says yes, Enter alone meaning `otherwise`; null where they end it. */
export async function askYes(
  terminal: Terminal,
  question: string,
  otherwise: boolean,
): Promise<boolean | null> {
  const answer = await askText(terminal, `${question} ${otherwise ? '[Y/n]' : '[y/N]'} `);
  if (answer === null || answer === '') return answer === null ? null : otherwise;
  return /^y(?:es)?$/iu.test(answer);
}

/** Lines that a person types or pastes while something else is waited for. */
export function readLines({ stdin, stderr }: Terminal): {
  readonly lines: AsyncIterable<string>;
  readonly close: () => void;
} {
  const reader = createInterface({ input: stdin, output: stderr, terminal: true });
  reader.on('SIGINT', interrupt);
  endWithTerminal(reader);
  return { lines: untilTerminalCloses(reader), close: () => reader.close() };
}

async function* untilTerminalCloses(reader: Interface): AsyncIterable<string> {
  try {
    yield* reader;
  } catch {
    // The signal that comes with it says what is to be done.
  }
}

/** A terminal that closed answers nothing more, and fails once again where its reader puts it back in order. */
function endWithTerminal(reader: Interface): void {
  reader.on('error', () => undefined);
  reader.once('error', () => reader.close());
}

function askLine(
  { stdin, stop }: Terminal,
  question: string,
  output: NodeJS.WritableStream,
): Promise<string | null> {
  return new Promise((resolve) => {
    const prompt = createInterface({ input: stdin, output, terminal: true });
    const end = (): void => prompt.close();
    stop.addEventListener('abort', end, { once: true });
    // The terminal hands Ctrl-C to whoever reads it, not to the process.
    prompt.on('SIGINT', interrupt);
    endWithTerminal(prompt);
    let answered: string | null = null;
    prompt.once('close', () => {
      stop.removeEventListener('abort', end);
      // Ctrl-D leaves the cursor behind the question; a signal has said so on a line of its own.
      if (answered === null && !stop.aborted) output.write('\n');
      resolve(answered);
    });
    if (stop.aborted || stdin.destroyed) end();
    else
      prompt.question(question, (answer) => {
        answered = answer.trim();
        end();
      });
  });
}
