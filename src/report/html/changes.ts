import type { Change, Edit } from '../../model/change.ts';
import type { Outcome } from '../../model/run.ts';
import { difference } from '../difference.ts';
import { visible } from '../visible.ts';
import { badge, escape, text } from './page.ts';

interface ChangeLine {
  readonly change: Change;
  readonly outcome: Outcome | null;
}

export function* withoutOutcome(changes: Iterable<Change>): Iterable<ChangeLine> {
  for (const change of changes) yield { change, outcome: null };
}

export function* changeTable(
  title: string,
  changes: Iterable<ChangeLine>,
  hasStatus: boolean,
): Iterable<string> {
  let isFirst = true;
  let current = '';
  for (const { change, outcome } of changes) {
    if (isFirst) {
      const status = hasStatus ? '<th>Status</th>' : '';
      yield `<h2>${title}</h2><table class="changes"><thead><tr><th>Field</th><th>Before</th><th>After</th><th>Why</th>${status}</tr></thead><tbody>`;
    }
    isFirst = false;
    const record = `${change.parentType} ${change.recordId}`;
    if (record !== current) {
      current = record;
      yield `<tr class="record"><th colspan="${hasStatus ? 5 : 4}">${text(change.recordLabel)} <small>${escape(record)}</small></th></tr>\n`;
    }
    const [first] = change.edits;
    for (const edit of change.edits) {
      const why =
        edit === first ? `<td>${text(change.reason)}</td>` : '<td>the other half of the move</td>';
      const said =
        outcome?.reason === null || outcome === null
          ? ''
          : ` <small>${text(outcome.reason)}</small>`;
      const status = hasStatus ? `<td>${badge(outcome?.status ?? 'pending')}${said}</td>` : '';
      yield `<tr>${editCells(edit)}${why}${status}</tr>\n`;
    }
  }
  if (!isFirst) yield '</tbody></table>\n';
}

function editCells({ fieldName, action, beforeText, afterText }: Edit): string {
  const { before, after } = marked(beforeText, afterText);
  return `<td>${text(fieldName)} <small>${action}</small></td><td class="before">${before}</td><td class="after">${after}</td>`;
}

/** Before and after, with what differs marked to the character. */
function marked(before: string | null, after: string | null): { before: string; after: string } {
  const empty = '<i>empty</i>';
  if (before === null || after === null) {
    return {
      before: before === null ? empty : text(before),
      after: after === null ? empty : text(after),
    };
  }
  const { head: start, left, right, tail } = difference(visible(before), visible(after));
  const around = (middle: string, tag: 'del' | 'ins'): string =>
    `${escape(start)}${middle === '' ? '' : `<${tag}>${escape(middle)}</${tag}>`}${escape(tail)}`;
  return { before: around(left, 'del'), after: around(right, 'ins') };
}
