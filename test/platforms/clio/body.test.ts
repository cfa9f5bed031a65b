import { assert, asyncProperty, oneof, string, uint8Array } from 'fast-check';
import { expect, test } from 'vitest';
import { readBody } from '../../../src/platforms/clio/body.ts';

const BYTES = oneof(
  uint8Array({ maxLength: 12 }),
  string({ unit: 'binary', maxLength: 12 }).map((text) => new TextEncoder().encode(text)),
  string({ maxLength: 4 }).map((text) => new TextEncoder().encode(`\ufeff${text}`)),
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
  await assert(
    asyncProperty(BYTES, async (bytes) => {
      const text = decodeStrictly(bytes);
      const body = await readBody(new Response(bytes), 1_000);
      if (text === null) expect(body.kind).toBe('unreadable');
      else if (body.kind === 'json') expect(body.json).toEqual(JSON.parse(text));
      else expect(body).toEqual({ kind: 'other', text });
    }),
  );
});
