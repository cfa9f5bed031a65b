import { UserError } from '../../errors.ts';
import { failpoint } from '../../failpoints.ts';
import type { Journal } from '../../journal/index.ts';
import {
  type Change,
  type FieldCounts,
  invertChange,
  type OptionChange,
  type Plan,
} from '../../model/change.ts';
import { type Definition, findOption } from '../../model/field.ts';
import type { Run } from '../../model/run.ts';
import { PlanDigest } from '../plan/digest.ts';
import { estimateNeeds } from '../plan/needs.ts';
import { unfinishedRun, withLimits } from './apply.ts';
import { closeRun } from './close.ts';
import { execute, type Execution } from './execute.ts';
import type { Executor } from './executor.ts';
import { keptOf, type Limits } from './limits.ts';
import { requireChanged } from './require-changed.ts';
import { requireMeant } from './require-meant.ts';
import { restorable, type Scope } from './restorable.ts';
import { readPlannedDefinitions, requireSameAccount } from './same-account.ts';
import { requireSameScope } from './same-scope.ts';
import { withStandIns } from './stand-ins.ts';

export interface RollbackRequest extends Scope {
  readonly runId: string;
  /** Restore even what was changed since. */
  readonly isForced: boolean;
  /** Who plans it, and approves it where it is carried out. */
  readonly by: string;
}

interface Agreement {
  /** Of the rollback that is meant: another one is refused. */
  readonly digest?: string | undefined;
  /** Hears of a forced rollback before anything is ended or written, and throws where it is not wanted. */
  readonly confirmForce?: (plan: Plan) => Promise<void>;
}

/** Restores what a run changed, and only that: the executor on the inverse of what was done. */
export async function rollback(
  executor: Executor,
  request: RollbackRequest &
    Agreement & {
      readonly isResumed: boolean;
      readonly limits: Limits;
    },
): Promise<Execution> {
  const { journal, now, platform } = executor;
  const before = platform.requests;
  const { limits, digest, isForced } = request;
  const undone = journal.runs.find(request.runId);
  const original = journal.plans.find(undone.planId);
  requireSameAccount(executor, original, platform.account);
  const unfinished = journal.runs.unfinished();
  if (unfinished !== null && unfinished.runId !== undone.runId) {
    if (!request.isResumed || unfinished.rollsBack !== undone.runId)
      throw unfinishedRun(journal, unfinished);
    const plan = journal.plans.find(unfinished.planId);
    requireSameScope(journal, unfinished, plan, request);
    requireMeant(plan, digest);
    const definitions = await readPlannedDefinitions(executor, original);
    const run = withLimits(journal, unfinished, limits);
    return execute(executor, run, plan, { definitions, before, limits, isForced: plan.isForced });
  }
  const makePlan = (): Plan => planRollback({ journal, now }, request);
  const agreed = isForced || digest !== undefined ? await agreeTo(makePlan(), request) : null;
  const definitions = await readPlannedDefinitions(executor, original);
  if (unfinished !== null) {
    requireChanged(journal, undone.runId, request);
    await closeRun(executor, undone, definitions);
  }
  const plan = unfinished === null && agreed !== null ? agreed : makePlan();
  if (unfinished !== null) {
    sayEnded(executor, journal.runs.find(undone.runId));
    // What was sent and not answered counts since its run ended.
    if (digest !== undefined && digest !== plan.digest) throw grown(undone.runId, plan);
    if (agreed?.counts.changed === 0) await agreeTo(plan, request);
  }
  journal.plans.approve(plan.planId, {
    digest: plan.digest,
    by: request.by,
    how: `rollback ${undone.runId}${isForced ? ' --force' : ''}${digest === undefined ? '' : ' --approve'}`,
    at: now().toISOString(),
  });
  failpoint('after rollback plan');
  const run = journal.runs.begin({
    planId: plan.planId,
    rollsBack: undone.runId,
    startedAt: now().toISOString(),
    canary: limits.canary,
    limits: keptOf(limits),
  });
  return execute(executor, run, plan, { definitions, before, limits, isForced });
}

/** The plan, where it is the one that is meant and nobody objects to its force. */
async function agreeTo(plan: Plan, { digest, confirmForce }: Agreement): Promise<Plan> {
  requireMeant(plan, digest);
  if (plan.isForced && plan.counts.changed > 0) await confirmForce?.(plan);
  return plan;
}

/** The end of a run told what of it had been done, so that what was looked at is not the whole of it. */
function grown(runId: string, { planId, digest }: Plan): UserError {
  return new UserError(
    'digest_mismatch',
    `${runId} stood half way, with writes of which no answer had come. It is ended now and they are known, so that its rollback is another plan than the one whose digest was given. Nothing was written.`,
    `Look at the new one with \`clio-fields show ${planId}\`, then give its digest: ${digest}`,
  );
}

/** A part of a run may be undone while it stands half way: whoever meant to go on with the rest must know that it ended. */
function sayEnded({ progress }: Executor, { runId, counts: { pending } }: Run): void {
  if (pending === 0) return;
  const left = pending === 1 ? '1 change was' : `${pending} changes were`;
  progress.warn(
    `${runId} was unfinished and ends here: ${left} not made, and --resume does not go on with it any more. For the rest run \`clio-fields inventory\` and \`clio-fields plan\` again.`,
  );
}

