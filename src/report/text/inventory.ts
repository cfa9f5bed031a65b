import type { Coverage, Renewal } from '../../model/summary.ts';
import type { InventoryView, Look } from '../types.ts';
import { visible } from '../visible.ts';
import { number, Page, timeOf } from './page.ts';

/** What an inventory shows: a row a field, samples of what is malformed, and what could not be read. */
export function* inventoryAsText(view: InventoryView, look: Look): Iterable<string> {
  const page = new Page(look);
  const { inventoryId, takenAt, origin, coverage, fields, requests, since } = view;
  yield `${page.paint.bold(inventoryId)}, ${timeOf(takenAt)}, ${origin}, ${number(requests)} requests\n`;
  for (const each of coverage) yield `${coverageLine(page, each, since !== null)}\n`;
  if (since !== null) yield* renewalLines(page, since);
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

function coverageLine(
  page: Page,
  { parentType, read, hidden, total }: Coverage,
  isRenewed: boolean,
): string {
  const missing = total === null ? 0 : total - read;
  const parts = [
    `${number(read)}${total === null || missing <= 0 ? '' : ` of ${number(total)}`} ${parentType}s ${isRenewed ? 'held' : 'read'}`,
    missing > 0 && `${number(missing)} not visible to this user`,
    missing < 0 &&
      `${number(-missing)} more than the platform counts: deleted, or out of sight; a complete inventory tells which`,
    hidden > 0 && `${number(hidden)} with values that were kept from this sign-in`,
  ].filter((part) => part !== false);
  return missing !== 0 || hidden > 0 ? page.paint.yellow(parts.join('; ')) : parts.join('; ');
}

/** How it was brought up to date, and how far the platform's times of change can be believed. */
function* renewalLines(page: Page, renewal: Renewal): Iterable<string> {
  const { timestamps } = renewal;
  const paint = timestamps === 'silent' ? page.paint.yellow : page.paint.dim;
  yield* page.indented(renewalInWords(renewal), 0);
  yield* page.indented(CAUTIONS[timestamps], 0, paint);
}

function renewalInWords({ inventoryId, updatedSince, ...renewal }: Renewal): string {
  const { read, moved, left, fullInventoryId, fullTakenAt } = renewal;
  const parts = [
    `Brought up to date from ${inventoryId}: ${number(read)} records that changed after ${timeOf(updatedSince)} were read anew, ${number(moved)} of them with other values`,
    left > 0 && `${number(left)} left`,
    fullInventoryId !== inventoryId &&
      `the last complete reading is ${fullInventoryId} of ${timeOf(fullTakenAt)}`,
  ].filter((part) => part !== false);
  return `${parts.join('; ')}.`;
}

const LATER =
  'apply reads every record again before it writes: a stale value becomes a conflict, never a wrong write.';

const CAUTIONS = {
  silent: `Values moved, and the platform’s time of change did not: other changes may be missing here. Take a complete inventory. ${LATER}`,
  tell: `The platform told of every record that this tool wrote to since. Deletions it does not tell. ${LATER}`,
  unknown: `Whether the platform tells of a change of custom fields alone is not known, and deletions it does not tell: take a complete inventory now and then. ${LATER}`,
} as const satisfies Record<Renewal['timestamps'], string>;
