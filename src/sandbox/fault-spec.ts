import { z } from 'zod';
import { UserError } from '../errors.ts';

/** Every fault that the embedded Clio can play, with what it does. */
export const FAULTS = {
  '429': 'throttled, with Retry-After in seconds',
  '429-date': 'throttled, with Retry-After as an HTTP date',
  '429-body': 'throttled, the wait only in the text',
  '429-base64': 'throttled, the reason wrapped in base64',
  '500': 'fails before anything was done',
  '500-after': 'fails after it was done',
  '502': 'a gateway page in HTML, nothing was done',
  '503': 'unavailable, nothing was done',
  'reset-before': 'connection reset, nothing was done',
  'reset-after': 'connection reset after it was done',
  'reset-during': 'connection reset half way through the answer, after it was done',
  truncated: 'half a JSON document, after it was done',
  'not-json': 'a 200 that is not JSON, after it was done',
  slow: 'done at once, answered late',
  'slow-before': 'done late, answered late',
  '401': 'the access token ends, until it is refreshed',
  '401-once': 'one 401, and the token is good again',
  '401-for-good': 'the sign-in ends, refresh token included',
  '400': 'refused without a word: an empty body',
  '403': 'forbidden',
  '404': 'not found',
  '410': 'the API version is gone',
  'page-token': 'reads: the page token has expired',
  redirect: 'sent to another host',
  'foreign-link': "reads: the next page's link points to another host",
  unchanged: 'writes: a 200 that changed nothing',
  altered: 'writes: a 200 that changed the value to something else',
  '412': 'conditional writes: the condition fails though nobody changed anything',
  '422': 'writes: refused as a whole',
  '422-entry': 'writes of values: one value of the record is refused, then and ever after',
} as const;

export type FaultKind = keyof typeof FAULTS;

/** A fault, when it strikes, and whom: by chance, or at the n-th (from 1) of the requests that `on` means. */
export type FaultSpec = z.output<typeof faultSpec>;

const kind = z.enum(Object.keys(FAULTS) as [FaultKind, ...FaultKind[]]);
const on = z.enum(['all', 'reads', 'writes']).default('all');

export const faultSpec = z.union([
  z.strictObject({ kind, on, probability: z.number().min(0).max(1) }),
  z.strictObject({ kind, on, at: z.array(z.int().positive()).min(1) }),
]);

/**
 * Faults as a person writes them: `reset-after:0.1,500/reads:0.05,401@7,422/writes@3+9`,
 * each `KIND[/reads|/writes]` with a probability, or with the n-th request.
 * Throws UserError that says which part is wrong and what there is.
 */
export function parseFaults(text: string): FaultSpec[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map(parseFault);
}

function parseFault(part: string): FaultSpec {
  const match = /^(?<kind>[a-z0-9-]+)(?:\/(?<on>[a-z]+))?(?<sign>[:@])(?<when>.+)$/.exec(part);
  const { kind: name = '', on: whom, sign, when = '' } = match?.groups ?? {};
  if (match === null) throw wrongFault(part, 'it is not of the form KIND:PROBABILITY or KIND@N');
  if (!kind.safeParse(name).success) {
    throw wrongFault(part, `there is no fault called "${name}"`);
  }
  const target = on.safeParse(whom);
  if (!target.success) throw wrongFault(part, `"${whom}" is neither "reads" nor "writes"`);
  const spec = faultSpec.safeParse(
    sign === ':'
      ? { kind: name, on: target.data, probability: Number(when) }
      : { kind: name, on: target.data, at: when.split('+').map(Number) },
  );
  if (spec.success) return spec.data;
  throw sign === ':'
    ? wrongFault(part, `"${when}" is not a probability between 0 and 1`)
    : wrongFault(part, `"${when}" is not a request's number, counted from 1`);
}

function wrongFault(part: string, why: string): UserError {
  return new UserError(
    'sandbox_fault',
    `The fault "${part}" cannot be played: ${why}.`,
    `Write faults as KIND:PROBABILITY or KIND@N, with /reads or /writes after the kind, separated by commas. ` +
      `Kinds: ${Object.keys(FAULTS).join(', ')}.`,
  );
}
