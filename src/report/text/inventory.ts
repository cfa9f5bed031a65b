import { counted } from '../../counted.ts';
import { minuteOf } from '../../minute-of.ts';
import { accountAt } from '../../model/account.ts';
import { PARENT_TYPES, type ParentType } from '../../model/field.ts';
import type { FieldSummary, Renewal } from '../../model/summary.ts';
import { messiest, shareOf, totalsOf } from '../inventory-totals.ts';
import { SHORT_MESS_WORDS } from '../mess-words.ts';
import { shorten, type TableColumn } from '../table.ts';
import type { InventoryView } from '../types.ts';
import { visible } from '../visible.ts';
import { coverageLines } from './coverage.ts';
import { bar, BAR_WORDS, fieldPicture } from './field-picture.ts';
import { number, type Page } from './page.ts';

/** What an inventory shows: first where the mess is, then a row a field; `isWhole`: a picture of each field in their place. */
export function* inventoryLines(
  page: Page,
  view: InventoryView,
  isWhole: boolean,
): Iterable<string> {
  const { inventoryId, takenAt, origin, account, coverage, fields, requests, since } = view;
  yield `${page.paint.bold(inventoryId)}, ${minuteOf(takenAt)}, ${counted(requests, 'request')}\n${visible(accountAt(account, origin))}\n`;
  yield* coverageLines(page, coverage, since !== null);
  if (since !== null) yield* renewalLines(page, since);
  yield* messChart(page, fields, isWhole ? fields.length : CHART_ROWS);
  if (isWhole) {
    for (const field of fields) yield* fieldPicture(page, field);
    return;
  }
  if (fields.length > 0) yield '\n';
  if (fields.length > 0) yield* page.indented(LEGEND, 0, page.paint.dim);
  for (const parentType of PARENT_TYPES) {
    const own = fields.filter(({ definition }) => definition.parentType === parentType);
    if (own.length === 0) continue;
    yield '\n';
    yield* fieldTable(page, parentType, own);
  }
}

/** A value can fit its type and be messy all the same: capitals, spaces, a spelling of its own. */
const LEGEND = 'Fits, Misfit: of its field’s type, or not. A value that fits can be messy yet.';

/** With less room for them, the kinds of mess say nothing. */
const NARROWEST_KINDS = 10;
/** The messiest fields that stand in the chart above the table. */
const CHART_ROWS = 12;

function* messChart(page: Page, fields: readonly FieldSummary[], rows: number): Iterable<string> {
  const { bold, dim, yellow } = page.paint;
  const { values, messy, cleanShare } = totalsOf(fields);
  if (values === 0) return;
  yield `\n${counted(values, 'value')}: ${cleanShare} % clean, ${yellow(`${number(messy)} messy`)}\n`;
  const found = messiest(fields);
  if (found.length === 0) return;
  yield `\n${bold('Where the mess is')}  ${dim(BAR_WORDS)}\n`;
  const names = found.slice(0, rows).map(({ definition }) => visible(definition.name));
  const nameWidth = Math.min(Math.max(...names.map((name) => name.length)), ampleName(page));
  const barWidth = page.columns >= 100 ? 30 : page.columns >= 60 ? 16 : 8;
  for (const [index, field] of found.slice(0, rows).entries()) {
    const name = shorten(names[index] ?? '', nameWidth).padEnd(nameWidth);
    const share = `${shareOf(field.messy, field.states.value)} %`.padStart(6);
    const count = number(field.messy).padStart(6);
    const room = page.columns - nameWidth - barWidth - 16;
    const kinds = room < NARROWEST_KINDS ? '' : `  ${shorten(kindsInShort(field), room)}`;
    yield `${name} ${bar(page, field, barWidth)}${yellow(count)}${dim(share)}${kinds}\n`;
  }
  if (found.length > rows)
    yield dim(`… and ${number(found.length - rows)} more fields with some mess\n`);
}

function kindsInShort({ mess }: FieldSummary): string {
  return mess.map(({ kind }) => SHORT_MESS_WORDS[kind]).join(', ');
}

const TITLES = { matter: 'Matter field', contact: 'Contact field' } as const;

/** So many characters of a name are enough to tell fields apart, where what stands beside it would have no room. */
function ampleName({ columns }: Page): number {
  return Math.floor(columns * 0.3);
}

/** A field's name is what people search for: but for the end of a very long one it is cut only where the samples have given all they can. */
const NARROWEST_NAME = 20;
/** As wide as the title: with it all columns fit into 80 characters. */
const NARROWEST_SAMPLES = 7;

const SAMPLES = {
  title: 'Such as',
  align: 'left',
  isElastic: true,
  givesFirst: true,
  narrowest: NARROWEST_SAMPLES,
} as const;

/** Matters and contacts may share a name, and so each kind has a table. Columns that say nothing of any field stay away. */
function fieldTable(
  page: Page,
  parentType: ParentType,
  fields: readonly FieldSummary[],
): Iterable<string> {
  const hasUnread = fields.some(({ states }) => states.unread > 0);
  const hasSamples = fields.some(({ samples }) => samples.length > 0);
  return page.table(
    [
      nameColumn(page, TITLES[parentType], hasSamples),
      { title: 'Type', align: 'left' },
      { title: 'Filled', align: 'right' },
      { title: 'Distinct', align: 'right' },
      { title: 'Fits', align: 'right' },
      { title: 'Misfit', align: 'right' },
      ...(hasUnread ? [{ title: 'Unread', align: 'right' } as const] : []),
      ...(hasSamples ? [SAMPLES] : []),
    ],
    fields.map(({ definition, states, distinct, wellFormed, malformed, samples }) => [
      `${visible(definition.name)}${definition.deleted ? ' (deleted)' : ''}`,
      definition.fieldType,
      ...[states.value, distinct, wellFormed, malformed].map(number),
      ...(hasUnread ? [number(states.unread)] : []),
      ...(hasSamples ? [samples.map(visible).join(' | ')] : []),
    ]),
  );
}

/** On a screen a very long name leaves room for the samples; elsewhere every name is whole. */
function nameColumn(page: Page, title: string, hasSamples: boolean): TableColumn {
  if (!page.isScreen) return { title, align: 'left', isWhole: true };
  return {
    title,
    align: 'left',
    isElastic: true,
    narrowest: NARROWEST_NAME,
    ...(hasSamples && { ample: ampleName(page) }),
  };
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
    `Brought up to date from ${inventoryId}: ${counted(read, 'record')} that changed after ${minuteOf(updatedSince)} ${read === 1 ? 'was' : 'were'} read anew, ${number(moved)} of them with other values`,
    left > 0 && `${number(left)} left`,
    fullInventoryId !== inventoryId &&
      `the last complete reading is ${fullInventoryId} of ${minuteOf(fullTakenAt)}`,
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
