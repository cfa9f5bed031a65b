import { counted } from '../../counted.ts';
import { minuteOf } from '../../minute-of.ts';
import { accountAt } from '../../model/account.ts';
import type { Coverage, CountedText, FieldSummary, Mess } from '../../model/summary.ts';
import { narrowingInWords } from '../coverage.ts';
import { messiest, shareOf, totalsOf } from '../inventory-totals.ts';
import { MESS_WORDS, SHORT_MESS_WORDS, typeWords } from '../mess-words.ts';
import { shorten } from '../table.ts';
import type { InventoryView } from '../types.ts';
import { inventoryStylesheet } from './inventory-stylesheet.ts';
import { escape, facts, FOOT, head, number, text, tiles } from './page.ts';

/** What the fields hold, for the owner of the firm: where the mess is, of which kinds, and a picture of each field. */
export function* inventoryPage(view: InventoryView): Iterable<string> {
  const { inventoryId, takenAt, origin, account, coverage, fields, since } = view;
  const title = 'What the custom fields hold';
  yield head(title, inventoryStylesheet);
  yield `<header><h1>${title}</h1>${facts([
    ['Account', accountAt(account, origin)],
    ['Read', `${minuteOf(takenAt)}, ${inventoryId}`],
    ['Records', coverage.map(coverageWords).join(', ')],
    ...(since === null
      ? []
      : [['Renewed', `${since.inventoryId}, with what changed since`] as const]),
  ])}</header><main>`;
  yield overview(fields);
  yield ranking(messiest(fields));
  yield kindsOfMess(fields);
  for (const parentType of ['matter', 'contact'] as const) {
    const held = fields.filter(
      ({ definition, states }) => definition.parentType === parentType && !isEmpty(states),
    );
    if (held.length === 0) continue;
    yield `<h2>${parentType === 'matter' ? 'Fields of matters' : 'Fields of contacts'}</h2><div class="cards">`;
    for (const field of held) yield card(field);
    yield '</div>\n';
  }
  yield emptyFields(fields.filter(({ states }) => isEmpty(states)));
  yield FOOT;
}

function overview(fields: readonly FieldSummary[]): string {
  const { values, messy, cleanShare } = totalsOf(fields);
  const unread = fields.reduce((sum, { states }) => sum + states.unread, 0);
  const sentence =
    messy === 0
      ? 'Every value is as it should be.'
      : `${number(messy)} of ${counted(values, 'value')} could be better: written in several ways, with a note beside them, or damaged. Below is where, and what it looks like.`;
  return `${tiles([
    ['fields', fields.length, ''],
    ['values', values, ''],
    ['of 100 values are clean', values === 0 ? 0 : cleanShare, 'changed'],
    ['values with some mess', messy, messy > 0 ? 'flagged' : ''],
    ...(unread > 0 ? [['could not be read', unread, 'problem'] as const] : []),
  ])}<p class="lead">${sentence}</p>\n`;
}

function ranking(fields: readonly FieldSummary[]): string {
  if (fields.length === 0) return '';
  const rows = fields.map((field) => {
    const { definition, messy, states, mess } = field;
    const kinds = mess.slice(0, KINDS_NAMED).map(({ kind }) => SHORT_MESS_WORDS[kind]);
    return `<tr><td><a href="#${anchorOf(field)}">${text(definition.name)}</a>${definition.parentType === 'contact' ? ' <span>contacts</span>' : ''}</td><td class="wide">${bar(field)}</td><td class="number">${number(messy)}</td><td class="number share">${shareOf(messy, states.value)} %</td><td class="kinds">${escape(kinds.join(', '))}</td></tr>`;
  });
  return `<h2>Where the mess is</h2>${LEGEND}<table class="ranking"><thead><tr><th>Field</th><th></th><th class="number">Messy</th><th class="number share"></th><th class="kinds">Mostly</th></tr></thead><tbody>${rows.join('\n')}</tbody></table>\n`;
}

const KINDS_NAMED = 3;
const LEGEND =
  '<p class="legend"><i class="clean"></i> clean <i class="messy"></i> with some mess <i class="empty"></i> empty</p>';

function kindsOfMess(fields: readonly FieldSummary[]): string {
  const totals = new Map<Mess['kind'], number>();
  for (const { mess } of fields)
    for (const { kind, values } of mess) totals.set(kind, (totals.get(kind) ?? 0) + values);
  if (totals.size === 0) return '';
  const most = Math.max(...totals.values());
  const rows = [...totals]
    .toSorted(([, left], [, right]) => right - left)
    .map(([kind, values]) => meter(values, most, 'messy', `values ${MESS_WORDS[kind]}`));
  return `<h2>What it looks like</h2><ul class="meters all">${rows.join('')}</ul>\n`;
}

