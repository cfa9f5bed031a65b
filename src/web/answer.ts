import type { IncomingMessage, ServerResponse } from 'node:http';
import { UserError } from '../errors.ts';

/** What goes back to the browser. */
export interface Answer {
  readonly status: number;
  readonly type: 'text/html' | 'text/css' | 'text/javascript' | 'application/json' | 'text/plain';
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A decision about a page's worth of items is a few kilobytes; a value put in by hand is the longest part. */
const BODY_MAX_BYTES = 1024 * 1024;

/**
 * Nothing is kept by the browser, shown in another page's frame, or taken from elsewhere; scripts and styles only with the
 * page's own nonce, and no text is ever turned into markup.
 */
export function send(response: ServerResponse, { status, type, body, headers }: Answer): void {
  response.writeHead(status, {
    'content-type': `${type}; charset=utf-8`,
    'content-length': Buffer.byteLength(body),
    'cache-control': 'no-store',
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    ...headers,
  });
  response.end(body);
}

export function json(body: object): Answer {
  return { status: 200, type: 'application/json', body: JSON.stringify(body) };
}

/** A failure in the form that scripts know from `--json`. */
export function failure(
  status: number,
  { code, message, hint }: { code: string; message: string; hint: string },
): Answer {
  return {
    status,
    type: 'application/json',
    body: JSON.stringify({ error: { code, message, hint } }),
  };
}

/** The body of a POST, parsed. Throws `UserError` where it is too long or no JSON. */
export async function readJson(request: IncomingMessage): Promise<unknown> {
  if (!/^application\/json(?:;|$)/iu.test(request.headers['content-type'] ?? ''))
    throw badRequest('It is not JSON.');
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > BODY_MAX_BYTES) throw badRequest('It is too long.');
    chunks.push(chunk);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch (cause) {
    throw badRequest('It is not JSON.', { cause });
  }
}

/** What the page never sends: it, or whoever asks in its place, is at fault. */
export function badRequest(why: string, options?: ErrorOptions): UserError {
  return new UserError(
    'bad_request',
    `The page asked for something that the review does not understand. ${why}`,
    'Load the page again. Nothing was decided.',
    undefined,
    options,
  );
}
