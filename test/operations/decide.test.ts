import { describe, expect, it } from 'vitest';
import { BLANK, UNREAD, type Value } from '../../src/model/field.ts';
import { decideRecord, type Decision } from '../../src/operations/plan/decide.ts';
import { assignRules } from '../../src/rules/assign.ts';
import { parseRulesFile } from '../../src/rules/file.ts';
import { definition, picklist, snapshot, valueIdOf } from '../support/builders.ts';

const OLD = definition({ id: '501', name: 'Settlement (old)' });
const AMOUNT = definition({ id: '502', name: 'Settlement Amount', fieldType: 'currency' });
const OTHER = definition({ id: '504', name: 'Settlement (other)' });
const COURT = picklist(['Plaintiff', { label: 'Old one', retired: true }], {
  id: '503',
  name: 'Side',
});

/** The decisions of a rules file's `fields` for one matter. */
function decide(fields: string, values: Record<string, string | Value | typeof BLANK>): Decision[] {
  const file = parseRulesFile(`version: 1\nfields:\n${fields}`, 'rules.yaml');
  return decideRecord(snapshot({ values }), assignRules(file, [OLD, AMOUNT, COURT, OTHER]));
}

function move(more = ''): string {
  return `  - { match: Settlement (old), rule: currency, into: Settlement Amount${more} }\n`;
}

/** What becomes of amounts in several currencies that go into another field. */
function outcomesOfMixed(source: 'keep' | 'clear') {
  const file = parseRulesFile(`version: 1\nfields:\n${move(`, source: ${source}`)}`, 'rules.yaml');
  const [assignment] = assignRules(file, [OLD, AMOUNT, COURT]);
  const amounts = ['€200', '$100', '400'];
  for (const amount of amounts) assignment?.column.observe(amount);
  return amounts.map((amount) => assignment?.column.decide(amount).outcome);
}

function reasonOf([decision]: readonly Decision[]): string | null {
  return decision?.kind === 'change' ? decision.change.reason : null;
}

function summary(decisions: readonly Decision[]) {
  return decisions.map((decision) => {
    switch (decision.kind) {
      case 'change':
        return decision.change.edits.map(
          ({ action, fieldName, afterText }) => `${action} ${fieldName}: ${afterText ?? 'empty'}`,
        );
      case 'flag':
        return `flag: ${decision.flag.value}`;
      case 'unchanged':
      case 'unread':
        return decision.kind;
    }
  });
}

