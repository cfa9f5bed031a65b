import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { picklist } from '../../src/rules/picklist.ts';
import {
  becomes,
  columnOf,
  optionsOf,
  reasonOf,
  settingOf,
  suggestionsOf,
} from './picklist-column.ts';
import { fieldOf, rows } from './picklist-fixtures.ts';
import { decideAll } from './picklist-probe.ts';

describe('a text on its way into a picklist', () => {
  it.each(rows)('$input among $options $with: $why', (row) => {
    const field = fieldOf(row);
    const { options } = field;
    const verdict = columnOf(field, [row.input]).decide(row.input);
    expect(verdict.outcome).toBe(row.outcome);
    const label = row.outcome === 'newOption' ? `new: ${row.expected}` : row.expected;
    if (row.outcome !== 'flagged') expect(becomes(verdict, options)).toBe(label);
    if (row.outcome === 'flagged') expect(row.expected).toBe('');
  });
});

describe("a picklist's own values", () => {
  const options = optionsOf(['Open', 'Closed', '(retired) closed', '(retired) Archived', 'Open']);
  const [open, closed, oldClosed, archived, twin] = options.map(({ id }) => id);

  it.each([
    ['a live option stays', open, 'unchanged'],
    ['and so does one whose text another has, for the id is exact', twin, 'unchanged'],
    ['a retired option becomes the live one of the same text', oldClosed, 'Closed'],
    ['a retired option without one is left to a person', archived, 'flagged'],
    ['an id that the field does not have is left to a person', '4711', 'flagged'],
  ])('%s', (_, id, expected) => {
    const verdict = columnOf({ options, isOwn: true }).decide(id ?? '');
    expect(becomes(verdict, options)).toBe(expected);
  });

  it('move where the map sends their text, once', () => {
    const field = { options, isOwn: true, with: { map: { Archived: 'closed', Closed: 'Open ' } } };
    expect(becomes(columnOf(field).decide(archived ?? ''), options)).toBe('Closed');
    expect(becomes(columnOf(field).decide(closed ?? ''), options)).toBe('unchanged');
  });

  it('of a retired option are flagged with the option that it is a usual short form of', () => {
    const states = optionsOf(['(retired) NY', 'New York', 'Elsewhere']);
    const column = columnOf({ options: states });
    expect(suggestionsOf(column.decide('NY'))).toEqual(['New York']);
    const without = columnOf({ options: states, with: { abbreviations: [] } });
    expect(suggestionsOf(without.decide('NY'))).toEqual([]);
  });

  it('of a retired option are flagged with the options that come near', () => {
    const near = optionsOf(['(retired) Arbitraton', 'Arbitration', 'Mediation']);
    const verdict = columnOf({ options: near, isOwn: true }).decide('7000');
    expect(verdict.outcome).toBe('flagged');
    expect(suggestionsOf(verdict)[0]).toBe('Arbitration');
  });

  it('of another picklist are read as their text', () => {
    const source = {
      fieldType: 'picklist',
      name: 'Old',
      options: optionsOf(['CLOSED', 'Won']),
    } as const;
    const target = {
      fieldType: 'picklist',
      name: 'New',
      options: optionsOf(['Open', 'Closed']),
    } as const;
    const column = picklist.column(picklist.options.parse({}), { locale: 'en-US', source, target });
    expect(becomes(column.decide('7000'), target.options)).toBe('Closed');
    expect(column.decide('7001').outcome).toBe('flagged');
    expect(column.decide('7002').outcome).toBe('flagged');
  });
});

