import { FIELD_TYPES, type FieldType } from '../../model/field.ts';
import { usableEtag } from './etag.ts';
import { unexpected } from './unexpected.ts';

/** By hand: zod takes many times as long as parsing the JSON did, this a fraction of it. */
export function readRecord(item: unknown, what: string, path: string): ClioRecord {
  if (!isObject(item)) throw unexpected(what, path, 'is not an object');
  const id = readId(item['id']);
  if (id === null) throw unexpected(what, `${path}.id`, 'is not an id');
  const label = item['display_number'] ?? item['name'] ?? '';
  if (typeof label !== 'string') throw unexpected(what, `${path}'s name`, 'is not a text');
  const etag = item['etag'] ?? null;
  if (etag !== null && typeof etag !== 'string') {
    throw unexpected(what, `${path}.etag`, 'is not a text');
  }
  const updatedAt = item['updated_at'];
  return {
    id,
    updatedAt: typeof updatedAt === 'string' ? updatedAt : null,
    etag: usableEtag(etag),
    label,
    values: readValues(item, what, path),
  };
}

function readValues(
  item: Record<string, unknown>,
  what: string,
  path: string,
): readonly ClioValue[] | null {
  const entries = item['custom_field_values'];
  if (entries === undefined || entries === null || item['redacted'] === true) return null;
  if (!Array.isArray(entries)) {
    throw unexpected(what, `${path}.custom_field_values`, 'is not a list');
  }
  return entries.map((entry: unknown, index) => {
    try {
      return readValue(entry);
    } catch (problem) {
      if (!(problem instanceof WrongShape)) throw problem;
      throw unexpected(
        what,
        `${path}.custom_field_values[${index}]${problem.path}`,
        problem.message,
      );
    }
  });
}

function readValue(entry: unknown): ClioValue {
  if (!isObject(entry)) throw new WrongShape('', 'is not an object');
  const name = entry['field_name'] ?? null;
  if (name !== null && typeof name !== 'string') {
    throw new WrongShape('.field_name', 'is not a text');
  }
  const type = entry['field_type'] ?? null;
  if (type !== null && typeof type !== 'string') {
    throw new WrongShape('.field_type', 'is not a text');
  }
  const fieldType = type === null ? null : (TYPES.get(type) ?? null);
  return {
    id: readValueId(entry['id']),
    definitionId: readOwner(entry['custom_field']),
    name,
    type: fieldType,
    value: fieldType === 'matter' ? readMatter(entry) : entry['value'],
  };
}

/** A matter's id may stand in `value` or in the matter nested beside it: the document shows both, no real sample is known. */
function readMatter(entry: Record<string, unknown>): unknown {
  const { value, matter } = entry;
  if (value !== null && value !== undefined) return value;
  return isObject(matter) ? (readId(matter['id']) ?? value) : value;
}

function readValueId(id: unknown): string | null {
  if (id === null || id === undefined) return null;
  if (typeof id === 'string' && /^[\w-]{1,80}$/.test(id)) return id;
  if (typeof id === 'number' && Number.isSafeInteger(id)) return String(id);
  throw new WrongShape('.id', 'is not an id');
}

function readOwner(owner: unknown): string | null {
  if (owner === null || owner === undefined) return null;
  if (!isObject(owner)) throw new WrongShape('.custom_field', 'is not an object');
  const { id } = owner;
  if (id === null || id === undefined) return null;
  const text = readId(id);
  if (text === null) throw new WrongShape('.custom_field.id', 'is not an id');
  return text;
}

/** Ids come as numbers or as digits; a number too large to be exact is none. */
function readId(id: unknown): string | null {
  if (typeof id === 'number') return Number.isSafeInteger(id) && id >= 0 ? String(id) : null;
  return typeof id === 'string' && /^\d{1,20}$/.test(id) ? id : null;
}

class WrongShape extends Error {
  readonly path: string;

  constructor(path: string, message: string) {
    super(message);
    this.path = path;
  }
}

/** A record as Clio shows it. */
export interface ClioRecord {
  readonly id: string;
  readonly etag: string | null;
  readonly label: string;
  /** Null where it was not asked for. */
  readonly updatedAt: string | null;
  /** Null where Clio did not list the values: the record is redacted for this user. */
  readonly values: readonly ClioValue[] | null;
}

/** An entry of `custom_field_values`, as little understood as can be. `undefined` is what was not in the answer. */
export interface ClioValue {
  readonly id: string | null;
  readonly definitionId: string | null;
  readonly name: string | null;
  readonly type: FieldType | null;
  readonly value: unknown;
}

const TYPES: ReadonlyMap<string, FieldType> = new Map(FIELD_TYPES.map((type) => [type, type]));

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
