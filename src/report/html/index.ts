import { accountAt } from '../../model/account.ts';
import type { Flag, OptionChange, Plan } from '../../model/change.ts';
import { coverageInWords } from '../coverage.ts';
import type { OptionOutcomeView, PlanView, Reporter, RunView } from '../types.ts';
import { changeTable, withoutOutcome } from './changes.ts';
import { inventoryPage } from './inventory.ts';
import { badge, escape, facts, FOOT, head, number, text, tiles, time } from './page.ts';
import { verificationPage } from './verification.ts';

/**
 * One self-contained page: no script, no outside asset, and a policy that forbids both, whatever a value says.
 * Reads on a phone, prints on paper.
 */
export const htmlReporter: Reporter = {
  inventory: inventoryPage,
  *plan(view: PlanView, isWhole: boolean) {
    const { plan } = view;
    const title =
      plan.rollsBack === null
        ? `${plan.planId}: what would be changed`
        : `${plan.planId}: undoes ${plan.rollsBack}`;
    yield head(title);
    yield `<header><h1>${escape(title)}</h1>${planFacts(view)}</header><main>`;
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
    const { run } = view;
    const title =
      run.rollsBack === null
        ? `${run.runId}: what was done`
        : `${run.runId}: undoes ${run.rollsBack}`;
    yield head(title);
    yield `<header><h1>${escape(title)}</h1>${runFacts(view)}</header><main>`;
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
  verification: verificationPage,
};

function planFacts({ plan, account, approval, coverage }: PlanView): string {
  return facts([
    ['Made', `${time(plan.createdAt)} from ${plan.inventoryId}`],
    ['Account', accountAt(account, plan.origin)],
    ['Read', coverage.map((each) => coverageInWords(each)).join('. ')],
    ['Digest', plan.digest],
    ['Approved', approval === null ? 'not yet' : `by ${approval.by}, ${time(approval.at)}`],
    [
      'Needs',
      `${number(plan.needs.reads)} reads and ${number(plan.needs.writes)} writes, about ${number(plan.needs.minutes)} min at 50 requests a minute`,
    ],
  ]);
}

function runFacts({ run, plan, account, approval, coverage }: RunView): string {
  return facts([
    ['Started', time(run.startedAt)],
    ['Ended', run.endedAt === null ? 'not yet' : time(run.endedAt)],
    ['Account', accountAt(account, plan.origin)],
    ['Read', coverage.map((each) => coverageInWords(each)).join('. ')],
    ['Plan', `${plan.planId}, digest ${plan.digest}`],
    ['Approved', approval === null ? 'no' : `by ${approval.by}, ${time(approval.at)}`],
    ['Requests', `${number(run.requests.reads)} reads, ${number(run.requests.writes)} writes`],
  ]);
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
