import { failpoint } from '../../failpoints.ts';
import type { OptionOutcome } from '../../journal/index.ts';
import type { Change, OptionChange, Plan } from '../../model/change.ts';
import { type Definition, findOption, type PicklistOption } from '../../model/field.ts';
import type { Run } from '../../model/run.ts';
import { type OptionsWrite, PlatformError } from '../../platforms/types.ts';
import type { Executor } from './executor.ts';
import type { ResolvedEdit } from './judge.ts';
import { findHolders, heldInWords } from './option-holders.ts';

/** A change's edits with every option known, or why the change can never have been made. */
export type Resolved =
  | {
      readonly kind: 'edits';
      readonly edits: readonly ResolvedEdit[];
      /** Why it cannot be sent any more, though it may have been, and may stand; null where it can. */
      readonly obstacle: string | null;
    }
  | { readonly kind: 'impossible'; readonly reason: string };

/** How often a picklist whose answer was lost is read and sent again. */
const TRIES = 5;

/** The picklists' side of a run: their options before and after the values, and what the values' options are called on the platform. */
export class OptionWriter {
  readonly #executor: Executor;
  readonly #run: Run;
  readonly #plan: Plan;
  /** As they were when the plan was made. */
  readonly #inventoried: readonly Definition[];
  #definitions: readonly Definition[];

  constructor(executor: Executor, run: Run, plan: Plan, definitions: readonly Definition[]) {
    this.#executor = executor;
    this.#run = run;
    this.#plan = plan;
    this.#inventoried = executor.journal.inventories.definitions(plan.inventoryId);
    this.#definitions = definitions;
  }

  /** The account's definitions as they are now, new options included. */
  get definitions(): readonly Definition[] {
    return this.#definitions;
  }

  /** Reads the definitions anew, after a wait. */
  async refresh(): Promise<void> {
    this.#definitions = await this.#executor.platform.readDefinitions();
  }

  /** Adds and restores the options that values need, where that is not done yet. */
  async open(): Promise<void> {
    await this.#write(({ action }) => action !== 'retire');
  }

  /** Retires the options that no value needs any more: neither one that this run left as it was, nor somebody else's. */
  async retire(): Promise<void> {
    await this.#keepHeld();
    failpoint('before retirement');
    await this.#write(({ action }) => action === 'retire');
  }

