import type { Change, Edit, Flag, OptionChange, Plan } from '../model/change.ts';
import type { ChangeStatus, Outcome, Run } from '../model/run.ts';
import { difference } from './difference.ts';
import { stylesheet } from './stylesheet.ts';
import type { ApprovalView, OptionOutcomeView, PlanView, Reporter, RunView } from './types.ts';
import { visible } from './visible.ts';

/**
 * One self-contained page: no script, no outside asset, and a policy that forbids both, whatever a value says.
 * Reads on a phone, prints on paper.
 */
export const htmlReporter: Reporter = {
  *plan(view: PlanView, isWhole: boolean) {
    const { plan, approval } = view;
    const title =
      plan.rollsBack === null
        ? `${plan.planId}: what would be changed`
        : `${plan.planId}: undoes ${plan.rollsBack}`;
    yield head(title);
    yield `<header><h1>${escape(title)}</h1>${planFacts(plan, approval)}</header><main>`;
    yield tiles([
      ['to change', plan.counts.changed, 'changed'],
      ['flagged for a person', plan.counts.flagged, 'flagged'],
      ['unchanged', plan.counts.unchanged, ''],
      ['could not be read', plan.counts.unread, plan.counts.unread > 0 ? 'problem' : ''],
    ]);
    yield fieldTable(plan);
    yield* optionList(
      [...view.optionChanges()].map((change) => ({ change, status: null, reason: null })),
    );
    if (isWhole) {
      yield* changeTable('Changes', withoutOutcome(view.changes()), false);
      yield* flagTable(view.flags());
    }
    yield FOOT;
  },
  *run(view: RunView) {
    const { run, plan, approval } = view;
    const title =
      run.rollsBack === null
        ? `${run.runId}: what was done`
        : `${run.runId}: undoes ${run.rollsBack}`;
    yield head(title);
    yield `<header><h1>${escape(title)}</h1>${runFacts(run, plan, approval)}</header><main>`;
    const { applied, alreadyThere, conflict, rejected, noAccess, pending } = run.counts;
    yield tiles([
      ['applied', applied, 'changed'],
      ['already there', alreadyThere, ''],
      ['in conflict', conflict, conflict > 0 ? 'problem' : ''],
      ['rejected', rejected, rejected > 0 ? 'problem' : ''],
      ['without access', noAccess, noAccess > 0 ? 'problem' : ''],
      ['pending', pending, pending > 0 ? 'flagged' : ''],
    ]);
    yield* optionList(view.optionChanges());
    yield* changeTable('Changes', view.changes(), true);
    yield FOOT;
  },
};

