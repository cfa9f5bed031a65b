import { counted } from '../../counted.ts';
import { minuteOf } from '../../minute-of.ts';
import { accountAt } from '../../model/account.ts';
import type { Change, FieldCounts, Flag, OptionChange, Plan } from '../../model/change.ts';
import { withoutOutcome } from '../groups.ts';
import { decisionAsText, peopleOf } from '../people.ts';
import type { PlanView } from '../types.ts';
import { visible } from '../visible.ts';
import { byRecord, changeLines, flagLines } from './changes.ts';
import { coverageLines } from './coverage.ts';
import { groupLines } from './groups.ts';
import { number, type Page } from './page.ts';

/** What a plan is, its counts by field, what the columns showed, and the changes of options. */
export function* planHeader(page: Page, view: PlanView): Iterable<string> {
  const { plan, account, optionChanges } = view;
  const { bold, dim } = page.paint;
  yield `${bold(plan.planId)} ${sourceOf(plan)}, ${minuteOf(plan.createdAt)}\n${visible(accountAt(account, plan.origin))}\n`;
  yield `${dim('digest')} ${plan.digest}\n`;
  for (const sentence of peopleOf(view)) yield* page.indented(sentence, 0);
  yield '\n';
  yield* countsByField(page, plan);
  for (const field of plan.fields) {
    for (const sentence of field.evidence)
      yield* page.indented(`${nameAmong(plan.fields, field)}: ${visible(sentence)}`, 2, dim);
  }
  const options = [...optionChanges()];
  if (options.length > 0) yield '\nOptions\n';
  for (const option of options) yield* page.indented(describeOption(option), 2);
}

function sourceOf({ rollsBack, isForced, reviewOf, inventoryId }: Plan): string {
  if (rollsBack !== null) return `undoes ${rollsBack}${isForced ? ' by force' : ''}`;
  return reviewOf === null ? `of ${inventoryId}` : `of the review of ${reviewOf}`;
}

/** Every change by record, or like ones together; then every flag. */
export function* diff(page: Page, view: PlanView): Iterable<string> {
  const { changes, flags, isGrouped } = view;
  if (isGrouped === true) yield* groupLines(page, withoutOutcome(changes()), () => '');
  else
    yield* byRecord(page, changes(), (change) => [
      ...changeLines(page, change),
      ...decisionLines(page, view, change),
    ]);
  let isFirst = true;
  const heading = (): string =>
    isFirst ? `\n${page.paint.bold('Flags: for a person to decide')}\n` : '';
  for (const piece of byRecord(page, flags(), (flag) => [
    ...flagLines(page, flag),
    ...decisionLines(page, view, flag),
  ])) {
    yield heading() + piece;
    isFirst = false;
  }
}

function decisionLines(page: Page, { decisionOf }: PlanView, part: Change | Flag): string[] {
  const decision = decisionOf?.(part) ?? null;
  return decision === null ? [] : page.indented(decisionAsText(decision), 4, page.paint.cyan);
}

/** The counts once more, where the eye rests at the end, and what an apply would ask of the platform. */
export function* planFooter(page: Page, { plan, coverage }: PlanView): Iterable<string> {
  const { counts, needs } = plan;
  yield `\n${number(counts.changed)} to change, ${number(counts.flagged)} flagged, ${number(counts.unchanged)} unchanged`;
  yield counts.unread > 0 ? `, ${number(counts.unread)} could not be read\n` : '\n';
  yield* coverageLines(page, coverage);
  if (needs.writes > 0) {
    yield* page.indented(
      `Needs ${counted(needs.reads, 'read')} and ${counted(needs.writes, 'write')}: about ${number(needs.minutes)} min at 50 requests a minute`,
      0,
    );
  }
}

export function describeOption({ action, fieldName, label, reason }: OptionChange): string {
  const verb = { add: 'adds', retire: 'retires', restore: 'restores' }[action];
  return `${visible(fieldName)} ${verb} "${visible(label)}" (${visible(reason)})`;
}

function countsByField(page: Page, { fields, counts }: Plan): Iterable<string> {
  return page.table(
    [
      { title: 'Field', align: 'left', isElastic: true },
      { title: 'Rule', align: 'left' },
      { title: 'Unchanged', align: 'right' },
      { title: 'Changed', align: 'right' },
      { title: 'Flagged', align: 'right' },
      { title: 'Unread', align: 'right' },
    ],
    [
      ...fields.map((field) => [
        nameAmong(fields, field),
        field.rule,
        ...[field.unchanged, field.changed, field.flagged, field.unread].map(number),
      ]),
      ['all', '', ...[counts.unchanged, counts.changed, counts.flagged, counts.unread].map(number)],
    ],
  );
}

/** Matters and contacts may share a name: then it says whose the field is. */
function nameAmong(fields: readonly FieldCounts[], { fieldName, parentType }: FieldCounts): string {
  const isShared = fields.some(
    (other) => other.fieldName === fieldName && other.parentType !== parentType,
  );
  return `${visible(fieldName)}${isShared ? ` (${parentType})` : ''}`;
}
