import { TRIED_INTO, tryRule, type TrialResult } from '../../src/operations/rules/try-rule.ts';
import { type RuleName, ruleNamed } from '../../src/rules/index.ts';
import type { Case } from './corpus.ts';

/** How a rule's answer stands to the label. */
export type Grade =
  /** Resolved as the label says. */
  | 'right'
  /** Left for a person, where a right answer was to be had. */
  | 'missed'
  /** Left alone or flagged, as it should be. */
  | 'safe'
  /** Another value than the right one, without a word: the cardinal sin. */
  | 'wrong';

export interface Graded {
  readonly case: Case;
  readonly result: TrialResult;
  readonly grade: Grade;
}

/** Runs the real rules over the cases, each group as one column, and holds the answers against the labels. */
export function measure(cases: readonly Case[], { isColumn }: { isColumn: boolean }): Graded[] {
  const groups = new Map<string, Case[]>();
  for (const each of cases) groups.set(each.group, [...(groups.get(each.group) ?? []), each]);
  return [...groups.values()].flatMap((group) => measureGroup(group, isColumn));
}

function measureGroup(group: readonly Case[], isColumn: boolean): Graded[] {
  const [first] = group;
  if (first === undefined) return [];
  const { rule, locale, options, target, field } = first;
  // A field of the corpus takes line breaks where its values have some; the tables of cases say their type themselves.
  const isText =
    target === undefined && first.isCorpus && group.some(({ input }) => input.includes('\n'));
  const { results } = tryRule(
    {
      rule,
      isColumn,
      options: ruleNamed(rule).options.parse(first.with),
      setting: {
        locale: locale ?? 'en-US',
        localeIsExplicit: locale !== undefined,
        source: { name: field, fieldType: isText ? 'text_area' : 'text_line', options: [] },
        target: {
          name: field,
          fieldType: target ?? (isText && rule === 'text' ? 'text_area' : TRIED_INTO[rule]),
          options: options.map((label, index) => ({
            id: `option ${index}`,
            label,
            retired: false,
          })),
        },
      },
    },
    group.map(({ input }) => input),
  );
  return group.flatMap((each, index) => {
    const result = results[index];
    return result === undefined ? [] : [{ case: each, result, grade: gradeOf(each, result) }];
  });
}

/** How an answer stands to the label, whoever gave it. */
export function gradeOf(each: Case, result: Pick<TrialResult, 'outcome' | 'output'>): Grade {
  const { label, expected, input, rule } = each;
  const isFlagged = result.outcome === 'flagged';
  switch (label) {
    case 'convert':
      if (isFlagged) return 'missed';
      return isSame(result.output, expected, rule) ? 'right' : 'wrong';
    case 'either':
      // Words that are left as they stand have not been changed into anything wrong.
      if (isFlagged || (isWords(rule) && result.outcome === 'unchanged' && input !== expected))
        return 'missed';
      return isSame(result.output, expected, rule) ? 'right' : 'wrong';
    case 'flag':
      return isFlagged || result.output === input ? 'safe' : 'wrong';
    case 'keep':
      if (isFlagged) return 'missed';
      return isSame(result.output, input, rule) || isSame(result.output, expected, rule)
        ? 'right'
        : 'wrong';
    case 'preserve':
      if (isFlagged) return 'missed';
      return essence(result.output ?? '', rule) === essence(input, rule) ? 'right' : 'wrong';
  }
}

function isSame(output: string | null, expected: string | null, rule: RuleName): boolean {
  if (output === null || expected === null) return output === expected;
  if (rule === 'currency' || rule === 'numeric') return plain(output) === plain(expected);
  return output === expected;
}

/** Rules whose result is words, which may stay as they are. */
function isWords(rule: RuleName): boolean {
  return rule === 'text' || rule === 'email' || rule === 'url' || rule === 'phone';
}

/** A decimal without what does not change its value. */
function plain(decimal: string): string {
  const [whole = '', fraction = ''] = decimal.split('.');
  const digits = fraction.replace(/0+$/u, '');
  return digits === '' ? whole : `${whole}.${digits}`;
}

/** Letters and digits alone: what may not get lost when only spacing, case and punctuation may change; a web address may get its scheme. */
function essence(text: string, rule: RuleName): string {
  const value = rule === 'url' ? text.replace(/^https?:\/\//iu, '') : text;
  return value
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{M}]/gu, '');
}
