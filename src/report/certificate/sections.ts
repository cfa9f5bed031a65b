import { counted } from '../../counted.ts';
import { accountAt } from '../../model/account.ts';
import type { Act, Certificate, ChainState } from '../../model/certificate.ts';
import type { Run, SettledStatus } from '../../model/run.ts';
import type { Coverage } from '../../model/summary.ts';
import { narrowingInWords } from '../coverage.ts';

/** One part of a certificate: names, and what is to be said of each. */
export interface Section {
  readonly title: string;
  readonly facts: readonly (readonly [name: string, fact: string])[];
}

/** What a certificate says, in the order in which it is read; its lists stand apart. */
export function sectionsOf(certificate: Certificate): Section[] {
  return [
    { title: 'The run', facts: runFacts(certificate) },
    { title: 'Who planned and who approved', facts: peopleFacts(certificate) },
    { title: 'What was done', facts: countFacts(certificate) },
    { title: 'What became of it since', facts: aftermathFacts(certificate) },
    { title: 'The journal', facts: chainFacts(certificate) },
  ];
}

/** Whether the record holds, in one sentence. */
export function verdictOf({
  chain,
  expectation,
}: Pick<Certificate, 'chain' | 'expectation'>): string {
  if (!chain.holds) return `The record does NOT hold: ${breakOf(chain)}`;
  if (expectation !== null && expectation.entry === null)
    return 'The record does NOT hold what was noted elsewhere: no entry of it has the expected hash.';
  return `The record holds: ${chain.entries === 1 ? 'its one entry' : `each of its ${number(chain.entries)} entries`} still says what was written, and none is missing.`;
}

export function isProven({ chain, expectation }: Certificate): boolean {
  return chain.holds && (expectation === null || expectation.entry !== null);
}

/** What a status means, for a reader who has never seen this program. */
export const MEANING = {
  applied: 'the platform shows the planned value',
  alreadyThere: 'the value was the planned one already',
  conflict: 'the value was changed since it was read, and was left alone',
  rejected: 'the platform refused the value, or shows another than the planned one',
  noAccess: 'this sign-in may not write, or cannot see, the record',
} as const satisfies Record<SettledStatus, string>;

/** `2026-11-24 07:38:05 UTC` */
export function moment(iso: string): string {
  return `${iso.slice(0, 10)} ${iso.slice(11, 19)} UTC`;
}

export function number(count: number): string {
  return count.toLocaleString('en-US');
}

/** Seconds from start to end; null while it has not ended, and where the machine's clock was set back meanwhile. */
export function secondsOf({ startedAt, endedAt }: Run): number | null {
  if (endedAt === null) return null;
  const seconds = Math.round((Date.parse(endedAt) - Date.parse(startedAt)) / 1000);
  return seconds < 0 ? null : seconds;
}

function runFacts({
  run,
  origin,
  account,
  plan,
  inventory,
  canary,
}: Certificate): Section['facts'] {
  const seconds = secondsOf(run);
  const took =
    seconds === null ? ' (the machine’s clock was set back meanwhile)' : ` (${duration(seconds)})`;
  return [
    ['Run', run.rollsBack === null ? run.runId : `${run.runId}, which undoes ${run.rollsBack}`],
    ['Account', accountAt(account, origin)],
    ['Plan', plan.planId],
    ['Digest', plan.digest],
    ['Read', `${inventory.inventoryId}, ${moment(inventory.takenAt)}`],
    ...inventory.coverage.map((each): [string, string] => ['', coverageOf(each)]),
    ...renewalFacts(inventory.since),
    ['Began', moment(run.startedAt)],
    ...(canary === null ? [] : [['Canary', canaryWords(canary)] as const]),
    ['Ended', run.endedAt === null ? 'not yet' : `${moment(run.endedAt)}${took}`],
    ['State', stateOf(run)],
    ['Requests', requestsOf(run)],
  ];
}

function canaryWords(canary: NonNullable<Certificate['canary']>): string {
  const { records, how, at } = canary;
  const first = records === 1 ? 'the first record' : `the first ${number(records)} records`;
  return `${first} read again before the rest, ${moment(at)}; ${CANARY_ENDS[how]}${entryOf(canary)}`;
}