describe('merge', () => {
  const options = optionsOf(['Settled', 'settled', 'SETTLED.', '(retired) Setled', 'Open', 'Open']);
  const merge = { Settled: ['settled', 'SETTLED.', 'Setled'], Open: ['Open'] };
  const rules = picklist.options.parse({ merge });
  const field = { options, with: { merge } };

  it('moves the values of merged options, retired ones too', () => {
    const column = columnOf({ ...field, isOwn: true });
    const becoming = options.map(({ id }) => becomes(column.decide(id), options));
    expect(becoming).toEqual(['unchanged', 'Settled', 'Settled', 'Settled', 'unchanged', 'Open']);
    expect(column.decide('7005')).toMatchObject({ after: '7004' });
  });

  it('lets texts of merged options lead to the one that is kept', () => {
    const column = columnOf(field);
    expect(becomes(column.decide('SETTLED.'), options)).toBe('Settled');
    expect(becomes(column.decide('setled'), options)).toBe('Settled');
    expect(column.decide('open')).toMatchObject({ outcome: 'changed', after: '7004' });
  });

  it('retires the merged options that are live, and only those', () => {
    const retired = picklist.retirements?.(rules, settingOf(field)) ?? [];
    expect(retired.map(({ optionId }) => optionId)).toEqual(['7001', '7002', '7005']);
    expect(retired[0]).toMatchObject({ label: 'settled', reason: 'merged into "Settled"' });
  });

  it('tells options of the same text by their ids', () => {
    const [reason] = (picklist.retirements?.(rules, settingOf(field)) ?? [])
      .filter(({ optionId }) => optionId === '7005')
      .map((each) => each.reason);
    expect(reason).toBe('this is option 7005; merged into option 7004 of the same text');
    const verdict = columnOf({ ...field, isOwn: true }).decide('7005');
    expect(reasonOf(verdict)).toBe(
      '"Open" (option 7005) is merged into option 7004 of the same text',
    );
  });

  it('without it, two options of the same text are left to a person', () => {
    const verdict = columnOf({ options }).decide('Open');
    expect(verdict.outcome).toBe('flagged');
    expect(reasonOf(verdict)).toContain('merge');
  });
});

describe('options that do not fit the field', () => {
  const options = optionsOf(['Open', 'Closed', '(retired) Archived']);
  const check = (block: Record<string, unknown>) =>
    picklist.check?.(picklist.options.parse(block), settingOf({ options })) ?? [];

  it.each([
    ['a map to no option', { map: { Shut: 'Clsed' } }, 'no option of "Status"'],
    ['a map to a retired option', { map: { Shut: 'Archived' } }, 'a retired option of "Status"'],
    ['a map that goes on', { map: { Shut: 'Closed', Closed: 'Open' } }, 'name where it ends'],
    ['a map that says two things', { map: { 'n.a.': 'Open', NA: 'Closed' } }, 'keep one'],
    ['a merge into no option', { merge: { Shut: ['Open'] } }, 'merge keeps "Shut"'],
    ['a merge of no option', { merge: { Open: ['opened'] } }, 'no other option'],
    ['a merge of an option into itself', { merge: { Open: ['Open'] } }, 'no other option'],
    ['a merge both ways', { merge: { Open: ['Closed'], Closed: ['Open'] } }, 'both keeps'],
    ['a merge into two', { merge: { Open: ['Archived'], Closed: ['Archived'] } }, 'keep one'],
    [
      'a merge that the map undoes',
      { merge: { Open: ['Closed'] }, map: { Open: 'Closed' } },
      'keep one',
    ],
  ])('%s is an error', (_, block, expected) => {
    expect(check(block).join('\n')).toContain(expected);
  });

  it('a map and a merge that fit are none', () => {
    expect(
      check({ map: { Shut: 'Closed', closed: 'Closed' }, merge: { Open: ['Archived'] } }),
    ).toEqual([]);
    expect(check({ map: { Shut: 'On appeal' }, unknown: 'add-option' })).toEqual([]);
  });
});

describe('new options', () => {
  const options = optionsOf(['Open', 'Closed']);
  const field = { options, with: { unknown: 'add-option' } };

  it('take the spelling that most values have, however they are ordered', () => {
    const values = ['on appeal', 'On Appeal', 'ON APPEAL', 'On Appeal'];
    for (const order of [values, values.toReversed()]) {
      const column = columnOf(field, order);
      expect(values.map((value) => becomes(column.decide(value), options))).toEqual(
        values.map(() => 'new: On Appeal'),
      );
    }
  });

  it('take one with capitals and small letters where several stand there as often', () => {
    const values = ['NEW  ONE', 'new one', 'New One', 'New One.'];
    for (const order of [values, values.toReversed()])
      expect(becomes(columnOf(field, order).decide('new one'), options)).toBe('new: New One');
    const more = columnOf(field, [...values, 'NEW ONE']);
    expect(becomes(more.decide('new one'), options)).toBe('new: NEW ONE');
  });

  it('are not made of what is probably a misspelling of a more frequent one', () => {
    const column = columnOf(field, ['Arbitration', 'Arbitration', 'Arbitraton']);
    expect(becomes(column.decide('Arbitration'), options)).toBe('new: Arbitration');
    expect(suggestionsOf(column.decide('Arbitraton'))).toEqual(['Arbitration']);
    expect(column.evidence()).toContain('1 new option for values that no option fits');
  });

  it('are made of texts that differ in a number', () => {
    const column = columnOf(field, ['Phase 1', 'Phase 2']);
    expect(becomes(column.decide('Phase 1'), options)).toBe('new: Phase 1');
    expect(becomes(column.decide('Phase 2'), options)).toBe('new: Phase 2');
  });

  it('keep the label that the rules file gives', () => {
    const named = { options, with: { unknown: 'add-option', map: { app: 'On Appeal' } } };
    const column = columnOf(named, ['app', 'on appeal', 'on appeal']);
    expect(becomes(column.decide('app'), options)).toBe('new: On Appeal');
    expect(becomes(column.decide('on appeal'), options)).toBe('new: On Appeal');
  });

  it('are not made where a column has more unknown values than a list would hold', () => {
    const values = Array.from({ length: 300 }, (_, at) => `Remark no. ${at}`);
    expect(columnOf(field, values).decide('Remark no. 7').outcome).toBe('flagged');
  });
});

