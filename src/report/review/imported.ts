import type { ReviewCounts } from '../../model/change.ts';
import type { RulingKind } from '../../model/decision.ts';
import { reviewCountsAsText } from '../people.ts';
import { number } from '../text/page.ts';

/** What came of a file that people decided in. */
export interface ImportedView {
  readonly planId: string;
  readonly isDryRun: boolean;
  readonly decided: Readonly<Record<RulingKind, number>>;
  readonly asBefore: number;
  readonly blank: number;
  readonly missing: number;
  /** As the review stands now. */
  readonly counts: ReviewCounts;
}

export function importedAsText(view: ImportedView): string[] {
  const { planId, isDryRun, decided, asBefore, blank, missing, counts } = view;
  const total = decided.accept + decided.edit + decided.clear + decided.skip + decided.later;
  const parts = [
    decided.accept > 0 && `${number(decided.accept)} to accept`,
    decided.edit > 0 && `${number(decided.edit)} to edit`,
    decided.clear > 0 && `${number(decided.clear)} to clear`,
    decided.skip > 0 && `${number(decided.skip)} to skip`,
    decided.later > 0 && `${number(decided.later)} for later`,
  ].filter((part) => part !== false);
  const rest = [
    asBefore > 0 && `${number(asBefore)} as decided before`,
    blank > 0 && `${number(blank)} without a decision`,
    missing > 0 && `${number(missing)} without a row in the file: left as they were`,
  ].filter((part) => part !== false);
  return [
    `${number(total)} new ${total === 1 ? 'decision' : 'decisions'} of ${planId}${parts.length === 0 ? '' : `: ${parts.join(', ')}`}\n`,
    ...rest.map((part) => `${part}\n`),
    isDryRun
      ? 'The file is sound. Nothing was stored.\n'
      : `In all: ${reviewCountsAsText(counts)}\nNext: clio-fields review finish ${planId}\n`,
  ];
}
