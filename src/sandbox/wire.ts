import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Delivery } from './faults.ts';

/** All bytes of a request. */
export async function readBody(message: IncomingMessage): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of message) chunks.push(chunk as Uint8Array);
  return Buffer.concat(chunks);
}

/** Puts a delivery on the wire, whole, cut in half, or as a reset connection. */
export function send(
  response: ServerResponse,
  delivery: Delivery,
  headers: Readonly<Record<string, string>> = {},
): void {
  if (delivery.kind === 'reset') {
    response.socket?.resetAndDestroy();
    return;
  }
  const { answer } = delivery;
  const body = Buffer.from(answer.body);
  response.writeHead(answer.status, {
    ...headers,
    ...answer.headers,
    ...(answer.status === 304 ? {} : { 'Content-Length': String(body.length) }),
  });
  if (delivery.kind === 'answer') {
    response.end(body);
    return;
  }
  response.write(body.subarray(0, Math.floor(body.length / 2)), () =>
    response.socket?.resetAndDestroy(),
  );
}

/** Null for what is not JSON, or does not say that it is. */
export function parseJson(
  text: string,
  contentType: string | undefined,
): { value: unknown } | null {
  if (contentType === undefined || !/^application\/json\b/i.test(contentType)) return null;
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return null;
  }
}
