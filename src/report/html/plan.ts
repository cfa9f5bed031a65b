import { counted } from '../../counted.ts';
import { minuteOf } from '../../minute-of.ts';
import { accountAt } from '../../model/account.ts';
import type { Change, FieldCounts, Flag, Plan, ReviewCounts } from '../../model/change.ts';
import { coverageInWords } from '../coverage.ts';
import { type FieldGroups, groupChanges, withoutOutcome } from '../groups.ts';
import { decisionAsText, earlierDecisions, namesOf, reviewCountsAsText } from '../people.ts';
import type { PlanView } from '../types.ts';
import { visible } from '../visible.ts';
import { boxed, changeParts } from './changes.ts';
import { fieldAnchor, groupTables } from './groups.ts';
import { optionList } from './options.ts';
import { escape, facts, FOOT, head, number, SIGNS, text, tiles } from './page.ts';
import { partsBar } from './parts-bar.ts';

/** What a plan would do: in a sentence, by field, by kind of change, record by record, and what it leaves to a person. */
export function* planPage(view: PlanView, isWhole: boolean): Iterable<string> {
  const { plan } = view;
  const { counts } = plan;
  const title =
    plan.rollsBack === null
      ? `${plan.planId}: what would be changed`
      : `${plan.planId}: undoes ${plan.rollsBack}${plan.isForced ? ' by force' : ''}`;
  yield head(title);
  yield `<header><h1>${escape(title)}</h1>${planFacts(view)}</header><main>`;
  yield tiles([
    ['to change', counts.changed, 'changed'],
    ['flagged for a person', counts.flagged, 'flagged'],
    ['unchanged', counts.unchanged, ''],
    ['could not be read', counts.unread, counts.unread > 0 ? 'problem' : ''],
  ]);
  yield `<p class="lead">${summary(plan)}</p>`;
  const groups = isWhole ? groupChanges(withoutOutcome(view.changes())) : [];
  if (isWhole) yield contents(plan, view.isGrouped === true);
  yield fieldTable(plan, groups);
  yield* optionList(
    [...view.optionChanges()].map((change) => ({ change, status: null, reason: null })),
  );
  if (isWhole) {
    yield SIGNS;
    yield* groupTables(groups, false, view.isGrouped === true);
    if (view.isGrouped !== true)
      yield* changeParts(withoutOutcome(view.changes()), {
        id: plan.planId,
        total: counts.changed,
        run: null,
        underReason: (change) => decisionLine(view, change),
      });
    yield* flagTable(view);
  }
  yield FOOT;
}

function summary({ counts, fields, review, reviewOf }: Plan): string {
  const touched = fields.filter(({ changed }) => changed > 0).length;
  const parts = [
    counts.changed === 0
      ? 'Nothing would be changed.'
      : `${counted(counts.changed, 'value')} in ${counted(touched, 'field')} would be changed.`,
    review !== null &&
      `This is what people chose at the review of ${reviewOf ?? 'another plan'}: ${reviewCountsAsText(review.counts)}.${leftOut(review.counts)}`,
    counts.flagged > 0 &&
      (counts.flagged === 1
        ? '1 is not certain: it stays as it is until a person decides.'
        : `${number(counts.flagged)} are not certain: they stay as they are until a person decides.`),
    'Nothing is written to Clio before somebody has approved exactly this plan, and all of it can be undone.',
  ];
  return parts.filter((part) => part !== false).join(' ');
}

/** What a review did not take over. */
function leftOut({ skipped, later, undecided }: ReviewCounts): string {
  const left = skipped + later + undecided;
  if (left === 0) return '';
  return left === 1
    ? ' The one that was not chosen stays as it is.'
    : ` The ${number(left)} that were not chosen stay as they are.`;
}

/** The way through a long page. */
function contents({ counts }: Plan, isGrouped: boolean): string {
  const links = [
    ['by-field', 'Counts by field', true],
    ['fields', 'Field by field', counts.changed > 0],
    ['records', 'Record by record', counts.changed > 0 && !isGrouped],
    ['flags', 'For a person to decide', counts.flagged > 0],
  ] as const;
  const shown = links.filter(([, , isThere]) => isThere);
  return `<nav>${shown.map(([anchor, words]) => `<a href="#${anchor}">${words}</a>`).join('')}</nav>`;
}

