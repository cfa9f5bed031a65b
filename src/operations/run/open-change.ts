import type { Change } from '../../model/change.ts';
import type { RecordSnapshot } from '../../model/field.ts';
import type { Intent, Outcome } from '../../model/run.ts';
import { judge, type Judgement, judgeRefusal, type ResolvedEdit } from './judge.ts';

/** One change of a record, until it is settled. */
export interface OpenChange {
  readonly change: Change;
  readonly edits: readonly ResolvedEdit[];
  /** Why it cannot be sent any more; null where it can. */
  readonly obstacle: string | null;
  /** What was journaled before a sending that may have been done; null where none may. */
  begun: Intent | null;
  /** What came of its last sending where that was refused, until a reading shows what it did; null elsewhere. */
  refused: Refused | null;
}

interface Refused {
  readonly reason: string;
  /** It went by itself, and so is what was refused. */
  readonly isAlone: boolean;
  /** What was begun before it. */
  readonly earlier: Intent | null;
}

/** What is about to leave. */
export interface Sendable {
  readonly open: OpenChange;
  readonly intent: Intent;
}

/** What a fresh reading says of it: that it is settled, or that it can be sent. */
export function judgeOpen(
  open: OpenChange,
  fresh: RecordSnapshot,
  { isForced }: { readonly isForced: boolean },
): Judgement {
  const { change, edits, obstacle, begun, refused } = open;
  if (refused !== null && refused.isAlone && begun !== null)
    return { kind: 'settle', outcome: judgeRefusal(edits, begun, fresh, refused.reason) };
  const judgement = judge(change, edits, fresh, { begun, isForced });
  if (judgement.kind === 'settle' || obstacle === null) return judgement;
  return { kind: 'settle', outcome: leftAsItIs(open, fresh, obstacle) };
}

/** The outcome of a change that is not sent any more: an earlier sending may yet have done a part of it. */
export function leftAsItIs(open: OpenChange, fresh: RecordSnapshot, reason: string): Outcome {
  return open.begun === null
    ? unmade(open, 'rejected', reason)
    : judgeRefusal(open.edits, open.begun, fresh, reason);
}

/** The outcome of a change that left nothing. */
export function unmade({ change }: OpenChange, status: Outcome['status'], reason: string): Outcome {
  return { changeId: change.changeId, status, reason, written: [] };
}
