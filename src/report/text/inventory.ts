import type { Coverage } from '../../model/summary.ts';
import type { InventoryView, Look } from '../types.ts';
import { visible } from '../visible.ts';
import { number, Page, timeOf } from './page.ts';

/** What an inventory shows: a row a field, samples of what is malformed, and what could not be read. */
export function* inventoryAsText(view: InventoryView, look: Look): Iterable<string> {
  const page = new Page(look);
  const { inventoryId, takenAt, origin, coverage, fields, requests } = view;
  yield `${page.paint.bold(inventoryId)}, ${timeOf(takenAt)}, ${origin}, ${number(requests)} requests\n`;
  for (const each of coverage) yield `${coverageLine(page, each)}\n`;
  yield '\n';
  yield* page.table(
    [
      { title: 'Field', align: 'left', isElastic: true },
      { title: 'Type', align: 'left' },
      { title: 'Filled', align: 'right' },
      { title: 'Distinct', align: 'right' },
      { title: 'Well', align: 'right' },
      { title: 'Mal', align: 'right' },
      { title: 'Unread', align: 'right' },
      { title: 'Samples of malformed', align: 'left', isElastic: true },
    ],
    fields.map(({ definition, states, distinct, wellFormed, malformed, samples }) => [
      `${visible(definition.name)}${definition.deleted ? ' (deleted)' : ''}`,
      definition.fieldType,
      ...[states.value, distinct, wellFormed, malformed, states.unread].map(number),
      samples.map(visible).join(' | '),
    ]),
  );
}

function coverageLine(page: Page, { parentType, read, hidden, total }: Coverage): string {
  const missing = total === null ? 0 : total - read;
  const parts = [
    `${number(read)}${total === null || total === read ? '' : ` of ${number(total)}`} ${parentType}s read`,
    missing > 0 && `${number(missing)} not visible to this user`,
    hidden > 0 && `${number(hidden)} with values that were kept from this sign-in`,
  ].filter((part) => part !== false);
  return missing + hidden > 0 ? page.paint.yellow(parts.join('; ')) : parts.join('; ');
}
