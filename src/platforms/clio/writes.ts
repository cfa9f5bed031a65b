import { valueOf } from '../../model/field.ts';
import type { Content, Definition, RecordSnapshot, Value } from '../../model/field.ts';
import type { RecordWrite, ValueWrite, WriteAnswer } from '../types.ts';
import { answerFor, wireId } from './answers.ts';
import type { Emptying, Emptyings } from './emptying.ts';
import type { ClioHttp } from './http.ts';
import { readRecord } from './read-record.ts';
import { ADDRESS_MAX, onlyDefinitions, ownersFrom, placeOf, snapshotFields } from './records.ts';
import { parseOne } from './schemas.ts';
import { FieldIndex, toSnapshot } from './snapshots.ts';

/** All changes of a record in one PATCH, whose answer shows what it then holds. */
export async function writeRecord(
  http: ClioHttp,
  { current, values, shape = 0, mayLeave, onSend, onNotTaken, hold }: RecordWrite,
  definitions: readonly Definition[],
  emptyings: Emptyings,
): Promise<WriteAnswer> {
  const unread = values.find(
    ({ definitionId }) => valueOf(current, definitionId).state === 'unread',
  );
  if (unread !== undefined) {
    const reason = 'what the field holds now could not be read, so nothing was sent';
    return { kind: 'refused', reason };
  }
  const emptied = emptiedBy(values, current, definitions);
  const ways = new Map(emptied.map((each) => [each.id, emptyings.choose(each, shape)]));
  const entries = values.flatMap((write) => toEntry(write, current, ways));
  if (entries.length === 0) return { kind: 'written', record: current };

  const definitionIds = values.map(({ definitionId }) => definitionId);
  const { path, what, permission } = placeOf(current.parentType);
  const fields = snapshotFields(current.parentType, definitions);
  const filter = onlyDefinitions(definitionIds, ADDRESS_MAX - fields.length);
  const result = await http.write(
    {
      path: `${path}/${encodeURIComponent(current.recordId)}.json?${fields}${filter === '' ? '' : `&${filter}`}`,
      what,
      permission,
    },
    { data: { custom_field_values: entries } },
    { etag: current.etag, mayLeave, onSend, onNotTaken, hold },
  );
  const answer = answerFor(result, (json) => readAnswer(json, current, definitionIds, definitions));
  const wayOf = ({ id }: Definition): Emptying => ways.get(id) ?? 'null';
  if (answer.kind === 'refused') {
    const named = { ...answer, reason: withNames(answer.reason, definitions) };
    const hasNext = emptied.some((each) => emptyings.hasNext(each, shape, wayOf(each)));
    return hasNext ? { ...named, nextShape: shape + 1 } : named;
  }
  if (answer.kind === 'written') {
    for (const each of emptied)
      if (isEmpty(valueOf(answer.record, each.id))) emptyings.learn(each, wayOf(each));
  }
  return answer;
}

/** People know a field by its name: also one that the change is not about, but that Clio wants a value for first. */
function withNames(reason: string, definitions: readonly Definition[]): string {
  return reason.replaceAll(/custom field (\d+)/giu, (words, fieldId: string) => {
    const field = definitions.find(({ id }) => id === fieldId);
    return field === undefined ? words : `the field "${field.name}"`;
  });
}

/** Those whose rows are to be left without a value. */
function emptiedBy(
  values: readonly ValueWrite[],
  current: RecordSnapshot,
  definitions: readonly Definition[],
): Definition[] {
  const ids = values.flatMap(({ definitionId, after }) =>
    after.state === 'blank' && rowOf(valueOf(current, definitionId)) !== null ? [definitionId] : [],
  );
  return ids.length === 0 ? [] : definitions.filter(({ id }) => ids.includes(id));
}

function isEmpty({ state }: Value): boolean {
  return state === 'blank' || state === 'absent';
}

type Entry =
  | { readonly id: string; readonly value: string | null }
  | { readonly id: string; readonly _destroy: true }
  | { readonly custom_field: { readonly id: number | string }; readonly value: string };

/**
 * One of Clio's three shapes, by whether there is a row, never by whether it is empty: a create on an empty row is refused, as
 * is an update without one. To empty what has no row, nothing is sent.
 */
function toEntry(
  { definitionId, after }: ValueWrite,
  current: RecordSnapshot,
  ways: ReadonlyMap<string, Emptying>,
): Entry[] {
  const valueId = rowOf(valueOf(current, definitionId));
  if (valueId === null) {
    if (after.state !== 'value') return [];
    return [{ custom_field: { id: wireId(definitionId) }, value: after.content }];
  }
  return [toEntryForRow(valueId, after, ways.get(definitionId) ?? 'null')];
}

function toEntryForRow(valueId: string, after: Content, way: Emptying): Entry {
  switch (after.state) {
    case 'value':
      // A string for every type: so says Clio's OpenAPI document, and so it was seen for checkboxes, options, amounts and contacts.
      return { id: valueId, value: after.content };
    case 'blank':
      if (way === 'destroy') return { id: valueId, _destroy: true };
      return { id: valueId, value: way === 'null' ? null : '' };
    case 'absent':
      return { id: valueId, _destroy: true };
    default:
      return after satisfies never;
  }
}

function rowOf(value: Value): string | null {
  return 'valueId' in value ? value.valueId : null;
}

function readAnswer(
  json: unknown,
  current: RecordSnapshot,
  asked: readonly string[],
  definitions: readonly Definition[],
): WriteAnswer {
  const { what } = placeOf(current.parentType);
  const record = readRecord(parseOne(json, what), what, 'data');
  if (record.id !== current.recordId) {
    return { kind: 'unknown', reason: 'the answer is about another record' };
  }
  return {
    kind: 'written',
    record: toSnapshot(record, {
      parentType: current.parentType,
      asked: new Set(asked),
      fields: new FieldIndex(definitions, current.parentType),
      owners: ownersFrom(current, record, asked),
    }),
  };
}
