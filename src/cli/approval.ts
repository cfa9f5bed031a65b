import { userInfo } from 'node:os';
import { counted } from '../counted.ts';
import { UserError } from '../errors.ts';
import type { Journal } from '../journal/index.ts';
import type { Plan } from '../model/change.ts';
import { planView } from '../operations/record/views.ts';
import {
  approvePlan,
  requireApprovable,
  requireSecondPerson,
} from '../operations/review/approve.ts';
import { reporterFor } from '../report/index.ts';
import { timeOfDay } from '../report/time-of-day.ts';
import type { PlanView } from '../report/types.ts';
import { ask, exitAfterNo } from './ask.ts';
import type { Context } from './context.ts';
import { firmLine } from './firm-line.ts';

/** Who plans, decides or approves: the name that was given, else the system's user. */
export function personNamed(name: string | undefined): string {
  if (name !== undefined && name.trim() !== '') return name.trim();
  try {
    return userInfo().username;
  } catch {
    return 'unknown';
  }
}

/** What was typed in of an approval. */
interface ApprovalFlags {
  /** What is approved; undefined where nobody said so beforehand. */
  readonly digest: string | undefined;
  readonly by: string | undefined;
  readonly isTwoPerson: boolean;
  /** The command and flag that carry the digest, for the journal. */
  readonly how: string;
}

/**
 * Approves a plan: with the digest that was typed in, else by asking on the terminal. Throws `UserError` where the digest is
 * another plan's or the answer is no, and `unasked` where nobody can be asked.
 */
export async function approveAsTyped(
  context: Context,
  journal: Journal,
  plan: Plan,
  { digest, by, isTwoPerson, how }: ApprovalFlags,
  unasked: UserError,
): Promise<void> {
  const person = personNamed(by);
  if (digest !== undefined) {
    const at = context.now().toISOString();
    approvePlan(journal, plan, { digest, by: person, how, at, isTwoPerson });
  } else if (context.isInteractive) {
    await approveInteractively(context, journal, planView(journal, plan), person, isTwoPerson);
  } else {
    throw unasked;
  }
}

/** Shows a plan's summary on the terminal and asks; throws `UserError` where the answer is no. */
async function approveInteractively(
  context: Context,
  journal: Journal,
  view: PlanView,
  by: string,
  isTwoPerson: boolean,
): Promise<void> {
  const { plan } = view;
  requireApprovable(journal, plan);
  requireSecondPerson(plan, by, isTwoPerson);
  showInShort(context, journal, view);
  const question = `Approve ${plan.planId} (${counted(plan.counts.changed, 'change')}) as ${by}? Type yes to approve: `;
  if (!(await ask(context, question))) {
    throw new UserError(
      'not_approved',
      `${plan.planId} was not approved. Nothing was written.`,
      `Every change stands in \`clio-fields show ${plan.planId}\`.`,
      exitAfterNo(context),
    );
  }
  approvePlan(journal, plan, {
    digest: plan.digest,
    by,
    how: 'on the terminal',
    at: context.now().toISOString(),
    isTwoPerson,
  });
}

/** Asks on the terminal before a rollback writes over what was changed since; throws `UserError` where the answer is no. */
export async function confirmForce(context: Context, journal: Journal, plan: Plan): Promise<void> {
  showInShort(context, journal, planView(journal, plan));
  const runId = plan.rollsBack ?? plan.planId;
  const { changed } = plan.counts;
  const values = `${changed === 1 ? 'this' : 'these'} ${counted(changed, 'value')}`;
  context.stderr.write(`--force writes over whatever was put into ${values} since ${runId}.\n`);
  if (
    await ask(
      context,
      `Restore ${changed === 1 ? 'it' : 'them'} all the same? Type yes to restore: `,
    )
  )
    return;
  throw new UserError(
    'not_confirmed',
    `${runId} was not rolled back. Nothing was written.`,
    'Without --force, what was changed since is left alone and listed.',
    exitAfterNo(context),
  );
}

/** What is asked about: a plan's summary, whose account it is, and when it would be done. */
function showInShort(context: Context, journal: Journal, view: PlanView): void {
  const { inventoryId, needs } = view.plan;
  for (const piece of reporterFor('text', context.stderrLook).plan(view, false))
    context.stderr.write(piece);
  context.stderr.write(`\n${firmLine(context, journal.inventories.find(inventoryId))}\n`);
  if (needs.minutes <= 1) return;
  const now = context.now();
  const end = new Date(now.getTime() + needs.minutes * 60_000);
  context.output.note(`Started now, it is done around ${timeOfDay(end, now)}.`);
}
