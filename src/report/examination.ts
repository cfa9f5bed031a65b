import { Chalk } from 'chalk';
import { wrap } from './table.ts';
import type { Look } from './types.ts';
import { visible } from './visible.ts';

interface Finding {
  readonly what: string;
  readonly level: 'good' | 'note' | 'problem';
  readonly message: string;
  readonly hint: string | null;
}

/** What `doctor` found: a mark, the thing, what is to be said of it, and what to do. */
export function* examinationAsText(
  { findings }: { findings: readonly Finding[] },
  { hasColor, columns }: Look,
): Iterable<string> {
  const paint = new Chalk({ level: hasColor ? 1 : 0 });
  const marks = { good: paint.green('ok'), note: paint.dim('--'), problem: paint.red('!!') };
  for (const { what, level, message, hint } of findings) {
    yield `${marks[level]} ${what}\n`;
    for (const line of wrap(visible(message), columns - 5)) yield `     ${line}\n`;
    if (hint !== null)
      for (const line of wrap(hint, columns - 5)) yield `     ${paint.dim(line)}\n`;
  }
}
