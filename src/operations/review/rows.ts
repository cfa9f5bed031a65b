import { createHash } from 'node:crypto';
import { type Decision, type ReviewItem, subjectOf } from '../../model/decision.ts';
import type { ReviewRow } from '../../model/review-row.ts';
import type { Review } from './review.ts';
import { partOf } from './rulings.ts';

/** What is put down for items that nobody has decided yet. */
export type Prefill = 'nothing' | 'accept';

/** A review's items as rows; in flat memory. */
export function* reviewRows(
  review: Review,
  kind: ReviewRow['kind'],
  prefill: Prefill = 'nothing',
): IterableIterator<ReviewRow> {
  for (const item of review.items({ kind })) yield rowOf(review, item, prefill);
}

export function rowOf(review: Review, item: ReviewItem, prefill: Prefill = 'nothing'): ReviewRow {
  const { plan } = review;
  const { decision } = item;
  const { recordLabel, reason } = partOf(item);
  const common = {
    id: `${plan.planId}/${item.itemId}`,
    check: checkOf(plan.digest, subjectOf(plan.origin, item)),
    record: recordLabel,
    why: reason,
    value: decision?.ruling.kind === 'edit' ? decision.ruling.value : '',
    decided: decision === null ? '' : saidBy(decision),
  };
  if (item.kind === 'flag') {
    const { fieldName, value, suggestions, into } = item.flag;
    return {
      ...common,
      kind: 'flag',
      field: into === undefined ? fieldName : `${fieldName} → ${into.fieldName}`,
      before: value,
      after: '',
      suggestions,
      decision: decision?.ruling.kind ?? '',
    };
  }
  const [{ fieldName, beforeText, afterText }] = item.change.edits;
  return {
    ...common,
    kind: 'change',
    field:
      item.from === null ? fieldName : fieldsOf(item.from.fieldName, review.target(item).fieldName),
    before: item.from?.text ?? beforeText ?? '',
    after: afterText ?? '',
    suggestions: [],
    decision: decision?.ruling.kind ?? (prefill === 'accept' ? 'accept' : ''),
  };
}

function fieldsOf(source: string, target: string): string {
  return `${source} → ${target}`;
}

/** `2026-11-20, Ann Example: skip` */
export function saidBy({ ruling, by, at }: Decision): string {
  return `${at.slice(0, 10)}, ${by}: ${ruling.kind}`;
}

/** So many characters of a SHA-256 in hex: enough that no slip of the hand goes unnoticed. */
const CHECK_LENGTH = 16;

function checkOf(digest: string, subject: string): string {
  return createHash('sha256').update(`${digest}\n${subject}`).digest('hex').slice(0, CHECK_LENGTH);
}
