import { errorAnswer, jsonAnswer, type Answer } from './exchange.ts';
import { REFUSALS, type Refusal } from './options.ts';
import type { Random } from './random.ts';

/** A 429 in one of the shapes that were seen: the wait in a header, as seconds or as a date, in the text only, or wrapped in base64. */
export function throttledAnswer(refusal: Refusal, waitSeconds: number, nowMs: number): Answer {
  const message = `Rate limit exceeded. Retry in ${waitSeconds} seconds.`;
  switch (refusal) {
    case 'retry-after':
      return errorAnswer(429, 'RateLimited', 'Rate limit exceeded.', {
        'Retry-After': String(waitSeconds),
      });
    case 'date': {
      // A date has whole seconds only: the next full one, so that nobody who waits for it is early.
      const atMs = Math.ceil(nowMs / 1000) * 1000 + waitSeconds * 1000;
      return errorAnswer(429, 'RateLimited', 'Rate limit exceeded.', {
        'Retry-After': new Date(atMs).toUTCString(),
      });
    }
    case 'body':
      return errorAnswer(429, 'RateLimited', message);
    case 'base64': {
      const inner = JSON.stringify({ error: { type: 'RateLimited', message } });
      return jsonAnswer(429, {
        data: Buffer.from(inner).toString('base64'),
        metadata: { encodingDecoded: false },
      });
    }
    default:
      return refusal satisfies never;
  }
}

export function pickRefusal(refusal: Refusal | 'mixed', random: Random): Refusal {
  if (refusal !== 'mixed') return refusal;
  return REFUSALS[Math.floor(random() * REFUSALS.length)] ?? 'retry-after';
}