describe('a result that goes into another field', () => {
  it('is a create where the target has no row, an update where it has a blank one', () => {
    expect(summary(decide(move(), { '501': '$5,000' }))).toEqual([
      ['create Settlement Amount: 5000'],
    ]);
    expect(summary(decide(move(), { '501': '$5,000', '502': BLANK }))).toEqual([
      ['update Settlement Amount: 5000'],
    ]);
  });

  it('guards the value that it came from where that stays', () => {
    const [decision] = decide(move(), { '501': '$5,000' });
    expect(decision?.kind === 'change' && decision.change.guards).toMatchObject([
      { definitionId: '501', expected: { content: '$5,000' } },
    ]);
  });

  it('is flagged where only the text that would be cleared tells the currency', () => {
    expect(outcomesOfMixed('keep')).toEqual(['changed', 'changed', 'unchanged']);
    expect(outcomesOfMixed('clear')).toEqual(['flagged', 'flagged', 'unchanged']);
  });

  it('says what was read where that stays, for then the change does not show it', () => {
    expect(reasonOf(decide(move(), { '501': '$5k' }))).toMatch(
      /^from "\$5k" in "Settlement \(old\)": /u,
    );
    expect(reasonOf(decide(move(', source: clear'), { '501': '$5k' }))).toMatch(
      /^from "Settlement \(old\)": /u,
    );
    const long = `$5k${' '.repeat(90)}`;
    expect(reasonOf(decide(move(), { '501': long }))).toMatch(/^from "\$5k {76}…" in "/u);
  });

  it('is one change with the clearing of its source', () => {
    expect(summary(decide(move(', source: clear'), { '501': '$5,000' }))).toEqual([
      ['create Settlement Amount: 5000', 'clear Settlement (old): empty'],
    ]);
  });

  it('names the field that it goes into, and the rows as they were read', () => {
    const decisions = decide(move(', source: clear'), { '501': '$5,000', '502': BLANK });
    expect(decisions).toMatchObject([
      {
        change: {
          changeId: 'matter:1001:502',
          edits: [{ valueId: valueIdOf('502') }, { valueId: valueIdOf('501') }],
        },
      },
    ]);
  });

  it('only clears the source where the target holds it already, and guards the target', () => {
    const decisions = decide(move(', source: clear'), { '501': '$5,000', '502': '5000' });
    expect(summary(decisions)).toEqual([['clear Settlement (old): empty']]);
    expect(decisions[0]?.kind === 'change' && decisions[0].change.guards).toMatchObject([
      { definitionId: '502' },
    ]);
    expect(decisions).toMatchObject([
      { change: { reason: '"Settlement Amount" holds it already: 5000' } },
    ]);
    expect(decide(move(', source: clear'), { '501': '5000', '502': '5000' })).toMatchObject([
      { change: { reason: '"Settlement Amount" holds it already' } },
    ]);
  });

  it.each([
    ['flag', ['flag: $5,000']],
    ['keep', ['unchanged']],
    ['overwrite', [['update Settlement Amount: 5000']]],
  ])('does as told where the target holds something else: %s', (existing, expected) => {
    expect(
      summary(decide(move(`, existing: ${existing}`), { '501': '$5,000', '502': '7' })),
    ).toEqual(expected);
  });

  it('is flagged with what would be written, and with what the target holds', () => {
    expect(decide(move(), { '501': '$5,000', '502': '7' })).toMatchObject([
      {
        flag: {
          definitionId: '501',
          suggestions: ['5000'],
          into: { definitionId: '502', before: { state: 'value', content: '7' } },
        },
      },
    ]);
  });

  it('plans nothing where either side was kept from us', () => {
    expect(summary(decide(move(), { '501': UNREAD }))).toEqual(['unread']);
    expect(summary(decide(move(), { '501': '$5,000', '502': UNREAD }))).toEqual(['unread']);
  });

  it('is flagged at its source where the rule cannot be sure', () => {
    expect(summary(decide(move(), { '501': 'approx. $5,000' }))).toEqual(['flag: approx. $5,000']);
  });
});

describe('a field that a result goes into, with a rule of its own', () => {
  const own = '  - { match: Settlement Amount, rule: currency }\n';

  it.each([
    ['overwrite', '$7', [['update Settlement Amount: 5000']]],
    ['keep', '$7', ['unchanged', ['update Settlement Amount: 7']]],
    ['flag', '$7', ['flag: $5,000', ['update Settlement Amount: 7']]],
    ['flag', '$5,000', ['unchanged', ['update Settlement Amount: 5000']]],
    ['flag', 'approx. $9', ['flag: $5,000', 'flag: approx. $9']],
    ['flag', UNREAD, ['unread', 'unread']],
  ])('is changed once: %s, where it holds %s', (existing, held, expected) => {
    const fields = move(`, existing: ${existing}`) + own;
    expect(summary(decide(fields, { '501': '$5,000', '502': held }))).toEqual(expected);
  });

  it('gets what its rule makes of it with the clearing of the source, in one change', () => {
    const values = { '501': '$5,000', '502': '$5,000' };
    expect(summary(decide(move(', source: clear') + own, values))).toEqual([
      ['update Settlement Amount: 5000', 'clear Settlement (old): empty'],
    ]);
  });
});

/** Two moves into one field. */
function both(more: string): string {
  return move(more) + move(more).replace('Settlement (old)', 'Settlement (other)');
}

describe('two fields that go into one', () => {
  it.each([
    ['flag', undefined],
    ['keep', undefined],
    ['overwrite', undefined],
    ['overwrite', '7'],
    ['overwrite', '6000'],
  ])(
    'are both flagged where they say different things, for neither is the better: %s, where it holds %s',
    (existing, held) => {
      const values = {
        '501': '$5,000',
        '504': '$6,000',
        ...(held === undefined ? {} : { '502': held }),
      };
      const decisions = decide(both(`, existing: ${existing}, source: clear`), values);
      expect(decisions).toMatchObject([
        {
          flag: {
            value: '$5,000',
            reason:
              '"Settlement Amount" would get something else as well: "6000" from "Settlement (other)"',
            suggestions: ['5000'],
          },
        },
        {
          flag: {
            value: '$6,000',
            reason:
              '"Settlement Amount" would get something else as well: "5000" from "Settlement (old)"',
            suggestions: ['6000'],
          },
        },
      ]);
    },
  );

  it('are decided one by one where none of them would write', () => {
    const values = { '501': '$5,000', '502': '5000', '504': '$6,000' };
    expect(summary(decide(both(', source: clear'), values))).toEqual([
      ['clear Settlement (old): empty'],
      'flag: $6,000',
    ]);
    expect(summary(decide(both(', existing: keep'), { ...values, '502': '7' }))).toEqual([
      'unchanged',
      'unchanged',
    ]);
  });

  it('the second stays where it says the same, cleared or not', () => {
    const values = { '501': '$5,000', '504': '$5,000.00' };
    for (const source of ['keep', 'clear'])
      expect(summary(decide(both(`, source: ${source}`), values)).slice(1)).toEqual(['unchanged']);
  });
});

describe('two fields that go into one picklist', () => {
  const intoSide = ['Settlement (old)', 'Settlement (other)']
    .map(
      (match) =>
        `  - { match: ${match}, rule: picklist, into: Side, with: { unknown: add-option } }\n`,
    )
    .join('');

  it.each([
    ['Intervenor', 'Intervenor', [['create Side: Intervenor'], 'unchanged']],
    ['Intervenor', 'Guardian', ['flag: Intervenor', 'flag: Guardian']],
    ['Intervenor', 'Plaintiff', ['flag: Intervenor', 'flag: Plaintiff']],
    ['Plaintiff', 'Intervenor', ['flag: Plaintiff', 'flag: Intervenor']],
  ])('may both need a new option: %s and %s', (first, second, expected) => {
    expect(summary(decide(intoSide, { '501': first, '504': second }))).toEqual(expected);
  });
});

describe('a value in place', () => {
  it('is decided by its rule, and an empty one by none', () => {
    const rule = '  - { match: Settlement (*, rule: text }\n';
    expect(summary(decide(rule, {}))).toEqual([]);
    expect(summary(decide(rule, { '501': '  a  b ' }))).toEqual([['update Settlement (old): a b']]);
  });

  it('shows a picklist by its options’ texts', () => {
    const retired = decide('  - { match: Side, rule: picklist }\n', { '503': '9002' });
    expect(summary(retired)).toEqual(['flag: Old one']);
    expect(retired[0]?.kind === 'flag' && retired[0].flag).not.toHaveProperty('into');
  });
});
