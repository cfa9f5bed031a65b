import type { Change, Flag, Planned } from '../../model/change.ts';
import {
  contentOf,
  type ParentType,
  type RecordSnapshot,
  type Value,
  valueOf,
} from '../../model/field.ts';
import type { Assignment } from '../../rules/assign.ts';
import type { Verdict } from '../../rules/types.ts';
import { withLineEndsOf } from './line-ends.ts';
import { changeTo, isSamePlanned, textOf } from './make-change.ts';
import { rememberVerdicts } from './remember-verdicts.ts';

/** What becomes of one value of one record. An empty value asks for no decision. */
export type Decision = { readonly assignment: Assignment } & (
  | { readonly kind: 'unchanged' }
  /** The platform kept the value, or the one that it would go into, from us. */
  | { readonly kind: 'unread' }
  | { readonly kind: 'change'; readonly change: Change }
  | { readonly kind: 'flag'; readonly flag: Flag }
);

/**
 * Decides all values of one record. Moves come first: what goes into a field and what the field's own rule makes of it
 * must not contradict each other, and a value is changed once.
 */
export function decideRecord(
  record: RecordSnapshot,
  assignments: readonly Assignment[],
): Decision[] {
  const { moves, own } = arranged(assignments)[record.parentType];
  const taken = new Map<string, Planned>();
  const decisions: Decision[] = [];
  for (const move of moves) {
    const decision = decideMove(record, move, own.get(move.assignment.target.id), taken);
    if (decision !== null) decisions.push(decision);
  }
  for (const [definitionId, judge] of own) {
    if (taken.has(definitionId)) continue;
    const decision = decideInPlace(record, judge);
    if (decision !== null) decisions.push(decision);
  }
  return decisions;
}

/** An assignment with what its column says of a value. */
interface Judge {
  readonly assignment: Assignment;
  readonly decide: (content: string) => Verdict;
  /** One for all values, as most are: a million of them are a million less to clean up. */
  readonly unchanged: Decision;
}

interface Arranged {
  readonly moves: readonly Judge[];
  /** Those that stay in their field, by its id. */
  readonly own: ReadonlyMap<string, Judge>;
}

const arrangements = new WeakMap<readonly Assignment[], Record<ParentType, Arranged>>();

/** Assignments by kind of record: sorted out once a plan, not once a record. */
function arranged(assignments: readonly Assignment[]): Record<ParentType, Arranged> {
  const known = arrangements.get(assignments);
  if (known !== undefined) return known;
  const of = (parentType: ParentType): Arranged => {
    const here = assignments
      .filter(({ source }) => source.parentType === parentType)
      .map((assignment): Judge => {
        const decide = rememberVerdicts(assignment.column);
        return { assignment, decide, unchanged: { assignment, kind: 'unchanged' } };
      });
    return {
      moves: here.filter(({ assignment }) => assignment.isMove),
      own: new Map(
        here
          .filter(({ assignment }) => !assignment.isMove)
          .map((each) => [each.assignment.source.id, each]),
      ),
    };
  };
  const arrangement = { matter: of('matter'), contact: of('contact') };
  arrangements.set(assignments, arrangement);
  return arrangement;
}

function decideInPlace(record: RecordSnapshot, judge: Judge): Decision | null {
  const { assignment, decide, unchanged } = judge;
  const value = valueOf(record, assignment.source.id);
  if (value.state === 'unread') return { assignment, kind: 'unread' };
  if (value.state !== 'value') return null;
  const verdict = decide(value.content);
  switch (verdict.outcome) {
    case 'unchanged':
      return unchanged;
    case 'flagged':
      return flag(record, assignment, value, verdict.reason, verdict.suggestions);
    case 'changed':
    case 'newOption': {
      const after = plannedBy(verdict, value.content);
      return write(record, judge, after, verdict.reason);
    }
  }
}

