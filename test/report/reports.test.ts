import { parse as parseCsv } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import type { FieldCounts } from '../../src/model/change.ts';
import { text as textOfPage } from '../../src/report/html/page.ts';
import { reporterFor } from '../../src/report/index.ts';
import { runAsJson } from '../../src/report/json.ts';
import { shares } from '../../src/report/shares.ts';
import { runSummaryAsText } from '../../src/report/text/run.ts';
import type { InventoryView, Look, PlanView, RunView } from '../../src/report/types.ts';
import {
  change,
  definition,
  flag,
  move,
  newOption,
  outcome,
  plan,
  run,
} from '../support/builders.ts';

const NASTY = '<script>alert(1)</script>\u001b[2J\u202e';
const NOON = '2026-01-05T12:00:00.000Z';
const LOOK = { hasColor: false, columns: 80, isScreen: false };

function planView(overrides: Partial<PlanView> = {}): PlanView {
  return {
    plan: plan({ counts: { unchanged: 1, changed: 1, flagged: 1, unread: 0 } }),
    approval: null,
    coverage: [],
    changes: () => [change({ before: NASTY, after: 'SDNY' })],
    flags: () => [flag({ value: NASTY, suggestions: [NASTY] })],
    optionChanges: () => [newOption(NASTY)],
    ...overrides,
  };
}

function counted(definitionId: string, fieldName: string, changed: number): FieldCounts {
  return {
    definitionId,
    fieldName,
    parentType: 'matter',
    fieldType: 'text_line',
    rule: 'text',
    evidence: [],
    unchanged: 1,
    changed,
    flagged: 0,
    unread: 0,
  };
}

function runView(): RunView {
  const made = change({ before: NASTY, after: 'SDNY' });
  return {
    run: run({ counts: { applied: 1 } }),
    plan: plan(),
    approval: { by: NASTY, at: '2026-01-05T11:00:00.000Z', how: 'test' },
    coverage: [{ parentType: 'matter', read: 1_996, hidden: 0, total: 2_000 }],
    changes: () => [
      { change: made, outcome: outcome(made), sentAt: null },
      { change: change({ recordId: '1002' }), outcome: null, sentAt: null },
    ],
    optionChanges: () => [{ change: newOption(NASTY), status: 'applied', reason: null }],
  };
}

function inventoryView(): InventoryView {
  const field = definition({ name: `Court ${NASTY}` });
  return {
    inventoryId: 'inventory-1',
    takenAt: '2026-01-05T11:00:00.000Z',
    origin: 'https://app.clio.com',
    records: { matter: 10, contact: 0 },
    coverage: [{ parentType: 'matter', read: 10, hidden: 1, total: 12 }],
    fields: [
      {
        definition: field,
        states: { value: 8, blank: 0, absent: 1, unread: 1 },
        distinct: 4,
        isCapped: false,
        wellFormed: 7,
        malformed: 1,
        samples: [NASTY],
        messy: 3,
        mess: [
          { kind: 'spellings', values: 2, samples: ['Kings Cty.'] },
          { kind: 'invisible', values: 1, samples: [NASTY.repeat(9)] },
        ],
        looksLike: null,
        top: [{ value: `Kings County ${NASTY}`, count: 5 }],
        clusters: {
          total: 4,
          biggest: [
            {
              canonical: 'Kings County',
              members: [
                { value: 'Kings County', count: 5 },
                { value: `Kings ${NASTY.repeat(5)}`, count: 2 },
              ],
            },
          ],
        },
      },
    ],
    requests: 3,
    since: null,
  };
}

function whole(pieces: Iterable<string>): string {
  return [...pieces].join('');
}

