import { resolve } from 'node:path';
import { EXIT, UserError } from '../../errors.ts';
import type { DecisionWay } from '../../model/decision.ts';
import type { ReadRow } from '../../model/review-row.ts';
import { importRows, planOfRows } from '../../operations/review/import-rows.ts';
import { openReview } from '../../operations/review/review.ts';
import { importedAsText } from '../../report/review/imported.ts';
import { cellsOf } from '../../report/sheet/cells.ts';
import { SheetUnreadable } from '../../report/sheet/sheet-unreadable.ts';
import { personNamed } from '../approval.ts';
import type { Action } from '../context.ts';
import { readInput } from '../read-input.ts';
import { withJournal } from '../session.ts';
import { whyNot } from '../why-not.ts';
import { endingOf, unknownEnding } from './review-export.ts';

interface Flags {
  readonly dryRun: boolean;
  readonly by?: string;
}

export const importReview: Action<Flags> = async (context, { dryRun: isDryRun, by }, name = '') => {
  const { folder, output, now } = context;
  const { how, rows } = await readRows(resolve(folder, name), name);
  return withJournal(context, 'write', 'review import', async (journal) => {
    const review = openReview({ journal, now }, planOfRows(rows));
    const { planId } = review.plan;
    const imported = importRows(review, { rows, cellsOf, by: personNamed(by), how, isDryRun });
    const view = { planId, isDryRun, counts: review.counts(), ...imported };
    if (output.isJson) await output.json(view);
    else await output.result(importedAsText(view));
    return EXIT.done;
  });
};

async function readRows(
  file: string,
  name: string,
): Promise<{ readonly how: DecisionWay; readonly rows: readonly ReadRow[] }> {
  try {
    switch (endingOf(file)) {
      case 'xlsx': {
        const { readWorkbook } = await import('../../report/sheet/read-workbook.ts');
        return { how: 'spreadsheet', rows: await readWorkbook(readBytes(file, name)) };
      }
      case 'csv': {
        const { readCsvRows } = await import('../../report/sheet/csv-rows.ts');
        return { how: 'csv', rows: readCsvRows(readBytes(file, name)) };
      }
      default:
        throw unknownEnding(name);
    }
  } catch (cause) {
    if (!(cause instanceof SheetUnreadable)) throw cause;
    throw new UserError(
      'sheet_unreadable',
      `${name} cannot be imported: ${cause.message}. Nothing was imported.`,
      'Import the file that `clio-fields review export` wrote, saved in the same format.',
      EXIT.wrongInput,
      { cause },
    );
  }
}

function readBytes(file: string, name: string): Uint8Array {
  try {
    return readInput(file);
  } catch (cause) {
    if (cause instanceof UserError) throw cause;
    throw new UserError(
      'sheet_missing',
      `${name} cannot be read: ${whyNot(cause, 'read')}.`,
      'Name the file that was filled in.',
      EXIT.wrongInput,
      { cause },
    );
  }
}
