import { counted } from '../../counted.ts';
import { minuteOf } from '../../minute-of.ts';
import { accountAt } from '../../model/account.ts';
import { losesRow } from '../../model/change.ts';
import type { Run } from '../../model/run.ts';
import { coverageInWords } from '../coverage.ts';
import { groupChanges } from '../groups.ts';
import { rowsNotKeptInWords } from '../rows-not-kept.ts';
import type { RunView } from '../types.ts';
import { changeParts } from './changes.ts';
import { groupTables } from './groups.ts';
import { optionList } from './options.ts';
import { escape, facts, FOOT, head, number, SIGNS, tiles } from './page.ts';
import { partsBar } from './parts-bar.ts';

/** What a run did: in a sentence, by kind of change, and record by record. */
export function* runPage(view: RunView): Iterable<string> {
  const { run, plan, isGrouped = false } = view;
  const title =
    run.rollsBack === null
      ? `${run.runId}: what was done${placeOf(view)}`
      : `${run.runId}: undoes ${run.rollsBack}${placeOf(view)}`;
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
  yield `<p class="lead">${summary(run)}${rowsNotKept(view)}</p>${partsBar([
    ['changed', applied],
    ['same', alreadyThere],
    ['unread', conflict + rejected + noAccess],
    ['flagged', pending],
  ])}`;
  yield* optionList(view.optionChanges());
  yield SIGNS;
  yield* groupTables(groupChanges(view.changes()), true, isGrouped);
  if (!isGrouped)
    yield* changeParts(view.changes(), {
      id: run.runId,
      total: plan.counts.changed,
      run,
    });
  yield FOOT;
}

function summary({ counts, rollsBack }: Run): string {
  const notMade = counts.conflict + counts.rejected + counts.noAccess;
  const parts = [
    `${counted(counts.applied, 'value')} ${counts.applied === 1 ? 'was' : 'were'} ${rollsBack === null ? 'changed' : 'put back'}, each read back and found as planned.`,
    notMade > 0 &&
      `${number(notMade)} could not be made and stand as they were; the reason stands beside each.`,
    counts.pending > 0 &&
      `${number(counts.pending)} ${counts.pending === 1 ? 'is' : 'are'} still to be made.`,
  ];
  return parts.filter((part) => part !== false).join(' ');
}

/** As in the summary of the run, and for one record alone too. */
function rowsNotKept({ run, changes }: RunView): string {
  if (run.rollsBack === null) return '';
  let count = 0;
  for (const { change, outcome } of changes())
    if (outcome !== null && losesRow(change, outcome.written)) count += 1;
  return count === 0 ? '' : ` ${rowsNotKeptInWords(count)}.`;
}

function placeOf({ only }: RunView): string {
  return only === undefined ? '' : ` in ${only.parentType} ${only.recordId}`;
}

function runFacts({ run, plan, account, approval, coverage }: RunView): string {
  return facts([
    ['Started', minuteOf(run.startedAt)],
    ['Ended', run.endedAt === null ? 'not yet' : minuteOf(run.endedAt)],
    ['Account', accountAt(account, plan.origin)],
    ['Read', coverage.map((each) => coverageInWords(each)).join('. ')],
    ['Plan', `${plan.planId}, digest ${plan.digest}`],
    ['Approved', approval === null ? 'no' : `by ${approval.by}, ${minuteOf(approval.at)}`],
    [
      'Requests',
      `${counted(run.requests.reads, 'read')}, ${counted(run.requests.writes, 'write')}`,
    ],
  ]);
}
