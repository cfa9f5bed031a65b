import { describe, expect, it } from 'vitest';
import type { Journal } from '../../src/journal/index.ts';
import type { Plan } from '../../src/model/change.ts';
import type { DecisionWay, Ruling } from '../../src/model/decision.ts';
import { findStatus } from '../../src/operations/account/status.ts';
import { coverDecisions } from '../../src/operations/review/coverage.ts';
import type { Review } from '../../src/operations/review/review.ts';
import { finishedAsText } from '../../src/report/review/finished.ts';
import { errorOf, newPath, openJournal } from '../journal/files.ts';
import { picklist, snapshot } from '../support/builders.ts';
import { desk, FIELDS, itemAbout, planOn, RECORDS, reviewOf, RULES } from './desk.ts';

const ACCEPT: Ruling = { kind: 'accept' };
const SKIP: Ruling = { kind: 'skip' };
const CLEAR: Ruling = { kind: 'clear' };

function edit(value: string): Ruling {
  return { kind: 'edit', value };
}

function idsOf(review: Review, kind?: 'change' | 'flag'): string[] {
  return [...review.items(kind === undefined ? {} : { kind })].map(({ itemId }) => itemId);
}

function decide(review: Review, itemIds: readonly string[], ruling: Ruling): void {
  review.decide(itemIds, ruling, 'Ann Example', 'terminal');
}

/** `Court: SDNY`, a line an edit of a plan's changes. */
function effects(journal: Journal, { planId }: Plan): string[] {
  return [...journal.plans.changes(planId)].flatMap(({ recordId, edits }) =>
    edits.map(({ fieldName, afterText }) => `${recordId} ${fieldName}: ${afterText ?? 'empty'}`),
  );
}

