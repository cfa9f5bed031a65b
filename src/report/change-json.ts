import type { Change, Edit, Flag, Planned } from '../model/change.ts';
import type { Decision } from '../model/decision.ts';
import type { Outcome } from '../model/run.ts';

/*
 * A diff is a million of these. Objects of one shape, made without a spread, are made and written in a third of the time;
 * what is undefined is not written (JSON.stringify).
 */

/** What stands beside a change: what people decided of it at its plan, or what became of it in its run. */
interface Beside {
  readonly decision?: Decision | null | undefined;
  readonly status?: Outcome['status'] | 'pending';
  readonly statusReason?: string | null;
  readonly sentAt?: string | null;
  readonly written?: Outcome['written'];
}

/** One change by its first edit; the other half of a move stands in `clears`. */
export function changeAsJson(change: Change, beside: Beside = {}) {
  const edit = change.edits[0];
  const second = change.edits[1];
  const isPicklist = edit.fieldType === 'picklist';
  return {
    changeId: change.changeId,
    parentType: change.parentType,
    recordId: change.recordId,
    recordLabel: change.recordLabel,
    definitionId: edit.definitionId,
    fieldName: edit.fieldName,
    fieldType: edit.fieldType,
    valueId: edit.valueId,
    action: edit.action,
    before: edit.beforeText,
    after: edit.afterText,
    beforeState: edit.before.state,
    afterState: edit.after.state,
    beforeOptionId: isPicklist ? optionIdOf(edit.before) : undefined,
    afterOptionId: isPicklist ? optionIdOf(edit.after) : undefined,
    clears: second === undefined ? undefined : editAsJson(second),
    rule: change.rule,
    reason: change.reason,
    decision: beside.decision,
    status: beside.status,
    statusReason: beside.statusReason,
    sentAt: beside.sentAt,
    written: beside.written,
  };
}

/** `before` and `after` are what people see (an option's text), null for empty; for a picklist the ids stand beside them. */
function editAsJson(edit: Edit) {
  const isPicklist = edit.fieldType === 'picklist';
  return {
    definitionId: edit.definitionId,
    fieldName: edit.fieldName,
    fieldType: edit.fieldType,
    valueId: edit.valueId,
    action: edit.action,
    before: edit.beforeText,
    after: edit.afterText,
    beforeState: edit.before.state,
    afterState: edit.after.state,
    beforeOptionId: isPicklist ? optionIdOf(edit.before) : undefined,
    afterOptionId: isPicklist ? optionIdOf(edit.after) : undefined,
  };
}

function optionIdOf(content: Planned): string | null {
  return content.state === 'value' ? content.content : null;
}

export function flagAsJson(flag: Flag, decision: Decision | null | undefined) {
  return {
    flagId: flag.flagId,
    parentType: flag.parentType,
    recordId: flag.recordId,
    recordLabel: flag.recordLabel,
    definitionId: flag.definitionId,
    fieldName: flag.fieldName,
    fieldType: flag.fieldType,
    valueId: flag.valueId,
    value: flag.value,
    rule: flag.rule,
    reason: flag.reason,
    suggestions: flag.suggestions,
    into: flag.into,
    decision,
  };
}
