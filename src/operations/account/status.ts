import { counted } from '../../counted.ts';
import type { Holder, InventoryHeader, Journal } from '../../journal/index.ts';
import type { Plan } from '../../model/change.ts';
import type { Run } from '../../model/run.ts';
import type { UnfinishedUpload } from '../../model/upload.ts';
import { findUnfinishedUploads } from '../record/unfinished-uploads.ts';
import { resumeCommand } from '../run/resume-command.ts';

/** Where the work stands, as far as this machine knows: nothing is asked of the platform. */
export interface Status {
  readonly inventory: InventoryHeader | null;
  /** The newest plan of rules that holds its values. */
  readonly plan: Plan | null;
  /** Whether that plan was made for the newest inventory. */
  readonly isPlanCurrent: boolean;
  readonly isPlanApproved: boolean;
  /** The run that is not at its end. */
  readonly unfinishedRun: Run | null;
  /** The newest run of all; null where nothing was ever written. */
  readonly lastRun: Run | null;
  /** The process that writes to the journal at this moment. */
  readonly writer: Holder | null;
  /** Reports on their way into clients' files, oldest first. */
  readonly unfinishedUploads: readonly UnfinishedUpload[];
  readonly next: NextStep;
}

/** What to do now, and why; the command without the program's name. */
export interface NextStep {
  readonly command: string;
  readonly because: string;
}

/** What else decides the next step. */
export interface Circumstances {
  readonly isSignedIn: boolean;
  readonly hasRules: boolean;
  readonly writer: Holder | null;
}

/** Where one stands and what to do next. `journal` is null where there is none yet. */
export function findStatus(journal: Journal | null, circumstances: Circumstances): Status {
  const inventory = journal?.inventories.newest() ?? null;
  const plan = journal?.plans.newest() ?? null;
  const runs = journal?.runs.list() ?? [];
  const unfinishedRun = journal?.runs.unfinished() ?? null;
  const facts = {
    inventory,
    plan,
    isPlanCurrent: plan !== null && plan.inventoryId === inventory?.inventoryId,
    isPlanApproved: plan !== null && journal?.plans.approval(plan.planId) !== null,
    unfinishedRun,
    lastRun: runs.at(0) ?? null,
    writer: circumstances.writer,
    unfinishedUploads: journal === null ? [] : findUnfinishedUploads(journal, null),
  };
  const goOn =
    journal === null || unfinishedRun === null ? null : resumeStep(journal, unfinishedRun);
  return { ...facts, next: nextStep(facts, runs, goOn, circumstances) };
}

function nextStep(
  { inventory, plan, isPlanCurrent, isPlanApproved, writer }: Omit<Status, 'next'>,
  runs: readonly Run[],
  goOn: NextStep | null,
  { isSignedIn, hasRules }: Circumstances,
): NextStep {
  if (writer !== null) return waitFor(writer);
  if (goOn !== null) return goOn;
  if (inventory === null) {
    return isSignedIn
      ? { command: 'inventory', because: 'nothing was read yet: it reads every field and value' }
      : {
          command: 'setup',
          because: 'nobody is signed in: it walks you from there to a first dry run',
        };
  }
  if (plan === null || !isPlanCurrent) {
    const { inventoryId } = inventory;
    return hasRules
      ? { command: 'plan --dry-run', because: `no plan was made for ${inventoryId} yet` }
      : {
          command: 'init',
          because: `there are no rules yet: it proposes some from ${inventoryId}`,
        };
  }
  const done = runs.find(({ planId }) => planId === plan.planId);
  if (done !== undefined) return lookAt(done, runs);
  const later = runs.find(
    ({ startedAt, counts }) => startedAt > plan.createdAt && counts.applied > 0,
  );
  if (later !== undefined && !isPlanApproved) {
    return {
      command: 'inventory',
      because: `${later.runId} wrote after ${plan.planId} was made: read again to plan anew`,
    };
  }
  return carryOut(plan, isPlanApproved);
}

/** No other command can write meanwhile, nor should anybody resume what is under way. */
function waitFor({ command, pid, host }: Holder): NextStep {
  return {
    command: 'status',
    because: `wait until \`${command}\` has ended (process ${pid} on ${host}), then look again; Ctrl-C there stops it, and loses nothing`,
  };
}

function resumeStep(journal: Journal, run: Run): NextStep {
  return {
    command: resumeCommand(journal, run),
    because: `${run.runId} is not at its end, with ${counted(run.counts.pending, 'change')} pending`,
  };
}

function carryOut({ planId, reviewOf, review, counts }: Plan, isApproved: boolean): NextStep {
  const undecided = review?.counts.undecided ?? 0;
  if (reviewOf !== null && counts.changed === 0 && undecided > 0) {
    return {
      command: `review ${reviewOf}`,
      because: `its review led to no change yet: ${undecided} of ${reviewOf} ${undecided === 1 ? 'is' : 'are'} undecided`,
    };
  }
  if (isApproved) return { command: `apply ${planId}`, because: `${planId} is approved` };
  if (reviewOf !== null && counts.changed > 0) {
    return {
      command: `apply ${planId}`,
      because: `${planId} is what the review of ${reviewOf} led to: ${counted(counts.changed, 'change')}, not approved yet`,
    };
  }
  if (reviewOf === null && counts.changed + counts.flagged > 0) {
    return {
      command: `review ${planId}`,
      because: `${planId} waits for review: ${counted(counts.changed, 'change')}, ${counted(counts.flagged, 'flag')}`,
    };
  }
  return {
    command: 'inventory',
    because: `${planId} has nothing to change: read again when time has passed`,
  };
}

function lookAt(run: Run, runs: readonly Run[]): NextStep {
  const rollbacks = runs.filter(({ rollsBack }) => rollsBack === run.runId);
  if (rollbacks.length > 0) {
    const most = Math.max(...rollbacks.map(({ counts }) => counts.applied + counts.alreadyThere));
    const extent = most < run.counts.applied ? ' in part' : '';
    return {
      command: 'inventory',
      because: `${run.runId} was rolled back${extent}: read again to plan anew`,
    };
  }
  const left = run.counts.conflict + run.counts.rejected + run.counts.noAccess;
  return left > 0
    ? {
        command: `show ${run.runId}`,
        because: `${counted(left, 'change')} of ${run.runId} could not be made`,
      }
    : {
        command: `verify ${run.runId}`,
        because: `${run.runId} is done: see whether all of it stands`,
      };
}
