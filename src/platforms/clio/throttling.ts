/**
 * How long a 429 asks to wait, in milliseconds, or null where it does not say. Clio has been seen to say it in three ways: a
 * `Retry-After` header (seconds; a date is allowed by RFC 9110), a body "Retry in N seconds", and JSON whose base64 payload
 * holds the same message.
 */
export function readRequestedWait(
  retryAfter: string | null,
  body: string,
  serverNowMs: number,
): number | null {
  return (
    readRetryAfter(retryAfter, serverNowMs) ?? readSentence(body) ?? readSentence(unwrap(body))
  );
}

/** A `Retry-After` header as milliseconds from `serverNowMs`, the platform's own clock; null where there is none to understand. */
export function readRetryAfter(header: string | null, serverNowMs: number): number | null {
  if (header === null) return null;
  if (/^\s*\d+(\.\d+)?\s*$/.test(header)) return Number(header) * 1_000;
  const atMs = Date.parse(header);
  return Number.isNaN(atMs) ? null : Math.max(atMs - serverNowMs, 0);
}

function readSentence(text: string): number | null {
  const found = /retry (?:in|after) (\d{1,6}(?:\.\d{1,3})?) ?(ms|milliseconds?|s|seconds?)?/i.exec(
    text,
  );
  if (found === null) return null;
  return Number(found[1]) * (found[2]?.toLowerCase().startsWith('m') === true ? 1 : 1_000);
}

/** The base64 text somewhere in a JSON answer; empty where there is none. */
function unwrap(body: string): string {
  const wrapped = /"data"\s*:\s*"([A-Za-z0-9+/=_-]{8,})"/.exec(body)?.[1];
  return wrapped === undefined ? '' : Buffer.from(wrapped, 'base64').toString('utf8');
}