describe('a reviewed plan', () => {
  it('without a change leads back to the review while something is undecided', () => {
    const { journal, plan, review } = desk();
    const nextStep = () =>
      findStatus(journal, { isSignedIn: true, hasRules: true, writer: null }).next.command;
    const said = () => finishedAsText(review.finish(), review.counts()).at(-1);
    expect(said()).toContain(`Next: clio-fields review ${plan.planId}`);
    expect(nextStep()).toBe(`review ${plan.planId}`);
    decide(review, idsOf(review), SKIP);
    expect(said()).toBe('There is nothing to write.\n');
    expect(nextStep()).toBe('inventory');
    decide(review, idsOf(review, 'change'), ACCEPT);
    expect(said()).toMatch(
      /clio-fields approve (plan-\d+) --digest \w+ --by NAME\n {2}clio-fields apply \1\n$/u,
    );
    expect(nextStep()).toMatch(/^apply plan-/u);
  });

  it('does what the plan would do where every change is accepted, and has its digest where nothing was flagged', () => {
    const { journal, plan, review } = desk();
    decide(review, idsOf(review, 'change'), ACCEPT);
    const reviewed = review.finish();
    expect([...journal.plans.changes(reviewed.planId)]).toEqual([
      ...journal.plans.changes(plan.planId),
    ]);
    expect(reviewed).toMatchObject({
      reviewOf: plan.planId,
      madeBy: 'Pat Planner',
      counts: { changed: 4, flagged: 0 },
      needs: plan.needs,
      review: { counts: { accepted: 4, undecided: 5 }, editors: [] },
    });

    const unflagged = openJournal();
    const whole = planOn(unflagged, { records: RECORDS.slice(0, 2) });
    const all = reviewOf(unflagged);
    decide(all, idsOf(all), ACCEPT);
    expect(all.finish().digest).toBe(whole.digest);
  });

  it('leaves out what was skipped, left for later or not decided', () => {
    const { journal, review } = desk();
    decide(review, ['change-1'], ACCEPT);
    decide(review, ['change-2'], SKIP);
    decide(review, ['change-3'], { kind: 'later' });
    const reviewed = review.finish();
    expect(effects(journal, reviewed)).toEqual(['1001 Court: S.D.N.Y.']);
    expect(reviewed.review?.counts).toEqual({
      accepted: 1,
      edited: 0,
      cleared: 0,
      skipped: 1,
      later: 1,
      undecided: 6,
    });
    expect([...journal.plans.flags(reviewed.planId)]).toEqual([]);
  });

  it('has the same digest whichever way, in whatever order and by whomever the same was decided', () => {
    const ways: readonly DecisionWay[] = ['spreadsheet', 'csv', 'terminal', 'web'];
    const digests = ways.map((how, at) => {
      const { review } = desk();
      const rulings = [
        { itemId: 'change-1', ruling: ACCEPT },
        { itemId: 'change-2', ruling: SKIP },
        { itemId: itemAbout(review, '1003', 'Court (old)'), ruling: edit('S.D.N.Y.') },
        { itemId: itemAbout(review, '1003', 'Settlement (old)'), ruling: ACCEPT },
      ];
      const turned = at % 2 === 0 ? rulings : rulings.toReversed();
      if (at < 2) review.decideEach(turned, `Person ${at}`, how);
      else for (const { itemId, ruling } of turned) review.decide([itemId], ruling, 'P', how);
      return review.finish().digest;
    });
    expect(new Set(digests).size).toBe(1);
  });

  it('is found again where nothing else was decided since, and made anew where it was', () => {
    const { journal, review } = desk();
    decide(review, ['change-1'], ACCEPT);
    const first = review.finish();
    expect(review.finish().planId).toBe(first.planId);
    decide(review, ['change-1'], SKIP);
    const second = review.finish();
    decide(review, ['change-1'], ACCEPT);
    const third = review.finish();
    expect(third.digest).toBe(first.digest);
    expect(new Set([first.planId, second.planId, third.planId]).size).toBe(3);
    expect(journal.plans.find().planId).toBe(third.planId);
    expect(journal.check()).toEqual([]);
  });

  it('writes what was typed in, in place or into the field that the rules name, clearing or guarding the source as they say', () => {
    const { journal, review } = desk();
    const flags = [
      ['1003', 'Court (old)', edit('E.D.N.Y.')],
      ['1003', 'Settlement (old)', ACCEPT],
      ['1003', 'Loss (text)', edit('2019-04-03')],
      ['1004', 'Court (old)', ACCEPT],
    ] as const;
    for (const [recordId, field, ruling] of flags)
      decide(review, [itemAbout(review, recordId, field)], ruling);
    decide(review, [itemAbout(review, '1001', 'Client')], edit('AB Ltd.'));
    decide(review, [itemAbout(review, '1002', 'Settlement Amount')], edit('$5,001.50'));
    const reviewed = review.finish();
    expect(effects(journal, reviewed)).toEqual([
      '1001 Client: AB Ltd.',
      '1002 Settlement Amount: 5001.5',
      '1002 Settlement (old): empty',
      '1003 Court: E.D.N.Y.',
      '1003 Settlement Amount: 7',
      '1003 Settlement (old): empty',
      '1003 Date of Loss: 2019-04-03',
      '1003 Loss (text): empty',
      '1004 Court: S.D.N.Y.',
    ]);
    const court = [...journal.plans.changes(reviewed.planId, { recordIds: ['1003'] })][0];
    expect(court).toMatchObject({
      edits: [{ action: 'create', after: { content: '9002' } }],
      guards: [{ definitionId: '501', expected: { content: 'EDNYish' } }],
    });
    expect(reviewed.review).toMatchObject({ editors: ['Ann Example'] });
  });

  it('takes away what people cleared, where it stands, and writes nothing in its stead', () => {
    const { journal, plan, review } = desk();
    const cleared = [
      itemAbout(review, '1001', 'Client'),
      itemAbout(review, '1002', 'Settlement Amount'),
      itemAbout(review, '1004', 'Loss (text)'),
    ];
    decide(review, cleared, CLEAR);
    const reviewed = review.finish();
    expect(effects(journal, reviewed)).toEqual([
      '1001 Client: empty',
      '1002 Settlement (old): empty',
      '1004 Loss (text): empty',
    ]);
    const [client, , loss] = [...journal.plans.changes(reviewed.planId)];
    expect(client).toMatchObject({
      edits: [{ action: 'clear', before: { content: ' A  B ' }, after: { state: 'blank' } }],
      reason: 'cleared at the review',
    });
    expect(loss?.reason).toMatch(/^cleared at the review; it was flagged: ./u);
    expect(reviewed).toMatchObject({
      counts: { changed: 3 },
      review: { counts: { cleared: 3, undecided: 6 }, editors: ['Ann Example'] },
    });
    expect(coverDecisions(journal, plan)).toMatchObject({
      changes: { clear: 2 },
      flags: { clear: 1 },
    });
    expect(finishedAsText(reviewed, review.counts())[1]).toContain('3 cleared, 0 skipped');
  });

  it('cannot be made where two decisions would write into one value', () => {
    const journal = openJournal();
    const rulesText = RULES.replace('Amount, source: clear', 'Amount').replace(
      '{ match: Client, rule: text }',
      '{ match: Client, rule: currency, into: Settlement Amount }',
    );
    planOn(journal, {
      rulesText,
      records: [snapshot({ recordId: '1001', values: { '502': '$5', '505': '$6' } })],
    });
    const review = reviewOf(journal);
    decide(review, idsOf(review), ACCEPT);
    expect(errorOf(() => review.finish())).toMatchObject({
      code: 'review_contradiction',
      message: expect.stringContaining('it would write into "Settlement Amount", and so would'),
    });
    decide(review, ['flag-1'], SKIP);
    expect(effects(journal, review.finish())).toEqual(['1001 Settlement Amount: 6']);
  });

  it('cannot be made where one decision writes over the copy for whose sake another clears a value', () => {
    const journal = openJournal();
    planOn(journal, {
      rulesText: `version: 1
fields:
  - { match: Loss (text), rule: date, into: Date of Loss, source: clear }
  - { match: Client, rule: date, into: Date of Loss }
`,
      records: [
        snapshot({
          recordId: '1001',
          values: { '505': '3/4/2019', '506': '2019-05-13', '507': 'May 13, 2019' },
        }),
      ],
    });
    const review = reviewOf(journal);
    decide(review, idsOf(review, 'change'), ACCEPT);
    decide(review, idsOf(review, 'flag'), edit('2020-01-01'));
    expect(errorOf(() => review.finish())).toMatchObject({
      code: 'review_contradiction',
      message: expect.stringMatching(/"Date of Loss"(, which \S+ needs)? as it is/u),
    });
    decide(review, idsOf(review, 'flag'), SKIP);
    expect(effects(journal, review.finish())).toEqual(['1001 Loss (text): empty']);
  });

  it('retires a merged option only where no value is left that holds it', () => {
    const rulesText = `version: 1
fields:
  - { match: Court, rule: picklist, with: { merge: { S.D.N.Y.: [SDNY] } } }
`;
    const definitions = [picklist(['S.D.N.Y.', 'SDNY'], { id: '503', name: 'Court' })];
    const records = ['1001', '1002'].map((recordId) =>
      snapshot({ recordId, values: { '503': '9002' } }),
    );
    const journal = openJournal();
    planOn(journal, { rulesText, definitions, records });
    const review = reviewOf(journal);
    decide(review, ['change-1'], ACCEPT);
    expect(journal.plans.optionChanges(review.finish().planId)).toEqual([]);
    decide(review, ['change-2'], ACCEPT);
    expect(journal.plans.optionChanges(review.finish().planId)).toMatchObject([
      { action: 'retire', label: 'SDNY' },
    ]);
  });
});

