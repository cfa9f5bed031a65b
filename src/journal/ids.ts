import { UserError } from '../errors.ts';

export type Noun = 'inventory' | 'plan' | 'run' | 'upload';

/** `plan-7`, as people and scripts see it. */
export function idOf(noun: Noun, key: number): string {
  return `${noun}-${key}`;
}

/** The key in `plan-7`; undefined for anything that is no such id. */
export function keyOf(noun: Noun, id: string): number | undefined {
  const digits = /^([a-z]+)-([1-9]\d{0,14})$/.exec(id);
  return digits?.[1] === noun ? Number(digits[2]) : undefined;
}

/** A number where the id is one as people write it, so that SQLite sorts 9 before 10; the text elsewhere, after all numbers. */
export function recordIdCell(recordId: string): number | string {
  const number = Number(recordId);
  return Number.isSafeInteger(number) && String(number) === recordId ? number : recordId;
}

/** For `IN (SELECT value FROM json_each(?))`. */
export function recordIdCells(recordIds: readonly string[]): string {
  return JSON.stringify(recordIds.map(recordIdCell));
}

/** Before every record id there is. */
export const BEFORE_ALL_RECORDS = Number.NEGATIVE_INFINITY;

/** What to say of an id that means nothing here. `known`: newest first. */
export function unknownId(
  noun: Noun,
  id: string | undefined,
  known: readonly string[],
  command: string,
): UserError {
  return new UserError(`unknown_${noun}`, missing(noun, id), hintAt(noun, id, known, command));
}

function hintAt(
  noun: Noun,
  id: string | undefined,
  known: readonly string[],
  command: string,
): string {
  const [newest] = known;
  if (newest !== undefined) {
    return known.length === 1
      ? `There is only ${newest}.`
      : `There are ${known.slice(0, 5).join(', ')}${known.length > 5 ? ' and older ones' : ''}.`;
  }
  const isOther =
    id !== undefined && NOUNS.some((each) => keyOf(each, id) !== undefined && each !== noun);
  return isOther
    ? `It takes ${A[noun]}, such as ${idOf(noun, 1)}, and there is none yet: \`${command}\` makes one.`
    : `Run \`${command}\` first.`;
}

function missing(noun: Noun, id: string | undefined): string {
  if (id === undefined) return `The journal holds no ${noun} yet.`;
  const other = NOUNS.find((each) => keyOf(each, id) !== undefined);
  if (other !== undefined && other !== noun)
    return `${id} is the id of ${A[other]}, not of ${A[noun]}.`;
  return `The journal holds no ${noun} with the id "${id}".`;
}

const NOUNS = ['inventory', 'plan', 'run', 'upload'] as const satisfies readonly Noun[];
const A = { inventory: 'an inventory', plan: 'a plan', run: 'a run', upload: 'an upload' } as const;

/** What to say of values that were deleted on purpose. */
export function purged(id: string, at: string, hint: string): UserError {
  return new UserError(
    'purged',
    `The values of ${id} were purged from the journal on ${at}.`,
    hint,
  );
}