function decideMove(
  record: RecordSnapshot,
  judge: Judge,
  targetsOwn: Judge | undefined,
  taken: Map<string, Planned>,
): Decision | null {
  const { assignment, decide, unchanged } = judge;
  const { source, target, clearsSource, existing } = assignment;
  const from = valueOf(record, source.id);
  const into = valueOf(record, target.id);
  if (from.state === 'unread') return { assignment, kind: 'unread' };
  if (from.state !== 'value') return null;
  if (into.state === 'unread') return { assignment, kind: 'unread' };
  const verdict = decide(from.content);
  if (verdict.outcome === 'flagged') {
    return flag(record, assignment, from, verdict.reason, verdict.suggestions);
  }
  const current = taken.get(target.id) ?? settledTarget(into, targetsOwn);
  const after = withLineEndsOf(current, plannedBy(verdict, from.content));
  const reason =
    verdict.outcome === 'unchanged'
      ? `moved from "${source.name}"`
      : `from ${clearsSource ? '' : `${shownSource(textOf(source, from))} in `}"${source.name}": ${verdict.reason}`;

  if (isSamePlanned(current, after)) {
    if (!clearsSource || taken.has(target.id)) return unchanged;
  } else if (current.state === 'value' || current.state === 'newOption') {
    if (taken.has(target.id) || existing === 'flag') {
      const held = textOf(target, current);
      return flag(
        record,
        assignment,
        from,
        `"${target.name}" already holds something else: ${held}`,
        [textOf(target, after) ?? ''],
      );
    }
    if (existing === 'keep') return unchanged;
  }
  taken.set(target.id, after);
  return write(record, judge, after, reason);
}

/** What is read and stays: the change itself does not show it, and nobody can judge a reading without what was read. */
function shownSource(text: string | null): string {
  const signs = Array.from(text ?? '');
  return signs.length > LONGEST_SHOWN
    ? `"${signs.slice(0, LONGEST_SHOWN - 1).join('')}…"`
    : `"${signs.join('')}"`;
}

const LONGEST_SHOWN = 80;

/** A rule's own result, where it is not there already. */
function write(
  record: RecordSnapshot,
  { assignment, unchanged }: Judge,
  after: Planned,
  reason: string,
): Decision {
  const change = changeTo(record, assignment, after, reason);
  return change === null ? unchanged : { assignment, kind: 'change', change };
}

/** What the target will hold once its own rule is done with it. */
function settledTarget(into: Value, own: Judge | undefined): Planned {
  if (into.state !== 'value' || own === undefined) return contentOf(into);
  const verdict = own.decide(into.content);
  return verdict.outcome === 'flagged' ? contentOf(into) : plannedBy(verdict, into.content);
}

function plannedBy(verdict: Exclude<Verdict, { outcome: 'flagged' }>, content: string): Planned {
  switch (verdict.outcome) {
    case 'unchanged':
      return { state: 'value', content };
    case 'changed':
      return { state: 'value', content: verdict.after };
    case 'newOption':
      return { state: 'newOption', label: verdict.label };
  }
}

function flag(
  record: RecordSnapshot,
  assignment: Assignment,
  value: Value & { state: 'value' },
  reason: string,
  suggestions: readonly string[],
): Decision {
  const { source, rule } = assignment;
  return {
    assignment,
    kind: 'flag',
    flag: {
      flagId: `${record.parentType}:${record.recordId}:${source.id}`,
      parentType: record.parentType,
      recordId: record.recordId,
      recordLabel: record.label,
      definitionId: source.id,
      fieldName: source.name,
      fieldType: source.fieldType,
      valueId: value.valueId,
      value: textOf(source, value) ?? '',
      rule,
      reason,
      suggestions: suggestions.filter((each) => each !== ''),
      ...(assignment.isMove && { into: heldBy(record, assignment) }),
    },
  };
}

function heldBy(record: RecordSnapshot, { target }: Assignment): NonNullable<Flag['into']> {
  const before = contentOf(valueOf(record, target.id));
  return {
    definitionId: target.id,
    fieldName: target.name,
    fieldType: target.fieldType,
    before,
    beforeText: textOf(target, before),
  };
}
