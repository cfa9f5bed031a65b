import type { Journal, OptionOutcome } from '../../journal/index.ts';
import { type Definition, findOption } from '../../model/field.ts';
import type { Run } from '../../model/run.ts';

/**
 * Ids of options that a run of ours made, a rollback of ours retired, and nobody else has touched since; of each text the last. A plan
 * whose rules add options may restore them. Works from the journal alone.
 */
export function restorableOptions(
  journal: Journal,
  {
    origin,
    before,
    definitions,
  }: {
    readonly origin: string;
    /** An inventory, for what was known by then; null for all that is known. */
    readonly before: string | null;
    readonly definitions: readonly Definition[];
  },
): ReadonlySet<string> {
  const isAnyRetired = definitions.some(({ options }) => options.some(({ retired }) => retired));
  if (!isAnyRetired) return new Set();
  const byText = new Map<string, string>();
  for (const option of retiredByRollbacks(journal, origin, before)) {
    const { definitionId, optionId, label, retiredAt } = option;
    const now = optionIn(definitions, option);
    if (now === undefined || !now.retired || now.label !== label) continue;
    const wasReopened = journal.inventories
      .takenBetween(origin, retiredAt, before)
      .some((each) => optionIn(journal.inventories.definitions(each), option)?.retired === false);
    if (!wasReopened) byText.set(JSON.stringify([definitionId, label]), optionId);
  }
  return new Set(byText.values());
}

/** An option that a run of ours made. */
interface OwnOption {
  readonly definitionId: string;
  readonly optionId: string;
  readonly label: string;
  /** ISO 8601, of a rollback's end, or its beginning where it did not end; null where it is live. */
  readonly retiredAt: string | null;
}

/** In the order of the rollbacks. */
function retiredByRollbacks(
  journal: Journal,
  origin: string,
  before: string | null,
): readonly (OwnOption & { readonly retiredAt: string })[] {
  const own = new Map<string, OwnOption>();
  for (const run of journal.runs.withOptions(origin, before)) {
    for (const outcome of inTime(journal.runs.optionOutcomes(run.runId))) {
      const key = `${outcome.change.definitionId} ${outcome.optionId}`;
      const after = followed(own.get(key), run, outcome);
      own.delete(key);
      if (after !== undefined) own.set(key, after);
    }
  }
  return [...own.values()].flatMap(({ retiredAt, ...option }) =>
    retiredAt === null ? [] : [{ ...option, retiredAt }],
  );
}

/** What a run opens comes before what it retires. */
function inTime(outcomes: readonly OptionOutcome[]): readonly OptionOutcome[] {
  return outcomes.toSorted(
    (left, right) => Number(isRetirement(left)) - Number(isRetirement(right)),
  );
}

/** An option of ours after one more run; undefined where it is none, or not any more. */
function followed(
  option: OwnOption | undefined,
  run: Run,
  outcome: OptionOutcome,
): OwnOption | undefined {
  const { change, status, optionId } = outcome;
  if (status === 'alreadyThere') {
    // As our last run left it, or somebody else's doing.
    const isAsLeft = option !== undefined && isRetirement(outcome) === (option.retiredAt !== null);
    return isAsLeft ? option : undefined;
  }
  if (status !== 'applied' || optionId === null) return option;
  if (change.action === 'retire') {
    // Rules that retire it want it gone.
    const isUndone = option !== undefined && run.rollsBack !== null;
    return isUndone ? { ...option, retiredAt: run.endedAt ?? run.startedAt } : undefined;
  }
  const isMade = change.action === 'add' || change.optionId !== optionId;
  const { definitionId, label } = change;
  if (isMade) return { definitionId, optionId, label, retiredAt: null };
  return option === undefined ? undefined : { ...option, retiredAt: null };
}

function isRetirement({ change }: OptionOutcome): boolean {
  return change.action === 'retire';
}

function optionIn(
  definitions: readonly Definition[],
  { definitionId, optionId }: OwnOption,
): ReturnType<typeof findOption> {
  const field = definitions.find(({ id }) => id === definitionId);
  return field === undefined ? undefined : findOption(field, optionId);
}
