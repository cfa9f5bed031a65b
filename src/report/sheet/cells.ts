import type { ReviewRow, RowCells, RowColumn } from '../../model/review-row.ts';
import { visible } from '../visible.ts';

/** What heads a column, and how wide it is, in characters. */
export const COLUMN_LOOKS: Readonly<Record<RowColumn, { title: string; width: number }>> = {
  record: { title: 'Record', width: 24 },
  field: { title: 'Field', width: 30 },
  before: { title: 'Before', width: 36 },
  after: { title: 'After', width: 36 },
  decision: { title: 'Decision', width: 11 },
  value: { title: 'Your value', width: 30 },
  why: { title: 'Why', width: 44 },
  decided: { title: 'Decided so far', width: 24 },
  id: { title: 'Id', width: 22 },
  check: { title: 'Check', width: 19 },
};

/** The most that a cell of a spreadsheet holds (Excel's limit, 32,767), with room for the mark. */
const LONGEST_CELL = 32_000;

/** A row's cells as text: whatever cannot be seen is made visible, so that no value can pass for another. */
export function cellsOf(row: ReviewRow): RowCells {
  const { decision, value, id, check } = row;
  return {
    record: shown(row.record),
    field: shown(row.field),
    before: shown(row.before),
    after: row.kind === 'change' ? shown(row.after) : row.suggestions.map(shown).join('\n'),
    decision,
    value: shorten(value),
    why: shown(row.why),
    decided: shown(row.decided),
    id,
    check,
  };
}

function shown(text: string): string {
  return shorten(text.split('\n').map(visible).join('\n'));
}

function shorten(text: string): string {
  return text.length > LONGEST_CELL ? `${text.slice(0, LONGEST_CELL)}…` : text;
}
