import type { PicklistOption } from '../../model/field.ts';
import { fold, squash } from '../fold.ts';
import type { Spelling } from './coded-options.ts';

/** For each option to keep, the texts of those that go into it. */
export type Merge = Readonly<Record<string, readonly string[]>>;

/** Where the values of options go that are merged away, by option id. */
export type Moves = ReadonlyMap<string, PicklistOption>;

/** Which option each merged one goes into. An option that another entry keeps never goes. */
export function resolveMerge(merge: Merge, options: readonly PicklistOption[]): Moves {
  const entries = Object.entries(merge).flatMap(([label, texts]) => {
    const keep = findKept(label, options);
    return keep === undefined ? [] : [{ keep, texts }];
  });
  const kept = new Set(entries.map(({ keep }) => keep.id));
  const moves = new Map<string, PicklistOption>();
  for (const { keep, texts } of entries)
    for (const text of texts)
      for (const option of findMerged(text, options))
        if (!kept.has(option.id) && !moves.has(option.id)) moves.set(option.id, keep);
  return moves;
}

/** The texts of the options that went, each leading to the one that stays. */
export function mergedSpellings(
  moves: Moves,
  options: readonly PicklistOption[],
): readonly Spelling[] {
  return options.flatMap(({ id, label }) => {
    const option = moves.get(id);
    return option === undefined ? [] : [{ text: label, option }];
  });
}

/** The live option that a label names: to the letter, the first where several are written alike; else alike but for case and punctuation. */
export function findKept(
  label: string,
  options: readonly PicklistOption[],
): PicklistOption | undefined {
  const live = options.filter((option) => !option.retired);
  const alike = live.filter((option) => isAlike(option.label, label));
  return (
    live.find((option) => option.label === label) ?? (alike.length === 1 ? alike[0] : undefined)
  );
}

/** The options that a text names, retired ones included: those written so to the letter, else those alike. */
export function findMerged(
  text: string,
  options: readonly PicklistOption[],
): readonly PicklistOption[] {
  const exact = options.filter((option) => option.label === text);
  return exact.length > 0 ? exact : options.filter((option) => isAlike(option.label, text));
}

/** Whether two labels are the same words, whatever their case and punctuation. */
export function isAlike(left: string, right: string): boolean {
  return squash(fold(left)) === squash(fold(right));
}