describe('text', () => {
  it('fits the terminal, and no value can paint it', () => {
    const reporter = reporterFor('text', LOOK);
    const onScreen = reporterFor('text', { ...LOOK, isScreen: true });
    const long = change({ before: `${'word '.repeat(60)}${NASTY}`, after: 'x'.repeat(300) });
    const text =
      whole(reporter.plan(planView({ changes: () => [long] }), true)) +
      whole(reporter.run(runView())) +
      whole(onScreen.inventory(inventoryView(), false)) +
      whole(reporter.inventory(inventoryView(), true));
    expect(text).not.toMatch(/(?!\n)\p{Cc}|\p{Cf}/u);
    for (const line of text.split('\n')) expect(Array.from(line).length).toBeLessThanOrEqual(80);
    expect(text).toContain('\\u{202e}');
  });

  it('shows counts alone where the whole diff is not asked for', () => {
    const text = whole(reporterFor('text', LOOK).plan(planView(), false));
    expect(text).toContain('1 to change, 1 flagged, 1 unchanged');
    expect(text).not.toContain('SDNY');
  });
});

it('tells two fields of one name apart in the table of a plan', () => {
  const view = planView();
  const notes = {
    definitionId: '501',
    fieldName: 'Notes',
    fieldType: 'text_line' as const,
    rule: 'text',
    evidence: ['as seen'],
    unchanged: 1,
    changed: 0,
    flagged: 0,
    unread: 0,
  };
  const fields = [
    { ...notes, parentType: 'matter' as const },
    { ...notes, parentType: 'contact' as const },
  ];
  const text = whole(
    reporterFor('text', LOOK).plan({ ...view, plan: { ...view.plan, fields } }, false),
  );
  expect(text).toMatch(/^Notes \(matter\) .*\nNotes \(contact\) /mu);
  expect(text).toContain('Notes (contact): as seen');
});

function aProblem(recordId: number, reason: string) {
  return {
    changeId: `matter:${recordId}:501`,
    recordId: String(recordId),
    recordLabel: `Matter ${recordId}`,
    fieldName: 'Court',
    status: 'rejected' as const,
    reason,
    shows: null,
  };
}

/** The summary of a run with 201 problems. */
function summaryOf(rollsBack: string | null): string {
  const problems = [
    aProblem(7, 'too long'),
    ...Array.from({ length: 200 }, (_, index) => aProblem(1_001 + index, 'is required')),
  ];
  const counts = { ...run().counts, conflict: 1, rejected: 200 };
  return whole(
    runSummaryAsText(
      { run: { ...run(), rollsBack, counts }, coverage: [], options: [], rowsNotKept: 0, problems },
      LOOK,
    ),
  );
}

describe('what a run could not make', () => {
  it('is told by reason, with counts and the first records, and what to do next', () => {
    const text = summaryOf(null);
    expect(text).toContain(
      [
        'Could not be made',
        '  Court: rejected, is required (200)',
        '    Matter 1001 (1001)',
        '    Matter 1002 (1002)',
        '    Matter 1003 (1003)',
        '    … and 197 more',
        '  Court: rejected, too long',
        '    Matter 7 (7)',
        '',
      ].join('\n'),
    );
    expect(text).toMatch(/Next: `clio-fields show r1` tells of each\./u);
    expect(summaryOf('run-0').replaceAll(/\s+/gu, ' ')).toContain(
      '`clio-fields rollback run-0 --force`',
    );
  });
});

describe('a very long name in the table of an inventory', () => {
  const name = 'Date on which the client first noticed the defect of the product';
  const tableOf = (look: Partial<Look>): string[] => {
    const view = inventoryView();
    const [field] = view.fields;
    if (field === undefined) throw new Error('the view has no field');
    const fields = ['Court', name].map((each) => ({
      ...field,
      definition: { ...field.definition, name: each },
      states: { ...field.states, unread: 0 },
    }));
    const reporter = reporterFor('text', { ...LOOK, ...look });
    const text = whole(reporter.inventory({ ...view, fields }, false));
    return text.slice(text.indexOf('Matter field')).trimEnd().split('\n');
  };

  it('leaves room for the samples on a screen, which is full and not overfull', () => {
    const [titles, court, cut] = tableOf({ isScreen: true });
    expect(cut).toMatch(/^Date on which the clien…  text_line/u);
    expect(court?.length).toBe(80);
    expect(titles?.length).toBeLessThanOrEqual(80);
    expect(tableOf({ isScreen: true, columns: 160 })[2]).toContain(name);
  });

  it('is whole in a file and in a pipe', () => {
    const [titles, court, long] = tableOf({ isScreen: false });
    expect(long).toMatch(new RegExp(`^${name}  text_line`, 'u'));
    expect(court?.indexOf('text_line')).toBe(titles?.indexOf('Type'));
  });
});