describe('numbers that are ids of options', () => {
  const options = optionsOf(['Open', 'Closed', 'Won', 'Lost']);

  it('count where the whole column shows ids', () => {
    const column = columnOf({ options }, ['7000', '7001', '7002', '7001']);
    expect(becomes(column.decide('7001'), options)).toBe('Closed');
    expect(column.evidence()).toEqual(['all 4 values of the column are ids of options']);
  });

  it('are left to a person where one value is no id', () => {
    const verdict = columnOf({ options }, ['7000', '7001', '7002', '7999']).decide('7001');
    expect(verdict.outcome).toBe('flagged');
    expect(suggestionsOf(verdict)).toEqual(['Closed']);
  });

  it('are texts first', () => {
    const years = [
      { id: '2019', label: '2020', retired: false },
      { id: '1', label: '2019', retired: false },
    ];
    expect(columnOf({ options: years }).decide('2019')).toMatchObject({ after: '1' });
  });
});

function suggest(labels: readonly string[], value: string): readonly string[] {
  return suggestionsOf(columnOf({ options: optionsOf(labels) }).decide(value));
}

describe('what a verdict says', () => {
  it.each([
    ['a slip of the pen', ['Plaintiff', 'Defendant'], 'Plantiff', 'Plaintiff'],
    ['a short form by its beginning', ['Educational', 'Social'], 'educ.', 'Educational'],
    ['a value with a remark', ['Cash', 'Surety'], 'cash, see note of May', 'Cash'],
    [
      'words in another order',
      ['Order to Show Cause', 'Motion'],
      'Show Cause Order',
      'Order to Show Cause',
    ],
  ])('suggests for %s', (_, labels, value, expected) => {
    expect(suggest(labels, value)[0]).toBe(expected);
  });

  it.each([
    ['another number', ['22 CV', '24 CV'], '23 CV'],
    ['another roman numeral', ['Phase I', 'Phase III'], 'Phase II'],
    ['the opposite', ['Secured', 'Paid'], 'unsecured'],
    ['the other side', ['Lessor', 'Appellant'], 'Lessee'],
    ['the other end of the country', ['North Carolina'], 'South Carolina'],
  ])('never suggests %s', (_, labels, value) => {
    expect(suggest(labels, value)).toEqual([]);
  });

  it('names the list that short forms came from, and the column says why', () => {
    const options = optionsOf(['Texas', 'Ohio', 'Utah', 'Iowa', 'Maine', 'Other']);
    const column = columnOf({ options });
    expect(reasonOf(column.decide('TX'))).toBe(
      'the option "Texas", by the usual names and short forms of US states',
    );
    expect(column.evidence()).toEqual([
      '5 of the 6 options are US states: their usual names and short forms count',
    ]);
  });
});

describe('other machines', () => {
  const values = ['illinois', 'İLLİNOİS', 'ıowa', 'ol', 'zoll', 'istanbul', 'İstanbul', 'ISTANBUL'];
  const probe = fileURLToPath(new URL('picklist-probe.ts', import.meta.url));

  it.each([
    ['Pacific/Apia', 'tr-TR'],
    ['Asia/Kathmandu', 'sv-SE'],
  ])('in %s with %s decide the same', (TZ, locale) => {
    const output = execFileSync(process.execPath, ['--import', 'tsx', probe, ...values], {
      env: { ...process.env, TZ, LANG: locale, LC_ALL: locale },
      encoding: 'utf8',
    });
    expect(JSON.parse(output)).toEqual(decideAll(values));
  });
});
