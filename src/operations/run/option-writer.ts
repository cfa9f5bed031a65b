import { failpoint } from '../../failpoints.ts';
import type { PendingRecord } from '../../journal/index.ts';
import type { Change, OptionChange, Plan } from '../../model/change.ts';
import type { Definition, RecordSnapshot } from '../../model/field.ts';
import type { Run } from '../../model/run.ts';
import { type OptionsWrite, PlatformError } from '../../platforms/types.ts';
import { AwaitedOptions } from './awaited-options.ts';
import type { Executor } from './executor.ts';
import { HeldOptions } from './held-options.ts';
import { judge } from './judge.ts';
import { OptionLedger } from './option-ledger.ts';
import type { RequestTally } from './request-tally.ts';
import { type Resolved, resolveOptions } from './resolve-options.ts';
import { isWholeRollback } from './restorable.ts';

/** How often a picklist is read and sent again whose answers are lost, and as often one whose answers show that nothing came of it. */
const TRIES = 5;

/** When nothing is left of a run but options. */
interface AtEnd {
  /** Takes it that the platform works where the answers are lost again and again. */
  readonly leavesFailing: boolean;
}

/** The picklists' side of a run: their options before and after the values, and what the values' options are called on the platform. */
export class OptionWriter {
  readonly #executor: Executor;
  readonly #run: Run;
  readonly #plan: Plan;
  readonly #ledger: OptionLedger;
  readonly #held: HeldOptions;
  readonly #tally: RequestTally;
  /** Whether it undoes all of a run; null until that is asked. */
  #isWhole: boolean | null = null;

  constructor(
    executor: Executor,
    run: Run,
    plan: Plan,
    definitions: readonly Definition[],
    tally: RequestTally,
  ) {
    this.#executor = executor;
    this.#run = run;
    this.#plan = plan;
    this.#tally = tally;
    this.#ledger = new OptionLedger(executor, run, plan, definitions);
    this.#held = new HeldOptions(executor, run, plan, this.#ledger);
  }

  /** The account's definitions as they are now, new options included. */
  get definitions(): readonly Definition[] {
    return this.#ledger.definitions;
  }

