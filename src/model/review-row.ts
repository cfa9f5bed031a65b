import type { RulingKind } from './decision.ts';

/** One item of a review as a row of a spreadsheet or a CSV. */
export interface ReviewRow {
  readonly kind: 'change' | 'flag';
  /** `plan-1/change-17` */
  readonly id: string;
  /** Binds the row to the plan's content: what was changed or mixed up by hand is noticed. */
  readonly check: string;
  readonly record: string;
  /** `Court (old) → Court` where a value moves. */
  readonly field: string;
  readonly before: string;
  /** Of a change; empty where it clears a value. */
  readonly after: string;
  /** Of a flag. */
  readonly suggestions: readonly string[];
  readonly why: string;
  readonly decision: RulingKind | '';
  /** What an edit writes. */
  readonly value: string;
  /** `2026-11-20, Ann Example: skip`; empty where nobody decided. */
  readonly decided: string;
}

/** What a row's cells are called, in their order. */
export const ROW_COLUMNS = [
  'record',
  'field',
  'before',
  'after',
  'decision',
  'value',
  'why',
  'decided',
  'id',
  'check',
] as const;

export type RowColumn = (typeof ROW_COLUMNS)[number];

/** A row's cells, as they stand in a file. */
export type RowCells = Readonly<Record<RowColumn, string>>;

/** A row that came back from a file. */
export interface ReadRow {
  readonly cells: RowCells;
  /** `sheet Changes, cell E14`: where a cell stands, for messages. */
  readonly place: (column: RowColumn) => string;
}
