import { Chalk } from 'chalk';
import { wrap } from './table.ts';
import type { Look } from './types.ts';
import { visible } from './visible.ts';

/** One value as a rule saw it. */
interface Result {
  readonly input: string;
  readonly outcome: 'unchanged' | 'changed' | 'flagged';
  readonly output: string | null;
  readonly reason: string | null;
  readonly suggestions: readonly string[];
}

/** What a rule made of values: a value, an arrow, what it became or why it is flagged. */
export function* trialAsText(
  results: Iterable<Result>,
  evidence: readonly string[],
  { hasColor, columns }: Look,
): Iterable<string> {
  const paint = new Chalk({ level: hasColor ? 1 : 0 });
  for (const sentence of evidence) yield `${paint.dim(visible(sentence))}\n`;
  for (const { input, outcome, output, reason, suggestions } of results) {
    switch (outcome) {
      case 'unchanged':
        yield `  ${visible(input)}\n`;
        break;
      case 'changed':
        yield `${paint.green('+')} ${visible(input)} -> ${paint.green(visible(output ?? ''))}\n`;
        break;
      case 'flagged':
        yield `${paint.yellow('?')} ${paint.yellow(visible(input))}\n`;
        break;
    }
    const words = [
      reason === null ? '' : visible(reason),
      suggestions.length === 0 ? '' : `perhaps: ${suggestions.map(visible).join(' | ')}`,
    ];
    for (const text of words) {
      if (text !== '') for (const line of wrap(text, columns - 4)) yield `    ${paint.dim(line)}\n`;
    }
  }
}
