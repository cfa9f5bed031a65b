import { findOption } from '../../model/field.ts';
import type { Assignment } from '../../rules/assign.ts';
import type { RuleName } from '../../rules/index.ts';
import { say } from '../../rules/reason.ts';
import { type Column, flagged, type Verdict } from '../../rules/types.ts';

/**
 * The column of a field of which only a part was read. What that part shows can contradict, and does not decide: a change stands only
 * where it would be the same without.
 */
export function partColumn({ rule, target, newColumn }: Assignment): Column {
  const shown = newColumn();
  const blank = newColumn();

  function decide(value: string): Verdict {
    const verdict = shown.decide(value);
    if (verdict.outcome === 'unchanged' || verdict.outcome === 'flagged') return verdict;
    const alone = blank.decide(value);
    if (resultOf(alone) === resultOf(verdict)) return alone;
    const { unknown, remedy } = UNKNOWN[rule] ?? OTHERWISE;
    const proposed =
      verdict.outcome === 'changed'
        ? (findOption(target, verdict.after)?.label ?? verdict.after)
        : verdict.label;
    return flagged(
      say(
        'ambiguous',
        `only a part of this field was read, so ${unknown} is not known: ${remedy}take a whole inventory`,
      ),
      alone.outcome === 'flagged' && alone.suggestions.length > 0 ? alone.suggestions : [proposed],
    );
  }

  return {
    observe: (value) => shown.observe(value),
    evidence: () => shown.evidence().map((each) => `in the part of it that was read: ${each}`),
    decide,
  };
}

/** What stands in the field afterwards; null where a person decides. */
function resultOf(verdict: Verdict): string | null {
  switch (verdict.outcome) {
    case 'changed':
      return verdict.after;
    case 'newOption':
      return verdict.label;
    case 'unchanged':
    case 'flagged':
      return null;
  }
}

interface Unknown {
  readonly unknown: string;
  readonly remedy: string;
}

const DECIMAL_MARK: Unknown = {
  unknown: 'its decimal mark',
  remedy: 'set locale in the rules file, or ',
};

/** What a column's evidence decides, and which option says it in its place. */
const UNKNOWN: Partial<Record<RuleName, Unknown>> = {
  date: {
    unknown: 'its order of day and month',
    remedy: 'set order in the rules file, or ',
  },
  currency: DECIMAL_MARK,
  numeric: DECIMAL_MARK,
  phone: { unknown: 'its country', remedy: 'set region in the rules file, or ' },
};

const OTHERWISE: Unknown = { unknown: 'how its other values are written', remedy: '' };
