import type { Ruling, RulingKind } from '../../model/decision.ts';
import type {
  Decided,
  Done,
  Filter,
  Opening,
  Page,
  Row,
  Tally,
  Target,
  Undone,
  View,
} from '../protocol.ts';
import { ask } from './ask.ts';

/** A row as it stands on the page: what was decided here shows in place, so that it can still be decided otherwise. */
export interface ShownRow {
  readonly row: Row;
  readonly decided: Decided | null;
  /** The decision that was made here; null where none was. */
  readonly batch: number | null;
}

export const EVERYTHING: Filter = {
  states: [],
  kinds: [],
  fieldIds: [],
  reasons: [],
  text: '',
  groupId: null,
};

/** What can be said of many at once. */
export type BulkRuling = Exclude<RulingKind, 'edit'>;

/** What can be decided of a whole list; what is taken away is chosen row by row. */
export type ListRuling = Exclude<BulkRuling, 'clear'>;

/** What part of the page a change of the state touches. */
export type Touched =
  | { readonly part: 'list' }
  /** How much there is of what. */
  | { readonly part: 'counts' }
  | { readonly part: 'rows'; readonly indexes: readonly number[] }
  | { readonly part: 'current'; readonly from: number; readonly to: number }
  | { readonly part: 'selection' };

/** What the page shows, and the only place that asks the server for it. Whoever draws is told what was touched. */
export class State {
  filter: Filter = { ...EVERYTHING, states: ['undecided'] };
  view: View = 'groups';
  page: Page | null = null;
  rows: readonly ShownRow[] = [];
  current = 0;
  selected: ReadonlySet<number> = new Set();
  tally: Tally;
  readonly opening: Opening;
  readonly #draw: (touched: Touched) => void;
  /** Answers may overtake each other: only the latest list is shown. */
  #asked = 0;
  /** Where decisions were made, the latest last. */
  readonly #trail: number[] = [];

  constructor(opening: Opening, draw: (touched: Touched) => void) {
    this.opening = opening;
    this.tally = opening.tally;
    this.#draw = draw;
    // Whoever comes back to what was left for later wants to see just that.
    if (opening.tally.undecided === 0 && opening.tally.later > 0)
      this.filter = { ...EVERYTHING, states: ['later'] };
  }

  /** Shows the first page of another list. */
  async narrow(change: Partial<Filter>, view: View = this.view): Promise<void> {
    this.filter = { ...this.filter, ...change };
    this.view = view;
    await this.load('first');
  }