describe('a ruling', () => {
  it.each([
    ['Court (old)', '1003', 'Nowhere', 'no option fits'],
    ['Court (old)', '1003', 'Old one', 'is retired'],
    ['Settlement (old)', '1003', 'about five', ''],
    ['Settlement (old)', '1003', '12.345', ''],
    ['Loss (text)', '1003', '31 February 2019', ''],
    ['Loss (text)', '1003', '3/4/2019', 'more than one way'],
    ['Client', '1001', '   ', 'there is no value'],
    ['Client', '1001', 'x'.repeat(256), 'too long'],
    ['Client', '1001', ' A  B ', 'A B'],
  ])('on %s of %s is refused for %j, and nothing is stored', (field, recordId, value, words) => {
    const { journal, review } = desk();
    if (words === 'A B') {
      decide(review, [itemAbout(review, recordId, field)], edit(value));
      expect(effects(journal, review.finish())).toEqual(['1001 Client: A B']);
      return;
    }
    const itemId = itemAbout(review, recordId, field);
    const error = errorOf(() => decide(review, ['change-1', itemId], edit(value)));
    expect(error.code).toBe('ruling_refused');
    expect(error.message).toContain(words);
    expect(review.counts().undecided).toBe(9);
    expect(journal.decisions.areThereAny()).toBe(false);
  });

  it('on a flag is an acceptance only where there is exactly one suggestion', () => {
    const { review } = desk();
    const accept = (field: string) =>
      errorOf(() => decide(review, [itemAbout(review, '1003', field)], ACCEPT)).message;
    expect(accept('Court (old)')).toContain('no suggestion to accept');
    expect(accept('Loss (text)')).toContain('2 suggestions ("2019-03-04", "2019-04-03")');
  });

  it('cannot clear what the rules file keeps', () => {
    const { review } = desk();
    const itemId = itemAbout(review, '1003', 'Court (old)');
    expect(errorOf(() => decide(review, [itemId], CLEAR)).message).toContain(
      'the rules file keeps what "Court (old)" holds (source: keep); skip it instead',
    );
    const kept = review.item(itemId);
    expect(kept === undefined || review.target(kept).canClear).toBe(false);
    expect(review.counts().undecided).toBe(9);
  });

  it('cannot clear a required field, which Clio leaves with a value', () => {
    const { review } = desk('Client');
    const itemId = itemAbout(review, '1001', 'Client');
    expect(errorOf(() => decide(review, [itemId], CLEAR)).message).toContain(
      '"Client" is required, and Clio leaves no required field empty; write another value (edit), or skip it',
    );
    const required = review.item(itemId);
    expect(required === undefined || review.target(required).canClear).toBe(false);
    expect(review.counts().undecided).toBe(9);
    const other = desk().review;
    decide(other, [itemAbout(other, '1001', 'Client')], CLEAR);
    expect(other.counts()).toMatchObject({ undecided: 8 });
  });

  it('that would leave the value as it is, or is about no item, is refused', () => {
    const { review } = desk();
    const itemId = itemAbout(review, '1004', 'Court (old)');
    expect(errorOf(() => decide(review, [itemId], edit('E.D.N.Y.'))).message).toContain(
      'holds "E.D.N.Y." already; skip it instead',
    );
    expect(errorOf(() => decide(review, ['change-99'], SKIP)).message).toContain('no such item');
  });
});

