import type { Verdict } from '../types.ts';

/**
 * Decides a value with `\n` at its line ends and gives the result the ends that the value came with: nobody sees which
 * they are, and a platform may write its own in any case. Where a value mixes both, that alone is no reason to change
 * it; what is changed for another reason gets CRLF throughout, as platforms that write CRLF do. A lone CR is no line
 * end to every program, so it becomes one. Twice is once where it is for `decide`.
 */
export function keepLineEnds(value: string, decide: (value: string) => Verdict): Verdict {
  if (!value.includes(CRLF)) return decide(value);
  const verdict = decide(plainLineEnds(value));
  switch (verdict.outcome) {
    case 'changed':
      return { ...verdict, after: withCrlf(verdict.after) };
    case 'flagged':
      return { ...verdict, suggestions: verdict.suggestions.map(withCrlf) };
    case 'unchanged':
    case 'newOption':
      return verdict;
  }
}

const CRLF = '\r\n';

/** A CR before a CRLF would be taken for its CR: it becomes another break that is put in order later. */
function plainLineEnds(text: string): string {
  return text.replaceAll(/\r(?!\n)/gu, '\v').replaceAll(CRLF, '\n');
}

function withCrlf(text: string): string {
  return text.replaceAll(/\r?\n/gu, CRLF);
}
