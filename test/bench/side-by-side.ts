import { fromString } from 'any-date-parser';
import * as chrono from 'chrono-node';
import currency from 'currency.js';
import { type CountryCode, parsePhoneNumberFromString } from 'libphonenumber-js';
import type { RuleName } from '../../src/rules/index.ts';
import { type Case, readCorpus } from '../accuracy/corpus.ts';
import { readFixtures } from '../accuracy/fixtures.ts';
import { gradeOf, measure } from '../accuracy/measure.ts';
import { thousands, timed } from './measure.ts';
import { type Section, table } from './results.ts';

/** A folder of labelled strings (see test/accuracy/corpus.ts); without it the tables of cases of fixtures/rules/. */
const LABELLED = process.env['LABELLED'];

/** What another program makes of a value; null where it makes nothing of it. */
type Attempt = (input: string, each: Case) => string | null;

/**
 * What people use for the same today. They read one value at a time; each gets what it can be told: the locale's order of day and month,
 * the decimal mark, the country.
 */
const OTHERS: Readonly<Partial<Record<RuleName, Readonly<Record<string, Attempt>>>>> = {
  date: {
    'chrono-node, strict': (input, each) => localDay(parserFor(each).parseDate(input)),
    'any-date-parser': (input, { locale }) => {
      const date = fromString(input, locale ?? 'en-US');
      return Number.isNaN(date.getTime()) ? null : date.toISOString().slice(0, 10);
    },
    'new Date()': (input) => {
      const date = new Date(input);
      return Number.isNaN(date.getTime()) ? null : localDay(date);
    },
  },
  currency: {
    'currency.js': (input, { locale }) => {
      const decimal = isCommaDecimal(locale) ? ',' : '.';
      return attempt(() => String(currency(input, { decimal, errorOnInvalid: true }).value));
    },
    'strip and parseFloat': (input) => numberOrNull(parseFloat(input.replace(/[^0-9.-]/gu, ''))),
  },
  phone: {
    'libphonenumber-js alone': (input, { with: { region } }) => {
      const country = typeof region === 'string' ? (region as CountryCode) : 'US';
      const phone = parsePhoneNumberFromString(input, country);
      if (phone === undefined || !phone.isValid()) return null;
      return `${phone.number}${phone.ext === undefined ? '' : ` ext. ${phone.ext}`}`;
    },
  },
};

/** Throughput next to accuracy, on the same values. */
export function benchSideBySide(): Section {
  const all = LABELLED === undefined ? readFixtures() : readCorpus(LABELLED);
  const rows = Object.entries(OTHERS).flatMap(([rule, others]) => {
    process.stderr.write(`side by side: ${rule}\n`);
    const cases = all.filter((each) => each.rule === rule);
    return [
      ours(cases),
      ...Object.entries(others).map(([name, make]) => theirs(name, make, cases)),
    ];
  });
  const what =
    LABELLED === undefined
      ? 'the tables of cases in fixtures/rules/'
      : 'labelled strings of public tables';
  return {
    title: 'Rules beside other libraries',
    body: [
      `The same values for all: ${what}. Right: of those that have one right answer. Silently wrong: another answer than the right one, or any where`,
      'a person must decide, of all. Ours sees each column in two passes and says why; its time holds the setting up of every small column of the table.',
      '',
      table(['of', 'by', 'values', 'right', 'silently wrong', 'values a second'], rows),
    ].join('\n'),
  };
}

type Row = readonly (string | number)[];

function ours(cases: readonly Case[]): Row {
  const graded = measure(cases, { isColumn: true });
  const ms = timed(() => {
    repeat(cases, (batch) => {
      measure(batch, { isColumn: true });
    });
  });
  return row('clio-fields', cases, graded, ms);
}

function theirs(name: string, make: Attempt, cases: readonly Case[]): Row {
  const graded = cases.map((each) => {
    const output = attempt(() => make(each.input, each));
    const outcome = output === null ? ('flagged' as const) : ('changed' as const);
    return { case: each, grade: gradeOf(each, { outcome, output }) };
  });
  const ms = timed(() => {
    repeat(cases, (batch) => {
      for (const each of batch) attempt(() => make(each.input, each));
    });
  });
  return row(name, cases, graded, ms);
}

function row(
  name: string,
  cases: readonly Case[],
  graded: readonly { readonly case: Case; readonly grade: string }[],
  ms: number,
): Row {
  const withAnswer = graded.filter(
    ({ case: { label } }) => label === 'convert' || label === 'keep',
  );
  const right = withAnswer.filter(({ grade }) => grade === 'right').length;
  const wrong = graded.filter(({ grade }) => grade === 'wrong').length;
  return [
    cases[0]?.rule ?? '',
    name,
    thousands(cases.length),
    `${right} of ${withAnswer.length}, ${percent(right, withAnswer.length)}`,
    `${wrong}, ${percent(wrong, cases.length)}`,
    thousands((cases.length * ROUNDS * 1_000) / ms),
  ];
}

const ROUNDS = 10;

function repeat(cases: readonly Case[], work: (cases: readonly Case[]) => void): void {
  for (let round = 0; round < ROUNDS; round += 1) work(cases);
}

function percent(part: number, whole: number): string {
  return whole === 0 ? '-' : `${((100 * part) / whole).toFixed(1)} %`;
}

/** What throws has no answer. */
function attempt(work: () => string | null): string | null {
  try {
    return work();
  } catch {
    return null;
  }
}

function parserFor({ locale, with: { order } }: Case): chrono.Chrono {
  return order === 'DMY' || (locale !== undefined && !locale.startsWith('en-US'))
    ? chrono.en.GB
    : chrono.strict;
}

function localDay(date: Date | null): string | null {
  if (date === null) return null;
  const parts = [date.getFullYear(), date.getMonth() + 1, date.getDate()];
  return parts.map((part, index) => String(part).padStart(index === 0 ? 4 : 2, '0')).join('-');
}

function isCommaDecimal(locale: string | undefined): boolean {
  return new Intl.NumberFormat(locale ?? 'en-US').format(1.5).includes(',');
}

function numberOrNull(value: number): string | null {
  return Number.isNaN(value) ? null : String(value);
}
