import { jsonAnswer, refuse, type Answer, type ApiRequest } from './exchange.ts';
import type { Render } from './fields.ts';

/** One thing in its present state; `updatedAt` (ISO 8601) is null where the account does not hold it. */
interface Single<T> {
  readonly item: T;
  readonly etag: string;
  readonly updatedAt: string | null;
}

/** One thing with its tag and date; 304 where the condition of a GET says that the client has it. */
export function answerSingle<T>(
  request: ApiRequest,
  { item, etag, updatedAt }: Single<T>,
  render: Render<T>,
  status: 200 | 201 = 200,
): Answer {
  const headers = {
    ETag: etag,
    ...(updatedAt !== null && { 'Last-Modified': new Date(updatedAt).toUTCString() }),
  };
  if (request.method === 'GET' && isUnmodified(request, etag, updatedAt)) {
    return { status: 304, headers, body: '' };
  }
  return jsonAnswer(status, { data: render(item) }, headers);
}

function isUnmodified({ headers }: ApiRequest, etag: string, updatedAt: string | null): boolean {
  const known = headers['if-none-match'];
  if (known !== undefined) return known === etag;
  const since = Date.parse(headers['if-modified-since'] ?? '');
  if (updatedAt === null || Number.isNaN(since)) return false;
  return Math.floor(Date.parse(updatedAt) / 1000) * 1000 <= since;
}

/** Throws ApiError 412 where `If-Match` names another state. */
export function checkCondition({ headers }: ApiRequest, etag: string): void {
  const expected = headers['if-match'];
  if (expected !== undefined && expected !== '*' && expected !== etag) throw refuse.stale();
}
