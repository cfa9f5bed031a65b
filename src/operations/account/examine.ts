import { counted } from '../../counted.ts';
import { UserError } from '../../errors.ts';
import { PARENT_TYPES, type ParentType } from '../../model/field.ts';
import { type Platform, PlatformError } from '../../platforms/types.ts';
import { hintAtOtherKind } from '../inventory/other-kind.ts';

/** One thing that was looked at. */
export interface Finding {
  readonly what: string;
  readonly level: 'good' | 'note' | 'problem';
  readonly message: string;
  /** What to do about it; null where nothing is to be done. */
  readonly hint: string | null;
}

export interface Examination {
  /** False where nobody is, or the sign-in is over; null where Clio could not be asked. */
  readonly isSignedIn: boolean | null;
  /** False where Clio did not answer, or only with its 5xx. */
  readonly isReached: boolean;
  /** Whether the sign-in may read what every job needs. */
  readonly isPermitted: boolean;
  readonly findings: readonly Finding[];
}

/**
 * Looks at everything that a run needs, without writing: the sign-in, what may be read and whether values come back whole,
 * and the journal. What goes wrong is a finding, not an error. Three to four requests.
 */
export async function examine({
  connect,
  signIn,
  checkJournal,
  journalPath,
}: {
  connect: () => Platform;
  /** Which sign-in it is, in words; null where nobody is signed in. */
  signIn: string | null;
  checkJournal: () => Promise<readonly string[] | null>;
  journalPath: string;
}): Promise<Examination> {
  const journal = await examineJournal(checkJournal, journalPath);
  const access = await examineAccess(connect);
  const which = signIn === null ? [] : [examineSignIn(signIn, access)];
  return { ...access, findings: [...which, ...access.findings, journal] };
}

/** That there is a sign-in says nothing of whether it holds: only Clio can. */
function examineSignIn(signIn: string, { isSignedIn }: Examination): Finding {
  if (isSignedIn !== null) return good('sign-in', signIn);
  return {
    what: 'sign-in',
    level: 'note',
    message: `${signIn}: set, not checked`,
    hint: null,
  };
}

/** The sign-in, and what it may read. Whether it may write, only a write tells: Clio has no question for it. */
export async function examineAccess(connect: () => Platform): Promise<Examination> {
  let platform: Platform;
  try {
    platform = connect();
  } catch (error) {
    return {
      isSignedIn: false,
      isReached: true,
      isPermitted: false,
      findings: [problem('sign-in', error)],
    };
  }
  const findings: Finding[] = [];
  const refusals: unknown[] = [];
  try {
    findings.push(good('user', await examineUser(platform)));
  } catch (error) {
    findings.push(problem('user', error));
    // Each further look would be as long in vain.
    if (isOfKind(error, 'unavailable'))
      return { isSignedIn: null, isReached: false, isPermitted: true, findings };
  }
  try {
    const definitions = await platform.readDefinitions();
    findings.push(
      good('custom fields', `${counted(definitions.length, 'definition')} can be read`),
    );
    findings.push(...(await examineKinds(platform, definitions, refusals)));
  } catch (error) {
    findings.push(problem('custom fields', error));
    refusals.push(error);
  }
  return {
    isSignedIn: !refusals.some((error) => isOfKind(error, 'signIn')),
    isReached: !refusals.some((error) => isOfKind(error, 'unavailable')),
    isPermitted: !refusals.some((error) => isOfKind(error, 'forbidden') || isBlind(error)),
    findings,
  };
}

async function examineUser(platform: Platform): Promise<string> {
  const { name, accountName } = await platform.whoAmI();
  return `${name}${accountName === null ? '' : ` of ${accountName}`}, at ${platform.origin}`;
}

/** Matters and contacts; adds what went wrong to `refusals`. One kind that may be read is a way on where the other may not. */
async function examineKinds(
  platform: Platform,
  definitions: Awaited<ReturnType<Platform['readDefinitions']>>,
  refusals: unknown[],
): Promise<Finding[]> {
  const readable = new Map<ParentType, string>();
  const refused = new Map<ParentType, unknown>();
  for (const parentType of PARENT_TYPES) {
    try {
      readable.set(parentType, await readOnePage(platform, parentType, definitions));
    } catch (error) {
      refused.set(parentType, error);
    }
  }
  refusals.push(...refused.values());
  return PARENT_TYPES.map((parentType) => {
    const said = readable.get(parentType);
    if (said !== undefined) return good(`${parentType}s`, said);
    const error = refused.get(parentType);
    return problem(
      `${parentType}s`,
      readable.size === 0 ? error : hintAtOtherKind(error, parentType),
    );
  });
}

function isOfKind(error: unknown, kind: PlatformError['kind']): boolean {
  return error instanceof PlatformError && error.kind === kind;
}

/** A few hidden records are a matter of who may see them; where all are, the permission is missing, and no run begins. */
function isBlind(error: unknown): boolean {
  return error instanceof UserError && error.code === ALL_HIDDEN;
}

const ALL_HIDDEN = 'all_values_hidden';

async function readOnePage(
  platform: Platform,
  parentType: ParentType,
  definitions: Awaited<ReturnType<Platform['readDefinitions']>>,
): Promise<string> {
  for await (const { records, totalRecords } of platform.readRecords({ parentType }, definitions)) {
    const hidden = records.filter(({ unlisted }) => unlisted === 'unread').length;
    const all = totalRecords === null ? '' : ` of ${totalRecords}`;
    if (hidden === 0) return `readable, the first ${records.length}${all} with all their values`;
    throw new UserError(
      hidden === records.length ? ALL_HIDDEN : 'values_hidden',
      `${hidden} of the first ${records.length}${all} come back without their values`,
      'Give the app the permission Custom fields (Read) in Clio’s developer portal and sign in again, or sign in as a user who sees these records.',
    );
  }
  return 'readable, there are none';
}

async function examineJournal(
  check: () => Promise<readonly string[] | null>,
  path: string,
): Promise<Finding> {
  try {
    const problems = await check();
    if (problems === null)
      return { what: 'journal', level: 'note', message: `none yet at ${path}`, hint: null };
    if (problems.length === 0) return good('journal', `sound, at ${path}`);
    return {
      what: 'journal',
      level: 'problem',
      message: problems.join('; '),
      hint: 'Restore it from a backup; do not delete it, for it holds what a rollback needs.',
    };
  } catch (error) {
    return problem('journal', error);
  }
}

function good(what: string, message: string): Finding {
  return { what, level: 'good', message, hint: null };
}

function problem(what: string, error: unknown): Finding {
  if (!(error instanceof UserError || error instanceof PlatformError)) throw error;
  return { what, level: 'problem', message: error.message, hint: error.hint };
}