describe('a review', () => {
  it('groups changes of the same field, before and after, and flags of the same field, value and reason', () => {
    const { review } = desk();
    const groups = [...review.groups()];
    expect(groups[0]).toMatchObject({
      count: 2,
      states: { undecided: 2 },
      sample: { itemId: 'change-1', from: { fieldName: 'Court (old)', text: 'SDNY' } },
    });
    expect(groups).toHaveLength(8);
    const [first] = groups;
    decide(
      review,
      [...review.items({ groupIds: [first?.groupId ?? ''] })].map((each) => each.itemId),
      SKIP,
    );
    expect([...review.groups({ states: ['undecided'] })]).toHaveLength(7);
    expect(review.counts()).toMatchObject({ skipped: 2, undecided: 7 });
  });

  it('finds items by kind, state, field, words and place', () => {
    const { review } = desk();
    decide(review, ['change-2'], SKIP);
    const ids = (filter: Parameters<Review['items']>[0]) =>
      [...review.items(filter)].map(({ itemId }) => itemId);
    expect(ids({ kind: 'change', states: ['undecided'] })).toEqual([
      'change-1',
      'change-3',
      'change-4',
    ]);
    expect(ids({ definitionIds: ['507'] })).toEqual(['flag-3', 'flag-5']);
    expect(ids({ text: 'approx' })).toEqual(['flag-2']);
    expect(ids({ after: 'change-3', limit: 2 })).toEqual(['change-4', 'flag-1']);
    expect(review.item('flag-9')).toBeUndefined();
  });

  it('takes back what was last decided at once, in a later session, too', () => {
    const path = newPath();
    const first = openJournal(path);
    planOn(first);
    const review = reviewOf(first);
    decide(review, ['change-1'], ACCEPT);
    decide(review, ['change-1', 'change-2'], SKIP);
    first.close();
    const journal = openJournal(path);
    const later = reviewOf(journal);
    expect(later.counts()).toMatchObject({ skipped: 2, accepted: 0 });
    expect(later.undo('Ann Example', 'terminal')).toEqual(['change-1', 'change-2']);
    expect(later.counts()).toMatchObject({ skipped: 0, accepted: 1 });
    expect(later.undo('Ann Example', 'terminal')).toEqual(['change-1']);
    expect(later.undo('Ann Example', 'terminal')).toBeNull();
    expect(later.counts().undecided).toBe(9);
    expect(journal.check()).toEqual([]);
  });

  it('of a reviewed plan is the review of the plan behind it', () => {
    const { plan, review, journal } = desk();
    decide(review, ['change-1'], ACCEPT);
    review.finish();
    expect(reviewOf(journal).plan.planId).toBe(plan.planId);
  });

  it('offers the options that a value can be', () => {
    const { review } = desk();
    const item = review.item(itemAbout(review, '1003', 'Court (old)'));
    expect(item !== undefined && review.target(item)).toEqual({
      definitionId: '503',
      fieldName: 'Court',
      canClear: false,
      fieldType: 'picklist',
      choices: ['S.D.N.Y.', 'E.D.N.Y.'],
    });
  });
});

