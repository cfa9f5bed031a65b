import { UserError } from '../../errors.ts';
import {
  type DecisionWay,
  type ReviewItem,
  type Ruling,
  RULING_KINDS,
} from '../../model/decision.ts';
import type { ReadRow, ReviewRow, RowCells, RowColumn } from '../../model/review-row.ts';
import { pagesOf } from './item-index.ts';
import type { ItemRuling } from './item-ruling.ts';
import type { Review } from './review.ts';
import { rowOf } from './rows.ts';

export interface ImportRequest {
  readonly rows: readonly ReadRow[];
  /** What a row's cells say when it is exported: what differs from it was changed by hand. */
  readonly cellsOf: (row: ReviewRow) => RowCells;
  readonly by: string;
  readonly how: DecisionWay;
  /** Check everything, store nothing. */
  readonly isDryRun: boolean;
}

/** What came of a file. */
export interface Imported {
  /** Decisions that were new or different, by what they are. */
  readonly decided: Readonly<Record<Ruling['kind'], number>>;
  /** Rows that say what was decided already. */
  readonly asBefore: number;
  /** Rows without a decision: nothing is stored for them. */
  readonly blank: number;
  /** Items of the plan that the file has no row for. */
  readonly missing: number;
}

/**
 * Takes over what people wrote into a review's rows: all of it, or, where anything is damaged or wrong, nothing.
 * Throws `UserError` that names the cells, all of them up to a limit.
 */
export function importRows(review: Review, request: ImportRequest): Imported {
  const { rows, by, how, isDryRun } = request;
  const problems: string[] = [];
  const rulings: ItemRuling[] = [];
  const seen = new Map<string, ReadRow>();
  let asBefore = 0;
  let blank = 0;
  for (const page of pagesOf(rows)) {
    const stated: { row: ReadRow; item: ReviewItem; ruling: Ruling }[] = [];
    const items = review.named(page.flatMap(({ cells }) => idParts(cells.id)?.itemId ?? []));
    for (const row of page) {
      const found = findItem(review, items, row, seen);
      if ('problem' in found) {
        problems.push(found.problem);
        continue;
      }
      const { item } = found;
      problems.push(...damageOf(row, request.cellsOf(rowOf(review, item))));
      const ruling = rulingOf(row);
      if (ruling === null) blank += 1;
      else if ('problem' in ruling) problems.push(ruling.problem);
      else if (isSameRuling(item.decision?.ruling, ruling)) asBefore += 1;
      else stated.push({ row, item, ruling });
    }
    const entries = stated.map(({ item, ruling }) => ({ itemId: item.itemId, ruling }));
    const rowBy = new Map(stated.map(({ row, item }) => [item.itemId, row]));
    for (const { itemId, reason } of review.problems(entries)) {
      const row = rowBy.get(itemId);
      const column = row?.cells.value.trim() === '' ? 'decision' : 'value';
      if (row !== undefined) problems.push(`${row.place(column)}: ${reason}`);
    }
    rulings.push(...entries);
  }
  if (problems.length > 0) throw damaged(problems, review);
  if (!isDryRun) review.decideEach(rulings, by, how);
  const count = (kind: Ruling['kind']): number =>
    rulings.filter(({ ruling }) => ruling.kind === kind).length;
  return {
    decided: {
      accept: count('accept'),
      skip: count('skip'),
      edit: count('edit'),
      clear: count('clear'),
      later: count('later'),
    },
    asBefore,
    blank,
    missing: review.size - seen.size,
  };
}

/** The plan that a file's rows speak of. Throws `UserError` where they speak of none, or of several. */
export function planOfRows(rows: readonly ReadRow[]): string {
  const planIds = new Set(rows.flatMap(({ cells }) => idParts(cells.id)?.planId ?? []));
  const [planId, ...others] = planIds;
  if (planId === undefined) {
    throw new UserError(
      'sheet_unknown',
      'The file holds no row of a review: no id such as plan-1/change-1 stands in it.',
      'Import the file that `clio-fields review export` wrote, with all its columns.',
    );
  }
  if (others.length > 0) {
    throw new UserError(
      'sheet_mixed',
      `The file holds rows of ${planIds.size} plans: ${[...planIds].join(', ')}. Nothing was imported.`,
      'Import a file a plan.',
    );
  }
  return planId;
}

