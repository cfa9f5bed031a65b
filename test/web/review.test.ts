import { describe, expect, it } from 'vitest';
import { openJournal } from '../journal/files.ts';
import { desk, itemAbout, planOn, reviewOf } from '../operations/desk.ts';
import { snapshots } from '../support/builders.ts';
import { ALL, ofItems, send, served, tally, Visitor } from './visitor.ts';

const ACCEPT = { kind: 'accept' };
const SKIP = { kind: 'skip' };

/** Matters of which so many hold each of these courts. */
function courts(counts: Readonly<Record<string, number>>) {
  const held = Object.entries(counts).flatMap(([court, count]) =>
    Array.from({ length: count }, () => court),
  );
  const journal = openJournal();
  const plan = planOn(journal, {
    records: snapshots(held.length, (index) => ({ '501': held[index] ?? '' })),
  });
  return { journal, plan, review: reviewOf(journal) };
}

async function visit(options: Parameters<typeof served>[0] = {}) {
  const server = await served(options);
  return { ...server, visitor: await Visitor.enter(server.makeAddress()) };
}

describe('the page is told', () => {
  it('what is reviewed, for which account, by whom, and how far it is', async () => {
    const { visitor, plan } = await visit();
    expect(await visitor.opening()).toEqual({
      planId: 'plan-1',
      digest: plan.digest,
      createdAt: plan.createdAt,
      account: plan.origin,
      by: 'Pat Example',
      tally: tally({ undecided: 9 }),
    });
  });

  it('like items as one row, the biggest group first, with what people see of both sides', async () => {
    const { visitor } = await visit({ of: courts({ SDNY: 3, EDNYish: 2, 'S.D.N.Y': 1 }) });
    const { rows, total } = await visitor.list();
    expect(total).toEqual({ rows: 3, items: 6 });
    expect(rows.map(({ kind, count, itemId }) => [kind, count, itemId])).toEqual([
      ['change', 3, null],
      ['flag', 2, null],
      ['change', 1, 'change-4'],
    ]);
    expect(rows[0]).toMatchObject({
      parentType: 'matter',
      records: [
        { recordId: '1001', label: '00001-Notreal' },
        { recordId: '1002', label: '00002-Notreal' },
        { recordId: '1003', label: '00003-Notreal' },
      ],
      halves: [{ fieldName: 'Court', action: 'create', before: null, after: 'S.D.N.Y.' }],
      from: { fieldName: 'Court (old)', text: 'SDNY' },
      target: { fieldName: 'Court', choices: ['S.D.N.Y.', 'E.D.N.Y.'] },
      tally: tally({ undecided: 3 }),
      decided: null,
    });
    expect(rows[1]).toMatchObject({
      halves: [{ before: 'EDNYish', after: null }],
      into: { fieldName: 'Court', holds: null },
      suggestions: [],
    });
  });

  it('one row an item, in the plan’s order, where it asks for that', async () => {
    const { visitor, review } = await visit();
    const { rows } = await visitor.list({}, { view: 'items' });
    expect(rows.map(({ itemId }) => itemId)).toEqual(
      [...review.items()].map(({ itemId }) => itemId),
    );
  });

  it('no more than a page at a time, and finds the way on and back', async () => {
    const { visitor } = await visit({ of: courts({ SDNY: 120 }) });
    const first = await visitor.list({}, { view: 'items' });
    expect([first.rows.length, first.hasEarlier, first.hasLater]).toEqual([50, false, true]);
    const second = await visitor.list({}, { view: 'items', after: first.rows.at(-1)?.place ?? 0 });
    const third = await visitor.list({}, { view: 'items', after: second.rows.at(-1)?.place ?? 0 });
    expect([third.rows.length, third.hasEarlier, third.hasLater]).toEqual([20, true, false]);
    const back = await visitor.list({}, { view: 'items', before: third.rows[0]?.place ?? 0 });
    expect(back.rows).toEqual(second.rows);
    expect([first, second, third].flatMap(({ rows }) => rows.map(({ itemId }) => itemId))).toEqual(
      Array.from({ length: 120 }, (_, index) => `change-${index + 1}`),
    );
  });

  it('what the list could be narrowed to, each with how many it would show', async () => {
    const { visitor } = await visit();
    await visitor.decide(ofItems(['change-1'], ACCEPT));
    const { total, fields, kinds, states } = await visitor.list({
      kinds: ['change'],
      states: ['undecided'],
    });
    const named = (facets: typeof fields) => facets.map(({ name, count }) => [name, count]);
    expect(total.items).toBe(3);
    expect(named(kinds)).toEqual([
      ['change', 3],
      ['flag', 5],
    ]);
    expect(named(states)).toEqual([
      ['undecided', 3],
      ['accept', 1],
      ['edit', 0],
      ['clear', 0],
      ['skip', 0],
      ['later', 0],
    ]);
    expect(Object.fromEntries(named(fields))).toMatchObject({ Court: 1, Client: 1 });
  });

  it.each([
    ['a record’s name', { text: '00003-notreal' }, 3],
    ['a record’s id', { text: '1001' }, 2],
    ['a value before', { text: 'ednyish' }, 1],
    ['a value after', { text: 's.d.n.y.' }, 3],
    ['a field', { fieldIds: ['505'] }, 1],
    ['something that is not there', { text: 'nowhere' }, 0],
  ])('only what fits %s', async (_, filter, items) => {
    const { visitor } = await visit();
    expect((await visitor.list(filter)).total.items).toBe(items);
  });

  it('only what has a reason of one kind, whatever the value that it speaks of', async () => {
    const { visitor } = await visit();
    const { reasons, total } = await visitor.list();
    expect(reasons.reduce((sum, { count }) => sum + count, 0)).toBe(total.items);
    for (const { id, count } of reasons)
      expect((await visitor.list({ reasons: [id] })).total.items).toBe(count);
  });
});

