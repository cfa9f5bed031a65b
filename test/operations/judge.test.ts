import { describe, expect, it } from 'vitest';
import { ABSENT, BLANK, UNREAD, type Value } from '../../src/model/field.ts';
import { judge, judgeRefusal, type ResolvedEdit } from '../../src/operations/run/judge.ts';
import { change, guard, intent, move, snapshot } from '../support/builders.ts';

type Held = Parameters<typeof snapshot>[0];

function decide(
  made: ReturnType<typeof change>,
  held: NonNullable<Held>['values'],
  isBegun = false,
) {
  const edits = made.edits as readonly ResolvedEdit[];
  const begun = isBegun ? intent(made) : null;
  const judgement = judge(made, edits, snapshot({ values: held ?? {} }), {
    begun,
    isForced: false,
  });
  return judgement.kind === 'send' ? 'send' : judgement.outcome.status;
}

describe('a change against a fresh reading', () => {
  it.each<[string, Record<string, string | Value>, boolean, string]>([
    ['its value is as planned against', { '501': 'sdny' }, false, 'send'],
    ['it is the planned one already', { '501': 'SDNY' }, false, 'alreadyThere'],
    ['it is the planned one, and our write may have done it', { '501': 'SDNY' }, true, 'applied'],
    ['somebody changed it', { '501': 'EDNY' }, false, 'conflict'],
    [
      'somebody cleared it',
      { '501': { state: 'blank', valueId: 'text_line-1' } },
      false,
      'conflict',
    ],
    ['the row is gone', {}, false, 'conflict'],
    ['it is kept from us', { '501': UNREAD }, false, 'noAccess'],
  ])('%s', (_, held, isBegun, expected) => {
    expect(decide(change(), held, isBegun)).toBe(expected);
  });

  it('takes the two kinds of empty for one where nobody’s value is lost', () => {
    const created = change({ before: ABSENT, after: 'SDNY' });
    expect(decide(created, { '501': { state: 'blank', valueId: 'text_line-1' } })).toBe('send');
    expect(decide(change({ before: BLANK, after: 'SDNY' }), {})).toBe('send');
    // A row that is to go is gone where our own write may have left it empty, and not where somebody emptied it.
    const emptied = { '501': { state: 'blank', valueId: 'text_line-1' } } as const;
    const undone = change({ before: 'SDNY', after: ABSENT });
    expect(decide(undone, emptied, true)).toBe('applied');
    expect(decide(undone, emptied)).toBe('conflict');
  });

  it('never sends a move where one half moved, nor a change whose guard no longer holds', () => {
    const moved = move({ before: '$5k', after: '5000' });
    expect(decide(moved, { '501': '$5k' })).toBe('send');
    expect(decide(moved, { '501': '$6k' })).toBe('conflict');
    expect(decide(moved, { '501': '$5k', '502': '7' })).toBe('conflict');
    expect(decide(moved, { '501': UNREAD })).toBe('noAccess');
    // Somebody emptied the source: what they threw away must not come back in the target.
    expect(decide(moved, { '501': { state: 'blank', valueId: 'text_line-1' } })).toBe('conflict');
    expect(decide(moved, {})).toBe('conflict');
    // They moved it by hand, and only the clearing is left; or our own write got half way.
    expect(decide(moved, { '501': '$5k', '502': '5000' })).toBe('send');
    expect(decide(moved, {}, true)).toBe('send');
    const guarded = change({
      definitionId: '502',
      before: ABSENT,
      guards: [guard({ definitionId: '501', expected: '$5k' })],
    });
    expect(decide(guarded, { '501': '$5k' })).toBe('send');
    expect(decide(guarded, { '501': '$6k' })).toBe('conflict');
    expect(
      decide(
        { ...guarded, guards: [guard({ definitionId: '501', expected: BLANK })] },
        { '501': UNREAD },
      ),
    ).toBe('conflict');
  });

  it('takes of a move that was refused in part only the part that it did for its own', () => {
    const moved = move({ before: '$5k', after: '5000' });
    const fresh = snapshot({ values: { '501': '$6k', '502': '5000' } });
    const edits = moved.edits as readonly ResolvedEdit[];
    const { written } = judgeRefusal(edits, intent(moved), fresh, 'refused');
    const [target, source] = written;
    expect(target).toMatchObject({ before: ABSENT, after: { content: '5000' } });
    expect(source?.before).toEqual(source?.after);
  });

  it('takes an empty row in the place of one that its own write took away for its own, where the other half of a move back is not done', () => {
    const back = move({ before: '5000', after: '$5k' });
    const edits = back.edits.map((edit) =>
      edit.definitionId === '501' ? { ...edit, after: ABSENT } : edit,
    ) as readonly ResolvedEdit[];
    const half = snapshot({ values: { '501': { state: 'blank', valueId: 'text_line-1' } } });
    const begun = intent(back);
    expect(judge(back, edits, half, { begun, isForced: false })).toMatchObject({
      kind: 'send',
      intent: { before: { '501': { content: '5000' } } },
    });
    expect(judgeRefusal(edits, begun, half, 'refused').written).toMatchObject([
      {},
      { before: { content: '5000' }, after: BLANK },
    ]);
  });

  it('keeps for undo what its own earlier sending found, and what stands there now for the rest', () => {
    const moved = move({ before: '$5k', after: '5000' });
    const begun = intent(moved);
    const fresh = snapshot({ values: { '501': '$6k', '502': '5000' } });
    const edits = moved.edits as readonly ResolvedEdit[];
    const judgement = judge(moved, edits, fresh, { begun, isForced: true });
    expect(judgement).toMatchObject({
      kind: 'send',
      intent: { before: { '501': { content: '$6k' }, '502': ABSENT } },
    });
  });
});