function planFacts(view: PlanView): string {
  const { plan, account, approval, coverage } = view;
  return facts([
    [
      'Made',
      `${minuteOf(plan.createdAt)} from ${plan.inventoryId}${plan.madeBy === null ? '' : `, by ${visible(plan.madeBy)}`}`,
    ],
    ...reviewFacts(view),
    ['Account', accountAt(account, plan.origin)],
    ['Read', coverage.map((each) => coverageInWords(each)).join('. ')],
    ['Digest', plan.digest],
    ['Approved', approval === null ? 'not yet' : `by ${approval.by}, ${minuteOf(approval.at)}`],
    [
      'Needs',
      `${counted(plan.needs.reads, 'read')} and ${counted(plan.needs.writes, 'write')}, about ${number(plan.needs.minutes)} min at 50 requests a minute`,
    ],
  ]);
}

/** Which review a plan came of and who decided there, or what is decided of it and where that led. */
function reviewFacts({ plan, reviewers, decided, reviewedAs }: PlanView) {
  const names = namesOf(reviewers ?? []);
  const by = names === '' ? '' : `, by ${names}`;
  const pairs = [
    ['Review', plan.reviewOf === null ? '' : `of ${plan.reviewOf}${by}`],
    ['Decided', decided === undefined ? '' : earlierDecisions(decided).join('; ')],
    ['Led to', reviewedAs ? `${reviewedAs}: that is the plan to approve and apply` : ''],
  ] as const;
  return pairs.filter(([, fact]) => fact !== '');
}

function decisionLine({ decisionOf }: PlanView, part: Change | Flag): string {
  const decision = decisionOf?.(part) ?? null;
  return decision === null
    ? ''
    : ` <small class="decision">${escape(decisionAsText(decision))}</small>`;
}

function fieldTable({ fields }: Plan, groups: readonly FieldGroups[]): string {
  const rows = fields.map((field) => {
    const { definitionId, fieldName, parentType, rule, evidence } = field;
    const { unchanged, changed, flagged, unread } = field;
    const said = evidence.map((sentence) => `<small>${text(sentence)}</small>`).join('');
    const place = placeOf(field, groups);
    const name =
      place === undefined
        ? text(fieldName)
        : `<a href="#${fieldAnchor(place.definitionId)}">${text(fieldName)}</a>`;
    const elsewhere =
      place === undefined || place.definitionId === definitionId
        ? ''
        : `<small>shown under ${text(place.fieldName)}</small>`;
    const numbers = [unchanged, changed, flagged, unread].map(
      (count, index) =>
        `<td class="number${count === 0 ? ' nothing' : ''}" data-of="${COUNTS[index]?.toLowerCase()}">${number(count)}</td>`,
    );
    const bar = partsBar([
      ['same', unchanged],
      ['changed', changed],
      ['flagged', flagged],
      ['unread', unread],
    ]);
    return `<tr><td>${name} <span>${parentType}</span>${elsewhere}${said}</td><td>${escape(rule)}</td><td class="wide">${bar}</td>${numbers.join('')}</tr>`;
  });
  return `<h2 id="by-field">By field</h2><p class="legend"><i class="same"></i> unchanged <i class="changed"></i> changed <i class="flagged"></i> flagged</p><table class="fields"><thead><tr><th>Field</th><th>Rule</th><th class="wide"></th>${COUNTS.map((title) => `<th>${title}</th>`).join('')}</tr></thead><tbody>${rows.join('\n')}</tbody></table>\n`;
}

const COUNTS = ['Unchanged', 'Changed', 'Flagged', 'Unread'] as const;

/** Where a field's changes are shown: by itself, or by the field that all of its values go into. */
function placeOf(
  { definitionId, changed }: FieldCounts,
  groups: readonly FieldGroups[],
): FieldGroups | undefined {
  const own = groups.find((group) => group.definitionId === definitionId);
  if (own !== undefined || changed === 0) return own;
  return groups.find(({ besideIds }) => besideIds.has(definitionId));
}

function* flagTable(view: PlanView): Iterable<string> {
  let isFirst = true;
  for (const flag of view.flags()) {
    const { recordLabel, parentType, recordId, fieldName, value, reason, suggestions } = flag;
    if (isFirst) {
      yield '<h2 id="flags">Flags: for a person to decide</h2><table class="flags"><thead><tr><th>Record</th><th>Field</th><th>Value</th><th>Why</th><th>Perhaps</th></tr></thead><tbody>';
    }
    isFirst = false;
    const perhaps = suggestions
      .map((suggestion) => `<span class="suggestion">${text(suggestion)}</span>`)
      .join(' ');
    yield `<tr><td>${text(recordLabel)} <small>${parentType} ${escape(recordId)}</small></td><td>${text(fieldName)}</td><td class="before">${boxed(text(value), value)}</td><td>${text(reason)}${decisionLine(view, flag)}</td><td>${perhaps}</td></tr>\n`;
  }
  if (!isFirst) yield '</tbody></table>\n';
}