describe('a decision on the page', () => {
  it('is in the journal when it is answered, with who and how', async () => {
    const { visitor, review } = await visit();
    const done = await visitor.decide(ofItems(['change-1', 'flag-1'], SKIP));
    expect(done).toMatchObject({
      count: 2,
      decided: { ruling: 'skip', by: 'Pat Example', isCarriedOver: false },
      refused: null,
      tally: tally({ undecided: 7, skip: 2 }),
    });
    expect(review.item('flag-1')?.decision).toMatchObject({
      ruling: SKIP,
      by: 'Pat Example',
      how: 'web',
    });
  });

  it('about a group decides those of its items that fit the filter, and can be decided otherwise in place', async () => {
    const { visitor, review } = await visit({ of: courts({ SDNY: 4 }) });
    await visitor.decide(ofItems(['change-2'], SKIP));
    const filter = { states: ['undecided' as const] };
    const { rows } = await visitor.list(filter);
    const groupIds = rows.map(({ groupId }) => groupId);
    const target = { kind: 'groups', groupIds, filter: { ...ALL, ...filter } };
    const done = await visitor.decide({ targets: [target], ruling: ACCEPT });
    expect(done).toMatchObject({ count: 3, tally: tally({ accept: 3, skip: 1 }) });
    const again = { kind: 'batch', batch: done.batch, groupIds };
    await visitor.decide({ targets: [again], ruling: { kind: 'later' } });
    expect(review.counts()).toMatchObject({ later: 3, skipped: 1 });
  });

  it('about all that a list holds is refused where the list is not what was seen', async () => {
    const { visitor, review } = await visit();
    const filter = { ...ALL, fieldIds: ['501'] };
    const of = (expected: number) => ({
      targets: [{ kind: 'filter', filter, expected }],
      ruling: SKIP,
    });
    expect((await visitor.decide(of(3))).error?.code).toBe('list_changed');
    expect(review.counts().undecided).toBe(9);
    const { total } = await visitor.list({ fieldIds: ['501'] });
    expect((await visitor.decide(of(total.items))).count).toBe(total.items);
  });

  it('with a value that the field cannot hold is refused in the field’s words', async () => {
    const { visitor, review } = await visit();
    const flag = itemAbout(review, '1004', 'Loss (text)');
    const { error } = await visitor.decide(
      ofItems([flag], { kind: 'edit', value: '31 February 2019' }),
    );
    expect(error?.message).toMatch(/^00004-Notreal, Loss \(text\): no such day/u);
    expect(review.counts().undecided).toBe(9);
    await visitor.decide(ofItems([flag], { kind: 'edit', value: '2019-05-01' }));
    await visitor.decide(ofItems([flag], { kind: 'edit', value: 'May 1, 2019' }));
    expect((await visitor.list({ states: ['edit'] })).rows[0]?.decided).toMatchObject({
      value: 'May 1, 2019',
      writes: '2019-05-01',
    });
  });

  it('that some of a group cannot take decides the others, and says why not those', async () => {
    const { visitor, review } = await visit();
    const flags = ['1003', '1004'].map((record) =>
      itemAbout(review, record, record === '1003' ? 'Court (old)' : 'Loss (text)'),
    );
    const done = await visitor.decide(ofItems(flags, { kind: 'edit', value: 'E.D.N.Y.' }));
    expect(done.count).toBe(1);
    expect(done.refused).toMatchObject({
      count: 1,
      reason: expect.stringContaining('00004-Notreal') as string,
    });
    expect(review.counts()).toMatchObject({ edited: 1, undecided: 8 });
  });

  it('is taken back whole by one undo, back to what was decided before', async () => {
    const { visitor } = await visit({ of: courts({ SDNY: 250 }) });
    await visitor.decide(ofItems(['change-7'], SKIP));
    const { total } = await visitor.list();
    await visitor.decide({
      targets: [{ kind: 'filter', filter: ALL, expected: total.items }],
      ruling: ACCEPT,
    });
    expect(await visitor.undo()).toEqual({
      count: 250,
      tally: tally({ undecided: 249, skip: 1 }),
    });
    expect((await visitor.list({ states: ['skip'] })).rows[0]?.itemId).toBe('change-7');
    expect((await visitor.undo()).tally).toEqual(tally({ undecided: 250 }));
    expect((await visitor.undo()).count).toBe(0);
  });

  it('that was made for an earlier plan shows with its date and name', async () => {
    const of = desk();
    of.review.decide(['change-1'], { kind: 'skip' }, 'Ann Example', 'terminal');
    planOn(of.journal, { by: 'Pat Planner', isTwoPerson: true });
    planOn(of.journal, { records: [], by: 'Pat Planner' });
    const plan = planOn(of.journal);
    const { visitor } = await visit({
      of: { ...of, plan, review: reviewOf(of.journal, plan.planId) },
    });
    expect(plan.planId).not.toBe('plan-1');
    expect((await visitor.list({ states: ['skip'] })).rows[0]?.decided).toMatchObject({
      by: 'Ann Example',
      isCarriedOver: true,
    });
  });
});