function card(field: FieldSummary): string {
  const { definition, states, distinct, isCapped, messy, mess, top, clusters } = field;
  const records = states.value + states.blank + states.absent + states.unread;
  const said = [
    `<b>${number(states.value)}</b> of ${number(records)} filled`,
    `${isCapped ? 'at least ' : ''}${number(distinct)} different`,
    messy > 0 && `<b class="messy">${number(messy)}</b> messy (${shareOf(messy, states.value)} %)`,
    states.unread > 0 && `${number(states.unread)} could not be read`,
  ].filter((part) => part !== false);
  const deleted = definition.deleted ? ', deleted' : '';
  return `<article id="${anchorOf(field)}"><h3>${text(definition.name)} <span>${escape(typeWords(field))}${deleted}</span></h3>${bar(field)}<p>${said.join(' · ')}</p>${messList(mess, messy)}${topList(top, states.value)}${clusterList(clusters)}</article>\n`;
}

function messList(mess: readonly Mess[], messy: number): string {
  if (mess.length === 0) return '';
  const rows = mess.map(({ kind, values, samples }) =>
    meter(values, messy, 'messy', escape(MESS_WORDS[kind]), samples.map(quoted).join(' ')),
  );
  return `<h4>The mess</h4><ul class="meters">${rows.join('')}</ul>`;
}

function topList(top: readonly CountedText[], all: number): string {
  const repeated = top.filter(({ count }) => count > 1);
  if (repeated.length === 0) return '';
  const rows = repeated.map(({ value, count }) => meter(count, all, 'top', sample(value)));
  return `<h4>Most frequent</h4><ul class="meters">${rows.join('')}</ul>`;
}

function clusterList({ total, biggest }: FieldSummary['clusters']): string {
  if (total === 0) return '';
  const groups = biggest.map(
    ({ members }) =>
      `<li>${members.map(({ value, count }) => `${quoted(value)}<small>${number(count)} ×</small>`).join(' ')}</li>`,
  );
  const more = total - biggest.length;
  const rest = more > 0 ? `<li class="more">and ${number(more)} more groups</li>` : '';
  return `<h4>Perhaps the same</h4><ul class="groups">${groups.join('')}${rest}</ul>`;
}

function emptyFields(fields: readonly FieldSummary[]): string {
  if (fields.length === 0) return '';
  const names = fields.map(
    ({ definition }) => `<li>${text(definition.name)} <span>${definition.parentType}</span></li>`,
  );
  return `<h2>Fields without a value</h2><ul class="names">${names.join('')}</ul>\n`;
}

/** Clean, messy, empty and unread values of one field as parts of one line. */
function bar({ states, messy }: FieldSummary): string {
  const parts = [
    ['clean', states.value - messy],
    ['messy', messy],
    ['empty', states.blank + states.absent],
    ['unread', states.unread],
  ] as const;
  const shown = parts.filter(([, count]) => count > 0);
  const label = shown.map(([name, count]) => `${number(count)} ${name}`).join(', ');
  return `<div class="bar" role="img" aria-label="${label}">${shown.map(([name, count]) => `<i class="${name}" style="flex-grow:${count}"></i>`).join('')}</div>`;
}

/** A count with its part of the most as a small bar, in words and, below, by examples. */
function meter(count: number, most: number, kind: string, words: string, below = ''): string {
  const share = most === 0 ? 0 : Math.min((count / most) * 100, 100);
  return `<li><b>${number(count)}</b><span class="meter"><i class="${kind}" style="width:${share.toFixed(1)}%"></i></span><span>${words}${below === '' ? '' : `<small>${below}</small>`}</span></li>`;
}

function quoted(value: string): string {
  return `<q>${sample(value)}</q>`;
}

/** Characters of a value that is shown as an example of many. */
const LONGEST_SAMPLE = 80;

function sample(value: string): string {
  return text(shorten(value, LONGEST_SAMPLE));
}

function anchorOf({ definition }: FieldSummary): string {
  return `field-${definition.id.replace(/[^\w-]/gu, '')}`;
}

function isEmpty(states: FieldSummary['states']): boolean {
  return states.value === 0;
}

function coverageWords({ parentType, read, hidden, total, only }: Coverage): string {
  const of = total === null || total === read ? '' : ` of ${number(total)}`;
  const kept = hidden > 0 ? `; ${number(hidden)} with values that were kept from this sign-in` : '';
  const part = only === undefined ? '' : `; ${narrowingInWords(only)}`;
  return `${number(read)}${of} ${parentType}s read${kept}${part}`;
}
