import { PlatformError } from '../types.ts';
import type { WriteAnswer } from '../types.ts';
import type { WriteResult } from './http.ts';
import { errorTypeOf, safeReason } from './refusals.ts';

export type Unwritten = Exclude<WriteAnswer, { kind: 'written' }>;

/** What became of a write, by Clio's status and by what `read` finds in the answer. */
export function answerFor<Written>(
  result: WriteResult,
  read: (json: unknown) => Written,
): Written | Unwritten {
  if (result.kind === 'lost') return { kind: 'unknown', reason: result.reason };
  const { status, body } = result;
  if (status === 200 || status === 201) {
    if (body.kind !== 'json') return { kind: 'unknown', reason: 'its answer could not be read' };
    return readOrUnknown(() => read(body.json));
  }
  if (status === 412) return { kind: 'stale' };
  if (status === 403) {
    return {
      kind: 'noAccess',
      reason: `Clio does not let this user change it (403, ${errorTypeOf(body)})`,
    };
  }
  if (status === 404) {
    return { kind: 'noAccess', reason: 'Clio does not show it to this user, or it is gone (404)' };
  }
  // 408 is a time-out on the way: whether Clio had done it by then is not known.
  if (status >= 400 && status < 500 && status !== 408) {
    return { kind: 'refused', reason: safeReason(status, body) };
  }
  return { kind: 'unknown', reason: `Clio answered with status ${status}` };
}

/** A 200 in another shape may well have been done. */
function readOrUnknown<Written>(
  read: () => Written,
): Written | { readonly kind: 'unknown'; readonly reason: string } {
  try {
    return read();
  } catch (error) {
    if (error instanceof PlatformError && error.kind === 'unexpectedAnswer') {
      return { kind: 'unknown', reason: error.message };
    }
    throw error;
  }
}

/** Ids are numbers in Clio's document; one that a number cannot hold exactly stays text. */
export function wireId(id: string): number | string {
  const number = Number(id);
  return Number.isSafeInteger(number) ? number : id;
}