  /** Whether options are left to be written when all values are: settles those that need no write. */
  async areToBeWritten(): Promise<boolean> {
    this.#leaveUnneeded();
    const begun = this.#begun();
    for (const change of this.#ledger.unsettled(isRetirement)) this.#settleIfDone(change, begun);
    await this.#held.keep();
    return this.#ledger.unsettled(() => true).length > 0;
  }

  /** Reads the definitions anew, after a wait. */
  async refresh(): Promise<void> {
    await this.#ledger.refresh();
  }

  /**
   * Adds and restores the options that a batch's values wait for, where that is not done yet: where a reading shows that nothing is to
   * be written, no option is opened for it. What later batches may need goes along, so that a field is written once.
   */
  async openFor(
    batch: readonly PendingRecord[],
    fresh: ReadonlyMap<string, RecordSnapshot>,
    isForced: boolean,
  ): Promise<void> {
    const begun = this.#begun();
    const left = this.#ledger
      .unsettled(isOpening)
      .filter((change) => !this.#settleIfDone(change, begun));
    if (left.length === 0) return;
    const awaited = new AwaitedOptions();
    for (const { recordId, changes } of batch) {
      const record = fresh.get(recordId);
      if (record === undefined) continue;
      for (const pending of changes)
        if (this.#isToBeSent(pending, record, isForced)) awaited.add(pending.change);
    }
    const fields = new Set(
      left.flatMap((change) => (awaited.has(change) ? [change.definitionId] : [])),
    );
    if (fields.size === 0) return;
    awaited.addLater(this.#executor.journal, this.#run.runId, batch);
    await this.#write(
      (change) =>
        isOpening(change) &&
        fields.has(change.definitionId) &&
        (awaited.has(change) || this.#isOwed(change)),
    );
  }

  /** Restores what is left to be restored for its own sake, when all values are written; what no value came to need stays as it is. */
  async openRest(atEnd: AtEnd): Promise<void> {
    this.#leaveUnneeded();
    await this.#write(isOpening, atEnd);
  }

  /** Retires the options that no value needs any more: neither one that this run left as it was, nor somebody else's. */
  async retire(atEnd: AtEnd): Promise<void> {
    await this.#held.keep();
    failpoint('before retirement');
    await this.#write(isRetirement, atEnd);
  }

  /** Fills in the ids of options that the plan added, and checks that each field still takes the value. */
  resolve(change: Change): Resolved {
    return resolveOptions(this.#ledger, change);
  }

  /** Settles what was begun and is there; what is not stays undone. */
  settleBegun(): void {
    const begun = this.#begun();
    for (const change of this.#ledger.unsettled(({ changeId }) => begun.has(changeId)))
      this.#settleIfDone(change, begun);
  }

  /** Those that may have been sent and are not settled. */
  #begun(): Set<string> {
    return new Set(this.#executor.journal.runs.begunOptions(this.#run.runId));
  }

  #settleIfDone(change: OptionChange, begun: ReadonlySet<string>): boolean {
    const field = this.#ledger.field(change.definitionId);
    return this.#ledger.settleIfDone(change, field, begun.has(change.changeId));
  }

  #isToBeSent(
    { change, begun }: PendingRecord['changes'][number],
    record: RecordSnapshot,
    isForced: boolean,
  ): boolean {
    const { edits } = this.resolve(change);
    return judge(change, edits, record, { begun, isForced }).kind === 'send';
  }

  /** Whether an option is to come back whoever needs it: the rollback of a whole run undoes what that did to options, too. */
  #isOwed(change: OptionChange): boolean {
    if (change.action !== 'restore' || this.#plan.rollsBack === null) return false;
    if (this.#ledger.isPassing(change.definitionId, change.optionId)) return false;
    this.#isWhole ??= isWholeRollback(this.#executor.journal, this.#plan);
    return this.#isWhole;
  }

  #leaveUnneeded(): void {
    const begun = this.#begun();
    for (const change of this.#ledger.unsettled(isOpening)) {
      if (begun.has(change.changeId) || this.#isOwed(change)) continue;
      if (!this.#settleIfDone(change, begun)) this.#leaveOut(change);
    }
  }

  /** No value came to need it. What was to be open for this run alone is as it was. */
  #leaveOut(change: OptionChange): void {
    if (
      change.action === 'restore' &&
      this.#ledger.isPassing(change.definitionId, change.optionId)
    ) {
      this.#ledger.settle(change, 'alreadyThere', null, change.optionId);
      return;
    }
    const reason = `no value that could be written needs "${change.label}", so it was not ${change.action === 'add' ? 'added' : 'restored'}`;
    this.#ledger.settle(change, 'conflict', reason, null);
  }

  async #write(
    isMeant: (change: OptionChange) => boolean,
    atEnd: AtEnd | null = null,
  ): Promise<void> {
    const changes = this.#ledger.unsettled(isMeant);
    for (const field of new Set(changes.map(({ definitionId }) => definitionId))) {
      const ofField = changes.filter(({ definitionId }) => definitionId === field);
      await this.#writeField(field, ofField, atEnd);
    }
  }

  /** One field's options, in one request; what is there already needs none. Where that is refused, they go one by one, so that a bad one does not hold back the good. */
  async #writeField(
    definitionId: string,
    changes: readonly OptionChange[],
    atEnd: AtEnd | null,
  ): Promise<void> {
    const { platform, journal } = this.#executor;
    const begun = this.#begun();
    let open = changes;
    let isRestoredAnew = false;
    let lost = 0;
    let inVain = 0;
    for (;;) {
      const field = this.#ledger.field(definitionId);
      open = open.filter(
        (change) => !this.#ledger.settleIfDone(change, field, begun.has(change.changeId)),
      );
      const [first] = open;
      if (first === undefined) return;
      if (field === undefined || field.deleted) {
        this.#ledger.settleAll(
          open,
          'conflict',
          `the field "${first.fieldName}" was deleted on the platform since`,
        );
        return;
      }
      // What an outage left undone is work left, and no refusal.
      if (lost === TRIES && atEnd?.leavesFailing !== true) throw unreachable(first, atEnd !== null);
      if (Math.max(lost, inVain) === TRIES) {
        this.#ledger.settleAll(open, 'rejected', `given up after ${TRIES} tries`);
        return;
      }
      const changeIds = open.map(({ changeId }) => changeId);
      const fresh = changeIds.filter((changeId) => !begun.has(changeId));
      const withdraw = (): void => {
        journal.runs.withdrawOptions(this.#run.runId, fresh);
        for (const changeId of fresh) begun.delete(changeId);
      };
      failpoint('before options');
      const answer = await platform.writeOptions({
        ...this.#asWrite(definitionId, open, isRestoredAnew),
        onSend: () => {
          this.#tally.tellLeaving((requests) =>
            journal.runs.beginOptions(this.#run.runId, changeIds, requests),
          );
          for (const changeId of changeIds) begun.add(changeId);
          failpoint('after options intent');
        },
        onNotTaken: withdraw,
      });
      failpoint('after options answer');
      switch (answer.kind) {
        case 'written':
          this.#ledger.replace(answer.definition);
          inVain += 1;
          break;
        case 'unknown':
          lost += 1;
          await platform.pause(lost);
          await this.#ledger.refresh();
          break;
        case 'refused':
          if (isRestoredAnew || open.every(({ action }) => action !== 'restore')) {
            if (open.length === 1) this.#ledger.settle(first, 'rejected', answer.reason, null);
            else await this.#writeApart(definitionId, open, atEnd);
            return;
          }
          // Not every platform brings a retired option back; then one of the same text takes its place.
          isRestoredAnew = true;
          inVain += 1;
          withdraw();
          break;
        case 'noAccess':
          this.#ledger.settleAll(open, 'noAccess', answer.reason);
          return;
      }
    }
  }

  /** Whether a request of several is done whole or not at all is not known: a reading tells what of it was. */
  async #writeApart(
    definitionId: string,
    changes: readonly OptionChange[],
    atEnd: AtEnd | null,
  ): Promise<void> {
    await this.#ledger.refresh();
    for (const change of changes) await this.#writeField(definitionId, [change], atEnd);
  }

  #asWrite(
    definitionId: string,
    changes: readonly OptionChange[],
    isRestoredAnew: boolean,
  ): Omit<OptionsWrite, 'onSend'> {
    const add = changes.flatMap(({ action, label }) =>
      action === 'add' || (action === 'restore' && isRestoredAnew) ? [label] : [],
    );
    const retireIds = changes.flatMap((each) =>
      each.action === 'retire' ? [this.#ledger.standIn(definitionId, each.optionId)] : [],
    );
    return {
      definitionId,
      // One option can take the place of several of the same text.
      add: [...new Set(add)],
      retireIds: [...new Set(retireIds)],
      restoreIds: changes.flatMap((each) =>
        each.action === 'restore' && !isRestoredAnew ? [each.optionId] : [],
      ),
    };
  }
}

function isOpening({ action }: OptionChange): boolean {
  return action !== 'retire';
}

function isRetirement({ action }: OptionChange): boolean {
  return action === 'retire';
}

function unreachable({ fieldName }: OptionChange, canBeLeft: boolean): PlatformError {
  return new PlatformError(
    'unavailable',
    `The options of "${fieldName}" could not be written: ${TRIES} requests got no usable answer.`,
    `The platform seems to be in trouble. Nothing is lost: wait a while, then continue.${canBeLeft ? ' If the platform works and only this keeps failing, add --leave-failing: the options are then left as they are, and reported.' : ''}`,
  );
}
