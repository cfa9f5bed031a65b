import type { OptionOutcome } from '../../journal/index.ts';
import type { OptionChange, Plan } from '../../model/change.ts';
import { type Definition, findOption, type PicklistOption } from '../../model/field.ts';
import type { Run } from '../../model/run.ts';
import type { Executor } from './executor.ts';

/** What a run knows of its picklists' options: as they were, as they are, and what became of each change of them. */
export class OptionLedger {
  readonly #executor: Executor;
  readonly #run: Run;
  readonly #plan: Plan;
  /** As they were when the plan was made. */
  readonly #inventoried: readonly Definition[];
  readonly #toBeRestored: ReadonlySet<string>;
  readonly #toBeRetired: ReadonlySet<string>;
  #definitions: readonly Definition[];
  /** Null until they are read. */
  #known: OptionOutcome[] | null = null;

  constructor(executor: Executor, run: Run, plan: Plan, definitions: readonly Definition[]) {
    this.#executor = executor;
    this.#run = run;
    this.#plan = plan;
    this.#inventoried = executor.journal.inventories.definitions(plan.inventoryId);
    const changes = executor.journal.plans.optionChanges(plan.planId);
    const optionsTo = (action: 'restore' | 'retire'): Set<string> =>
      new Set(
        changes.flatMap((change) =>
          change.action === action ? [`${change.definitionId} ${change.optionId}`] : [],
        ),
      );
    this.#toBeRestored = optionsTo('restore');
    this.#toBeRetired = optionsTo('retire');
    this.#definitions = definitions;
  }

  /** The account's definitions as they are now, new options included. */
  get definitions(): readonly Definition[] {
    return this.#definitions;
  }

  field(definitionId: string): Definition | undefined {
    return this.#definitions.find(({ id }) => id === definitionId);
  }

  /** Reads the definitions anew, after a wait. */
  async refresh(): Promise<void> {
    this.#definitions = await this.#executor.platform.readDefinitions();
  }

  /** The id of the option that is meant by `optionId`: itself, or the one that was made in its place. */
  standIn(definitionId: string, optionId: string): string {
    const restored = this.#outcomes().find(
      ({ change }) =>
        change.action === 'restore' &&
        change.definitionId === definitionId &&
        change.optionId === optionId,
    );
    return restored?.optionId ?? optionId;
  }

  /** What was approved is the text; a rollback gives back the option itself, whatever it is called now. */
  isRenamed(definitionId: string, { id, label }: PicklistOption): boolean {
    if (this.#plan.rollsBack !== null) return false;
    const field = this.#inventoried.find((each) => each.id === definitionId);
    const known = field === undefined ? undefined : findOption(field, id);
    return known !== undefined && known.label !== label;
  }

  /** The journaled id of an option that the run added: a second one of the same text must not take its place half way. */
  addedId(definitionId: string, text: string): string | null {
    const added = this.#outcomes().find(
      ({ change }) =>
        change.action === 'add' && change.definitionId === definitionId && change.label === text,
    );
    return added?.optionId ?? null;
  }

  /** What a retirement is about: the option itself where the one in its place took that of another one too, which stays. */
  #toRetire(definitionId: string, optionId: string): string {
    const standIn = this.standIn(definitionId, optionId);
    const isShared = this.#outcomes().some(
      ({ change, optionId: placedId }) =>
        change.action === 'restore' &&
        change.definitionId === definitionId &&
        placedId === standIn &&
        !this.isPassing(definitionId, change.optionId),
    );
    return isShared ? optionId : standIn;
  }

  /** Whether the plan restores it: where it is retired then, that came to nothing. */
  isToBeRestored(definitionId: string, optionId: string): boolean {
    return this.#toBeRestored.has(`${definitionId} ${optionId}`);
  }

  /** Whether an option is open for the time of this run alone. */
  isPassing(definitionId: string, optionId: string): boolean {
    const key = `${definitionId} ${optionId}`;
    return this.#toBeRestored.has(key) && this.#toBeRetired.has(key);
  }

  /** The plan's option changes that are meant and have no outcome yet. */
  unsettled(isMeant: (change: OptionChange) => boolean): OptionChange[] {
    const settled = new Set(this.#outcomes().map(({ change }) => change.changeId));
    return [...this.#executor.journal.plans.optionChanges(this.#plan.planId)].filter(
      (change) => isMeant(change) && !settled.has(change.changeId),
    );
  }

  /** Whether an option that was to be restored was open already. */
  isOpenedByOthers(definitionId: string, optionId: string): boolean {
    return this.#outcomes().some(
      ({ change, status }) =>
        status === 'alreadyThere' &&
        change.action === 'restore' &&
        change.definitionId === definitionId &&
        change.optionId === optionId,
    );
  }

  /** Every value of a picklist asks for them. */
  #outcomes(): readonly OptionOutcome[] {
    this.#known ??= this.#executor.journal.runs.optionOutcomes(this.#run.runId);
    return this.#known;
  }

  /** Whether the platform already shows what the change wants; journals it if so. */
  settleIfDone(change: OptionChange, field: Definition | undefined, isBegun: boolean): boolean {
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
            : 'it was added meanwhile: that one is used';
      if (first !== undefined) this.settle(change, done, reason, first.id);
      return first !== undefined;
    }
    if (change.action === 'retire') {
      const option = findOption(field, this.#toRetire(field.id, change.optionId));
      const isGone = option === undefined || option.retired;
      if (isGone) this.settle(change, done, null, change.optionId);
      return isGone;
    }
    const option = findOption(field, change.optionId);
    if (option !== undefined && this.isRenamed(field.id, option)) {
      const reason = `it was renamed to "${option.label}" since`;
      this.settle(change, 'conflict', reason, change.optionId);
      return true;
    }
    const living =
      option !== undefined && !option.retired ? option : this.#madeAnew(field, change.label);
    if (living !== undefined) {
      const reason =
        living.id === change.optionId
          ? null
          : `it stays retired (id ${change.optionId}): a new option of the same text (id ${living.id}) takes its place, in the values too`;
      this.settle(change, done, reason, living.id);
    }
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

  settle(
    change: OptionChange,
    status: OptionOutcome['status'],
    reason: string | null,
    optionId: string | null,
  ): void {
    const { changeId } = change;
    const outcome = { status, reason, optionId };
    this.#executor.journal.runs.settleOption(this.#run.runId, { changeId, ...outcome });
    this.#known?.push({ change, ...outcome });
  }

  settleAll(
    changes: readonly OptionChange[],
    status: OptionOutcome['status'],
    reason: string,
  ): void {
    for (const change of changes) this.settle(change, status, reason, null);
  }

  /** Takes in a field as an answer shows it. */
  replace(definition: Definition): void {
    this.#definitions = this.#definitions.map((each) =>
      each.id === definition.id ? definition : each,
    );
  }
}
