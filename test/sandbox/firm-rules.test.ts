import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Definition } from '../../src/model/field.ts';
import { assignRules, type Assignment } from '../../src/rules/assign.ts';
import { parseRulesFile } from '../../src/rules/file.ts';
import { RULE_NAMES } from '../../src/rules/index.ts';
import type { Verdict } from '../../src/rules/types.ts';
import { makeFirm } from '../../src/sandbox/firm/index.ts';
import type { Truth } from '../../src/sandbox/firm/rows.ts';
import { readAccount } from '../support/read-account.ts';

const RULES = new URL('../../fixtures/firm/rules.yaml', import.meta.url);

/** Each value under the rules file, beside what its hands meant. */
interface Decided {
  readonly assignment: Assignment;
  readonly truth: Truth;
  readonly verdict: Verdict;
  /** What people see of the result; null for a flag. */
  readonly result: string | null;
}

function decideFirm(seed: number): { assignments: Assignment[]; decided: Decided[] } {
  const truth = new Map<string, Truth[]>();
  const firm = makeFirm({
    seed,
    matters: 1500,
    contacts: 400,
    onValue: (each) => {
      const key = String(each.definitionId);
      const known = truth.get(key);
      if (known === undefined) truth.set(key, [each]);
      else known.push(each);
    },
  });
  const file = parseRulesFile(readFileSync(RULES, 'utf8'), 'rules.yaml');
  const assignments = assignRules(file, readAccount(firm).definitions);
  const decided = assignments.flatMap((assignment) => {
    const values = truth.get(assignment.source.id) ?? [];
    for (const { value } of values) assignment.column.observe(String(value));
    return values.map((each): Decided => {
      const verdict = assignment.column.decide(String(each.value));
      return { assignment, truth: each, verdict, result: resultOf(verdict, each, assignment) };
    });
  });
  return { assignments, decided };
}

function resultOf(verdict: Verdict, { value }: Truth, { target }: Assignment): string | null {
  switch (verdict.outcome) {
    case 'unchanged':
      return shownIn(target, String(value));
    case 'changed':
      return shownIn(target, verdict.after);
    case 'newOption':
      return verdict.label;
    case 'flagged':
      return null;
    default:
      return verdict satisfies never;
  }
}

function shownIn({ fieldType, options }: Definition, content: string): string {
  if (fieldType !== 'picklist') return content;
  return options.find(({ id }) => id === content)?.label ?? content;
}

function describeWrong({ assignment, truth, result }: Decided): string {
  return `${assignment.source.name}: ${JSON.stringify(truth.value)} became ${JSON.stringify(result)}, meant ${JSON.stringify(truth.meant)}`;
}

describe('the rules file of the fixture firm', () => {
  const { assignments, decided } = decideFirm(1);

  test('fits the firm, and shows every rule', () => {
    expect(new Set(assignments.map(({ rule }) => rule))).toEqual(new Set(RULE_NAMES));
  });

  test('shows every way into another field', () => {
    const moves = assignments.filter(({ isMove }) => isMove);
    expect(moves.some(({ clearsSource }) => clearsSource)).toBe(true);
    expect(moves.some(({ clearsSource }) => !clearsSource)).toBe(true);
    expect(decided.some(({ verdict }) => verdict.outcome === 'newOption')).toBe(true);
    expect(assignments.some(({ retirements }) => retirements.length > 0)).toBe(true);
  });

  test('changes and flags something in every field that it names, but for those it skips', () => {
    for (const assignment of assignments) {
      const outcomes = new Set(
        decided
          .filter((each) => each.assignment === assignment)
          .map(({ verdict }) => verdict.outcome),
      );
      expect([assignment.source.name, outcomes.has('changed')]).toEqual([
        assignment.source.name,
        assignment.rule !== 'skip',
      ]);
    }
  });

  test.each([1, 2, 3])('never changes a value into what was not meant, with seed %i', (seed) => {
    const wrong = decideFirm(seed).decided.filter(
      ({ verdict, truth, result }) =>
        (verdict.outcome === 'changed' || verdict.outcome === 'newOption') &&
        result !== truth.meant,
    );
    expect([...new Set(wrong.map(describeWrong))]).toEqual([]);
  });
});
