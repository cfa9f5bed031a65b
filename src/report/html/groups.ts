import type { ChangeGroup, FieldGroups } from '../groups.ts';
import { valueCells } from './changes.ts';
import { badge, number, text } from './page.ts';

/** Like changes together, by field, each under an anchor. `isWhole`: all of them, as nothing below shows them one by one. */
export function* groupTables(
  fields: readonly FieldGroups[],
  hasStatus: boolean,
  isWhole: boolean,
): Iterable<string> {
  if (fields.length === 0) return;
  yield '<h2 id="fields">Field by field</h2>';
  if (!isWhole) yield '<p class="legend">Like changes together, the most frequent first.</p>';
  for (const field of fields) yield* fieldTable(field, hasStatus, isWhole);
}

/** Kinds of changes shown of a field where every change stands below as well. */
const MOST_SHOWN = 25;
const FEWEST_SHOWN = 5;

function* fieldTable(field: FieldGroups, hasStatus: boolean, isWhole: boolean): Iterable<string> {
  const { definitionId, fieldName, parentType, changes, groups, others } = field;
  const repeated = groups.filter(({ records }) => records > 1).length;
  const shown = isWhole
    ? groups
    : groups.slice(0, Math.min(Math.max(repeated, FEWEST_SHOWN), MOST_SHOWN));
  const status = hasStatus ? '<th>Status</th>' : '';
  yield `<h3 id="${fieldAnchor(definitionId)}">${text(fieldName)} <span>${number(changes)} ${parentType}${changes === 1 ? '' : 's'}</span></h3><table class="changes groups"><thead><tr><th>Records</th><th>Before</th><th>After</th><th>Why</th>${status}</tr></thead><tbody>`;
  for (const group of shown) yield row(group, parentType, hasStatus);
  yield '</tbody></table>\n';
  const more = groups.length - shown.length + others;
  if (more > 0)
    yield `<p class="legend">and ${number(more)} more kinds of change${isWhole ? '' : ', below record by record'}</p>\n`;
}

function row(
  { first, records, status }: ChangeGroup,
  parentType: string,
  hasStatus: boolean,
): string {
  const which =
    records === 1 ? `<small>${text(first.recordLabel)}</small>` : `<small>${parentType}s</small>`;
  const ending = hasStatus ? `<td>${badge(status)}</td>` : '';
  return `<tr><td class="count"><b>${number(records)}</b>${which}</td>${valueCells(first.edits[0])}<td>${text(first.reason)}</td>${ending}</tr>\n`;
}

export function fieldAnchor(definitionId: string): string {
  return `field-${definitionId.replace(/[^\w]+/gu, '-')}`;
}