  /** Settles the retirements that must not be, with who is in the way. */
  async #keepHeld(): Promise<void> {
    const left = this.#leftValues();
    for (const each of this.#unsettled(({ action }) => action === 'retire')) {
      if (each.action === 'add') continue;
      const reason = left.has(`${each.definitionId}:${each.optionId}`)
        ? 'values that could not be changed still hold it'
        : await this.#heldByOthers(each.definitionId, each.optionId);
      if (reason !== null) this.#settle(each, 'conflict', reason, each.optionId);
    }
  }

  /** Options that stand where this run could not put another. */
  #leftValues(): Set<string> {
    const left = new Set<string>();
    for (const { change } of this.#executor.journal.runs.problems(this.#run.runId)) {
      for (const { definitionId, before } of change?.edits ?? []) {
        if (before.state === 'value') left.add(`${definitionId}:${before.content}`);
      }
    }
    return left;
  }

  /** What others have put on an option since; null where nobody has. An option that was open for this run alone is held by its own values. */
  async #heldByOthers(definitionId: string, optionId: string): Promise<string | null> {
    const changes = [...this.#executor.journal.plans.optionChanges(this.#plan.planId)];
    const isPassing = changes.some(
      (change) =>
        change.action === 'restore' &&
        change.definitionId === definitionId &&
        change.optionId === optionId,
    );
    const field = this.#definitions.find(({ id }) => id === definitionId);
    if (isPassing || this.#plan.isForced || field === undefined || field.deleted) return null;
    const heldId = this.#standIn(definitionId, optionId);
    if (findOption(field, heldId)?.retired !== false) return null;
    const { platform } = this.#executor;
    const holders = await findHolders(platform, field, heldId, this.#definitions);
    return holders === null ? null : heldInWords(holders, field);
  }

  /** Fills in the ids of options that the plan added, and checks that each field still takes the value. */
  resolve(change: Change): Resolved {
    const edits: ResolvedEdit[] = [];
    let obstacle: string | null = null;
    for (const edit of change.edits) {
      const field = this.#definitions.find(({ id }) => id === edit.definitionId);
      if (field === undefined || field.deleted || field.fieldType !== edit.fieldType) {
        obstacle ??= `the field "${edit.fieldName}" was deleted on the platform since`;
      }
      const options = field?.options ?? [];
      const { after } = edit;
      if (after.state === 'newOption') {
        const named = options.filter(({ label }) => label === after.label);
        const added = this.#addedId(edit.definitionId, after.label);
        const option =
          named.find(({ id }) => id === added) ??
          named.find(({ retired }) => !retired) ??
          named.at(-1);
        if (option === undefined)
          return impossible(`its option "${after.label}" could not be added`);
        if (option.retired) obstacle ??= `its option "${after.label}" was retired since`;
        edits.push({ ...edit, after: { state: 'value', content: option.id } });
      } else if (after.state === 'value' && edit.fieldType === 'picklist') {
        const standIn = this.#standIn(edit.definitionId, after.content);
        const option = options.find(({ id }) => id === standIn);
        if (option === undefined || option.retired)
          obstacle ??= `its option "${edit.afterText ?? after.content}" was retired since`;
        else if (this.#isRenamed(edit.definitionId, option))
          obstacle ??= `its option is no longer called "${edit.afterText ?? after.content}"`;
        edits.push({ ...edit, after: { state: 'value', content: standIn } });
      } else {
        edits.push({ ...edit, after });
      }
    }
    return { kind: 'edits', edits, obstacle };
  }

  /** Settles what was begun and is there; what is not stays undone. */
  settleBegun(): void {
    const begun = new Set(this.#executor.journal.runs.begunOptions(this.#run.runId));
    for (const change of this.#unsettled(({ changeId }) => begun.has(changeId))) {
      const field = this.#definitions.find(({ id }) => id === change.definitionId);
      this.#settleIfDone(change, field, true);
    }
  }

  /** The id of the option that is meant by `optionId`: itself, or the one that was made in its place. */
  #standIn(definitionId: string, optionId: string): string {
    const restored = this.#outcomes().find(
      ({ change }) =>
        change.action === 'restore' &&
        change.definitionId === definitionId &&
        change.optionId === optionId,
    );
    return restored?.optionId ?? optionId;
  }

  /** What was approved is the text; a rollback gives back the option itself, whatever it is called now. */
  #isRenamed(definitionId: string, { id, label }: PicklistOption): boolean {
    if (this.#plan.rollsBack !== null) return false;
    const field = this.#inventoried.find((each) => each.id === definitionId);
    const known = field === undefined ? undefined : findOption(field, id);
    return known !== undefined && known.label !== label;
  }

  /** The journaled id of an option that the run added: a second one of the same text must not take its place half way. */
  #addedId(definitionId: string, text: string): string | null {
    const added = this.#outcomes().find(
      ({ change }) =>
        change.action === 'add' && change.definitionId === definitionId && change.label === text,
    );
    return added?.optionId ?? null;
  }

  async #write(isMeant: (change: OptionChange) => boolean): Promise<void> {
    const changes = this.#unsettled(isMeant);
    for (const field of new Set(changes.map(({ definitionId }) => definitionId))) {
      const ofField = changes.filter(({ definitionId }) => definitionId === field);
      await this.#writeField(field, ofField);
    }
  }

  /** One field's options, in one request; what is there already needs none. */
  async #writeField(definitionId: string, changes: readonly OptionChange[]): Promise<void> {
    const { platform, journal } = this.#executor;
    const begun = new Set(journal.runs.begunOptions(this.#run.runId));
    let open = changes;
    let isRestoredAnew = false;
    let lost = 0;
    for (let tries = 0; ; tries += 1) {
      const field = this.#definitions.find(({ id }) => id === definitionId);
      open = open.filter(
        (change) => !this.#settleIfDone(change, field, begun.has(change.changeId)),
      );
      const [first] = open;
      if (first === undefined) return;
      if (field === undefined || field.deleted) {
        this.#settleAll(
          open,
          'conflict',
          `the field "${first.fieldName}" was deleted on the platform since`,
        );
        return;
      }
      if (tries === TRIES) {
        // Values need what is added and restored: better stop, to go on later, than give those up as well.
        if (lost === TRIES && first.action !== 'retire') throw unreachable(first.fieldName);
        this.#settleAll(open, 'rejected', `given up after ${TRIES} tries`);
        return;
      }
      const changeIds = open.map(({ changeId }) => changeId);
      failpoint('before options');
      const answer = await platform.writeOptions({
        ...this.#asWrite(definitionId, open, isRestoredAnew),
        onSend: () => {
          journal.runs.beginOptions(this.#run.runId, changeIds);
          for (const changeId of changeIds) begun.add(changeId);
          failpoint('after options intent');
        },
      });
      failpoint('after options answer');
      switch (answer.kind) {
        case 'written':
          this.#replace(answer.definition);
          break;
        case 'unknown':
          lost += 1;
          await platform.pause(lost);
          this.#definitions = await platform.readDefinitions();
          break;
        case 'refused':
          if (isRestoredAnew || open.every(({ action }) => action !== 'restore')) {
            this.#settleAll(open, 'rejected', answer.reason);
            return;
          }
          // Not every platform brings a retired option back; then one of the same text takes its place.
          isRestoredAnew = true;
          break;
        case 'noAccess':
          this.#settleAll(open, 'noAccess', answer.reason);
          return;
      }
    }
  }

  #asWrite(
    definitionId: string,
    changes: readonly OptionChange[],
    isRestoredAnew: boolean,
  ): Omit<OptionsWrite, 'onSend'> {
    return {
      definitionId,
      add: changes.flatMap(({ action, label }) =>
        action === 'add' || (action === 'restore' && isRestoredAnew) ? [label] : [],
      ),
      retireIds: changes.flatMap((each) =>
        each.action === 'retire' ? [this.#standIn(definitionId, each.optionId)] : [],
      ),
      restoreIds: changes.flatMap((each) =>
        each.action === 'restore' && !isRestoredAnew ? [each.optionId] : [],
      ),
    };
  }

  /** Whether the platform already shows what the change wants; journals it if so. */
  #settleIfDone(change: OptionChange, field: Definition | undefined, isBegun: boolean): boolean {
    if (field === undefined) return false;
    const done = isBegun ? 'applied' : 'alreadyThere';
    if (change.action === 'add') {
      const [first, second] = field.options.filter(
        ({ label, retired }) => label === change.label && !retired,
      );
      // A request whose answer never came may have been done late, after it was sent again.
      const reason =
        second !== undefined
          ? 'the platform now has it twice: the first is used'
          : isBegun
            ? null
            : 'somebody added it meanwhile: that one is used';
      if (first !== undefined) this.#settle(change, done, reason, first.id);
      return first !== undefined;
    }
    if (change.action === 'retire') {
      const option = findOption(field, this.#standIn(field.id, change.optionId));
      const isGone = option === undefined || option.retired;
      if (isGone) this.#settle(change, done, null, change.optionId);
      return isGone;
    }
    const option = findOption(field, change.optionId);
    const living =
      option !== undefined && !option.retired ? option : this.#madeAnew(field, change.label);
    if (living !== undefined) this.#settle(change, done, null, living.id);
    return living !== undefined;
  }

  /** An option of that text that was not there when the inventory was taken. */
  #madeAnew(field: Definition, text: string): PicklistOption | undefined {
    const known = this.#inventoried.find(({ id }) => id === field.id)?.options ?? [];
    return field.options.find(
      ({ id, label, retired }) =>
        label === text && !retired && !known.some((option) => option.id === id),
    );
  }

  #settle(
    change: OptionChange,
    status: OptionOutcome['status'],
    reason: string | null,
    optionId: string | null,
  ): void {
    this.#executor.journal.runs.settleOption(this.#run.runId, {
      changeId: change.changeId,
      status,
      reason,
      optionId,
    });
  }

  #settleAll(
    changes: readonly OptionChange[],
    status: OptionOutcome['status'],
    reason: string,
  ): void {
    for (const change of changes) this.#settle(change, status, reason, null);
  }

  #replace(definition: Definition): void {
    this.#definitions = this.#definitions.map((each) =>
      each.id === definition.id ? definition : each,
    );
  }

  #unsettled(isMeant: (change: OptionChange) => boolean): OptionChange[] {
    const settled = new Set(this.#outcomes().map(({ change }) => change.changeId));
    return [...this.#executor.journal.plans.optionChanges(this.#plan.planId)].filter(
      (change) => isMeant(change) && !settled.has(change.changeId),
    );
  }

  #outcomes(): readonly OptionOutcome[] {
    return this.#executor.journal.runs.optionOutcomes(this.#run.runId);
  }
}

function impossible(reason: string): Resolved {
  return { kind: 'impossible', reason };
}

function unreachable(fieldName: string): PlatformError {
  return new PlatformError(
    'unavailable',
    `The options of "${fieldName}" could not be written: ${TRIES} requests in a row got no usable answer.`,
    'The platform seems to be in trouble. Nothing is lost: wait a while, then continue with `clio-fields apply --resume`.',
  );
}
