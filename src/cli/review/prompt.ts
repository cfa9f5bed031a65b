import { emitKeypressEvents, type Key } from 'node:readline';
import { askText } from '../ask.ts';
import type { Context } from '../context.ts';
import { interrupt } from '../signals.ts';

/** How a person answers: with a key, or with a line. */
export interface Prompt {
  readonly say: (text: string) => void;
  /** One of `keys`, however often another one is pressed; null where the person ends it (Ctrl-C, Ctrl-D). */
  readonly key: (question: string, keys: readonly string[]) => Promise<string | null>;
  /** What is typed, trimmed; null where the person ends it. */
  readonly line: (question: string) => Promise<string | null>;
}

/** Asks on the terminal: a single key where it can be had, else a line whose first letter counts. */
export function terminalPrompt(context: Context): Prompt {
  const { stdin, stderr, environment } = context;
  const hasKeys = stdin.isTTY && environment['TERM'] !== 'dumb';
  const line = (question: string): Promise<string | null> => askText(context, question);
  return {
    say: (text) => stderr.write(text),
    line,
    key: async (question, keys) => {
      for (;;) {
        const answering = hasKeys ? pressedKey(context) : line(question);
        // The question comes once the terminal hands on single keys: an answer can be quick.
        if (hasKeys) stderr.write(question);
        const answer = await answering;
        if (answer === null) return null;
        const key = answer.trim().slice(0, 1);
        if (hasKeys) stderr.write(`${keys.includes(key) ? key : ''}\n`);
        if (keys.includes(key)) return key;
        stderr.write(`Press one of ${keys.join(' ')}; ? tells what they do.\n`);
      }
    },
  };
}

/** The next key; null for Ctrl-C, Ctrl-D, a stop from outside and a terminal that closed. The terminal is left as it was found. */
function pressedKey({ stdin, stop }: Context): Promise<string | null> {
  return new Promise((resolve) => {
    emitKeypressEvents(stdin);
    const wasRaw = stdin.isRaw;
    const end = (key: string | null): void => {
      stdin.off('keypress', onKey);
      stop.removeEventListener('abort', onStop);
      stdin.off('close', onStop);
      stdin.setRawMode(wasRaw);
      stdin.pause();
      resolve(key);
    };
    const onStop = (): void => end(null);
    const onKey = (text: string | undefined, key: Key): void => {
      const control = key.ctrl === true ? key.name : undefined;
      if (control === 'c') interrupt();
      else end(control === 'd' ? null : (NAMED_KEYS[key.name ?? ''] ?? text ?? ''));
    };
    if (stop.aborted || stdin.destroyed) {
      resolve(null);
      return;
    }
    stop.addEventListener('abort', onStop, { once: true });
    stdin.once('close', onStop);
    stdin.on('keypress', onKey);
    stdin.setRawMode(true);
    stdin.resume();
  });
}

/** Arrows do what the letters of vi do. */
const NAMED_KEYS: Readonly<Record<string, string>> = { down: 'j', right: 'j', up: 'k', left: 'k' };