/** The inverse of a run as a plan, from the journal alone: what `rollback --dry-run` shows. */
export function planRollback(
  { journal, now }: { journal: Journal; now: () => Date },
  { runId, records, fields, isForced, by }: RollbackRequest,
): Plan {
  const undone = journal.runs.find(runId);
  const original = journal.plans.find(undone.planId);
  const definitions = journal.inventories.definitions(original.inventoryId);
  requireChanged(journal, runId, { records, fields });
  const isWhole = records.length === 0 && fields.length === 0;
  return journal.plans.create(
    {
      inventoryId: original.inventoryId,
      origin: original.origin,
      rollsBack: runId,
      isForced,
      rulesText: '',
      by,
      createdAt: now().toISOString(),
    },
    (sink) => {
      const digest = new PlanDigest(original.origin, isForced);
      const tally = new Map<string, { field: Definition; changed: number }>();
      const changedRecords = new Map<string, Set<string>>();
      const restored = new Map<string, Set<string>>();
      for (const { change, outcome } of restorable(journal, runId, { records, fields })) {
        const inverse = invertChange(change, outcome.written, runId);
        sink.change(inverse);
        digest.change(inverse);
        count(tally, inverse, definitions);
        add(changedRecords, inverse.parentType, inverse.recordId);
        for (const { definitionId, fieldType, after } of inverse.edits) {
          if (fieldType === 'picklist' && after.state === 'value')
            add(restored, definitionId, after.content);
        }
      }
      // A part of a run leaves its options as they are, but for those that its values must get back.
      const optionChanges = invertOptions(journal, undone).filter(
        (change) =>
          isWhole ||
          (change.action === 'restore' && restored.get(change.definitionId)?.has(change.optionId)),
      );
      const all = [
        ...optionChanges,
        ...retiredBefore(restored, optionChanges, withStandIns(journal, undone, definitions)),
      ];
      for (const change of all) {
        sink.optionChange(change);
        digest.optionChange(change);
      }
      const byField = fieldCounts([...tally.values()]);
      return {
        digest: digest.hex(),
        counts: {
          unchanged: 0,
          changed: byField.reduce((sum, { changed }) => sum + changed, 0),
          flagged: 0,
          unread: 0,
        },
        fields: byField,
        needs: estimateNeeds(
          [...changedRecords.values()].map(({ size }) => size),
          all,
        ),
      };
    },
  );
}

/** What the run did to options, undone: what it added is retired, what it retired is restored. */
function invertOptions(journal: Journal, { runId }: Run): OptionChange[] {
  const outcomes = journal.runs.optionOutcomes(runId);
  const done = new Set(
    outcomes.flatMap(({ change, status }) =>
      status === 'applied' && change.action !== 'add'
        ? [keyOf(change.action, change.definitionId, change.optionId)]
        : [],
    ),
  );
  return outcomes.flatMap(({ change, status, optionId }): OptionChange[] => {
    if (status !== 'applied' || optionId === null) return [];
    const { definitionId } = change;
    const action = change.action === 'retire' ? 'restore' : 'retire';
    // Opened for values and closed again within the run: nothing is left to undo.
    if (change.action !== 'add' && done.has(keyOf(action, definitionId, change.optionId)))
      return [];
    return [optionChange(change, action, optionId, `undoes ${runId}`)];
  });
}

function keyOf(action: 'restore' | 'retire', definitionId: string, optionId: string): string {
  return `${action} ${definitionId} ${optionId}`;
}

/** Options that were retired before the run began, and that values must get back: open for the time of the rollback. */
function retiredBefore(
  restored: ReadonlyMap<string, ReadonlySet<string>>,
  planned: readonly OptionChange[],
  definitions: readonly Definition[],
): OptionChange[] {
  const toBeRestored = new Set(
    planned.flatMap((change) => (change.action === 'restore' ? [change.optionId] : [])),
  );
  return [...restored].flatMap(([definitionId, optionIds]) => {
    const field = definitions.find(({ id }) => id === definitionId);
    return [...optionIds].flatMap((optionId) => {
      const option = field === undefined ? undefined : findOption(field, optionId);
      if (field === undefined || option?.retired !== true || toBeRestored.has(optionId)) return [];
      const about = { definitionId, fieldName: field.name, label: option.label };
      const reason = 'values of before the run hold this retired option';
      return [
        optionChange(about, 'restore', optionId, reason),
        optionChange(about, 'retire', optionId, reason),
      ];
    });
  });
}

function optionChange(
  { definitionId, fieldName, label }: Pick<OptionChange, 'definitionId' | 'fieldName' | 'label'>,
  action: 'restore' | 'retire',
  optionId: string,
  reason: string,
): OptionChange {
  const changeId = `option:${definitionId}:${action}:${optionId}`;
  return { changeId, definitionId, fieldName, label, reason, action, optionId };
}

function count(
  tally: Map<string, { field: Definition; changed: number }>,
  { edits }: Change,
  definitions: readonly Definition[],
): void {
  const { definitionId } = edits[0];
  const field = definitions.find(({ id }) => id === definitionId);
  if (field === undefined) return;
  const counted = tally.get(definitionId) ?? { field, changed: 0 };
  counted.changed += 1;
  tally.set(definitionId, counted);
}

function fieldCounts(tally: readonly { field: Definition; changed: number }[]): FieldCounts[] {
  return tally.map(({ field, changed }) => ({
    definitionId: field.id,
    fieldName: field.name,
    parentType: field.parentType,
    fieldType: field.fieldType,
    rule: 'rollback',
    evidence: [],
    unchanged: 0,
    changed,
    flagged: 0,
    unread: 0,
  }));
}

function add(sets: Map<string, Set<string>>, key: string, member: string): void {
  const set = sets.get(key);
  if (set === undefined) sets.set(key, new Set([member]));
  else set.add(member);
}
