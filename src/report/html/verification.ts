import { minuteOf } from '../../minute-of.ts';
import type { MovedValue, Standing } from '../../model/standing.ts';
import { optionDone } from '../option-done.ts';
import { rowsNotKeptInWords } from '../rows-not-kept.ts';
import type { VerificationView } from '../types.ts';
import { unansweredInWords } from '../unanswered.ts';
import { boxed, valueCells } from './changes.ts';
import { escape, facts, FOOT, head, number, text, tiles } from './page.ts';

/** What still stands of what a run wrote, as a page. */
export function* verificationPage(view: VerificationView): Iterable<string> {
  const {
    run,
    checkedAt,
    rolledBackBy,
    isRolledBackWhole,
    standing,
    options,
    rowsNotKept,
    unanswered,
  } = view;
  const title = `${run.runId}: what still stands`;
  yield head(title);
  const about = facts([
    ['Read again', minuteOf(checkedAt)],
    ['Run', `${run.runId} of ${run.planId}, ${minuteOf(run.startedAt)}`],
    [
      'Rolled back',
      rolledBackBy === null
        ? 'no'
        : `${isRolledBackWhole ? 'in whole' : 'in part'} by ${rolledBackBy}`,
    ],
  ]);
  yield `<header><h1>${escape(title)}</h1>${about}</header><main>`;
  yield tiles([
    ['stand', standing.stands, standing.stands > 0 ? 'changed' : ''],
    ['moved since', standing.moved, standing.moved > 0 ? 'problem' : ''],
    ['cannot be seen', standing.unseen, standing.unseen > 0 ? 'problem' : ''],
  ]);
  if (rowsNotKept > 0) yield `<p class="lead">${rowsNotKeptInWords(rowsNotKept)}.</p>`;
  if (unanswered > 0)
    yield `<p class="lead">${escape(unansweredInWords(unanswered, run.runId))}.</p>`;
  yield* movedTable(standing.notStanding);
  yield fieldTable(standing);
  if (options.length > 0) yield '<h2>Options of picklists</h2><ul class="options">';
  for (const { change, replacedBy, stands } of options) {
    const done = optionDone(change, replacedBy);
    const words = stands ? 'still so' : 'no longer so';
    yield `<li>${text(change.fieldName)}: <q>${text(change.label)}</q> ${escape(done)}, ${words}</li>`;
  }
  if (options.length > 0) yield '</ul>\n';
  yield FOOT;
}

function fieldTable({ fields }: Standing): string {
  const rows = fields.map(({ fieldName, parentType, stands, moved, unseen }) => {
    const counts = [stands, moved, unseen].map(
      (count) => `<td class="number">${number(count)}</td>`,
    );
    return `<tr><td>${text(fieldName)} <span>${parentType}</span></td>${counts.join('')}</tr>`;
  });
  const titles = ['Stands', 'Moved', 'Unseen']
    .map((title) => `<th class="number">${title}</th>`)
    .join('');
  return `<h2>By field</h2><table class="standing"><thead><tr><th>Field</th>${titles}</tr></thead><tbody>${rows.join('\n')}</tbody></table>\n`;
}

function* movedTable(values: readonly MovedValue[]): Iterable<string> {
  if (values.length === 0) return;
  yield '<h2>Does not stand</h2><table class="changes moved"><thead><tr><th>Record</th><th>Field</th><th>Written</th><th>Now</th></tr></thead><tbody>';
  for (const { recordLabel, parentType, recordId, fieldName, state, wrote, now } of values) {
    const cells =
      state === 'moved'
        ? valueCells({ beforeText: wrote, afterText: now })
        : `<td class="before">${boxed(shown(wrote), wrote)}</td><td class="after"><i>${UNSEEN[state]}</i></td>`;
    yield `<tr><td>${text(recordLabel)} <small>${parentType} ${escape(recordId)}</small></td><td>${text(fieldName)}</td>${cells}</tr>\n`;
  }
  yield '</tbody></table>\n';
}

const UNSEEN = {
  hidden: 'hidden from this sign-in',
  gone: 'the record is gone, or not visible to this user',
} as const;

function shown(value: string | null): string {
  return value === null ? '<i>empty</i>' : text(value);
}
