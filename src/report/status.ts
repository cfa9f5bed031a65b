import { counted } from '../counted.ts';
import type { Plan } from '../model/change.ts';
import type { ParentType } from '../model/field.ts';
import type { Run } from '../model/run.ts';
import type { Coverage } from '../model/summary.ts';
import type { UnfinishedUpload } from '../model/upload.ts';
import { ageOf } from './age.ts';
import { narrowingInWords } from './coverage.ts';
import { number, Page } from './text/page.ts';
import type { Look } from './types.ts';
import { visible } from './visible.ts';

/** Where the work stands on this machine. */
export interface StatusView {
  /** What is known here of the sign-in; nobody was asked. */
  readonly signIn: {
    readonly from: 'environment' | 'profile' | 'nowhere';
    /** Null where the token is the environment's. */
    readonly profile: string | null;
    readonly baseUrl: string;
    readonly user: string | null;
    readonly account: string | null;
  };
  readonly journal: string;
  readonly rules: { readonly file: string; readonly exists: boolean };
  readonly inventory: {
    readonly inventoryId: string;
    readonly takenAt: string;
    readonly records: Readonly<Record<ParentType, number>>;
    readonly coverage: readonly Coverage[];
  } | null;
  readonly plan: Plan | null;
  readonly isPlanCurrent: boolean;
  readonly isPlanApproved: boolean;
  readonly unfinishedRun: Run | null;
  readonly lastRun: Run | null;
  readonly writer: {
    readonly command: string;
    readonly pid: number;
    readonly host: string;
    readonly since: string;
  } | null;
  readonly unfinishedUploads: readonly UnfinishedUpload[];
  readonly next: { readonly command: string; readonly because: string };
}

/** What stands where, then the one thing to do next. */
export function* statusAsText(view: StatusView, now: Date, look: Look): Iterable<string> {
  const page = new Page(look);
  const { bold, yellow, dim } = page.paint;
  const { unfinishedRun, unfinishedUploads, lastRun, writer, plan, inventory, rules, next } = view;
  const rows: [string, string][] = [['Sign-in', signInWords(view)]];
  if (writer !== null) rows.push(['Under way', bold(writerWords(writer, now))]);
  if (unfinishedRun !== null)
    rows.push([
      'Unfinished',
      yellow(`${runWords(unfinishedRun)}, ${ageOf(unfinishedRun.startedAt, now)}`),
    ]);
  rows.push(['Inventory', inventory === null ? 'none yet' : inventoryWords(inventory, now)]);
  rows.push(['Rules', rules.exists ? visible(rules.file) : 'none yet']);
  if (plan !== null) rows.push(['Plan', planWords(view, plan, now)]);
  if (lastRun !== null && lastRun.runId !== unfinishedRun?.runId)
    rows.push(['Last run', `${runWords(lastRun)}, ${ageOf(lastRun.startedAt, now)}`]);
  for (const upload of unfinishedUploads.slice(0, MOST_UPLOADS))
    rows.push(['Upload', yellow(uploadWords(upload, now))]);
  const more = unfinishedUploads.length - MOST_UPLOADS;
  if (more > 0)
    rows.push([
      '',
      `and ${number(more)} more uploads: clio-fields audit RUN-ID names those of a run`,
    ]);
  for (const [name, words] of rows)
    yield* page.hanging(dim(name.padEnd(NAME_WIDTH)), NAME_WIDTH, words);
  yield '\n';
  yield* page.hanging(bold('Next'.padEnd(NAME_WIDTH)), NAME_WIDTH, `clio-fields ${next.command}`);
  yield* page.hanging(' '.repeat(NAME_WIDTH), NAME_WIDTH, next.because);
  if (inventory === null && view.signIn.from === 'nowhere')
    yield* page.indented(
      'No account at hand? clio-fields demo shows all of it on an embedded Clio.',
      NAME_WIDTH,
    );
  yield `\n${dim('All commands: clio-fields --help')}\n`;
}

