import type { Verdict } from '../types.ts';

/**
 * Decides a value with `\n` at its line ends, which are CRLF, LF and a lone CR, and gives the result the ends that the value came with:
 * nobody sees which they are, and a platform may write its own in any case. Where a value mixes them, or has lone CRs, that alone is no
 * reason to change it; what is changed for another reason gets CRLF throughout where it has any, as platforms that write CRLF do, else
 * LF, for a lone CR is no line end to every program. Twice is once where it is for `decide`.
 */
export function keepLineEnds(value: string, decide: (value: string) => Verdict): Verdict {
  if (!value.includes('\r')) return decide(value);
  const verdict = decide(plainLineEnds(value));
  const withEnds = value.includes(CRLF) ? withCrlf : (text: string) => text;
  switch (verdict.outcome) {
    case 'changed':
      return { ...verdict, after: withEnds(verdict.after) };
    case 'flagged':
      return { ...verdict, suggestions: verdict.suggestions.map(withEnds) };
    case 'unchanged':
    case 'newOption':
      return verdict;
  }
}

const CRLF = '\r\n';

function plainLineEnds(text: string): string {
  return text.replaceAll(/\r\n?/gu, '\n');
}

function withCrlf(text: string): string {
  return text.replaceAll(/\r?\n/gu, CRLF);
}
