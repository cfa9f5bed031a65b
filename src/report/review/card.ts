import type { Change, Flag } from '../../model/change.ts';
import type { EditTarget, ReviewItem } from '../../model/decision.ts';
import { inShortBeside } from '../in-short.ts';
import { decisionAsText } from '../people.ts';
import { shorten } from '../table.ts';
import { beforeAndAfter } from '../text/changes.ts';
import { number, Page } from '../text/page.ts';
import type { Look } from '../types.ts';
import { visible } from '../visible.ts';

/** What a person is asked about at once: one item, or all of a group. */
export interface Card {
  readonly sample: ReviewItem;
  /** How many items are asked about. */
  readonly count: number;
  /** The first few of their records. */
  readonly records: readonly string[];
  /** `3 of 41`: where one stands. */
  readonly position: string;
  /** Items that nobody has decided yet, or that were left for later. */
  readonly left: number;
}

/** Before and after, or a flag and its suggestions by number, with the reason; nothing in a value can paint the screen. */
export function cardAsText(card: Card, look: Look): string[] {
  const page = new Page(look);
  const { sample } = card;
  return [
    '\n',
    headLine(page, card),
    ...page.indented(whichRecords(card), 0, page.paint.dim),
    ...(sample.kind === 'change'
      ? changeLines(page, sample, sample.change)
      : flagLines(page, sample.flag)),
    ...decisionLine(page, sample),
  ];
}

/** What can be chosen in the field, by number, as far as a person would read. */
export function choicesAsText({ fieldName, fieldType, choices }: EditTarget, look: Look): string[] {
  const page = new Page(look);
  const shown = choices.slice(0, CHOICES_SHOWN);
  return [
    ...page.indented(`A value for ${visible(fieldName)} (${fieldType}).`, 2),
    ...shown.flatMap((choice, at) => page.indented(`${at + 1}  ${visible(choice)}`, 4)),
    ...(choices.length > shown.length
      ? page.indented(
          `… and ${number(choices.length - shown.length)} more: type it to the letter`,
          4,
        )
      : []),
  ];
}

/** So many options are told by number. */
export const CHOICES_SHOWN = 30;

function headLine({ paint, columns }: Page, { sample, position, left }: Card): string {
  const field =
    sample.kind === 'flag' ? flagField(sample.flag) : changeField(sample, sample.change);
  const where = `${position}, ${number(left)} left`;
  const title = shorten(visible(field), columns - where.length - 2);
  const gap = ' '.repeat(Math.max(2, columns - Array.from(title).length - where.length));
  return `${paint.bold(title)}${gap}${paint.dim(where)}\n`;
}

function flagField({ fieldName, into }: Flag): string {
  return into === undefined ? `${fieldName}, flagged` : `${fieldName} → ${into.fieldName}, flagged`;
}

function changeField({ from }: ReviewItem, { edits }: Change): string {
  const { fieldName } = edits[0];
  return from === null || from.fieldName === fieldName
    ? fieldName
    : `${from.fieldName} → ${fieldName}`;
}

function whichRecords({ sample, count, records }: Card): string {
  const { parentType, recordId } = sample.kind === 'flag' ? sample.flag : sample.change;
  const [first = ''] = records;
  if (count === 1) return `${parentType} ${recordId}, ${visible(first)}`;
  const more = count > records.length ? ', …' : '';
  return `${number(count)} ${parentType}s: ${records.map(visible).join(', ')}${more}`;
}

function changeLines(page: Page, { from }: ReviewItem, { edits, reason }: Change): string[] {
  const [{ beforeText, afterText }] = edits;
  const before = from?.text ?? beforeText;
  const clears = edits.slice(1).map(({ fieldName }) => `and "${visible(fieldName)}" is cleared`);
  return [
    ...beforeAndAfter(page, { beforeText: before, afterText }, 2),
    ...[visible(reason), ...clears].flatMap((text) => page.indented(text, 4, page.paint.dim)),
  ];
}

function flagLines(page: Page, { value, reason, suggestions, into }: Flag): string[] {
  const { yellow, dim } = page.paint;
  const held = into?.beforeText ?? null;
  return [
    ...page.indented(`? ${inShortBeside(value, suggestions[0])}`, 2, yellow),
    ...page.indented(visible(reason), 4, dim),
    ...(held === null || into === undefined || reason.includes(held)
      ? []
      : page.indented(`"${visible(into.fieldName)}" holds: ${visible(held)}`, 4, dim)),
    ...suggestions.flatMap((each, at) =>
      page.indented(`${at + 1}  ${inShortBeside(each, value)}`, 4),
    ),
  ];
}

function decisionLine(page: Page, { decision }: ReviewItem): string[] {
  if (decision === null) return [];
  return page.indented(decisionAsText(decision), 2, page.paint.cyan);
}