const NAME_WIDTH = 12;
const MOST_UPLOADS = 5;

/** For scripts: ids, times and counts; the next step as a command line without the program's name. */
export function statusAsJson({ plan, unfinishedRun, lastRun, ...view }: StatusView): object {
  const { isPlanCurrent, isPlanApproved, ...rest } = view;
  return {
    ...rest,
    plan:
      plan === null
        ? null
        : {
            planId: plan.planId,
            digest: plan.digest,
            inventoryId: plan.inventoryId,
            createdAt: plan.createdAt,
            counts: plan.counts,
            isCurrent: isPlanCurrent,
            isApproved: isPlanApproved,
          },
    unfinishedRun: runAsJson(unfinishedRun),
    lastRun: runAsJson(lastRun),
  };
}

function runAsJson(run: Run | null): object | null {
  if (run === null) return null;
  const { runId, planId, rollsBack, startedAt, endedAt, status, counts } = run;
  return { runId, planId, rollsBack, startedAt, endedAt, status, counts };
}

function signInWords({ signIn: { from, profile, baseUrl, user, account } }: StatusView): string {
  switch (from) {
    case 'environment':
      return `the token of CLIO_ACCESS_TOKEN, at ${baseUrl}`;
    case 'profile': {
      const who = user === null ? '' : ` as ${visible(user)}`;
      const firm = account === null ? '' : `, ${visible(account)}`;
      return `profile ${profile}${who}${firm}, at ${baseUrl}`;
    }
    case 'nowhere':
      return `none for ${baseUrl}`;
  }
}

function inventoryWords(
  { inventoryId, takenAt, records, coverage }: NonNullable<StatusView['inventory']>,
  now: Date,
): string {
  const held = (['matter', 'contact'] as const)
    .filter((parentType) => records[parentType] > 0)
    .map((parentType) => counted(records[parentType], parentType));
  const narrowed = new Set(
    coverage.flatMap(({ only }) => (only === undefined ? [] : [narrowingInWords(only)])),
  );
  const words = [`${inventoryId}, ${ageOf(takenAt, now)}`, ...held].join(', ');
  return [words, ...narrowed].join('; ');
}

function planWords(
  { isPlanCurrent, isPlanApproved }: StatusView,
  { planId, counts, createdAt, inventoryId }: Plan,
  now: Date,
): string {
  return [
    `${planId}, ${ageOf(createdAt, now)}`,
    `${number(counts.changed)} to change`,
    `${number(counts.flagged)} flagged`,
    isPlanApproved ? 'approved' : 'not approved',
    ...(isPlanCurrent ? [] : [`of the older ${inventoryId}`]),
  ].join(', ');
}

function uploadWords(
  { runId, what, format, parentType, recordId, begunAt, command }: UnfinishedUpload,
  now: Date,
): string {
  const way =
    command === null
      ? 'it cannot be any more, as the values of its run were purged'
      : `to finish it: clio-fields ${command}`;
  return `${what} of ${runId} (${format}) for ${parentType} ${recordId}, begun ${ageOf(begunAt, now)}, is not finished; ${way}`;
}

function writerWords(
  { command, pid, host, since }: NonNullable<StatusView['writer']>,
  now: Date,
): string {
  return `${command}, process ${pid} on ${visible(host)}, begun ${ageOf(since, now)}`;
}

function runWords({ runId, planId, rollsBack, counts }: Run): string {
  const what = rollsBack === null ? `of ${planId}` : `undoes ${rollsBack}`;
  const notMade = counts.conflict + counts.rejected + counts.noAccess;
  return [
    `${runId} ${what}: ${number(counts.applied)} applied`,
    ...(notMade > 0 ? [`${number(notMade)} not made`] : []),
    ...(counts.pending > 0 ? [`${number(counts.pending)} pending`] : []),
  ].join(', ');
}