describe('a picture of a field', () => {
  it('tells apart fields of matters and of contacts that share a name', () => {
    const view = inventoryView();
    const [field] = view.fields;
    if (field === undefined) throw new Error('the view has no field');
    const twin = { ...field, definition: { ...field.definition, parentType: 'contact' } } as const;
    const text = whole(
      reporterFor('text', LOOK).inventory({ ...view, fields: [field, twin] }, false),
    );
    expect(text).toMatch(/^Matter field .*\nCourt .*\n\nContact field .*\nCourt /mu);
  });

  it('shows first where the mess is, then what it looks like', () => {
    const text = whole(reporterFor('text', LOOK).inventory(inventoryView(), true));
    expect(text).toContain('8 values: 63 % clean, 3 messy');
    expect(text).toContain('8 of 10 filled, 4 different, 3 messy (38 %), 1 could not be read');
    expect(text).toMatch(/ 2 ▒+ +perhaps the same as another/u);
    expect(text.indexOf('Where the mess is')).toBeLessThan(text.indexOf('most frequent'));
  });

  it('gives every part of a bar a cell, however small', () => {
    expect(shares([996, 1, 0, 3], 20)).toEqual([18, 1, 0, 1]);
    expect(shares([1, 1, 1], 2)).toEqual([1, 1, 1]);
    expect(shares([0, 0], 20)).toEqual([0, 0]);
  });
});

describe('html', () => {
  it('is one page without script or outside asset, whatever a value says', () => {
    const reporter = reporterFor('html', LOOK);
    for (const page of [
      whole(reporter.plan(planView(), true)),
      whole(reporter.run(runView())),
      whole(reporter.inventory(inventoryView(), true)),
    ]) {
      expect(page).toMatch(/^<!doctype html>/u);
      expect(page).toContain("default-src 'none'");
      expect(page).not.toMatch(/<script|<img|<link|https?:\/\/(?!app\.clio\.com)/u);
      expect(page).toContain('&lt;script&gt;');
      expect(page.trimEnd()).toMatch(/<\/html>$/u);
    }
  });

  it('breaks lines at the sign of a no-break space, and says what the signs mean', () => {
    expect(textOfPage('12\u00a0N\u00a0Main')).toBe('12⍽<wbr>N⍽<wbr>Main');
    const reporter = reporterFor('html', LOOK);
    for (const page of [whole(reporter.plan(planView(), true)), whole(reporter.run(runView()))])
      expect(page).toContain('<b>⍽</b> a no-break space');
  });

  it('lets no name or value of a decision paint the page', () => {
    const decided = {
      itemId: 'change-1',
      planId: 'p1',
      ruling: { kind: 'edit', value: NASTY },
      by: NASTY,
      how: 'csv',
      at: '2026-01-05T11:00:00.000Z',
    } as const;
    const reviewer = { by: NASTY, how: 'csv', decisions: 1, first: NOON, last: NOON };
    const page = whole(
      reporterFor('html', LOOK).plan(
        planView({
          plan: { ...planView().plan, reviewOf: 'plan-1', madeBy: NASTY },
          reviewers: [reviewer],
          decisionOf: () => decided,
        }),
        true,
      ),
    );
    expect(page.match(/by &lt;script&gt;/gu)).toHaveLength(4);
    expect(page).not.toMatch(/<script|(?!\n)\p{Cc}|\p{Cf}/u);
  });

  it('marks what differs to the character', () => {
    const view = planView({
      changes: () => [change({ before: '12 Main St.', after: '12 Main Street' })],
    });
    expect(whole(reporterFor('html', LOOK).plan(view, true))).toContain(
      '12 Main St<ins>reet</ins>',
    );
  });

  it('leads from each field with changes to where they are shown, those that all go into another field too', () => {
    const fields = [
      counted('501', 'Settlement (old)', 1),
      counted('503', 'Fee (old)', 1),
      counted('504', 'Note', 0),
    ] as const;
    const expected = { state: 'value', content: '300' } as const;
    const view = planView({
      plan: { ...planView().plan, fields },
      changes: () => [
        move(),
        change({
          definitionId: '505',
          guards: [{ definitionId: '503', fieldName: 'Fee (old)', expected }],
        }),
      ],
    });
    const page = whole(reporterFor('html', LOOK).plan(view, true));
    const links = [...page.matchAll(/<a href="#(field-\d+)">([^<]*)<\/a>/gu)].map(
      ([, anchor, name]) => [anchor, name],
    );
    expect(links).toEqual([
      ['field-502', 'Settlement (old)'],
      ['field-505', 'Fee (old)'],
    ]);
    for (const [anchor] of links) expect(page).toContain(`<h3 id="${anchor}">`);
    expect(page).toContain('shown under Settlement Amount');
  });
});

