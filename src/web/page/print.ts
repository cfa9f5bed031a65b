import type { Opening, Page, Row, View, Filter } from '../protocol.ts';
import { ask } from './ask.ts';
import { compared } from './compared.ts';
import { element } from './element.ts';
import { beforeAndAfter, whole } from './marks.ts';
import { counted, day, decidedWords, number, STATE_WORDS, subject } from './words.ts';

/** More than that nobody reads on paper; a spreadsheet holds all. */
const ROWS_MAX = 2_000;

/** Prints the list as it is narrowed, on all its pages, with what is decided. */
export async function printList(opening: Opening, filter: Filter, view: View): Promise<void> {
  const { rows, total } = await readAll(filter, view);
  const paper = element(
    'section',
    { class: 'paper' },
    element('h1', {}, `Review of ${opening.planId}`),
    element(
      'p',
      {},
      `${counted(total, view === 'groups' ? 'group' : 'item')}, printed on ${day(new Date().toISOString())}. Digest of the plan: ${opening.digest}`,
    ),
    rows.length < total
      ? element(
          'p',
          {},
          `Only the first ${number(rows.length)} are printed. Narrow the list, or take all of it into a spreadsheet: clio-fields review export`,
        )
      : null,
    element(
      'table',
      {},
      element(
        'thead',
        {},
        element(
          'tr',
          {},
          ...['Record', 'Field', 'Before', 'After', 'Why', 'Decided'].map((title) =>
            element('th', {}, title),
          ),
        ),
      ),
      element('tbody', {}, ...rows.flatMap(lines)),
    ),
  );
  document.body.append(paper);
  addEventListener('afterprint', () => paper.remove(), { once: true });
  print();
}

async function readAll(
  filter: Filter,
  view: View,
): Promise<{ rows: readonly Row[]; total: number }> {
  const rows: Row[] = [];
  for (;;) {
    const after = rows.at(-1)?.place ?? null;
    const page = await ask<Page>('list', { filter, view, after, before: null });
    rows.push(...page.rows);
    if (!page.hasLater || rows.length >= ROWS_MAX) return { rows, total: page.total.rows };
  }
}

function lines(row: Row): HTMLTableRowElement[] {
  const { halves, emptied } = compared(row);
  return halves.map((half, index) => {
    const isFirst = index === 0;
    const { before, after } = beforeAndAfter(half);
    const where = half.where === null ? null : element('small', {}, ` in ${half.where}`);
    return element(
      'tr',
      {},
      element('td', {}, ...(isFirst ? about(row) : [])),
      element('td', {}, half.fieldName),
      element('td', {}, row.kind === 'flag' ? whole(half.before) : before, where),
      element('td', {}, row.kind === 'flag' ? perhaps(row) : after),
      element(
        'td',
        {},
        isFirst ? whole(row.reason) : 'the other half of the move',
        isFirst && emptied !== null ? `; ${emptied} is emptied` : null,
      ),
      element('td', {}, isFirst ? decision(row) : null),
    );
  });
}

function about(row: Row): Node[] {
  const names = row.records.map(({ label }) => label).join(', ');
  const more = row.count > row.records.length ? ', …' : '';
  return [
    whole(subject(row)),
    ...(row.count === 1 ? [] : [element('small', {}, ` ${names}${more}`)]),
  ];
}

function perhaps({ suggestions }: Row): string {
  return suggestions.length === 0 ? 'flagged' : `flagged; perhaps ${suggestions.join(' or ')}`;
}

function decision({ decided }: Row): string {
  if (decided === null) return '';
  const value = decided.value === null ? '' : `: ${decided.writes ?? decided.value}`;
  return `${STATE_WORDS[decided.ruling]}${value}, ${decidedWords(decided)}`;
}
