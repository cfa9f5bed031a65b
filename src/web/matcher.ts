import type { ItemState } from '../model/decision.ts';
import { type Entry, type Group, stateOf } from './entry.ts';
import type { Facet, Filter, ItemKind } from './protocol.ts';

/** What fits a filter. */
export interface Matches {
  /** Indexes of the entries, ascending. */
  readonly indexes: readonly number[];
  readonly has: (index: number) => boolean;
  readonly facets: {
    readonly fields: readonly Facet[];
    readonly reasons: readonly Facet[];
    readonly kinds: readonly Facet[];
    readonly states: readonly Facet[];
  };
}

/** More kinds of reasons than a person reads through. */
const REASONS_SHOWN = 40;

/** Finds the entries that fit a filter, and how many would fit if one part of it were chosen otherwise. */
export class Matcher {
  readonly #entries: readonly Entry[];
  /** Names by id, in the plan's order. */
  readonly #fields: ReadonlyMap<string, string>;

  constructor(entries: readonly Entry[]) {
    this.#entries = entries;
    this.#fields = namesOf(entries);
  }

  match(filter: Filter): Matches {
    const indexes: number[] = [];
    const fits = new Uint8Array(this.#entries.length);
    const counts = new Counts(this.#fields);
    const misses = missesOf(filter);
    for (const [index, entry] of this.#entries.entries()) {
      const missed = misses(entry);
      counts.add(entry, missed);
      if (missed !== 0) continue;
      fits[index] = 1;
      indexes.push(index);
    }
    return { indexes, has: (index) => fits[index] === 1, facets: counts.facets(filter) };
  }
}

/** By field, in the plan's order; matters and contacts may share a name. */
function namesOf(entries: readonly Entry[]): ReadonlyMap<string, string> {
  const groups = new Map(entries.map(({ group }) => [group.fieldId, group]));
  const times = new Map<string, number>();
  for (const { fieldName } of groups.values()) increase(times, fieldName);
  return new Map(
    [...groups].map(([id, { fieldName, parentType }]) => [
      id,
      times.get(fieldName) === 1 ? fieldName : `${fieldName} (${parentType})`,
    ]),
  );
}

/** The parts of a filter that an entry can miss, as bits. */
const MISS = { state: 1, kind: 2, field: 4, reason: 8, other: 16 } as const;

function missesOf(filter: Filter): (entry: Entry) => number {
  const states = oneOf<ItemState>(filter.states);
  const kinds = oneOf<ItemKind>(filter.kinds);
  const fields = oneOf(filter.fieldIds);
  const reasons = oneOf(filter.reasons);
  const isAboutText = textSearch(filter.text);
  return (entry) =>
    (states(stateOf(entry)) ? 0 : MISS.state) |
    (kinds(entry.group.kind) ? 0 : MISS.kind) |
    (fields(entry.group.fieldId) ? 0 : MISS.field) |
    (reasons(entry.reasonId) ? 0 : MISS.reason) |
    ((filter.groupId === null || filter.groupId === entry.group.groupId) && isAboutText(entry)
      ? 0
      : MISS.other);
}

function oneOf<Key extends string>(wanted: readonly Key[]): (key: Key) => boolean {
  if (wanted.length === 0) return () => true;
  const set = new Set(wanted);
  return (key) => set.has(key);
}

function textSearch(text: string): (entry: Entry) => boolean {
  const needle = text.trim().toLowerCase();
  if (needle === '') return () => true;
  const groups = new Map<Group, boolean>();
  return ({ group, label, recordId, reason }) => {
    const isInGroup = groups.get(group) ?? group.text.includes(needle);
    groups.set(group, isInGroup);
    return (
      isInGroup ||
      recordId === needle ||
      label.toLowerCase().includes(needle) ||
      reason.toLowerCase().includes(needle)
    );
  };
}

class Counts {
  readonly #fields: ReadonlyMap<string, string>;
  readonly #byField = new Map<string, number>();
  readonly #byReason = new Map<string, number>();
  readonly #byKind = new Map<ItemKind, number>();
  readonly #byState = new Map<ItemState, number>();

  constructor(fields: ReadonlyMap<string, string>) {
    this.#fields = fields;
  }

  /** A part's counts leave its own choice out: they say what another choice would show. */
  add(entry: Entry, missed: number): void {
    if ((missed & ~MISS.field) === 0) increase(this.#byField, entry.group.fieldId);
    if ((missed & ~MISS.reason) === 0) increase(this.#byReason, entry.reasonId);
    if ((missed & ~MISS.kind) === 0) increase(this.#byKind, entry.group.kind);
    if ((missed & ~MISS.state) === 0) increase(this.#byState, stateOf(entry));
  }

  /** Most frequent first; what is chosen is always among them. */
  facets({ reasons }: Filter): Matches['facets'] {
    const ranked = byCount(facetsOf([...this.#byReason.keys(), ...reasons], this.#byReason));
    return {
      fields: [...this.#fields].map(([id, name]) => ({
        id,
        name,
        count: this.#byField.get(id) ?? 0,
      })),
      reasons: ranked.filter(({ id }, rank) => rank < REASONS_SHOWN || reasons.includes(id)),
      kinds: facetsOf(KINDS, this.#byKind),
      states: facetsOf(STATES, this.#byState),
    };
  }
}

const KINDS: readonly ItemKind[] = ['change', 'flag'];
const STATES: readonly ItemState[] = ['undecided', 'accept', 'edit', 'clear', 'skip', 'later'];

function increase<Key>(counts: Map<Key, number>, key: Key): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function facetsOf<Key extends string>(
  ids: readonly Key[],
  counts: ReadonlyMap<Key, number>,
): Facet[] {
  return [...new Set(ids)].map((id) => ({ id, name: id, count: counts.get(id) ?? 0 }));
}

function byCount(facets: readonly Facet[]): Facet[] {
  return facets.toSorted((left, right) => right.count - left.count);
}
