import { RULE_NAMES, ruleNamed, type RuleName } from '../../src/rules/index.ts';
import type { Column } from '../../src/rules/types.ts';
import { milliseconds, thousands, timed } from './measure.ts';
import { fieldOf, messyValues } from './messy-values.ts';
import { type Section, table } from './results.ts';

const LENGTHS = [1000, 10_000, 100_000, 1_000_000] as const;
const SHAPES: Readonly<Record<string, (length: number) => string>> = {
  digits: (length) => '7'.repeat(length),
  spaces: (length) => `x${' '.repeat(length - 2)}x`,
  commas: (length) => '1,'.repeat(length / 2),
  letters: (length) => 'a'.repeat(length),
  words: (length) => 'may of '.repeat(length / 7),
  brackets: (length) => '('.repeat(length / 2) + ')'.repeat(length / 2),
  marks: (length) => `e${'\u0301'.repeat(length - 1)}`,
  surrogates: (length) => '\ud83d'.repeat(length),
  slashes: (length) => '1/2/'.repeat(length / 4),
  dots: (length) => 'a.'.repeat(length / 2),
  signs: (length) => '@'.repeat(length),
  controls: (length) => '\u0000\t'.repeat(length / 2),
};
/** A length that would take longer, by how the time grew so far, is not waited for. */
const TOO_LONG_MS = 2000;

/** How a rule's time grows with the length of a hostile string. */
export function benchGrowth(): Section {
  const rows = RULE_NAMES.flatMap((name) => {
    process.stderr.write(`rule ${name}: hostile strings\n`);
    const growths = Object.entries(SHAPES).map(([shape, make]) => growthOf(name, shape, make));
    const slowest = growths.toSorted((left, right) => costOf(right) - costOf(left)).slice(0, 2);
    return slowest.map(({ shape, times }) => [
      name,
      shape,
      ...LENGTHS.map((_, index) => cell(times[index])),
      ...times.slice(1).map((time, index) => `× ${(time / (times[index] ?? 1)).toFixed(0)}`),
      ...LENGTHS.slice(times.length).map(() => 'not waited for'),
    ]);
  });
  return {
    title: 'Rules: time against length',
    body: [
      `One value through observe and decide, the best of three; the two slowest of ${Object.keys(SHAPES).length} shapes for each rule.`,
      'Linear is × 10 or less for each tenfold length; below a tenth of a millisecond the clock and the compiler blur it.',
      '',
      table(
        ['rule', 'shape', '1 kB', '10 kB', '100 kB', '1 MB', 'to 10 kB', 'to 100 kB', 'to 1 MB'],
        rows,
      ),
    ].join('\n'),
  };
}

interface Growth {
  readonly shape: string;
  /** One for each of LENGTHS, as far as it was waited for. */
  readonly times: readonly number[];
}

function growthOf(name: RuleName, shape: string, make: (length: number) => string): Growth {
  const times: number[] = [];
  for (const length of LENGTHS) {
    const [before = 0, last = 0] = times.slice(-2).length === 2 ? times.slice(-2) : [0, times[0]];
    const growth = before > 0.1 ? Math.max(10, last / before) : 10;
    if (last * growth > TOO_LONG_MS) break;
    const value = make(length);
    const rounds = [timeOf(name, value)];
    while (rounds.length < 3 && Math.max(...rounds) < 100) rounds.push(timeOf(name, value));
    times.push(Math.min(...rounds));
  }
  return { shape, times };
}

function timeOf(name: RuleName, value: string): number {
  const column = columnOf(name);
  return timed(() => {
    column.observe(value);
    column.decide(value);
  });
}

/** The time for the longest length; one that was not waited for is worse than any that was. */
function costOf({ times }: Growth): number {
  return times.length === LENGTHS.length
    ? (times.at(-1) ?? 0)
    : Number.MAX_VALUE - 1 / times.length;
}

function cell(time: number | undefined): string {
  return time === undefined ? '' : milliseconds(time);
}

/** A million for all ten rules together. */
const VALUES = 100_000;

/** How many ordinary messy values a second a rule takes. */
export function benchThroughput(): Section {
  const rows = RULE_NAMES.map((name) => {
    process.stderr.write(`rule ${name}: ${thousands(VALUES)} messy values\n`);
    const values = messyValues(name, VALUES);
    const column = columnOf(name);
    const observing = timed(() => {
      for (const value of values) column.observe(value);
    });
    let changed = 0;
    let flagged = 0;
    const deciding = timed(() => {
      for (const value of values) {
        const { outcome } = column.decide(value);
        if (outcome === 'changed') changed += 1;
        if (outcome === 'flagged') flagged += 1;
      }
    });
    return [
      name,
      thousands(VALUES / (observing / 1000)),
      thousands(VALUES / (deciding / 1000)),
      `${((observing + deciding) / 1000).toFixed(1)} s`,
      `${((changed / VALUES) * 100).toFixed(0)} %`,
      `${((flagged / VALUES) * 100).toFixed(0)} %`,
    ];
  });
  return {
    title: 'Rules: a million messy values',
    body: [
      `${thousands(VALUES)} for each rule: each value observed, then decided, nothing remembered between equal values (the plan remembers verdicts).`,
      '',
      table(['rule', 'observed a second', 'decided a second', 'both', 'changed', 'flagged'], rows),
    ].join('\n'),
  };
}

function columnOf(name: RuleName): Column {
  const rule = ruleNamed(name);
  const target = fieldOf(name);
  const source = { name: target.name, fieldType: 'text_line', options: [] } as const;
  return rule.column(rule.options.parse({}), { locale: 'en-US', source, target });
}
