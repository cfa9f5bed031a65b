import { fingerprint } from './etag.ts';
import { refuse } from './exchange.ts';

/** A listing in the order that was asked for, before it is cut into pages. */
export interface Listing<T> {
  /** Ascending by id where the order is `id(asc)`, so that a cursor finds its place by search. */
  readonly items: readonly T[];
  readonly isListed: (item: T) => boolean;
}

export interface Page<T> {
  readonly items: readonly T[];
  /** How many there are in all. */
  readonly total: number;
  /** Query parameters of the page before; null at the start. */
  readonly previous: URLSearchParams | null;
  /** Query parameters of the next page; null at the end. */
  readonly next: URLSearchParams | null;
}

interface PagingRules {
  readonly path: string;
  readonly query: URLSearchParams;
  readonly limit: number;
  readonly nowMs: number;
  readonly tokenLifetimeMs: number | null;
  /** Makes tokens of one server worthless to another. */
  readonly secret: string;
  readonly badParameterStatus: 400 | 422;
}

/** Past this many records, paging by offset ends (Clio's documentation on paging). */
const OFFSET_CAP = 10_000;

/** Cuts a page that starts after the record that the page token names. */
export function pageByCursor<T extends { readonly id: number }>(
  { items, isListed }: Listing<T>,
  rules: PagingRules,
): Page<T> {
  const token = rules.query.get('page_token');
  const place = token === null ? null : readToken(token, rules);
  const first = place === null ? 0 : firstAfter(items, place.after);
  let index = first;
  const page: T[] = [];
  let hasMore = false;
  for (; index < items.length && !hasMore; index += 1) {
    const item = items[index];
    if (item === undefined || !isListed(item)) continue;
    if (page.length < rules.limit) page.push(item);
    else hasMore = true;
  }
  // The first page's count travels in the token: counting anew for each page would make a listing quadratic.
  const total = place?.total ?? countListed(items, isListed);
  const pageAfter = (after: number): URLSearchParams => {
    const query = new URLSearchParams(rules.query);
    query.set('page_token', writeToken({ after, total, at: rules.nowMs }, rules));
    return query;
  };
  const before = endOfPageBeforeLast({ items, isListed }, first, rules.limit);
  const last = page.at(-1);
  return {
    items: page,
    total,
    previous: before === null ? null : pageAfter(before),
    next: !hasMore || last === undefined ? null : pageAfter(last.id),
  };
}

/** The id that the page before the one at `first` starts after, 0 for the first page; null where there is none before. */
function endOfPageBeforeLast<T extends { readonly id: number }>(
  { items, isListed }: Listing<T>,
  first: number,
  limit: number,
): number | null {
  let found = 0;
  for (let index = first - 1; index >= 0; index -= 1) {
    const item = items[index];
    if (item === undefined || !isListed(item)) continue;
    if (found === limit) return item.id;
    found += 1;
  }
  return found === 0 ? null : 0;
}

/** Cuts a page by `offset`, up to the cap. */
export function pageByOffset<T>({ items, isListed }: Listing<T>, rules: PagingRules): Page<T> {
  const text = rules.query.get('offset') ?? '0';
  if (!/^\d{1,9}$/.test(text)) throw refuse.argument('offset is invalid', rules.badParameterStatus);
  const offset = Number(text);
  if (offset + rules.limit > OFFSET_CAP && offset > 0) {
    throw refuse.argument(`offset is past the limit of ${OFFSET_CAP} records`);
  }
  const listed = items.filter(isListed);
  const page = listed.slice(offset, offset + rules.limit);
  const pageAt = (start: number): URLSearchParams => {
    const query = new URLSearchParams(rules.query);
    query.set('offset', String(start));
    return query;
  };
  const end = offset + rules.limit;
  return {
    items: page,
    total: listed.length,
    previous: offset === 0 ? null : pageAt(Math.max(0, offset - rules.limit)),
    next: end >= listed.length ? null : pageAt(end),
  };
}

interface Place {
  readonly after: number;
  readonly total: number;
  readonly at: number;
}

/** A token belongs to one listing: any other parameter, or none, makes it invalid. */
function writeToken(place: Place, rules: PagingRules): string {
  const payload = Buffer.from(JSON.stringify([place.after, place.total, place.at]));
  return `${payload.toString('base64url')}.${seal(payload.toString('base64url'), rules)}`;
}

function readToken(token: string, rules: PagingRules): Place {
  const invalid = () => refuse.argument('page_token is invalid', rules.badParameterStatus);
  const [payload = '', mark] = token.split('.');
  if (mark !== seal(payload, rules)) throw invalid();
  const [after, total, at] = JSON.parse(Buffer.from(payload, 'base64url').toString()) as readonly [
    number,
    number,
    number,
  ];
  if (rules.tokenLifetimeMs !== null && rules.nowMs - at > rules.tokenLifetimeMs) throw invalid();
  return { after, total, at };
}

function seal(payload: string, { path, query, secret }: PagingRules): string {
  const others = [...query]
    .filter(([name]) => name !== 'page_token')
    .map(([name, value]) => JSON.stringify([name, value]))
    .toSorted();
  return fingerprint([secret, payload, path, ...others].join('\n'));
}

/** The index of the first item with an id above `id`. */
function firstAfter(items: readonly { readonly id: number }[], id: number): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((items[middle]?.id ?? Number.POSITIVE_INFINITY) > id) high = middle;
    else low = middle + 1;
  }
  return low;
}

function countListed<T>(items: readonly T[], isListed: (item: T) => boolean): number {
  let count = 0;
  for (const item of items) if (isListed(item)) count += 1;
  return count;
}
