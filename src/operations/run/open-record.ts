import { failpoint } from '../../failpoints.ts';
import type { PendingRecord } from '../../journal/index.ts';
import { overlaySnapshot, type RecordSnapshot } from '../../model/field.ts';
import type { Intent, Outcome } from '../../model/run.ts';
import { Attempts } from './attempts.ts';
import type { Checkpoint } from './checkpoint.ts';
import type { Executor } from './executor.ts';
import type { Failing, FailingRecords } from './failing-records.ts';
import type { FailureStreak } from './failure-streak.ts';
import { unlessHeldBack } from './held-back.ts';
import { isUnwritten, judgeAnswer, OUT_OF_SIGHT, unseen } from './judge.ts';
import {
  judgeOpen,
  leftAsItIs,
  type OpenChange,
  orInDoubt,
  type Refusal,
  type Sendable,
  shapeOf,
  unmade,
} from './open-change.ts';
import type { OptionWriter } from './option-writer.ts';
import type { ProofOfLife } from './proof-of-life.ts';
import type { Reach } from './reach.ts';
import type { RequestTally } from './request-tally.ts';

/** What a record's course depends on beside its own changes. */
export interface RecordOptions {
  readonly picklists: OptionWriter;
  readonly isForced: boolean;
  readonly checkpoint: Checkpoint;
  readonly tally: RequestTally;
  readonly failures: FailureStreak;
  readonly proof: ProofOfLife;
  readonly failing: FailingRecords;
  /** No others are left. */
  readonly isTail: boolean;
  /** Takes it that the platform works, whatever these records say. */
  readonly leavesFailing: boolean;
  readonly onSettled: (changes: number) => void;
  readonly reach: Reach;
}

/** One record on its way through a batch. */
export class OpenRecord {
  readonly #executor: Executor;
  readonly #runId: string;
  readonly #options: RecordOptions;
  readonly #failures: FailureStreak;
  readonly #attempts: Attempts;
  readonly pending: PendingRecord;
  #changes: OpenChange[] = [];
  /** It was refused in one shape, and another is yet to be tried. */
  #isFeelingItsWay = false;
  /** Its changes go one by one since the platform refused them together. */
  #isApart = false;
  /** An earlier sending may still arrive: then a refusal (the row exists already) may be of our own making. */
  #isInDoubt = false;

