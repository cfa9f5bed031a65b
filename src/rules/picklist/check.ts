import type { Definition, PicklistOption } from '../../model/field.ts';
import { fold, squash } from '../fold.ts';
import type { Retirement } from '../types.ts';
import { isToldApart } from './labels.ts';
import { findKept, findMerged, resolveMerge } from './merge.ts';
import type { PicklistOptions } from './schema.ts';

type Field = Pick<Definition, 'name' | 'options'>;

/** What in a `with` block does not fit the field it is for; one sentence each, empty where all is well. */
export function checkPicklistOptions(options: PicklistOptions, field: Field): readonly string[] {
  return [...checkMap(options, field), ...checkMerge(options, field)];
}

/** The live options that `merge` empties, to be retired once their values have moved. */
export function retirements(options: PicklistOptions, field: Field): readonly Retirement[] {
  const moves = resolveMerge(options.merge, field.options);
  return field.options.flatMap(({ id, label, retired }) => {
    const kept = moves.get(id);
    if (retired || kept === undefined) return [];
    const reason = isToldApart(label, kept.label)
      ? `merged into "${kept.label}"`
      : `this is option ${id}; merged into option ${kept.id} of the same text`;
    return [{ optionId: id, label, reason }];
  });
}

function* checkMap({ map, unknown }: PicklistOptions, field: Field): Iterable<string> {
  const targets = new Map<string, string>();
  for (const [from, to] of Object.entries(map)) {
    if (unknown === 'flag' && findKept(to, field.options) === undefined)
      yield `map sends "${from}" to "${to}", which is ${whatItIs(to, field)}; name one of its live options.`;
    const key = squash(fold(from));
    const other = targets.get(key);
    if (other !== undefined && other !== to)
      yield `map sends "${from}" to "${to}" and the same words, written another way, to "${other}"; keep one.`;
    targets.set(key, to);
    const reached = findKept(to, field.options)?.label ?? to;
    const onward = reached === from ? undefined : map[reached];
    if (onward !== undefined && onward !== to)
      yield `map sends "${from}" to "${reached}" and that on to "${onward}"; name where it ends.`;
  }
}

function* checkMerge({ map, merge }: PicklistOptions, field: Field): Iterable<string> {
  const keptBy = new Map<string, string>();
  const kept = new Set(Object.keys(merge).map((label) => findKept(label, field.options)?.id));
  for (const [label, texts] of Object.entries(merge)) {
    const keep = findKept(label, field.options);
    if (keep === undefined) {
      yield `merge keeps "${label}", which is ${whatItIs(label, field)}; name one of its live options.`;
      continue;
    }
    if (map[keep.label] !== undefined && map[keep.label] !== keep.label)
      yield `merge keeps "${keep.label}", but map sends it to "${map[keep.label]}"; keep one.`;
    for (const text of texts) {
      const merged = findMerged(text, field.options).filter((option) => option.id !== keep.id);
      if (merged.length === 0)
        yield `merge moves "${text}" into "${label}", but "${field.name}" has no other option of that text; a value without an option belongs in map.`;
      for (const option of merged) yield* checkMoved(option, label, kept, keptBy);
    }
  }
}

function* checkMoved(
  option: PicklistOption,
  label: string,
  kept: ReadonlySet<string | undefined>,
  keptBy: Map<string, string>,
): Iterable<string> {
  const other = keptBy.get(option.id);
  if (kept.has(option.id)) yield `merge both keeps "${option.label}" and moves it into "${label}".`;
  if (other !== undefined && other !== label)
    yield `merge moves "${option.label}" into "${label}" and into "${other}"; keep one.`;
  keptBy.set(option.id, label);
}

function whatItIs(label: string, field: Field): string {
  const isRetired = field.options.some((option) => option.retired && option.label === label);
  return isRetired ? `a retired option of "${field.name}"` : `no option of "${field.name}"`;
}
