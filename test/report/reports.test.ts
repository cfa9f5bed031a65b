import { parse as parseCsv } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { reporterFor } from '../../src/report/index.ts';
import { runAsJson } from '../../src/report/json.ts';
import type { PlanView, RunView } from '../../src/report/types.ts';
import { change, flag, move, newOption, outcome, plan, run } from '../support/builders.ts';

const NASTY = '<script>alert(1)</script>\u001b[2J\u202e';
const LOOK = { hasColor: false, columns: 80 };

function planView(overrides: Partial<PlanView> = {}): PlanView {
  return {
    plan: plan({ counts: { unchanged: 1, changed: 1, flagged: 1, unread: 0 } }),
    approval: null,
    changes: () => [change({ before: NASTY, after: 'SDNY' })],
    flags: () => [flag({ value: NASTY, suggestions: [NASTY] })],
    optionChanges: () => [newOption(NASTY)],
    ...overrides,
  };
}

function runView(): RunView {
  const made = change({ before: NASTY, after: 'SDNY' });
  return {
    run: run({ counts: { applied: 1 } }),
    plan: plan(),
    approval: { by: NASTY, at: '2026-01-05T11:00:00.000Z', how: 'test' },
    changes: () => [
      { change: made, outcome: outcome(made) },
      { change: change({ recordId: '1002' }), outcome: null },
    ],
    optionChanges: () => [{ change: newOption(NASTY), status: 'applied', reason: null }],
  };
}

function whole(pieces: Iterable<string>): string {
  return [...pieces].join('');
}

describe('text', () => {
  it('fits the terminal, and no value can paint it', () => {
    const reporter = reporterFor('text', LOOK);
    const long = change({ before: `${'word '.repeat(60)}${NASTY}`, after: 'x'.repeat(300) });
    const text =
      whole(reporter.plan(planView({ changes: () => [long] }), true)) +
      whole(reporter.run(runView()));
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

describe('html', () => {
  it('is one page without script or outside asset, whatever a value says', () => {
    const reporter = reporterFor('html', LOOK);
    for (const page of [whole(reporter.plan(planView(), true)), whole(reporter.run(runView()))]) {
      expect(page).toMatch(/^<!doctype html>/u);
      expect(page).toContain("default-src 'none'");
      expect(page).not.toMatch(/<script|<img|<link|https?:\/\/(?!app\.clio\.com)/u);
      expect(page).toContain('&lt;script&gt;');
      expect(page.trimEnd()).toMatch(/<\/html>$/u);
    }
  });

  it('marks what differs to the character', () => {
    const view = planView({
      changes: () => [change({ before: '12 Main St.', after: '12 Main Street' })],
    });
    expect(whole(reporterFor('html', LOOK).plan(view, true))).toContain(
      '12 Main St<ins>reet</ins>',
    );
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
    expect(runAsJson(run(), null, [problem])).toMatchObject({
      status: 'completed',
      counts: { applied: 0 },
    });
    expect(
      Object.keys((runAsJson(run(), null, [problem]) as { problems: object[] }).problems[0] ?? {}),
    ).not.toContain('change');
  });
});
