import type { Change, Edit, Flag } from '../../model/change.ts';
import { shorten } from '../table.ts';
import { visible } from '../visible.ts';
import type { Page } from './page.ts';

/** Blocks under one heading a record, however many of its changes follow each other. */
export function* byRecord<Item extends Pick<Change, 'parentType' | 'recordId' | 'recordLabel'>>(
  page: Page,
  items: Iterable<Item>,
  block: (item: Item) => Iterable<string>,
): Iterable<string> {
  const { bold, dim } = page.paint;
  let current = '';
  for (const item of items) {
    const record = `${item.parentType} ${item.recordId}`;
    if (record !== current) {
      yield `\n${bold(shorten(visible(item.recordLabel), page.columns - record.length - 3))} ${dim(`(${record})`)}\n`;
      current = record;
    }
    yield* block(item);
  }
}

/** Before and after of each value, and why. */
export function changeLines(page: Page, { edits, reason }: Change): string[] {
  return [
    ...edits.flatMap((edit) => editLines(page, edit)),
    ...page.indented(visible(reason), 4, page.paint.dim),
  ];
}

export function flagLines(page: Page, { fieldName, value, reason, suggestions }: Flag): string[] {
  const { yellow, dim } = page.paint;
  return [
    `  ${visible(fieldName)}\n`,
    ...page.indented(`? ${visible(value)}`, 4, yellow),
    ...page.indented(visible(reason), 4, dim),
    ...(suggestions.length === 0
      ? []
      : page.indented(`perhaps: ${suggestions.map(visible).join(' | ')}`, 4, dim)),
  ];
}

function editLines(page: Page, { fieldName, action, beforeText, afterText }: Edit): string[] {
  const { red, green, dim } = page.paint;
  return [
    `  ${visible(fieldName)} ${dim(action)}\n`,
    ...(beforeText === null ? [] : page.indented(`- ${visible(beforeText)}`, 4, red)),
    ...(afterText === null ? [] : page.indented(`+ ${visible(afterText)}`, 4, green)),
  ];
}
