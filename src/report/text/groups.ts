import { counted } from '../../counted.ts';
import type { ChangeStatus } from '../../model/run.ts';
import { type ChangeGroup, type ChangeLine, type FieldGroups, groupChanges } from '../groups.ts';
import { visible } from '../visible.ts';
import { beforeAndAfter } from './changes.ts';
import { number, type Page } from './page.ts';

/** Like changes together, by field: what stands a hundred times is read once. `statusOf` says how a group ended, in words. */
export function* groupLines(
  page: Page,
  lines: Iterable<ChangeLine>,
  statusOf: (status: ChangeStatus) => string,
): Iterable<string> {
  for (const field of groupChanges(lines)) {
    yield* page.indented(`\n${heading(field)}`, 0, page.paint.bold);
    for (const group of field.groups) yield* oneGroup(page, group, field, statusOf);
    if (field.others > 0) yield `  … and ${number(field.others)} more changes, each of its own\n`;
  }
}

function heading({ fieldName, changes, groups, others }: FieldGroups): string {
  const kinds = others > 0 ? `more than ${number(groups.length)}` : number(groups.length);
  return `${visible(fieldName)}: ${counted(changes, 'change')} of ${kinds} ${groups.length === 1 ? 'kind' : 'kinds'}`;
}

function* oneGroup(
  page: Page,
  { first, records, status }: ChangeGroup,
  { parentType }: FieldGroups,
  statusOf: (status: ChangeStatus) => string,
): Iterable<string> {
  const { bold, dim } = page.paint;
  const which = records === 1 ? ` ${dim(`(${visible(first.recordLabel)})`)}` : '';
  const said = statusOf(status);
  yield `  ${bold(counted(records, parentType))}${which}${said === '' ? '' : ` ${said}`}\n`;
  for (const edit of first.edits) {
    if (edit !== first.edits[0]) yield `    ${dim(visible(edit.fieldName))}\n`;
    yield* beforeAndAfter(page, edit);
  }
  yield* page.indented(visible(first.reason), 4, dim);
}