describe('a review in the browser ends', () => {
  it('in the same decisions and the same digest as on the terminal', async () => {
    const { visitor, journal } = await visit();
    const other = desk();
    const rulings = [
      ['change-1', ACCEPT],
      ['change-2', SKIP],
      [itemAbout(other.review, '1003', 'Court (old)'), { kind: 'edit', value: 'S.D.N.Y.' }],
      ['change-3', { kind: 'later' }],
    ] as const;
    for (const [itemId, ruling] of rulings) {
      await visitor.decide(ofItems([itemId], ruling));
      other.review.decide([itemId], ruling as never, 'Ann Example', 'terminal');
    }
    const finished = await visitor.finish();
    const reviewed = other.review.finish();
    expect(finished).toEqual({
      planId: 'plan-2',
      digest: reviewed.digest,
      changes: 2,
      counts: { accepted: 1, edited: 1, cleared: 0, skipped: 1, later: 1, undecided: 5 },
      commands: ['clio-fields show plan-2', 'clio-fields apply plan-2'],
    });
    expect(journal.plans.find('plan-2').digest).toBe(reviewed.digest);
  });

  it('once it is finished: the port is given back, and nothing more is decided', async () => {
    const { visitor, ended, review } = await visit();
    await visitor.decide(ofItems(['change-1'], ACCEPT));
    const finished = await visitor.finish();
    expect(await ended).toEqual({
      why: 'finished',
      finished,
      counts: { accepted: 1, edited: 0, cleared: 0, skipped: 0, later: 0, undecided: 8 },
    });
    await expect(visitor.decide(ofItems(['change-2'], ACCEPT))).rejects.toThrow('ECONNREFUSED');
    expect(review.counts().accepted).toBe(1);
  });

  it('when it is stopped, or left alone for long, and keeps what was decided', async () => {
    const { visitor, ended, stop, review } = await visit();
    await visitor.decide(ofItems(['change-1'], ACCEPT));
    stop.abort();
    expect(await ended).toMatchObject({ why: 'stopped', finished: null });
    expect(review.counts().accepted).toBe(1);

    const alone = await visit({ idleMs: 50 });
    expect(await alone.ended).toMatchObject({ why: 'idle', finished: null });
  });

  it('not at once where it may be left alone for years', async () => {
    const { visitor } = await visit({ idleMs: 1e13 });
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect((await visitor.opening()).planId).toBe('plan-1');
  });

  it('when only strangers ask, too: they keep nothing awake', async () => {
    const { visitor, ended } = await visit({ idleMs: 400 });
    let answers = 0;
    const knocking = setInterval(() => {
      send(visitor.origin).then(
        ({ status }) => (answers += status === 401 ? 1 : 0),
        () => undefined,
      );
    }, 50);
    expect(await ended).toMatchObject({ why: 'idle' });
    clearInterval(knocking);
    expect(answers).toBeGreaterThan(2);
  });
});
