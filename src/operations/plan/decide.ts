import type { Change, Flag, Planned } from '../../model/change.ts';
import {
  contentOf,
  type Definition,
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

type HeldValue = Value & { readonly state: 'value' };

/** What a rule says without asking a person. */
type Sure = Exclude<Verdict, { outcome: 'flagged' }>;

/** What becomes of one value of one record. An empty value asks for no decision. */
export type Decision = { readonly assignment: Assignment } & (
  | { readonly kind: 'unchanged' }
  /** The platform kept the value, or the one that it would go into, from us. */
  | { readonly kind: 'unread' }
  | { readonly kind: 'change'; readonly change: Change }
  | { readonly kind: 'flag'; readonly flag: Flag }
);

/**
 * Decides all values of one record. Moves come first, those into one field together: what goes into a field and what the
 * field's own rule makes of it must not contradict each other, and a value is changed once.
 */
export function decideRecord(
  record: RecordSnapshot,
  assignments: readonly Assignment[],
): Decision[] {
  const { fillings, own } = arranged(assignments)[record.parentType];
  const taken = new Set<string>();
  const decisions: Decision[] = [];
  for (const filling of fillings) decisions.push(...decideMoves(record, filling, taken));
  for (const [definitionId, judge] of own) {
    if (taken.has(definitionId)) continue;
    const decision = decideInPlace(record, judge);
    if (decision !== null) decisions.push(decision);
  }
  return decisions;
}

/** Of all assignments, those that have a say in what becomes of the chosen ones: whatever writes into the same fields. */
export function withRivals(
  chosen: readonly Assignment[],
  assignments: readonly Assignment[],
): readonly Assignment[] {
  const targets = new Set(chosen.map(({ target }) => target.id));
  return assignments.filter(({ target }) => targets.has(target.id));
}

/** An assignment with what its column says of a value. */
interface Judge {
  readonly assignment: Assignment;
  readonly decide: (content: string) => Verdict;
  /** One for all values, as most are: a million of them are a million less to clean up. */
  readonly unchanged: Decision;
}

/** All that goes into one field, and the rule of its own where it has one. */
interface Filling {
  readonly target: Definition;
  readonly moves: readonly Judge[];
  readonly own: Judge | undefined;
}

interface Arranged {
  readonly fillings: readonly Filling[];
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
    const own = new Map(
      here
        .filter(({ assignment }) => !assignment.isMove)
        .map((each) => [each.assignment.source.id, each]),
    );
    return { fillings: fillingsOf(here, own), own };
  };
  const arrangement = { matter: of('matter'), contact: of('contact') };
  arrangements.set(assignments, arrangement);
  return arrangement;
}

function fillingsOf(judges: readonly Judge[], own: ReadonlyMap<string, Judge>): Filling[] {
  const moves = judges.filter(({ assignment }) => assignment.isMove);
  const targets = new Map(moves.map(({ assignment: { target } }) => [target.id, target]));
  return [...targets.values()].map((target) => ({
    target,
    moves: moves.filter(({ assignment }) => assignment.target.id === target.id),
    own: own.get(target.id),
  }));
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

/** What a move would bring into its target. */
interface Load {
  readonly judge: Judge;
  readonly from: HeldValue;
  readonly after: Planned;
  readonly reason: string;
}

/** Notes in `taken` a target that its own rule must leave alone. */
function decideMoves(
  record: RecordSnapshot,
  { target, moves, own }: Filling,
  taken: Set<string>,
): Decision[] {
  const into = valueOf(record, target.id);
  const decisions: Decision[] = [];
  const loads: Load[] = [];
  for (const judge of moves) {
    const { assignment } = judge;
    const from = valueOf(record, assignment.source.id);
    if (from.state === 'unread' || (from.state === 'value' && into.state === 'unread')) {
      decisions.push({ assignment, kind: 'unread' });
    } else if (from.state === 'value') {
      const verdict = judge.decide(from.content);
      if (verdict.outcome === 'flagged')
        decisions.push(flag(record, assignment, from, verdict.reason, verdict.suggestions));
      else loads.push(loadOf(judge, from, verdict));
    }
  }
  return loads.length === 0
    ? decisions
    : [...decisions, ...unload(record, loads, settledTarget(into, own), taken)];
}

function loadOf(judge: Judge, from: HeldValue, verdict: Sure): Load {
  const { source, clearsSource } = judge.assignment;
  const reason =
    verdict.outcome === 'unchanged'
      ? `moved from "${source.name}"`
      : `from ${clearsSource ? '' : `${shown(textOf(source, from))} in `}"${source.name}": ${verdict.reason}`;
  return { judge, from, after: plannedBy(verdict, from.content), reason };
}

/** Where one of the loads is to be written, all must be the same: no entry decides between two sources. */
function unload(
  record: RecordSnapshot,
  brought: readonly Load[],
  current: Planned,
  taken: Set<string>,
): Decision[] {
  const loads = brought.map((load) => ({ ...load, after: withLineEndsOf(current, load.after) }));
  const isThere = ({ after }: Load): boolean => isSamePlanned(current, after);
  const writer = loads.find(
    (load) =>
      !isThere(load) && (isEmpty(current) || load.judge.assignment.existing === 'overwrite'),
  );
  const clearer = loads.find((load) => isThere(load) && load.judge.assignment.clearsSource);
  const carrier = writer ?? clearer;
  if (writer !== undefined && loads.some(({ after }) => !isSamePlanned(after, writer.after)))
    return loads.map((load) => contradicted(record, load, loads));
  if (carrier !== undefined) taken.add(carrier.judge.assignment.target.id);
  return loads.map((load) => {
    const { judge, from, after, reason } = load;
    const { assignment, unchanged } = judge;
    if (load === carrier) return write(record, judge, after, reason);
    if (writer !== undefined || isThere(load) || assignment.existing === 'keep') return unchanged;
    const held = textOf(assignment.target, current);
    return flag(
      record,
      assignment,
      from,
      `"${assignment.target.name}" already holds something else: ${held}`,
      [textOf(assignment.target, after) ?? ''],
    );
  });
}

/** A load that another source of the same field gainsays. */
function contradicted(record: RecordSnapshot, load: Load, loads: readonly Load[]): Decision {
  const { assignment } = load.judge;
  const { target } = assignment;
  const others = loads
    .filter(({ after }) => !isSamePlanned(after, load.after))
    .map(
      ({ judge, after }) =>
        `${shown(textOf(target, after))} from "${judge.assignment.source.name}"`,
    );
  const reason = `"${target.name}" would get something else as well: ${others.join(', ')}`;
  return flag(record, assignment, load.from, reason, [textOf(target, load.after) ?? '']);
}

function isEmpty({ state }: Planned): boolean {
  return state === 'blank' || state === 'absent';
}

function shown(text: string | null): string {
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

function plannedBy(verdict: Sure, content: string): Planned {
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
  value: HeldValue,
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
