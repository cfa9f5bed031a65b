import type { Definition, FieldType } from '../../model/field.ts';
import { ruleNamed, type RuleName } from '../../rules/index.ts';
import type { Column, Verdict } from '../../rules/types.ts';
import type { Counts } from './count-values.ts';

/** What a text field's values really are. */
export interface Kind {
  readonly rule: (typeof KINDS)[number]['rule'];
  /** Values that the rule reads, of how many. */
  readonly read: number;
  readonly total: number;
  readonly evidence: readonly string[];
  /** The rule after it has seen the values. */
  readonly column: Column;
}

const KINDS = [
  { rule: 'date', type: 'date' },
  { rule: 'email', type: 'email' },
  { rule: 'url', type: 'url' },
  { rule: 'checkbox', type: 'checkbox' },
  { rule: 'numeric', type: 'numeric' },
  { rule: 'currency', type: 'currency' },
  { rule: 'phone', type: 'text_line' },
] as const satisfies readonly { rule: RuleName; type: FieldType }[];

/** A text field is taken for one of another kind when that kind's rule reads so much of it. */
const READ_SHARE = 0.6;
/** Texts that a rule is shown first: one that recognizes none of them is not shown the others. */
const PROBED = 20;

/** What a text field's values really are, if they are nearly all of one kind. */
export function likeliestKind(field: Definition, counts: Counts): Kind | null {
  const total = totalOf(counts);
  const probe = new Map([...counts].slice(0, PROBED));
  let best: Recognized | null = null;
  for (const kind of KINDS) {
    const enough: number = best === null ? total * READ_SHARE : best.recognized + 1;
    if (enough > total || recognize(kind, field, probe, 1) === null) continue;
    best = recognize(kind, field, counts, enough) ?? best;
  }
  return best === null ? null : { ...best, total, evidence: best.column.evidence() };
}

type Recognized = Pick<Kind, 'rule' | 'read' | 'column'> & { readonly recognized: number };

/** How many of a field's values the kind's rule reads and recognizes; null as soon as they cannot be enough. */
function recognize(
  { rule, type }: (typeof KINDS)[number],
  field: Definition,
  counts: Counts,
  enough: number,
): Recognized | null {
  const column = ruleNamed(rule).column(
    ruleNamed(rule).options.parse(currencyOptions(rule) ?? {}),
    {
      locale: 'en-US',
      source: field,
      target: { name: field.name, fieldType: type, options: [] },
    },
  );
  for (const [value, count] of counts)
    for (let each = 0; each < Math.min(count, 20); each += 1) column.observe(value);
  let read = 0;
  let recognized = 0;
  let left = totalOf(counts);
  for (const [value, count] of counts) {
    const verdict = column.decide(value);
    left -= count;
    if (verdict.outcome !== 'flagged') read += count;
    if (isRecognized(rule, verdict)) recognized += count;
    if (recognized + left < enough) return null;
  }
  return { rule, read, recognized, column };
}

function totalOf(counts: Counts): number {
  return [...counts.values()].reduce((sum, count) => sum + count, 0);
}

/** A currency field that holds cents keeps them. */
export function currencyOptions(rule: RuleName): Readonly<Record<string, unknown>> | undefined {
  return rule === 'currency' ? { decimals: 2 } : undefined;
}

/** Where nothing tells day from month, it is a date all the same. */
function isRecognized(rule: RuleName, verdict: Verdict): boolean {
  return (
    verdict.outcome !== 'flagged' ||
    (rule === 'date' && verdict.suggestions.length > 1 && verdict.mess.includes('ambiguous'))
  );
}