describe('csv', () => {
  it('guards what a spreadsheet would take for a formula, so that it can be taken back', () => {
    const values = ['=1+1', '+1', '-1', '@x', "'quoted", '\t=1', 'plain', 'a,"b"\nc'];
    const view = planView({
      changes: () => values.map((before) => change({ before })),
      flags: () => [],
    });
    const text = whole(reporterFor('csv', LOOK).plan(view, true));
    const rows = parseCsv<Record<string, string>>(text, { columns: true }).filter(
      ({ kind }) => kind === 'change',
    );
    for (const { before = '' } of rows) expect(before).not.toMatch(/^[=+\-@\t]/u);
    expect(rows.map(({ before = '' }) => before.replace(/^'/u, ''))).toEqual(values);
  });

  it('adds what people decided behind the columns that were there before, guarded like any cell', () => {
    const value = '=cmd()';
    const view = planView({
      decisionOf: () => ({
        itemId: 'change-1',
        planId: 'p1',
        ruling: { kind: 'edit', value },
        by: '@Ann',
        how: 'csv',
        at: '2026-01-05T11:00:00.000Z',
      }),
    });
    const [head = '', ...lines] = whole(reporterFor('csv', LOOK).plan(view, true)).split('\r\n');
    const ofRun = whole(reporterFor('csv', LOOK).run(runView())).split('\r\n').at(0) ?? '';
    expect(head).toBe(`${ofRun},decision,decided value,decided by,decided on,review of`);
    expect(lines[1]).toMatch(/,edit,'=cmd\(\),'@Ann,2026-01-05,$/u);
  });

  it('gives both halves of a move a row', () => {
    const view = planView({ changes: () => [move()], flags: () => [], optionChanges: () => [] });
    const rows = parseCsv<Record<string, string>>(
      whole(reporterFor('csv', LOOK).plan(view, true)),
      { columns: true },
    );
    expect(rows.map(({ action }) => action)).toEqual(['create', 'clear']);
  });
});

describe('json', () => {
  it('is one document with a format version and the contract’s names', () => {
    const document: unknown = JSON.parse(whole(reporterFor('json', LOOK).plan(planView(), true)));
    expect(document).toMatchObject({
      formatVersion: 1,
      planId: 'p1',
      inventoryId: 'i1',
      counts: { changed: 1 },
      changes: [{ changeId: 'matter:1001:501', action: 'update', before: NASTY, after: 'SDNY' }],
      flags: [{ flagId: 'matter:1001:501', value: NASTY, suggestions: [NASTY] }],
      needs: { reads: 0 },
    });
  });

  it('says of a problem what it is about, and no more of the change', () => {
    const problem = {
      changeId: 'matter:1001:501',
      recordId: '1001',
      recordLabel: 'x',
      fieldName: 'Court',
      status: 'conflict',
      reason: 'moved',
      shows: null,
      change: change(),
    } as const;
    expect(
      runAsJson(
        { run: run(), coverage: [], options: [], rowsNotKept: 0, problems: [problem] },
        null,
      ),
    ).toMatchObject({
      status: 'completed',
      counts: { applied: 0 },
    });
    expect(
      Object.keys(
        (
          runAsJson(
            { run: run(), coverage: [], options: [], rowsNotKept: 0, problems: [problem] },
            null,
          ) as {
            problems: object[];
          }
        ).problems[0] ?? {},
      ),
    ).not.toContain('change');
  });
});
