import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readBody } from '../../../src/platforms/clio/body.ts';

const BYTES = fc.oneof(
  fc.uint8Array({ maxLength: 12 }),
  fc.string({ unit: 'binary', maxLength: 12 }).map((text) => new TextEncoder().encode(text)),
  fc.string({ maxLength: 4 }).map((text) => new TextEncoder().encode(`\ufeff${text}`)),
);

/** What the standard's own decoder, which takes many times as long, makes of the bytes. */
function decodeStrictly(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

test('an answer is decoded as UTF-8 to the letter, or refused', async () => {
  await fc.assert(
    fc.asyncProperty(BYTES, async (bytes) => {
      const text = decodeStrictly(bytes);
      const body = await readBody(new Response(bytes), 1_000);
      if (text === null) expect(body.kind).toBe('unreadable');
      else if (body.kind === 'json') expect(body.json).toEqual(JSON.parse(text));
      else expect(body).toEqual({ kind: 'other', text });
    }),
  );
});
