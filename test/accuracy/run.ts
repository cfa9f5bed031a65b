import { wrap } from '../../src/report/table.ts';
import { RULE_NAMES } from '../../src/rules/index.ts';
import { readArguments, refuse, wholeNumber } from '../support/usage.ts';
import { readCorpus } from './corpus.ts';
import { readFixtures } from './fixtures.ts';
import { type Graded, measure } from './measure.ts';

const USAGE = `npm run accuracy -- [FOLDER] [--rule NAME] [--alone] [--worst N] [--json]

Measures the rules on labelled strings; without a folder on the tables of cases
in fixtures/rules/.

  --rule <name>  only the strings of this rule:
                 ${wrap(RULE_NAMES.join(', '), 60).join(`\n${' '.repeat(17)}`)}
  --alone        read each string without its column
  --worst <n>    how many of a rule's failures are shown (10)
  --json         one JSON document
`;

const { values: flags, positionals } = readArguments(USAGE, {
  allowPositionals: true,
  options: {
    json: { type: 'boolean', default: false },
    alone: { type: 'boolean', default: false },
    worst: { type: 'string', default: '10' },
    rule: { type: 'string' },
  },
});
const [folder] = positionals;
const shownOfWorst = wholeNumber('worst', flags.worst, USAGE);
if (flags.rule !== undefined && !RULE_NAMES.some((name) => name === flags.rule))
  refuse(`no rule is named ${flags.rule}`, USAGE);
const cases = (folder === undefined ? readFixtures() : readCorpus(folder)).filter(
  ({ rule }) => flags.rule === undefined || rule === flags.rule,
);
const graded = measure(cases, { isColumn: !flags.alone });
const rows = RULE_NAMES.map((rule) =>
  summarize(
    rule,
    graded.filter((each) => each.case.rule === rule),
  ),
).filter(({ cases: count }) => count > 0);
process.stdout.write(
  flags.json ? `${JSON.stringify({ formatVersion: 1, rules: rows })}\n` : asText(),
);

function summarize(rule: string, all: readonly Graded[]) {
  const of = (label: string, grade: string): number =>
    all.filter((each) => each.case.label === label && each.grade === grade).length;
  const labelled = (label: string): number =>
    all.filter((each) => each.case.label === label).length;
  const wrong = all.filter(({ grade }) => grade === 'wrong');
  const missed = all.filter(
    ({ grade, case: { label } }) => grade === 'missed' && label === 'convert',
  );
  const worst = [...wrong, ...missed]
    .slice(0, shownOfWorst)
    .map(({ case: each, result, grade }) => ({
      id: each.id,
      grade,
      input: each.input,
      expected: each.expected,
      output: result.output,
      reason: result.reason,
    }));
  return {
    rule,
    cases: all.length,
    convert: { cases: labelled('convert'), right: of('convert', 'right') },
    either: { cases: labelled('either'), right: of('either', 'right') },
    kept: {
      cases: labelled('keep') + labelled('preserve'),
      right: of('keep', 'right') + of('preserve', 'right'),
    },
    silentlyWrong: wrong.length,
    worst,
  };
}

function asText(): string {
  const lines = [
    ['rule', 'cases', 'convert right', 'either right', 'kept right', 'silently wrong'],
    ...rows.map(({ rule, cases: count, convert, either, kept, silentlyWrong }) => [
      rule,
      String(count),
      `${convert.right}/${convert.cases} ${percent(convert.right, convert.cases)}`,
      `${either.right}/${either.cases} ${percent(either.right, either.cases)}`,
      `${kept.right}/${kept.cases} ${percent(kept.right, kept.cases)}`,
      `${silentlyWrong} ${percent(silentlyWrong, count)}`,
    ]),
  ];
  const widths = [10, 7, 20, 20, 20, 16];
  const table = lines.map((cells) =>
    cells
      .map((cell, index) => cell.padEnd(widths[index] ?? 0))
      .join(' ')
      .trimEnd(),
  );
  const worst = rows.flatMap((row) =>
    row.worst.map(
      ({ id, grade, input, expected, output, reason }) =>
        `${row.rule} ${grade} ${id}: ${JSON.stringify(input)} expected ${JSON.stringify(expected)}, got ${JSON.stringify(output)}${reason === null ? '' : ` (${reason})`}`,
    ),
  );
  return [...table, '', ...worst, ''].join('\n');
}

function percent(part: number, whole: number): string {
  return whole === 0 ? '-' : `${((100 * part) / whole).toFixed(1)} %`;
}
