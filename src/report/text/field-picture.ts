import type { FieldSummary, Mess } from '../../model/summary.ts';
import { shareOf } from '../inventory-totals.ts';
import { MESS_WORDS, typeWords } from '../mess-words.ts';
import { shares } from '../shares.ts';
import { shorten } from '../table.ts';
import { visible } from '../visible.ts';
import { number, type Page } from './page.ts';

/** What the cells of a bar stand for. */
export const BAR_WORDS = '█ clean  ▒ messy  · empty';

/** A field's values in `width` cells: clean, messy, empty, and unread where some were. */
export function bar({ paint }: Page, { states, messy }: FieldSummary, width: number): string {
  const counts = [states.value - messy, messy, states.blank + states.absent, states.unread];
  const [clean = 0, mess = 0, empty = 0, unread = 0] = shares(counts, width);
  return [
    paint.green('█'.repeat(clean)),
    paint.yellow('▒'.repeat(mess)),
    paint.dim('·'.repeat(empty)),
    paint.red('?'.repeat(unread)),
  ].join('');
}

/** All that an inventory knows of one field: how full it is, what is the matter, what stands in it most often, what may be the same. */
export function* fieldPicture(page: Page, field: FieldSummary): Iterable<string> {
  const { bold, dim } = page.paint;
  const { definition, states, distinct, isCapped, messy } = field;
  const type = `(${definition.parentType}, ${typeWords(field)}${definition.deleted ? ', deleted' : ''})`;
  const name = shorten(visible(definition.name), page.columns - type.length - 1);
  yield `\n${bold(name)} ${dim(type)}\n`;
  yield `  ${bar(page, field, Math.min(page.columns - 4, WIDEST_BAR))}\n`;
  const records = states.value + states.blank + states.absent + states.unread;
  const said = [
    `${number(states.value)} of ${number(records)} filled`,
    states.value > 0 && `${isCapped ? 'at least ' : ''}${number(distinct)} different`,
    messy > 0 && `${number(messy)} messy (${shareOf(messy, states.value)} %)`,
    states.unread > 0 && `${number(states.unread)} could not be read`,
  ].filter((part) => part !== false);
  yield* page.indented(said.join(', '), 2);
  yield* messLines(page, field);
  yield* topLines(page, field);
  yield* clusterLines(page, field);
}

const WIDEST_BAR = 100;
/** Characters of a value that is shown as an example of many. */
const LONGEST_SAMPLE = 48;

function* messLines(page: Page, { mess, messy }: FieldSummary): Iterable<string> {
  if (mess.length === 0) return;
  yield `\n  ${page.paint.dim('the mess')}\n`;
  for (const each of mess) {
    yield* page.hanging(
      countedBar(page, each.values, messy, page.paint.yellow, '▒'),
      leadWidth(page),
      `${MESS_WORDS[each.kind]}: ${samplesOf(each)}`,
    );
  }
}

function samplesOf({ samples }: Mess): string {
  return samples.map((sample) => shorten(visible(sample), LONGEST_SAMPLE)).join(' | ');
}

function* topLines(page: Page, { top, states }: FieldSummary): Iterable<string> {
  const repeated = top.filter(({ count }) => count > 1);
  if (repeated.length === 0) return;
  yield `\n  ${page.paint.dim('most frequent')}\n`;
  for (const { value, count } of repeated) {
    const lead = countedBar(page, count, states.value, page.paint.cyan, '█');
    yield `${lead}${shorten(visible(value), page.columns - leadWidth(page))}\n`;
  }
}

function* clusterLines(page: Page, { clusters, definition }: FieldSummary): Iterable<string> {
  if (clusters.total === 0) return;
  yield `\n  ${page.paint.dim('perhaps the same')}\n`;
  for (const { members } of clusters.biggest) {
    const said = members.map(
      ({ value, count }) => `${number(count)} × ${shorten(visible(value), LONGEST_SAMPLE)}`,
    );
    yield* page.hanging('    ', 4, said.join(' | '));
  }
  const more = clusters.total - clusters.biggest.length;
  const rest = more > 0 ? `… and ${number(more)} more: ` : '';
  yield `    ${page.paint.dim(`${rest}clio-fields clusters ${definition.id}`)}\n`;
}

/** A count, and its part of all as a small bar. */
function countedBar(
  page: Page,
  count: number,
  all: number,
  paint: (cells: string) => string,
  cell: string,
): string {
  const width = barWidth(page);
  const [filled = 0] = shares([count, Math.max(all - count, 0)], width);
  return `  ${number(count).padStart(7)} ${paint(cell.repeat(filled))}${' '.repeat(width - filled)} `;
}

function barWidth({ columns }: Page): number {
  return columns >= 100 ? 20 : 10;
}

function leadWidth(page: Page): number {
  return barWidth(page) + 11;
}