function head(title: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(title)}</title>
<style>${stylesheet}</style>
</head>
<body>
`;
}

const FOOT = `</main><footer>Made by clio-fields. This page holds clients’ data: keep it where the file is kept.</footer>
</body>
</html>
`;

function planFacts(plan: Plan, approval: ApprovalView | null): string {
  return facts([
    ['Made', `${time(plan.createdAt)} from ${plan.inventoryId}`],
    ['Account', plan.origin],
    ['Digest', plan.digest],
    ['Approved', approval === null ? 'not yet' : `by ${approval.by}, ${time(approval.at)}`],
    [
      'Needs',
      `${number(plan.needs.reads)} reads and ${number(plan.needs.writes)} writes, about ${number(plan.needs.minutes)} min at 50 requests a minute`,
    ],
  ]);
}

function runFacts(run: Run, plan: Plan, approval: ApprovalView | null): string {
  return facts([
    ['Started', time(run.startedAt)],
    ['Ended', run.endedAt === null ? 'not yet' : time(run.endedAt)],
    ['Account', plan.origin],
    ['Plan', `${plan.planId}, digest ${plan.digest}`],
    ['Approved', approval === null ? 'no' : `by ${approval.by}, ${time(approval.at)}`],
    ['Requests', `${number(run.requests.reads)} reads, ${number(run.requests.writes)} writes`],
  ]);
}

function facts(pairs: readonly (readonly [string, string])[]): string {
  return `<dl>${pairs.map(([name, fact]) => `<div><dt>${escape(name)}</dt><dd>${escape(fact)}</dd></div>`).join('')}</dl>`;
}

function tiles(counts: readonly (readonly [string, number, string])[]): string {
  const shown = counts.map(
    ([name, count, kind]) =>
      `<li class="${kind}"><strong>${number(count)}</strong> ${escape(name)}</li>`,
  );
  return `<ul class="tiles">${shown.join('')}</ul>\n`;
}

function fieldTable({ fields }: Plan): string {
  const rows = fields.map(
    ({ fieldName, parentType, rule, unchanged, changed, flagged, unread, evidence }) => {
      const said = evidence.map((sentence) => `<small>${text(sentence)}</small>`).join('');
      const counts = [unchanged, changed, flagged, unread].map(
        (count) => `<td class="number">${number(count)}</td>`,
      );
      return `<tr><td>${text(fieldName)} <span>${parentType}</span>${said}</td><td>${escape(rule)}</td>${counts.join('')}</tr>`;
    },
  );
  return `<h2>By field</h2><table class="fields"><thead><tr><th>Field</th><th>Rule</th><th>Unchanged</th><th>Changed</th><th>Flagged</th><th>Unread</th></tr></thead><tbody>${rows.join('\n')}</tbody></table>\n`;
}

interface OptionLine {
  readonly change: OptionChange;
  readonly status: OptionOutcomeView['status'] | null;
  readonly reason: string | null;
}

function* optionList(options: Iterable<OptionLine>): Iterable<string> {
  let isFirst = true;
  for (const { change, status, reason } of options) {
    if (isFirst) yield '<h2>Options of picklists</h2><ul class="options">';
    isFirst = false;
    const verb = { add: 'adds', retire: 'retires', restore: 'restores' }[change.action];
    const ending = status === null ? '' : ` ${badge(status)} ${text(reason ?? '')}`;
    yield `<li>${text(change.fieldName)} ${verb} <q>${text(change.label)}</q> <small>${text(change.reason)}</small>${ending}</li>`;
  }
  if (!isFirst) yield '</ul>\n';
}

interface ChangeLine {
  readonly change: Change;
  readonly outcome: Outcome | null;
}

function* withoutOutcome(changes: Iterable<Change>): Iterable<ChangeLine> {
  for (const change of changes) yield { change, outcome: null };
}

function* changeTable(
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

function* flagTable(flags: Iterable<Flag>): Iterable<string> {
  let isFirst = true;
  for (const {
    recordLabel,
    parentType,
    recordId,
    fieldName,
    value,
    reason,
    suggestions,
  } of flags) {
    if (isFirst) {
      yield '<h2>Flags: for a person to decide</h2><table class="flags"><thead><tr><th>Record</th><th>Field</th><th>Value</th><th>Why</th><th>Perhaps</th></tr></thead><tbody>';
    }
    isFirst = false;
    const perhaps = suggestions
      .map((suggestion) => `<span class="suggestion">${text(suggestion)}</span>`)
      .join(' ');
    yield `<tr><td>${text(recordLabel)} <small>${parentType} ${escape(recordId)}</small></td><td>${text(fieldName)}</td><td class="before">${text(value)}</td><td>${text(reason)}</td><td>${perhaps}</td></tr>\n`;
  }
  if (!isFirst) yield '</tbody></table>\n';
}

function badge(status: ChangeStatus): string {
  const words = {
    applied: 'applied',
    alreadyThere: 'already there',
    conflict: 'conflict',
    rejected: 'rejected',
    noAccess: 'no access',
    pending: 'pending',
  } as const;
  return `<span class="badge ${status}">${words[status]}</span>`;
}

/** A value as page text, with what cannot be seen made visible. */
function text(value: string): string {
  return escape(visible(value));
}

function escape(value: string): string {
  return value
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

function number(count: number): string {
  return count.toLocaleString('en-US');
}

function time(iso: string): string {
  return `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`;
}
