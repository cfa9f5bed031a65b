import { FIELD_TYPES } from '../model/field.ts';
import type { AccountDefinition, AccountRecord } from './account.ts';
import type { Directory, Kind } from './directory.ts';
import type { Behaviour } from './options.ts';
import type { Listing } from './paging.ts';
import type { Parameters } from './parameters.ts';
import { readValueFilter } from './value-filter.ts';

/** A listing with the way it is paged: by cursor in the order of ids, by offset in any other. */
export interface OrderedListing<T> extends Listing<T> {
  readonly isByCursor: boolean;
}

/** The definitions that `GET /custom_fields` is about. */
export function listDefinitions(
  parameters: Parameters,
  { account }: Directory,
  behaviour: Behaviour,
): OrderedListing<AccountDefinition> {
  const ids = parameters.ids('ids[]');
  const deleted = parameters.boolean('deleted');
  const parents = parameters.words('parent_type', ['matter', 'contact', 'Matter', 'Contact']);
  const types = parameters.words('field_type', FIELD_TYPES);
  const isNamed = parameters.search();
  const isSince = readSince(parameters);
  const visibleAndRequired = parameters.boolean('visible_and_required');
  const parent = parents === null ? null : [...parents].join('').toLowerCase();
  return order(
    parameters,
    account.definitions.toSorted(DEFINITION_ORDERS.id),
    DEFINITION_ORDERS,
    (definition) => {
      if (ids?.has(definition.id) === false) return false;
      if (deleted === null ? definition.deleted && !behaviour.listsDeletedDefinitions : false) {
        return false;
      }
      if (deleted !== null && definition.deleted !== deleted) return false;
      if (parent !== null && definition.parentType.toLowerCase() !== parent) return false;
      if (types?.has(definition.fieldType) === false) return false;
      if (isNamed?.(definition.name) === false) return false;
      const isVisibleAndRequired = definition.displayed && definition.required;
      if (visibleAndRequired !== null && isVisibleAndRequired !== visibleAndRequired) return false;
      return isSince(definition);
    },
  );
}

/** The matters or contacts that a list is about; those that the user may not see are absent. */
export function listRecords(
  kind: Kind,
  parameters: Parameters,
  directory: Directory,
): OrderedListing<AccountRecord> {
  parameters.refuseUnheld(UNHELD[kind]);
  const ids = parameters.ids('ids[]');
  const excluded = kind === 'Contact' ? parameters.ids('exclude_ids[]') : null;
  const statuses =
    kind === 'Matter' ? parameters.words('status', ['open', 'pending', 'closed'], true) : null;
  const isNamed = parameters.search();
  const isSince = readSince(parameters);
  const hasValues = readValueFilter(parameters.query, kind, directory);
  const candidates = ids === null ? directory.records(kind) : pick(kind, ids, directory);
  return order(parameters, candidates, RECORD_ORDERS[kind], (record) => {
    if (record.access === 'none' || excluded?.has(record.id) === true) return false;
    const status = STATUS[record.status ?? 'Open'];
    if (statuses !== null && (record.status === null || !statuses.has(status))) return false;
    // Searching by a name would tell what is redacted.
    if (isNamed !== null && (record.access === 'redacted' || !isNamed(record.label))) return false;
    return isSince(record) && hasValues?.(record) !== false;
  });
}

const STATUS = { Open: 'open', Pending: 'pending', Closed: 'closed' } as const;

/** Query parameters of Clio that would need more than the account holds. */
const UNHELD = {
  Matter: [
    'billable',
    'client_id',
    'close_date',
    'currency_id',
    'grant_id',
    'group_id',
    'notification_event_subscriber_user_id',
    'open_date',
    'originating_attorney_id',
    'pending_date',
    'practice_area_id',
    'responsible_attorney_id',
    'responsible_staff_id',
    'subscriber_user_id',
  ],
  Contact: [
    'client_only',
    'clio_connect_only',
    'email_only',
    'initial',
    'shared_resource_id',
    'type',
  ],
} as const satisfies Record<Kind, readonly string[]>;

type Compare<T> = (left: T, right: T) => number;
type Orders<T> = Readonly<Record<string, Compare<T>>>;

const DEFINITION_ORDERS = {
  id: (left, right) => left.id - right.id,
  name: (left, right) => compareText(left.name, right.name) || left.id - right.id,
  display_order: (left, right) => left.displayOrder - right.displayOrder || left.id - right.id,
} satisfies Orders<AccountDefinition>;

const RECORD_ORDERS: Record<Kind, Orders<AccountRecord>> = {
  Matter: {
    id: (left, right) => left.id - right.id,
    display_number: (left, right) => compareText(left.label, right.label) || left.id - right.id,
    created_at: (left, right) => compareText(left.createdAt, right.createdAt) || left.id - right.id,
    updated_at: (left, right) => compareText(left.updatedAt, right.updatedAt) || left.id - right.id,
  },
  Contact: {
    id: (left, right) => left.id - right.id,
    name: (left, right) => compareText(left.label, right.label) || left.id - right.id,
  },
};

/** A list's order, and how it can be paged. */
export function order<T extends { readonly id: number }>(
  parameters: Parameters,
  items: readonly T[],
  orders: Orders<T>,
  isListed: (item: T) => boolean,
): OrderedListing<T> {
  const text = parameters.query.get('order') ?? 'id(asc)';
  const match = /^(?<name>[a-z_.]+)\((?<direction>asc|desc)\)$/.exec(text);
  const { name = '', direction } = match?.groups ?? {};
  const compare = Object.hasOwn(orders, name) ? orders[name] : undefined;
  if (compare === undefined) throw parameters.bad('order is invalid');
  const isByCursor = text === 'id(asc)' && !parameters.query.has('offset');
  if (!isByCursor && parameters.query.has('page_token')) {
    throw parameters.bad('page_token is invalid');
  }
  if (text === 'id(asc)') return { items, isListed, isByCursor };
  const sorted = items.toSorted(compare);
  return {
    items: direction === 'desc' ? sorted.toReversed() : sorted,
    isListed,
    isByCursor: false,
  };
}

function pick(kind: Kind, ids: ReadonlySet<number>, directory: Directory): AccountRecord[] {
  const found: AccountRecord[] = [];
  for (const id of [...ids].toSorted((left, right) => left - right)) {
    const record = directory.record(kind, id);
    if (record !== undefined) found.push(record);
  }
  return found;
}

function readSince(
  parameters: Parameters,
): (item: { readonly createdAt: string; readonly updatedAt: string }) => boolean {
  const createdSince = parameters.dateTime('created_since');
  const updatedSince = parameters.dateTime('updated_since');
  return ({ createdAt, updatedAt }) =>
    (createdSince === null || Date.parse(createdAt) >= createdSince) &&
    (updatedSince === null || Date.parse(updatedAt) >= updatedSince);
}

/** By code unit, so that the order is the same on every machine. */
function compareText(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
