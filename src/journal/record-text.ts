import type { ParentType, RecordSnapshot, Value } from '../model/field.ts';

/**
 * Three places a value: its definition's id, its row's id, its content. Content is null for blank; the row's id too for absent,
 * and 0 for unread.
 */
type PackedRecord = readonly [
  label: string,
  etag: string | null,
  unlisted: RecordSnapshot['unlisted'],
  ...places: readonly (string | 0 | null)[],
];

/** A value took one to three places in an array of its own: definition id alone, absent; then 0, unread; then a value id, blank; then content. */
type NestedValue =
  | readonly [string]
  | readonly [string, 0 | string]
  | readonly [string, string, string];
type NestedRecord = readonly [
  label: string,
  etag: string | null,
  unlisted: RecordSnapshot['unlisted'],
  values: readonly NestedValue[],
];

/**
 * A record as one text: it is read and written as a whole, and a row for each value would cost ten times as much.
 * One flat list, for an array a value takes half as much time again to read, and is a million more things to clean up.
 */
export function packRecord({ label, etag, unlisted, values }: RecordSnapshot): string {
  const places: (string | 0 | null)[] = [];
  for (const [definitionId, value] of values) {
    places.push(definitionId, rowOf(value), value.state === 'value' ? value.content : null);
  }
  return JSON.stringify([label, etag, unlisted, ...places] satisfies PackedRecord);
}

export function unpackRecord(
  parentType: ParentType,
  recordId: string,
  text: string,
): RecordSnapshot {
  const packed: PackedRecord | NestedRecord = JSON.parse(text);
  const [label, etag, unlisted] = packed;
  const values = isNested(packed) ? unpackNested(packed) : unpackPlaces(packed);
  return { parentType, recordId, label, etag, unlisted, values };
}

function rowOf(value: Value): string | 0 | null {
  switch (value.state) {
    case 'value':
    case 'blank':
      return value.valueId;
    case 'unread':
      return 0;
    case 'absent':
      return null;
    default:
      return value satisfies never;
  }
}

function unpackPlaces(packed: PackedRecord): Map<string, Value> {
  const values = new Map<string, Value>();
  for (let at = 3; at < packed.length; at += 3) {
    const definitionId = packed[at];
    if (typeof definitionId === 'string')
      values.set(definitionId, unpackValue(packed[at + 1], packed[at + 2]));
  }
  return values;
}

function isNested(packed: PackedRecord | NestedRecord): packed is NestedRecord {
  return Array.isArray(packed[3]);
}

/** Records were once kept so; an inventory stands as it was written. */
function unpackNested([, , , nested]: NestedRecord): Map<string, Value> {
  return new Map(
    nested.map(([definitionId, valueId, content]) => [definitionId, unpackValue(valueId, content)]),
  );
}

function unpackValue(valueId: string | 0 | null | undefined, content: unknown): Value {
  if (valueId === 0) return { state: 'unread' };
  if (typeof valueId !== 'string') return { state: 'absent' };
  return typeof content === 'string'
    ? { state: 'value', valueId, content }
    : { state: 'blank', valueId };
}
