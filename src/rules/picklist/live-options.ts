import type { PicklistOption } from '../../model/field.ts';
import type { Setting } from '../types.ts';
import type { Spelling } from './coded-options.ts';
import { findKept, mergedSpellings, type Moves, resolveMerge } from './merge.ts';
import { reopened } from './reopened.ts';
import type { PicklistOptions } from './schema.ts';
import { longestOf } from './value-map.ts';

/** The options that a value can go to: those of the target, as they are once its plan has merged some and restored others. */
export class LiveOptions {
  readonly list: readonly PicklistOption[];
  /** Out of use, and not merged into another. */
  readonly retired: readonly PicklistOption[];
  readonly moves: Moves;
  readonly #all: readonly PicklistOption[];
  readonly #byId: ReadonlyMap<string, PicklistOption>;
  readonly #restored: ReadonlySet<string>;

  constructor(
    { unknown, merge }: PicklistOptions,
    { target, restorable }: Pick<Setting, 'target' | 'restorable'>,
  ) {
    this.#all = unknown === 'add-option' ? reopened(target.options, restorable) : target.options;
    this.#restored = new Set(
      this.#all
        .filter(({ retired }, at) => retired !== target.options[at]?.retired)
        .map(({ id }) => id),
    );
    this.moves = resolveMerge(merge, this.#all);
    const others = this.#all.filter(({ id }) => !this.moves.has(id));
    this.list = others.filter(({ retired }) => !retired);
    this.retired = others.filter(({ retired }) => retired);
    this.#byId = new Map(this.list.map((option) => [option.id, option]));
  }

  withId(text: string): PicklistOption | undefined {
    return this.#byId.get(text.trim());
  }

  /** The one that a label of the rules file names, or that it is merged into. */
  named(label: string): PicklistOption | undefined {
    const option = findKept(label, this.#all);
    return option === undefined ? undefined : (this.moves.get(option.id) ?? option);
  }

  /** Whether it is retired still, and the plan restores it for the values that go to it. */
  isRestored({ id }: PicklistOption): boolean {
    return this.#restored.has(id);
  }

  /** Every text that leads to one of them. */
  get spellings(): readonly Spelling[] {
    return [
      ...this.list.map((option) => ({ text: option.label, option })),
      ...mergedSpellings(this.moves, this.#all),
    ];
  }

  /** Characters of the longest label, those out of use too. */
  get longestLabel(): number {
    return longestOf(this.#all.map(({ label }) => label));
  }
}
