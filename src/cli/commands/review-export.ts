import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { EXIT, UserError } from '../../errors.ts';
import { picklistOptions } from '../../operations/review/picklist-options.ts';
import { openReview, type Review } from '../../operations/review/review.ts';
import { type Prefill, reviewRows } from '../../operations/review/rows.ts';
import type { Action } from '../context.ts';
import { withJournal } from '../session.ts';
import { READERS, writeReport } from '../write-report.ts';

interface Flags {
  readonly prefill: Prefill;
  readonly force: boolean;
}

export const exportReview: Action<Flags> = (
  context,
  { prefill, force },
  out = '',
  planId?: string,
) => {
  const { folder, output, now } = context;
  const write = WRITERS[endingOf(out)];
  if (write === undefined) throw unknownEnding(out);
  return withJournal(context, 'read', 'review export', async (journal) => {
    const review = openReview({ journal, now }, planId);
    const file = resolve(folder, out);
    if (!force && existsSync(file)) throw alreadyThere(out);
    writeReport(file, await write(review, prefill));
    const { plan, size } = review;
    if (output.isJson) {
      await output.json({
        file,
        planId: plan.planId,
        digest: plan.digest,
        rows: size,
        counts: review.counts(),
      });
      return EXIT.done;
    }
    await output.result([
      `Wrote ${size === 1 ? 'the one change or flag' : `the ${size.toLocaleString('en-US')} changes and flags`} of ${plan.planId} to ${file}, ${READERS}: it holds clients' data.\n`,
      `Fill in the columns for decision and value, save, then: clio-fields review import ${out}\n`,
    ]);
    return EXIT.done;
  });
};

/** What somebody filled in may be in no other place yet. */
function alreadyThere(file: string): UserError {
  return new UserError(
    'sheet_exists',
    `There is a ${file} already, and it was left as it is: somebody may have decided in it.`,
    `Take its decisions over with \`clio-fields review import ${file}\`, name another file, or replace it with --force.`,
  );
}

type Writer = (review: Review, prefill: Prefill) => Promise<Iterable<string> | Uint8Array>;

/** By the ending of the file's name. */
const WRITERS: Readonly<Record<string, Writer>> = {
  csv: async (review, prefill) => {
    const { csvOfRows } = await import('../../report/sheet/csv-rows.ts');
    return csvOfRows(allRows(review, prefill));
  },
  xlsx: async (review, prefill) => {
    const { MOST_ROWS, writeWorkbook } = await import('../../report/sheet/write-workbook.ts');
    if (review.size > MOST_ROWS) {
      throw new UserError(
        'sheet_too_big',
        `${review.plan.planId} has ${review.size} changes and flags: more than the ${MOST_ROWS} that a workbook is made for.`,
        'Write a CSV (FILE.csv), or plan fewer fields at once: `clio-fields plan --field NAME`.',
      );
    }
    const head = { plan: review.plan, counts: review.counts(), options: picklistOptions(review) };
    return writeWorkbook(head, (kind) => reviewRows(review, kind, prefill));
  },
};

function* allRows(review: Review, prefill: Prefill) {
  yield* reviewRows(review, 'change', prefill);
  yield* reviewRows(review, 'flag', prefill);
}

export function endingOf(file: string): string {
  return /\.([^./\\]+)$/u.exec(file)?.[1]?.toLowerCase() ?? '';
}

export function unknownEnding(file: string): UserError {
  return new UserError(
    'sheet_format',
    `"${file}" ends with neither .xlsx nor .csv.`,
    'Name a file such as changes.xlsx, for a spreadsheet, or changes.csv, the plain form.',
  );
}
