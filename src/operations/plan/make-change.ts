import { actionFor, type Change, type Edit, type Guard, type Planned } from '../../model/change.ts';
import {
  BLANK,
  type Content,
  contentOf,
  type Definition,
  findOption,
  isSameContent,
  type RecordSnapshot,
  type Value,
  valueOf,
} from '../../model/field.ts';
import type { Assignment } from '../../rules/assign.ts';
import { withLineEndsOf } from './line-ends.ts';

/**
 * The change that brings `wanted` to where the assignment writes, whatever stands there: in place, or into another field, whose
 * source is cleared or guarded as the rules file says. Null where nothing is left to do. Both values must have been read.
 */
export function changeTo(
  record: RecordSnapshot,
  assignment: Assignment,
  wanted: Planned,
  reason: string,
): Change | null {
  const { source, target, isMove, clearsSource } = assignment;
  const from = valueOf(record, source.id);
  const into = valueOf(record, target.id);
  if (from.state === 'unread' || into.state === 'unread') return null;
  const after = withLineEndsOf(contentOf(into), wanted);
  const isThere = isSamePlanned(contentOf(into), after);
  const make = (edits: Change['edits'], guards: readonly Guard[] = []): Change =>
    makeChange(record, assignment, reason, edits, guards);
  if (!isMove) return isThere ? null : make([editOf(target, into, after)]);
  if (!clearsSource) {
    return isThere ? null : make([editOf(target, into, after)], [guardOf(source, from)]);
  }
  const clear = editOf(source, from, BLANK);
  if (!isThere) return make([editOf(target, into, after), clear]);
  return {
    ...make([clear], [guardOf(target, into)]),
    reason: `"${target.name}" holds it already${heldAs(textOf(target, after), textOf(source, contentOf(from)))}`,
  };
}

/** The change that takes an assignment's value away where it stands; null where none stands there. */
export function clearing(
  record: RecordSnapshot,
  assignment: Assignment,
  reason: string,
): Change | null {
  const { source } = assignment;
  const held = valueOf(record, source.id);
  return held.state === 'value'
    ? makeChange(record, assignment, reason, [editOf(source, held, BLANK)], [])
    : null;
}

/** How it stands there, where it is written otherwise: what is cleared was read one way, and a person can look which. */
function heldAs(held: string | null, cleared: string | null): string {
  return held === null || held === cleared || held.length > LONGEST_SHOWN ? '' : `: ${held}`;
}

const LONGEST_SHOWN = 200;

/** What people see of a content: an option's label, else the content itself; null for empty. */
export function textOf(field: Definition, content: Planned): string | null {
  if (content.state === 'newOption') return content.label;
  if (content.state !== 'value') return null;
  return findOption(field, content.content)?.label ?? content.content;
}

export function isSamePlanned(left: Planned, right: Planned): boolean {
  if (left.state === 'newOption') return right.state === 'newOption' && left.label === right.label;
  return right.state !== 'newOption' && isSameContent(left, right);
}

function makeChange(
  record: RecordSnapshot,
  assignment: Assignment,
  reason: string,
  edits: Change['edits'],
  guards: readonly Guard[],
): Change {
  return {
    changeId: `${record.parentType}:${record.recordId}:${edits[0].definitionId}`,
    parentType: record.parentType,
    recordId: record.recordId,
    recordLabel: record.label,
    edits,
    guards,
    rule: assignment.rule,
    reason,
  };
}

type ReadValue = Exclude<Value, { state: 'unread' }>;

function editOf(field: Definition, current: ReadValue, after: Planned): Edit {
  const before = contentOf(current);
  return {
    definitionId: field.id,
    fieldName: field.name,
    fieldType: field.fieldType,
    valueId: current.state === 'absent' ? null : current.valueId,
    action: actionFor(before, after),
    before,
    after,
    beforeText: textOf(field, before),
    afterText: textOf(field, after),
  };
}

function guardOf(field: Definition, current: ReadValue): Guard {
  const expected: Content = contentOf(current);
  return { definitionId: field.id, fieldName: field.name, expected };
}
