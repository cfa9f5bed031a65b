import { parse as parseYaml } from 'yaml';
import { z } from 'zod';
import { EXIT, UserError } from '../../errors.ts';
import { didYouMean } from '../../nearest.ts';
import { TRIED_INTO, tryRule as tryIt, type Trial } from '../../operations/rules/try-rule.ts';
import { trialAsText } from '../../report/trial.ts';
import { isLocale } from '../../rules/file.ts';
import { RULE_NAMES, ruleNamed, type RuleName } from '../../rules/index.ts';
import { OPTION_DEPTH, plainContent } from '../../rules/keyed.ts';
import { inWords, unknownKey } from '../../rules/schema-words.ts';
import { RULES_YAML } from '../../rules/yaml-mistakes.ts';
import type { Action } from '../context.ts';
import { readStdin } from '../stdin.ts';

interface Flags {
  readonly with: readonly string[];
  readonly column: boolean;
}

export const tryRule: Action<Flags> = async (
  context,
  flags,
  ruleName = '',
  givenValues: unknown = [],
) => {
  const rule = RULE_NAMES.find((name) => name === ruleName);
  if (rule === undefined) {
    throw new UserError(
      'unknown_rule',
      `There is no rule "${ruleName}".${didYouMean(ruleName, RULE_NAMES)}`,
      `The rules are ${RULE_NAMES.join(', ')}.`,
    );
  }
  const trial = { ...makeTrial(rule, readPairs(flags.with)), isColumn: flags.column };
  const given = z.array(z.string()).parse(givenValues);
  const values = given.length > 0 ? given : linesOf(await readStdin(context));
  const { results, evidence } = tryIt(trial, values);
  if (context.output.isJson) await context.output.json({ results, evidence });
  else await context.output.result(trialAsText(results, evidence, context.stdoutLook));
  return EXIT.done;
};

/** Each line is one value, exactly as it stands; the last line's end begins no further one. */
function linesOf(text: string): string[] {
  const lines = text.split('\n').map((line) => (line.endsWith('\r') ? line.slice(0, -1) : line));
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

function readPairs(pairs: readonly string[]): Map<string, unknown> {
  return new Map(
    pairs.map((pair) => {
      const at = pair.indexOf('=');
      if (at < 1) {
        throw new UserError(
          'usage',
          `--with ${pair} is not KEY=VALUE.`,
          'Write it as in --with order=DMY or --with "options=[A, B]".',
        );
      }
      try {
        return [
          pair.slice(0, at),
          plainContent(
            parseYaml(pair.slice(at + 1), { ...RULES_YAML, mapAsMap: true }),
            OPTION_DEPTH,
          ),
        ];
      } catch (cause) {
        throw new UserError(
          'usage',
          `The value of --with ${pair.slice(0, at)} is not YAML.`,
          'Put texts with : or # in quotes.',
          EXIT.wrongInput,
          { cause },
        );
      }
    }),
  );
}

function makeTrial(rule: RuleName, pairs: Map<string, unknown>): Omit<Trial, 'isColumn'> {
  const locale = pairs.get('locale');
  const labels = rule === 'picklist' ? optionLabels(pairs.get('options')) : [];
  pairs.delete('locale');
  if (rule === 'picklist') pairs.delete('options');
  const parsed = ruleNamed(rule).options.safeParse(Object.fromEntries(pairs));
  if (!parsed.success) {
    const messages = parsed.error.issues.flatMap((issue) => inMessages(issue, rule));
    throw new UserError('usage', messages.join('\n'), `The README lists the options of ${rule}.`);
  }
  const source = { name: 'values', fieldType: 'text_line', options: [] } as const;
  const options = labels.map((label, index) => ({
    id: `option ${index + 1}`,
    label,
    retired: false,
  }));
  const setting = {
    locale: parseLocale(locale),
    localeIsExplicit: locale !== undefined,
    source,
    target: { name: 'values', fieldType: TRIED_INTO[rule], options },
  };
  const [problem] = ruleNamed(rule).check?.(parsed.data, setting) ?? [];
  if (problem !== undefined) throw new UserError('usage', problem, 'Correct the --with options.');
  return { rule, options: parsed.data, setting };
}

function inMessages(issue: z.core.$ZodIssue, rule: RuleName): string[] {
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => `${rule}: ${unknownKey(key, ruleNamed(rule).options)}`);
  return [`${issue.path.join('.') || rule}: ${inWords(issue)}`];
}

function optionLabels(value: unknown): string[] {
  const parsed = z
    .array(z.union([z.string(), z.number(), z.boolean()]))
    .min(1)
    .safeParse(value);
  if (parsed.success) return parsed.data.map(String);
  throw new UserError(
    'usage',
    'The rule picklist needs the list of options.',
    'Give them as in --with "options=[Plaintiff, Defendant]".',
  );
}

function parseLocale(value: unknown): string {
  if (value === undefined) return 'en-US';
  if (typeof value === 'string' && isLocale(value)) return value;
  throw new UserError(
    'usage',
    `${JSON.stringify(value)} is not a language tag.`,
    'Give one such as en-US, en-GB or fr-CA.',
  );
}
