import { UserError } from '../../errors.ts';
import type { Journal, Unmade } from '../../journal/index.ts';
import type { Certificate, NotMade } from '../../model/certificate.ts';
import type { Plan } from '../../model/change.ts';
import type { Run } from '../../model/run.ts';
import { chainState } from './chain-state.ts';
import { findUnfinishedUploads } from './unfinished-uploads.ts';

export interface CertifyRequest {
  /** The newest where undefined. */
  readonly runId?: string | undefined;
  /** This program's version. */
  readonly program: string;
  /** Names of records, values and options stand in it only where this is asked for. */
  readonly hasValues: boolean;
  /** A hash of the chain that was noted elsewhere, and that it must still hold. */
  readonly expectedHash?: string | undefined;
}

/** Checks the journal's chain and gathers what can be proved of one run; works from the journal alone, after a purge too. */
export function certify(
  { journal, now }: { journal: Journal; now: () => Date },
  { runId, program, hasValues, expectedHash }: CertifyRequest,
): Certificate {
  const run = runId === undefined ? newestRun(journal) : journal.runs.find(runId);
  const plan = journal.plans.find(run.planId);
  const inventory = journal.inventories.find(plan.inventoryId);
  const { testimony } = journal;
  const options = testimony.options(plan.planId, run.runId);
  const purgedAt = testimony.purgedAt(run.runId);
  return {
    issuedAt: now().toISOString(),
    program,
    run,
    origin: plan.origin,
    account: inventory.account,
    plan: {
      planId: plan.planId,
      digest: plan.digest,
      planned: testimony.planned(plan.planId, plan.createdAt),
      rollsBack: plan.rollsBack,
      isTwoPerson: plan.isTwoPerson,
      counts: plan.counts,
      fields: plan.fields,
      optionChanges: options.planned,
    },
    inventory,
    reviewers: testimony.reviewers(plan.planId),
    approvals: testimony.approvals(plan.planId, run.runId),
    started: testimony.started(run.runId),
    canary: testimony.canary(run.runId),
    ended: testimony.ended(run.runId),
    options: options.counts,
    notMade: () => notMade(journal, run, plan, { hasValues, isPurged: purgedAt !== null }),
    rollbacks: rollbacksOf(journal, run.runId),
    filed: journal.uploads.filed(run.runId),
    unfinishedUploads: findUnfinishedUploads(journal, run.runId),
    purgedAt,
    chain: chainState(journal),
    expectation:
      expectedHash === undefined
        ? null
        : { hash: expectedHash, entry: journal.chain.positionOf(expectedHash) },
  };
}

function newestRun(journal: Journal): Run {
  const [newest] = journal.runs.list();
  if (newest !== undefined) return newest;
  throw new UserError(
    'unknown_run',
    'The journal holds no run yet: there is nothing to certify.',
    'Run `clio-fields apply` first.',
  );
}

/** Those of the run, those of its rollbacks, and so on: a rollback of a rollback puts the run's values back. */
function rollbacksOf(journal: Journal, runId: string): Run[] {
  return journal.testimony
    .rollbacksOf(runId)
    .flatMap((rollbackId) => [journal.runs.find(rollbackId), ...rollbacksOf(journal, rollbackId)]);
}

function* notMade(
  journal: Journal,
  run: Run,
  plan: Plan,
  { hasValues, isPurged }: { hasValues: boolean; isPurged: boolean },
): Iterable<NotMade> {
  if (!isPurged) yield* optionsNotMade(journal, run, hasValues);
  const definitions = journal.inventories.definitions(plan.inventoryId);
  const names = new Map(definitions.map(({ id, name }) => [id, name]));
  for (const unmade of journal.testimony.unmade(run.runId)) {
    const { changeId, parentType, recordId, definitionId, status, known } = unmade;
    yield {
      changeId,
      parentType,
      recordId,
      fieldName: names.get(definitionId) ?? definitionId,
      status,
      reason: reasonOf(unmade, hasValues),
      detail: !hasValues || known === null ? null : detailOf(known.change),
    };
  }
}

function* optionsNotMade(journal: Journal, run: Run, hasValues: boolean): Iterable<NotMade> {
  for (const { change, status, reason } of journal.runs.optionOutcomes(run.runId)) {
    if (status === 'applied' || status === 'alreadyThere') continue;
    const { definitionId, action, fieldName, label } = change;
    yield {
      // An option's label can be a client's word, and the id of the change holds it.
      changeId: `option:${definitionId}:${action}`,
      parentType: null,
      recordId: null,
      fieldName,
      status,
      reason: reason === null || hasValues ? reason : withoutQuoted(reason, [fieldName]),
      detail: hasValues
        ? {
            recordLabel: '',
            before: action === 'retire' ? label : null,
            after: action === 'retire' ? null : label,
          }
        : null,
    };
  }
}

function detailOf({ recordLabel, edits: [edit] }: NonNullable<Unmade['known']>['change']) {
  return { recordLabel, before: edit.beforeText, after: edit.afterText };
}

function reasonOf({ known }: Unmade, hasValues: boolean): string | null {
  if (known === null || known.reason === null) return null;
  if (hasValues) return known.reason;
  return withoutQuoted(
    known.reason,
    known.change.edits.map(({ fieldName }) => fieldName),
  );
}

/** Reasons name values and options between quotes only; the fields' names may stay. */
function withoutQuoted(reason: string, fieldNames: readonly string[]): string {
  const parts = fieldNames.reduce<readonly string[]>(
    (texts, name) => texts.flatMap((text) => splitAround(text, `"${name}"`)),
    [reason],
  );
  const quotes = new Set(fieldNames.map((name) => `"${name}"`));
  return parts
    .map((part) => (quotes.has(part) ? part : part.replace(/".*"|".*$/su, '"…"')))
    .join('');
}

/** `text` cut before and after each `middle`, which stay parts of their own. */
function splitAround(text: string, middle: string): string[] {
  return text.split(middle).flatMap((part, index) => (index === 0 ? [part] : [middle, part]));
}