const CANARY_ENDS = {
  yes: 'somebody said to go on',
  told: 'shown, and left to whoever resumed it',
  over: 'there was no rest',
} as const satisfies Record<NonNullable<Certificate['canary']>['how'], string>;

/** An inventory that took values over says so: they are older than it is. */
function renewalFacts(since: Certificate['inventory']['since']): Section['facts'] {
  if (since === null) return [];
  const { inventoryId, read, fullInventoryId, fullTakenAt } = since;
  return [
    ['', `brought up to date from ${inventoryId}: ${counted(read, 'record')} read anew`],
    ['', `last read completely: ${fullInventoryId}, ${moment(fullTakenAt)}`],
  ];
}

function peopleFacts({ plan, reviewers, approvals }: Certificate): Section['facts'] {
  const { by, at } = plan.planned;
  const approved = approvals.map((approval): [string, string] => [
    'Approved',
    `by ${approval.by}, ${moment(approval.at)}, ${approval.how}${entryOf(approval)}`,
  ]);
  return [
    [
      'Planned',
      `${by === null ? 'by whom is not in the journal' : `by ${by}`}, ${moment(at)}${entryOf(plan.planned)}`,
    ],
    ...reviewers.map(({ by: reviewer, how, decisions, first, last }): [string, string] => [
      'Reviewed',
      `by ${reviewer}, ${number(decisions)} ${decisions === 1 ? 'decision' : 'decisions'} (${how}), ${moment(first)}${first === last ? '' : ` to ${moment(last)}`}`,
    ]),
    ...(plan.isTwoPerson
      ? [['Two people', 'whoever planned it could not approve it'] as const]
      : []),
    ...(approved.length === 0
      ? [['Approved', 'no approval stands in the journal'] as const]
      : approved),
  ];
}

function countFacts({ run, plan, options }: Certificate): Section['facts'] {
  const { counts } = run;
  const changes = Object.values(counts).reduce((sum, count) => sum + count, 0);
  const made = (status: SettledStatus): string =>
    counts[status] === 0 ? 'none' : `${number(counts[status])}: ${MEANING[status]}`;
  return [
    ['Planned', `${counted(changes, 'change')}${plannedOptions(plan.optionChanges)}`],
    ['Applied', made('applied')],
    ['There already', made('alreadyThere')],
    ['In conflict', made('conflict')],
    ['Rejected', made('rejected')],
    ['No access', made('noAccess')],
    ...(counts.pending > 0
      ? [['Pending', `${number(counts.pending)}: not sent yet, or not known how it ended`] as const]
      : []),
    ...(plan.optionChanges > 0 ? [['Options', optionsOf(options)] as const] : []),
    ...(plan.rollsBack === null
      ? ([
          [
            'Not decided',
            countOr(plan.counts.flagged, 'flagged for a person and left as they were'),
          ],
          ['Not read', countOr(plan.counts.unread, 'kept from this sign-in and left as they were')],
        ] as const)
      : []),
  ];
}

function countOr(count: number, words: string): string {
  return count === 0 ? 'none' : `${number(count)} ${words}`;
}

function plannedOptions(count: number): string {
  return count === 0 ? '' : `, and ${number(count)} of picklists’ options`;
}

function optionsOf(options: Certificate['options']): string {
  const failed = options.conflict + options.rejected + options.noAccess;
  return `${number(options.applied + options.alreadyThere)} made, ${number(failed)} not`;
}