  constructor(executor: Executor, runId: string, pending: PendingRecord, options: RecordOptions) {
    this.#executor = executor;
    this.#runId = runId;
    this.pending = pending;
    this.#options = options;
    this.#failures = options.failures;
    const key = `${pending.parentType} ${pending.recordId}`;
    this.#attempts = new Attempts(options.proof, key, {
      fault: options.failing.faultOf(pending),
      trustsPlatform: options.leavesFailing,
    });
    for (const { change, begun } of pending.changes) {
      const { edits, obstacle } = options.picklists.resolve(change);
      this.#changes.push({ change, edits, obstacle, begun, refused: null, shape: 0 });
      this.#isInDoubt ||= begun !== null;
    }
  }

  get recordId(): string {
    return this.pending.recordId;
  }

  /** How often it was sent in vain. */
  get tries(): number {
    return this.#attempts.count;
  }

  /** What is known of it where it failed so often that the others had better go on without it; null elsewhere. */
  get stubborn(): Failing | null {
    if (!this.#attempts.areStubborn) return null;
    return { pending: this.pending, fault: this.#attempts.fault };
  }

  /** Whether its last round left open in which shape the platform takes it: what is learned from it serves the others. */
  get isFeelingItsWay(): boolean {
    return this.#isFeelingItsWay;
  }

  get isOpen(): boolean {
    return this.#changes.length > 0;
  }

  /** One round: settles what a fresh reading (undefined: the record cannot be seen) decides, and sends the rest. */
  async advance(fresh: RecordSnapshot | undefined): Promise<void> {
    this.#isFeelingItsWay = false;
    if (!this.isOpen) return;
    if (fresh === undefined) {
      this.#settleUnseen(OUT_OF_SIGHT);
      return;
    }
    const sendable = this.#compare(fresh);
    this.#withdrawUnwritten(sendable, fresh);
    if (sendable.length === 0) return;
    if (this.#attempts.areUsedUp(this.#isLeft)) {
      this.#giveUp(fresh);
      return;
    }
    await (this.#isApart ? this.#sendApart(sendable, fresh) : this.#send(sendable, fresh));
  }

  #compare(fresh: RecordSnapshot): Sendable[] {
    const sendable: Sendable[] = [];
    const outcomes: Outcome[] = [];
    for (const open of this.#changes) {
      const judgement = judgeOpen(open, fresh, this.#options);
      if (judgement.kind === 'settle') outcomes.push(judgement.outcome);
      else sendable.push({ open, intent: judgement.intent });
    }
    this.#settle(outcomes);
    return sendable;
  }

  /** One by one, so that a bad change does not hold back the good ones. */
  async #sendApart(sendable: readonly Sendable[], fresh: RecordSnapshot): Promise<void> {
    let current = fresh;
    for (const each of sendable) {
      const answer = await this.#send([each], current);
      if (answer === 'again') return;
      current = answer;
    }
  }

  /** Sends once; answers with the record as it now stands, or says that it must be read again. */
  async #send(
    sendable: readonly Sendable[],
    current: RecordSnapshot,
  ): Promise<RecordSnapshot | 'again'> {
    const { platform, journal, now } = this.#executor;
    const intents = sendable.map(({ intent }) => intent);
    const earlier = sendable.map(({ open }) => open.begun);
    const withdraw = (): void => this.#withdraw(sendable, earlier);
    failpoint('before intent');
    let leftAt = 0;
    const answer = await unlessHeldBack(
      platform.writeRecord(
        {
          current,
          values: sendable.flatMap(({ open }) =>
            open.edits.map(({ definitionId, after }) => ({ definitionId, after })),
          ),
          shape: shapeOf(sendable),
          hold: this.#options.checkpoint.hold,
          mayLeave: () =>
            !this.#failures.holdsBack && this.#options.reach.mayLeave(now().getTime()),
          onSend: () => {
            leftAt = this.#options.proof.leave();
            this.#options.tally.tellLeaving((requests) =>
              journal.runs.beginChanges(this.#runId, intents, requests),
            );
            for (const { open, intent } of sendable) open.begun = intent;
            failpoint('after intent');
          },
          onNotTaken: withdraw,
        },
        this.#options.picklists.definitions,
      ),
    );
    if (answer === 'heldBack') return 'again';
    failpoint('before outcome');
    if (answer.kind !== 'unknown') {
      this.#failures.end();
      this.#options.proof.answered(leftAt);
    }
    switch (answer.kind) {
      case 'written':
        return this.#readAnswer(sendable, current, answer.record);
      case 'refused':
        if (this.#isInDoubt) {
          this.#isInDoubt = false;
          return this.#tryAgain(answer.reason);
        }
        if (sendable.flatMap(({ open }) => open.edits).length > 1 || answer.nextShape !== undefined)
          return this.#noteRefusal(sendable, earlier, answer);
        this.#settle(
          sendable.map(({ open }, index) =>
            orInDoubt(unmade(open, 'rejected', answer.reason), open.edits, earlier[index] ?? null),
          ),
        );
        return current;
      case 'noAccess':
        this.#settle(
          sendable.map(({ open: { change, edits } }, index) =>
            unseen(change, edits, earlier[index] ?? null, answer.reason),
          ),
        );
        return current;
      case 'stale':
        withdraw();
        return this.#tryAgain('the record kept changing');
      case 'unknown':
        this.#isInDoubt = true;
        return this.#fail(answer.reason);
    }
  }

  /** Whether a write of several values is done whole or not at all is not known: a reading tells whether one of them was written. */
  #noteRefusal(
    sendable: readonly Sendable[],
    earlier: readonly (Intent | null)[],
    { reason, nextShape }: Refusal,
  ): 'again' {
    const isAlone = sendable.length === 1;
    const isFinal = isAlone && nextShape === undefined;
    this.#isFeelingItsWay = nextShape !== undefined;
    if (!isAlone) this.#isApart = true;
    this.#options.checkpoint.suspect(this.pending);
    for (const [index, { open }] of sendable.entries()) {
      open.refused = { reason, isFinal, earlier: earlier[index] ?? null };
      if (isAlone) open.shape = nextShape ?? open.shape;
    }
    return 'again';
  }

  /** After a refusal of several changes together, those of which a reading shows nothing. */
  #withdrawUnwritten(sendable: readonly Sendable[], fresh: RecordSnapshot): void {
    const refused = sendable.filter(({ open }) => open.refused !== null);
    const unwritten = refused.filter(({ open }) => isUnwritten(open.edits, fresh));
    const earlier = unwritten.map(({ open }) => open.refused?.earlier ?? null);
    for (const { open } of refused) open.refused = null;
    if (unwritten.length > 0) this.#withdraw(unwritten, earlier);
  }

  /** Nothing was written, so what now stands there is not ours unless an earlier sending made it: in the journal too, before anything else. */
  #withdraw(sendable: readonly Sendable[], earlier: readonly (Intent | null)[]): void {
    const withdrawn = sendable.map(({ open }, index) => {
      open.begun = earlier[index] ?? null;
      return { changeId: open.change.changeId, earlier: open.begun };
    });
    this.#executor.journal.runs.withdrawChanges(this.#runId, withdrawn);
    failpoint('after refusal');
  }

  /** What is the record's own fault is no sign that the platform is down. */
  #fail(trouble: string): 'again' {
    this.#attempts.noteFailure(trouble);
    this.#failures.add(trouble, this.#attempts.isItsOwnFault || this.#isLeft);
    return 'again';
  }

  /** A person said that the platform works, whatever the last records say. */
  get #isLeft(): boolean {
    return this.#options.isTail && this.#options.leavesFailing;
  }

  #tryAgain(trouble: string): 'again' {
    this.#attempts.note(trouble);
    return 'again';
  }

  /** A 200 proves nothing: only the values that the answer shows do. */
  #readAnswer(
    sendable: readonly Sendable[],
    current: RecordSnapshot,
    shown: RecordSnapshot,
  ): RecordSnapshot | 'again' {
    const outcomes = sendable.flatMap(
      ({ open, intent }) => judgeAnswer(open.change, open.edits, intent, shown) ?? [],
    );
    // What changed nothing had no tag to move.
    if (outcomes.some(({ status }) => status === 'applied'))
      this.#options.reach.learn(current.etag !== null && shown.etag !== current.etag);
    this.#settle(outcomes);
    return outcomes.length < sendable.length
      ? this.#tryAgain('the answer did not show the values')
      : overlaySnapshot(current, shown);
  }

  #giveUp(fresh: RecordSnapshot): void {
    const reason = this.#attempts.giveUp();
    this.#settle(
      this.#changes.map((open) => {
        const left = leftAsItIs(open, fresh, reason);
        return left.written.length > 0
          ? left
          : { ...left, reason: `${reason}; the value stands as it was` };
      }),
    );
  }

  #settleUnseen(reason: string): void {
    this.#settle(
      this.#changes.map(({ change, edits, begun }) => unseen(change, edits, begun, reason)),
    );
  }

  #settle(outcomes: readonly Outcome[]): void {
    if (outcomes.length === 0) return;
    this.#executor.journal.runs.settle(this.#runId, outcomes);
    failpoint('after outcome');
    const settled = new Set(outcomes.map(({ changeId }) => changeId));
    this.#changes = this.#changes.filter(({ change }) => !settled.has(change.changeId));
    if (!this.isOpen) this.#attempts.end();
    this.#options.onSettled(outcomes.length);
    this.#options.checkpoint.note(this.pending, outcomes);
  }
}
