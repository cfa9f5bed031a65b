import type { Change, Edit, Flag } from '../../model/change.ts';
import { inShort, inShortBeside, isLong, marksInShort } from '../in-short.ts';
import { type Mark, marks } from '../marks.ts';
import { shorten, wrap } from '../table.ts';
import { visible } from '../visible.ts';
import type { Page } from './page.ts';

/** Blocks under one heading a record, however many of its changes follow each other. */
export function* byRecord<Item extends Pick<Change, 'parentType' | 'recordId' | 'recordLabel'>>(
  page: Page,
  items: Iterable<Item>,
  block: (item: Item) => Iterable<string>,
): Iterable<string> {
  const { bold, dim } = page.paint;
  let last: Item | undefined;
  for (const item of items) {
    let lines = '';
    if (item.recordId !== last?.recordId || item.parentType !== last.parentType) {
      const record = `${item.parentType} ${item.recordId}`;
      lines = `\n${bold(shorten(visible(item.recordLabel), page.columns - record.length - 3))} ${dim(`(${record})`)}\n`;
    }
    for (const line of block(item)) lines += line;
    // In one piece: four times as many take their time on the way out.
    yield lines;
    last = item;
  }
}

/** Before and after of each value, and why. */
export function changeLines(page: Page, { edits, reason }: Change): string[] {
  const lines: string[] = [];
  for (const edit of edits) lines.push(...editLines(page, edit));
  lines.push(...page.indented(visible(reason), 4, page.paint.dim));
  return lines;
}

export function flagLines(page: Page, { fieldName, value, reason, suggestions }: Flag): string[] {
  const { yellow, dim } = page.paint;
  const asShown = (text: string, other: string | undefined): string =>
    page.isScreen ? inShortBeside(text, other) : visible(text);
  const perhaps = suggestions.map((suggestion) => asShown(suggestion, value)).join(' | ');
  return [
    `  ${visible(fieldName)}\n`,
    ...page.indented(`? ${asShown(value, suggestions[0])}`, 4, yellow),
    ...page.indented(visible(reason), 4, dim),
    ...(suggestions.length === 0 ? [] : page.indented(`perhaps: ${perhaps}`, 4, dim)),
  ];
}

function editLines(page: Page, edit: Edit): string[] {
  const { fieldName, action } = edit;
  return [`  ${visible(fieldName)} ${page.paint.dim(action)}\n`, ...beforeAndAfter(page, edit)];
}

/** A line for each value; on a terminal what differs is marked to the character, and long values are cut around it. */
export function beforeAndAfter(
  page: Page,
  { beforeText, afterText }: Pick<Edit, 'beforeText' | 'afterText'>,
  indent = 4,
): string[] {
  const { red, green } = page.paint;
  if (beforeText !== null && afterText !== null && areMarked(page, beforeText, afterText)) {
    const { before, after } = marks(beforeText, afterText);
    return [
      ...markedLines(page, indent, '- ', before, red, red.inverse),
      ...markedLines(page, indent, '+ ', after, green, green.inverse),
    ];
  }
  const asShown = page.isScreen ? inShort : visible;
  return [
    ...(beforeText === null ? [] : page.indented(`- ${asShown(beforeText)}`, indent, red)),
    ...(afterText === null ? [] : page.indented(`+ ${asShown(afterText)}`, indent, green)),
  ];
}

/** Without colours a mark can only be seen where something is cut out. */
function areMarked({ hasColor, isScreen }: Page, before: string, after: string): boolean {
  return isScreen && (hasColor || isLong(before) || isLong(after));
}

function markedLines(
  page: Page,
  indent: number,
  sign: string,
  all: readonly Mark[],
  paintSame: (text: string) => string,
  paintOther: (text: string) => string,
): string[] {
  const isWhole = all.every(({ isSame }) => !isSame);
  const parts = [{ text: sign, isSame: true }, ...marksInShort(all)];
  const whole = parts.map(({ text }) => text).join('');
  const isSameAt = parts.flatMap(({ text, isSame }) => Array<boolean>(text.length).fill(isSame));
  let from = 0;
  return wrap(whole, page.columns - indent).map((line) => {
    const start = whole.indexOf(line, from);
    from = start + line.length;
    let painted = '';
    for (let at = start; at < from;) {
      const isSame = isSameAt[at] ?? true;
      let end = at + 1;
      while (end < from && isSameAt[end] === isSame) end += 1;
      // Where nothing is the same, all of it marked says no more than none.
      painted += (isSame || isWhole ? paintSame : paintOther)(whole.slice(at, end));
      at = end;
    }
    return `${' '.repeat(indent)}${painted}\n`;
  });
}