  /** Shows the first page, or the one after or before what is shown. */
  async load(where: 'first' | 'later' | 'earlier'): Promise<void> {
    await this.#show({
      after: where === 'later' ? (this.rows.at(-1)?.row.place ?? null) : null,
      before: where === 'earlier' ? (this.rows.at(0)?.row.place ?? null) : null,
    });
  }

  /** Decides rows of the page: each for all the items that it stands for. */
  async decideRows(indexes: readonly number[], ruling: Ruling): Promise<Done | null> {
    const targets = this.#targets(indexes);
    if (targets.length === 0) return null;
    const done = await ask<Done>('decide', { targets, ruling });
    const { tally, decided, batch, refused } = done;
    const place = this.rows[indexes[0] ?? 0]?.row.place ?? 0;
    this.tally = tally;
    this.#trail.push(place);
    // What could not be decided is shown by itself, to be decided otherwise.
    if (refused !== null) await this.#showAgain(place);
    else {
      this.rows = this.rows.map((shown, index) =>
        indexes.includes(index) ? { row: shown.row, decided, batch } : shown,
      );
      const unselected = [...this.selected];
      this.selected = new Set();
      this.#draw({ part: 'rows', indexes: [...new Set([...indexes, ...unselected])] });
      await this.#count();
    }
    return done;
  }

  /** What a decision about all of the list would be about: flags cannot be accepted, each asks for a value. */
  all(ruling: ListRuling): { filter: Filter; expected: number } {
    if (ruling !== 'accept') return { filter: this.filter, expected: this.page?.total.items ?? 0 };
    const { kinds } = this.filter;
    const changes = this.page?.kinds.find(({ id }) => id === 'change')?.count ?? 0;
    return {
      filter: { ...this.filter, kinds: ['change'] },
      expected: kinds.length === 0 || kinds.includes('change') ? changes : 0,
    };
  }

  /** Decides everything that fits a filter, on this page and all others. */
  async decideAll(filter: Filter, expected: number, ruling: Ruling): Promise<Done> {
    const target: Target = { kind: 'filter', filter, expected };
    const done = await ask<Done>('decide', { targets: [target], ruling });
    this.tally = done.tally;
    this.#trail.push(0);
    await this.load('first');
    return done;
  }

  /** Takes the latest decision back, and shows where it was made. */
  async undo(): Promise<Undone> {
    const undone = await ask<Undone>('undo');
    this.tally = undone.tally;
    await this.#showAgain(this.#trail.pop() ?? 0);
    return undone;
  }

  /** Makes another row the current one; false where there is none. */
  move(to: number): boolean {
    if (to < 0 || to >= this.rows.length) return false;
    const from = this.current;
    this.current = to;
    this.#draw({ part: 'current', from, to });
    return true;
  }

  select(wanted: readonly number[], isSelected: boolean): void {
    const indexes = wanted.filter((index) => this.rows[index] !== undefined);
    const selected = new Set(this.selected);
    for (const index of indexes) {
      if (isSelected) selected.add(index);
      else selected.delete(index);
    }
    this.selected = selected;
    this.#draw({ part: 'rows', indexes });
    this.#draw({ part: 'selection' });
  }

  /** How many items the selected rows stand for. */
  get selectedItems(): number {
    return this.rows.reduce(
      (sum, { row }, index) => sum + (this.selected.has(index) ? row.count : 0),
      0,
    );
  }

  /** The same page anew where `place` is on it, else the one that begins there. */
  async #showAgain(place: number): Promise<void> {
    const isInSight = this.rows.some(({ row }) => row.place === place);
    const from = isInSight ? (this.rows[0]?.row.place ?? 0) : place;
    await this.#show({ after: from === 0 ? null : from - 1, before: null }, place);
  }

  async #show(
    where: { readonly after: number | null; readonly before: number | null },
    place?: number,
  ): Promise<void> {
    const asked = (this.#asked += 1);
    const page = await ask<Page>('list', { filter: this.filter, view: this.view, ...where });
    if (asked !== this.#asked) return;
    this.page = page;
    this.rows = page.rows.map((row) => ({ row, decided: row.decided, batch: null }));
    this.selected = new Set();
    const wanted = this.rows.findIndex(({ row }) => row.place === place);
    const last = where.before === null ? 0 : this.rows.length - 1;
    this.current = Math.max(0, wanted === -1 ? last : wanted);
    this.#draw({ part: 'list' });
  }

  /** How much there is of what by now; the rows stay, decided ones too. */
  async #count(): Promise<void> {
    const asked = this.#asked;
    const { filter, view, page } = this;
    const counted = await ask<Page>('list', { filter, view, after: null, before: null });
    if (asked !== this.#asked || page === null) return;
    const { total, fields, reasons, kinds, states } = counted;
    this.page = { ...page, total, fields, reasons, kinds, states };
    this.#draw({ part: 'counts' });
  }

  /** Groups that were decided here are found by that decision: their items may no longer fit the filter. */
  #targets(indexes: readonly number[]): Target[] {
    const shown = indexes.flatMap((index) => this.rows[index] ?? []);
    const itemIds = shown.flatMap(({ row }) => row.itemId ?? []);
    const groups = shown.filter(({ row }) => row.itemId === null);
    const byBatch = new Map<number | null, string[]>();
    for (const { row, batch } of groups)
      byBatch.set(batch, [...(byBatch.get(batch) ?? []), row.groupId]);
    const ofGroups = [...byBatch].map(([batch, groupIds]): Target =>
      batch === null
        ? { kind: 'groups', groupIds, filter: this.filter }
        : { kind: 'batch', batch, groupIds },
    );
    return itemIds.length === 0 ? ofGroups : [{ kind: 'items', itemIds }, ...ofGroups];
  }
}
