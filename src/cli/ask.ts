import { createInterface } from 'node:readline/promises';
import type { Context } from './context.ts';

/** Whether the person at the terminal types yes. */
export async function ask({ stdin, stderr, stop }: Context, question: string): Promise<boolean> {
  const prompt = createInterface({ input: stdin, output: stderr });
  try {
    const answer = await prompt.question(question, { signal: stop });
    return /^y(?:es)?$/iu.test(answer.trim());
  } catch {
    return false;
  } finally {
    prompt.close();
  }
}
