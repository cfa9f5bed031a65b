import type { Change, Edit } from '../model/change.ts';
import type { Decision } from '../model/decision.ts';
import { type FieldSummary, MESS_KINDS } from '../model/summary.ts';
import { csvLine } from './csv-cell.ts';
import { SHORT_MESS_WORDS } from './mess-words.ts';
import type { InventoryView, PlanView, Reporter, RunView, VerificationView } from './types.ts';

const COLUMNS = [
  'kind',
  'parent',
  'record id',
  'record',
  'field id',
  'field',
  'action',
  'before',
  'after',
  'rule',
  'reason',
  'suggestions',
  'status',
  'status reason',
  'change id',
] as const;

/** Of a plan, behind the others: what people decided of each row, and of which plan it is the review. */
const PLAN_COLUMNS = [
  ...COLUMNS,
  'decision',
  'decided value',
  'decided by',
  'decided on',
  'review of',
] as const;

type Row = Partial<Record<(typeof PLAN_COLUMNS)[number], string>>;

/** CSV (RFC 4180) for spreadsheets: a row an edit, a flag, or a change of options. */
export const csvReporter: Reporter = {
  *inventory({ fields }: InventoryView) {
    yield csvLine([...FIELD_COLUMNS, ...MESS_KINDS.map((kind) => SHORT_MESS_WORDS[kind]), 'top']);
    for (const field of fields) yield csvLine(fieldCells(field));
  },
  *plan({ plan, optionChanges, changes, flags, decisionOf }: PlanView) {
    const planRow = (cells: Row): string =>
      row({ ...cells, 'review of': plan.reviewOf ?? '' }, PLAN_COLUMNS);
    yield csvLine(PLAN_COLUMNS);
    for (const { changeId, definitionId, fieldName, action, label, reason } of optionChanges()) {
      yield planRow({
        kind: 'option',
        'field id': definitionId,
        field: fieldName,
        action,
        after: label,
        reason,
        'change id': changeId,
      });
    }
    for (const change of changes()) {
      const decided = decisionCells(decisionOf?.(change) ?? null);
      for (const edit of change.edits) yield planRow({ ...editRow(change, edit), ...decided });
    }
    for (const flag of flags()) {
      yield planRow({
        kind: 'flag',
        parent: flag.parentType,
        'record id': flag.recordId,
        record: flag.recordLabel,
        'field id': flag.definitionId,
        field: flag.fieldName,
        before: flag.value,
        rule: flag.rule,
        reason: flag.reason,
        suggestions: flag.suggestions.join(' | '),
        'change id': flag.flagId,
        ...decisionCells(decisionOf?.(flag) ?? null),
      });
    }
  },
  *run({ optionChanges, changes }: RunView) {
    yield csvLine(COLUMNS);
    for (const { change, status, reason } of optionChanges()) {
      const { changeId, definitionId, fieldName, action, label } = change;
      yield row({
        kind: 'option',
        'field id': definitionId,
        field: fieldName,
        action,
        after: label,
        reason: change.reason,
        status,
        'status reason': reason ?? '',
        'change id': changeId,
      });
    }
    for (const { change, outcome } of changes()) {
      for (const edit of change.edits) {
        yield row({
          ...editRow(change, edit),
          status: outcome?.status ?? 'pending',
          'status reason': outcome?.reason ?? '',
        });
      }
    }
  },
  *verification({ standing }: VerificationView) {
    yield csvLine(MOVED_COLUMNS);
    for (const value of standing.notStanding) {
      const { parentType, recordId, recordLabel, definitionId, fieldName } = value;
      const { state, wrote, now, changeId } = value;
      const cells = [parentType, recordId, recordLabel, definitionId, fieldName, state];
      yield csvLine([...cells, wrote ?? '', now ?? '', changeId]);
    }
  },
};

/** A row a value that does not stand any more. */
const MOVED_COLUMNS = [
  'parent',
  'record id',
  'record',
  'field id',
  'field',
  'state',
  'wrote',
  'now',
  'change id',
] as const;

const FIELD_COLUMNS = [
  'parent',
  'field id',
  'field',
  'type',
  'holds',
  'required',
  'deleted',
  'filled',
  'blank',
  'absent',
  'unread',
  'distinct',
  'well-formed',
  'malformed',
  'samples of malformed',
  'messy',
] as const;

/** One field in the order of the columns, a count for each kind of mess, and its most frequent texts. */
function fieldCells(field: FieldSummary): string[] {
  const { definition, states, distinct, wellFormed, malformed, samples, messy, mess } = field;
  return [
    definition.parentType,
    definition.id,
    definition.name,
    definition.fieldType,
    field.looksLike ?? '',
    definition.required ? 'yes' : 'no',
    definition.deleted ? 'yes' : 'no',
    ...[states.value, states.blank, states.absent, states.unread].map(String),
    ...[distinct, wellFormed, malformed].map(String),
    samples.join(' | '),
    String(messy),
    ...MESS_KINDS.map((kind) => String(mess.find((each) => each.kind === kind)?.values ?? 0)),
    field.top.map(({ value, count }) => `${count} × ${value}`).join(' | '),
  ];
}

function editRow(change: Change, edit: Edit): Row {
  return {
    kind: 'change',
    parent: change.parentType,
    'record id': change.recordId,
    record: change.recordLabel,
    'field id': edit.definitionId,
    field: edit.fieldName,
    action: edit.action,
    before: edit.beforeText ?? '',
    after: edit.afterText ?? '',
    rule: change.rule,
    reason: change.reason,
    'change id': change.changeId,
  };
}

function decisionCells(decision: Decision | null): Row {
  if (decision === null) return {};
  const { ruling, by, at } = decision;
  return {
    decision: ruling.kind,
    'decided value': ruling.kind === 'edit' ? ruling.value : '',
    'decided by': by,
    'decided on': at.slice(0, 10),
  };
}

function row(cells: Row, columns: readonly (keyof Row)[] = COLUMNS): string {
  return csvLine(columns.map((name) => cells[name] ?? ''));
}