describe('a decision', () => {
  it('carries over to the next plan where value and proposal are the same, and nowhere else', () => {
    const { journal, review } = desk();
    decide(review, idsOf(review), SKIP);
    const records = RECORDS.map((record) =>
      record.recordId === '1001'
        ? snapshot({ ...record, values: { '501': 'S D N Y', '505': ' A  B ' } })
        : record,
    ).map((record) =>
      // Whoever skipped "overwrite E.D.N.Y." did not see this one.
      record.recordId === '1004'
        ? snapshot({ ...record, values: { '501': 'SDNY', '503': '9001' } })
        : record,
    );
    const next = planOn(journal, { records });
    const again = reviewOf(journal, next.planId);
    const about = (recordId: string, field: string) =>
      again.item(itemAbout(again, recordId, field))?.decision ?? null;
    expect(about('1002', 'Court')).toMatchObject({
      planId: 'plan-1',
      ruling: SKIP,
      by: 'Ann Example',
      how: 'terminal',
    });
    expect(about('1001', 'Client')).toMatchObject({ ruling: SKIP });
    expect(about('1003', 'Loss (text)')).toMatchObject({ ruling: SKIP });
    expect(about('1001', 'Court')).toBeNull();
    expect(coverDecisions(journal, next)).toMatchObject({
      changes: { skip: 3 },
      flags: { skip: 3 },
    });
  });

  it('that no longer fits is told by name when the review is finished', () => {
    const { journal, review } = desk();
    decide(review, [itemAbout(review, '1003', 'Court (old)')], edit('E.D.N.Y.'));
    const definitions = FIELDS.map((field) =>
      field.id === '503'
        ? picklist(['S.D.N.Y.', { label: 'E.D.N.Y.', retired: true }], { id: '503', name: 'Court' })
        : field,
    );
    const next = planOn(journal, { definitions });
    const again = reviewOf(journal, next.planId);
    expect(errorOf(() => again.finish()).message).toContain('00003-Notreal, Court (old)');
  });
});
