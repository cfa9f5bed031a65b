import type { Change, Edit } from '../../model/change.ts';
import type { Run } from '../../model/run.ts';
import type { ChangeLine } from '../groups.ts';
import { type Mark, marks, withoutLongSame } from '../marks.ts';
import { statusReason } from '../status-reason.ts';
import { badge, breakable, escape, number, text } from './page.ts';

/** Records in one part that can be folded away: a browser lays out what is open. */
const RECORDS_A_PART = 100;

export interface PartsLook {
  /** Of the plan or run. */
  readonly id: string;
  /** How many changes there are in all. */
  readonly total: number;
  /** Whose changes they are, where it is told what became of each; null for a plan. */
  readonly run: Pick<Run, 'endedAt'> | null;
  /** Markup below why a change is made. */
  readonly underReason?: (change: Change) => string;
}

/** Every change, record by record, in parts that can be folded; the first is open, and all are where there are few. */
export function* changeParts(
  lines: Iterable<ChangeLine>,
  { id, total, run, underReason = () => '' }: PartsLook,
): Iterable<string> {
  const areAllOpen = total <= MOST_OPEN;
  const hasStatus = run !== null;
  let last: Change | undefined;
  let records = 0;
  for (const line of lines) {
    const { change } = line;
    if (change.recordId !== last?.recordId || change.parentType !== last.parentType) {
      const record = `${change.parentType} ${change.recordId}`;
      if (records % RECORDS_A_PART === 0) {
        yield records === 0 ? heading(id, areAllOpen) : PART_END;
        yield partBegin(records, change.recordLabel, hasStatus, records === 0 || areAllOpen);
      }
      records += 1;
      last = change;
      yield `<tr class="record" id="${anchorOf(record)}"><th colspan="${hasStatus ? 5 : 4}">${text(change.recordLabel)} <small>${escape(record)}</small></th></tr>\n`;
    }
    const [first] = change.edits;
    for (const edit of change.edits) {
      const why =
        edit === first
          ? `<td>${text(change.reason)}${underReason(change)}</td>`
          : '<td>the other half of the move</td>';
      const status = run === null ? '' : statusCell(line, run);
      yield `<tr>${fieldCell(edit)}${valueCells(edit)}${why}${status}</tr>\n`;
    }
  }
  if (records > 0) yield PART_END;
}

function statusCell(line: ChangeLine, run: Pick<Run, 'endedAt'>): string {
  const reason = statusReason(line, run);
  const said = reason === null ? '' : ` <small>${text(reason)}</small>`;
  return `<td>${badge(line.outcome?.status ?? 'pending')}${said}</td>`;
}

/** Changes that are all laid out at once. */
const MOST_OPEN = 500;
const PART_END = '</tbody></table></details>\n';

function heading(id: string, areAllOpen: boolean): string {
  const folded = areAllOpen
    ? ''
    : `<p class="folded">This browser does not print the parts that are folded away. Open them before you print, or take every change as a table: <code>clio-fields show ${escape(id)} --out ${escape(id)}.csv</code></p>`;
  return `<h2 id="records">Record by record</h2>${folded}`;
}

function partBegin(from: number, label: string, hasStatus: boolean, isOpen: boolean): string {
  const status = hasStatus ? '<th>Status</th>' : '';
  return `<details class="part"${isOpen ? ' open' : ''}><summary>Records from ${number(from + 1)}: ${text(label)} …</summary><table class="changes"><thead><tr><th>Field</th><th>Before</th><th>After</th><th>Why</th>${status}</tr></thead><tbody>`;
}

export function anchorOf(record: string): string {
  return `record-${record.replace(/[^\w]+/gu, '-')}`;
}

function fieldCell({ fieldName, action }: Edit): string {
  return `<td>${text(fieldName)} <small>${action}</small></td>`;
}

/** Before and after, with what differs marked to the character. */
export function valueCells({
  beforeText,
  afterText,
}: Pick<Edit, 'beforeText' | 'afterText'>): string {
  const { before, after } = marked(beforeText, afterText);
  return `<td class="before">${boxed(before, beforeText)}</td><td class="after">${boxed(after, afterText)}</td>`;
}

/** A value so long that it would push everything else off the screen gets a box of its own to scroll in; paper shows all of it. */
export function boxed(markup: string, value: string | null): string {
  return value !== null && value.length > LONGEST_IN_FULL
    ? `<div class="long" tabindex="0">${markup}</div>`
    : markup;
}

/** Characters; about a screen's half in a column of the page. */
const LONGEST_IN_FULL = 1_500;

function marked(before: string | null, after: string | null): { before: string; after: string } {
  const empty = '<i>empty</i>';
  if (before === null || after === null) {
    return {
      before: before === null ? empty : text(before),
      after: after === null ? empty : text(after),
    };
  }
  const found = marks(before, after);
  return { before: piecesOf(found.before, 'del'), after: piecesOf(found.after, 'ins') };
}

function piecesOf(all: readonly Mark[], tag: 'del' | 'ins'): string {
  let pieces = '';
  for (const each of withoutLongSame(all)) {
    if (each.text === '') continue;
    const piece = breakable(each.text);
    pieces += each.isSame ? piece : `<${tag}>${piece}</${tag}>`;
  }
  return pieces;
}