type Found = { readonly item: ReviewItem } | { readonly problem: string };

function findItem(
  { plan: { planId } }: Review,
  items: ReadonlyMap<string, ReviewItem>,
  row: ReadRow,
  seen: Map<string, ReadRow>,
): Found {
  const parts = idParts(row.cells.id);
  const item = parts?.planId === planId ? items.get(parts.itemId) : undefined;
  if (item === undefined) {
    const said = row.cells.id === '' ? 'the id is gone' : `${planId} has no item "${row.cells.id}"`;
    return { problem: `${row.place('id')}: ${said}; the row was damaged` };
  }
  const earlier = seen.get(item.itemId);
  if (earlier !== undefined) {
    return {
      problem: `${row.place('id')}: the same item as ${earlier.place('id')}; keep one of the two rows`,
    };
  }
  seen.set(item.itemId, row);
  return { item };
}

/** What a person may not change, in the order in which it is told. */
const FIXED: readonly RowColumn[] = ['check', 'record', 'field', 'before', 'after'];

function damageOf({ cells, place }: ReadRow, expected: RowCells): string[] {
  if (cells.check !== expected.check) {
    return [
      `${place('check')}: it does not belong to ${expected.id} of this plan; the row was damaged`,
    ];
  }
  return FIXED.flatMap((column) =>
    sameLines(cells[column]) === sameLines(expected[column])
      ? []
      : [
          `${place(column)}: it was changed, or the row was torn apart; write into the columns for it`,
        ],
  );
}

/** Spreadsheets write line ends their own way, and some drop what is blank at an end. */
function sameLines(text: string): string {
  return text.replaceAll(/\r\n?/gu, '\n').trimEnd();
}

function rulingOf({ cells, place }: ReadRow): Ruling | null | { readonly problem: string } {
  const word = cells.decision.trim().toLowerCase();
  const hasValue = cells.value.trim() !== '';
  if (word === '') {
    return hasValue
      ? {
          problem: `${place('decision')}: there is a value but no decision; choose edit to write it`,
        }
      : null;
  }
  const kind = RULING_KINDS.find((each) => each === word);
  if (kind === undefined) {
    return {
      problem: `${place('decision')}: "${shorten(cells.decision)}" is none of ${RULING_KINDS.join(', ')}`,
    };
  }
  if (kind === 'edit') {
    return hasValue
      ? { kind, value: cells.value }
      : { problem: `${place('value')}: edit needs a value` };
  }
  // What an earlier edit left behind does no harm to a skip.
  if (hasValue && (kind === 'accept' || kind === 'clear')) {
    const does = kind === 'accept' ? 'takes what is proposed' : 'takes the value away';
    return {
      problem: `${place('decision')}: ${kind} ${does}, but there is a value; choose edit to write it, or empty the value`,
    };
  }
  return { kind };
}

function isSameRuling(left: Ruling | undefined, right: Ruling): boolean {
  if (left?.kind !== right.kind) return false;
  return left.kind !== 'edit' || right.kind !== 'edit' || left.value === right.value;
}

function idParts(id: string): { readonly planId: string; readonly itemId: string } | undefined {
  const [, planId, itemId] = /^(plan-\d+)\/((?:change|flag)-\d+)$/u.exec(id.trim()) ?? [];
  return planId === undefined || itemId === undefined ? undefined : { planId, itemId };
}

function shorten(text: string): string {
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}

/** So many problems are told at once. */
const PROBLEMS_TOLD = 50;

function damaged(problems: readonly string[], { plan }: Review): UserError {
  const told = problems.slice(0, PROBLEMS_TOLD).join('\n');
  const more =
    problems.length > PROBLEMS_TOLD ? `\nand ${problems.length - PROBLEMS_TOLD} more` : '';
  return new UserError(
    'sheet_damaged',
    `${told}${more}\nNothing was imported.`,
    `Correct ${problems.length === 1 ? 'this cell' : 'these cells'} and import again; \`clio-fields review export FILE ${plan.planId}\` writes the rows anew.`,
  );
}
