import type { Coverage } from '../../model/summary.ts';
import { coverageInWords, isComplete } from '../coverage.ts';
import type { Page } from './page.ts';

/** A line a kind of record; in yellow what is not whole, for nobody must take it for done. */
export function* coverageLines(
  page: Page,
  coverage: readonly Coverage[],
  isRenewed = false,
): Iterable<string> {
  for (const each of coverage) {
    const paint = isComplete(each) ? (line: string): string => line : page.paint.yellow;
    yield* page.indented(coverageInWords(each, isRenewed), 0, paint);
  }
}