function aftermathFacts({
  rollbacks,
  purgedAt,
  filed,
  unfinishedUploads,
}: Certificate): Section['facts'] {
  return [
    ...(rollbacks.length === 0
      ? [['Rolled back', 'no'] as const]
      : rollbacks.map((rollback): [string, string] => [
          'Rolled back',
          `by ${rollback.runId}, which undoes ${rollback.rollsBack ?? ''}, ${moment(rollback.startedAt)}: ${number(rollback.counts.applied)} applied, ${stateOf(rollback)}`,
        ])),
    [
      'Values',
      purgedAt === null
        ? 'clients’ values of this run stand in the journal, and so it can be rolled back'
        : `purged from the journal on ${moment(purgedAt)}: it can no longer be rolled back, and reasons are told by their kind alone`,
    ],
    ...filed.map((copy): [string, string] => [
      'Filed',
      `${copy.what} (${copy.format}) in ${copy.parentType} ${copy.recordId} as document ${copy.documentId}, by ${copy.by}, ${moment(copy.at)}, SHA-256 ${copy.sha256}`,
    ]),
    ...unfinishedUploads.map((upload): [string, string] => [
      'Not filed',
      `${upload.what} (${upload.format}) for ${upload.parentType} ${upload.recordId}, begun by ${upload.by}, ${moment(upload.begunAt)}, and not finished; ${upload.command === null ? 'it cannot be any more, as the values were purged' : `to finish it: clio-fields ${upload.command}`}`,
    ]),
  ];
}

function chainFacts({ chain, started, ended, expectation }: Certificate): Section['facts'] {
  const span =
    started.entry === null
      ? 'the start of this run is not in it'
      : `this run began at entry ${number(started.entry)}${ended?.entry ? ` and ended at entry ${number(ended.entry)}` : ''}`;
  return [
    ['Entries', `${number(chain.entries)}; ${span}`],
    chain.holds ? ['Last hash', chain.head] : ['Broken', breakOf(chain)],
    ...(expectation === null
      ? []
      : [
          [
            'Expected',
            expectation.entry === null
              ? `${expectation.hash}: no entry has it, so the journal was written anew since, or is another one`
              : `${expectation.hash}: that of entry ${number(expectation.entry)}`,
          ] as const,
        ]),
  ];
}

/** The fields of which there is something to say. */
export function fieldsOf({ plan }: Certificate): Certificate['plan']['fields'] {
  return plan.fields.filter(({ changed, flagged, unread }) => changed + flagged + unread > 0);
}

/** What a reader can and cannot conclude. */
export const CAVEAT =
  'Each entry carries the SHA-256 of all before it, so nothing can be changed, added or taken out in the middle without a trace. Whoever can write the journal could write all of it anew: keep this certificate elsewhere, and check a later one with `clio-fields audit --expect` and its last hash.';

function breakOf({
  entries,
  brokenAt,
  about,
  reason,
}: Exclude<ChainState, { holds: true }>): string {
  const place =
    brokenAt === null
      ? 'the entries hold, but the tables say something else'
      : `at entry ${number(brokenAt)} of ${number(entries)}${about === null ? '' : ` (${about})`}`;
  return `${place}: ${reason}.`;
}

function stateOf({ status, counts }: Run): string {
  if (status === 'completed' && counts.pending === 0) return 'completed';
  return `incomplete, ${number(counts.pending)} pending`;
}

function requestsOf({ requests: { reads, writes, retries, throttled } }: Run): string {
  return `${counted(reads, 'read')}, ${counted(writes, 'write')}, ${number(retries)} repeated, ${number(throttled)} throttled`;
}

function coverageOf({ parentType, read, hidden, total, only }: Coverage): string {
  const missing = total === null ? 0 : Math.max(total - read, 0);
  return [
    `${number(read)}${missing === 0 || total === null ? '' : ` of ${number(total)}`} ${parentType}s read`,
    missing > 0 && `${number(missing)} not visible to the user`,
    hidden > 0 && `${number(hidden)} with values that were kept from the sign-in`,
    only !== undefined && narrowingInWords(only),
  ]
    .filter((part) => part !== false)
    .join('; ');
}

function entryOf({ entry }: Act): string {
  return entry === null ? '' : ` (entry ${number(entry)})`;
}

function duration(seconds: number): string {
  if (seconds === 0) return 'less than a second';
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  const parts = [hours > 0 && `${hours} h`, minutes > 0 && `${minutes} min`, `${seconds % 60} s`];
  return parts.filter((part) => part !== false).join(' ');
}
