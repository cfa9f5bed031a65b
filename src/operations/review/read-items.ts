import type { Journal } from '../../journal/index.ts';
import type { Reviewable } from '../../model/decision.ts';

/** All that a plan asks to be decided, in its order: changes, then flags. */
export function* reviewables(journal: Journal, planId: string): IterableIterator<Reviewable> {
  for (const change of journal.plans.changes(planId)) yield { kind: 'change', change };
  for (const flag of journal.plans.flags(planId)) yield { kind: 'flag', flag };
}

/** The items with these ids, in the plan's order, with their ids: a bounded list. */
export function readItems(
  journal: Journal,
  planId: string,
  itemIds: readonly string[],
): readonly (Reviewable & { readonly itemId: string })[] {
  const wanted = itemIds.flatMap((itemId) => numbered(itemId) ?? []);
  const numbersOf = (kind: Reviewable['kind']): number[] => {
    const numbers = wanted.filter((item) => item.kind === kind).map(({ number }) => number);
    return [...new Set(numbers)].toSorted((left, right) => left - right);
  };
  const changes = numbersOf('change');
  const flags = numbersOf('flag');
  return [
    ...journal.plans.changesNumbered(planId, changes).map((change, at) => ({
      kind: 'change' as const,
      change,
      itemId: `change-${changes[at] ?? 0}`,
    })),
    ...journal.plans.flagsNumbered(planId, flags).map((flag, at) => ({
      kind: 'flag' as const,
      flag,
      itemId: `flag-${flags[at] ?? 0}`,
    })),
  ];
}

/** What `change-17` names; undefined for anything that is no item's id. */
export function numbered(
  itemId: string,
): { readonly kind: Reviewable['kind']; readonly number: number } | undefined {
  const [, kind, digits] = /^(change|flag)-([1-9]\d{0,8})$/u.exec(itemId) ?? [];
  if (kind === undefined) return undefined;
  return { kind: kind === 'change' ? 'change' : 'flag', number: Number(digits) };
}
