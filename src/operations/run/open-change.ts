import type { Change } from '../../model/change.ts';
import type { RecordSnapshot } from '../../model/field.ts';
import type { Intent, Outcome } from '../../model/run.ts';
import type { WriteAnswer } from '../../platforms/types.ts';
import { judge, type Judgement, judgeRefusal, perhapsWritten, type ResolvedEdit } from './judge.ts';

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
  /** Which of its shapes is sent next; grows where the platform refused one and may take another. */
  shape: number;
}

interface Refused {
  readonly reason: string;
  /** It went by itself, so it is what was refused; and there is no other shape of it to send. */
  readonly isFinal: boolean;
  /** What was begun before it. */
  readonly earlier: Intent | null;
}

export type Refusal = Extract<WriteAnswer, { kind: 'refused' }>;

/** What is about to leave. */
export interface Sendable {
  readonly open: OpenChange;
  readonly intent: Intent;
}

/** Of several that go together, each may have another: only what goes by itself is sent in another shape than the first. */
export function shapeOf(sendable: readonly Sendable[]): number {
  const [first] = sendable;
  return first !== undefined && sendable.length === 1 ? first.open.shape : 0;
}

/** What a fresh reading says of it: that it is settled, or that it can be sent. */
export function judgeOpen(
  open: OpenChange,
  fresh: RecordSnapshot,
  { isForced }: { readonly isForced: boolean },
): Judgement {
  const { change, edits, obstacle, begun, refused } = open;
  if (refused !== null && refused.isFinal && begun !== null) {
    const outcome = judgeRefusal(edits, begun, fresh, refused.reason);
    return { kind: 'settle', outcome: orInDoubt(outcome, edits, refused.earlier) };
  }
  const judgement = judge(change, edits, fresh, { begun, isForced });
  if (judgement.kind === 'settle' || obstacle === null) return judgement;
  return { kind: 'settle', outcome: leftAsItIs(open, fresh, obstacle) };
}

/** The outcome of a change that is not sent any more: an earlier sending may yet have done it, or a part of it. */
export function leftAsItIs(open: OpenChange, fresh: RecordSnapshot, reason: string): Outcome {
  const { edits, begun } = open;
  if (begun === null) return unmade(open, 'rejected', reason);
  return orInDoubt(judgeRefusal(edits, begun, fresh, reason), edits, begun);
}

/** An outcome of which a reading shows nothing, and which may stand all the same once a sending without an answer arrives. */
export function orInDoubt(
  outcome: Outcome,
  edits: readonly ResolvedEdit[],
  unanswered: Intent | null,
): Outcome {
  if (unanswered === null || outcome.written.length > 0) return outcome;
  return {
    ...outcome,
    reason: `${outcome.reason}; the value stands as it was. Should a try that was not answered still be done, a rollback takes it back`,
    written: perhapsWritten(edits, unanswered),
  };
}

/** The outcome of a change that left nothing. */
export function unmade({ change }: OpenChange, status: Outcome['status'], reason: string): Outcome {
  return { changeId: change.changeId, status, reason, written: [] };
}
