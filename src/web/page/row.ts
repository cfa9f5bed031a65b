import type { Ruling } from '../../model/decision.ts';
import type { Decided, Row } from '../protocol.ts';
import { type Compared, compared } from './compared.ts';
import { type EditActions, editor } from './editor.ts';
import { button, element } from './element.ts';
import { beforeAndAfter, whole } from './marks.ts';
import { rulingOf } from './rulings.ts';
import type { ShownRow } from './state.ts';
import { counted, decidedWords, number, STATE_WORDS, subject } from './words.ts';

/** What a row can ask for. */
export interface RowActions extends EditActions {
  readonly decide: (ruling: Ruling) => void;
  /** `isRange`: all rows from the one that was selected before. */
  readonly select: (isSelected: boolean, isRange: boolean) => void;
  readonly edit: () => void;
  readonly showEach: () => void;
}

export interface RowLook {
  readonly isCurrent: boolean;
  readonly isSelected: boolean;
  readonly isEdited: boolean;
}

/** One line of the list: what it is about, before and after, why, and what can be decided. */
export function rowElement(shown: ShownRow, look: RowLook, actions: RowActions): HTMLLIElement {
  const { row, decided } = shown;
  const standing = decided === null ? 'undecided' : decided.ruling;
  return element(
    'li',
    {
      class: `row ${row.kind} ${standing}`,
      tabindex: look.isCurrent ? 0 : -1,
      'aria-current': look.isCurrent ? 'true' : null,
      'aria-label': spoken(shown),
    },
    selector(row, look, actions),
    element(
      'div',
      { class: 'what' },
      heading(row, actions),
      ...values(row),
      goal(row),
      element('p', { class: 'reason' }, whole(row.reason)),
      standingLine(shown),
      look.isEdited ? editor(row, actions) : null,
    ),
    look.isEdited ? null : decisions(shown, actions),
  );
}

function selector(row: Row, { isSelected }: RowLook, actions: RowActions): HTMLElement {
  const box = element('input', {
    type: 'checkbox',
    checked: isSelected,
    'aria-label': `Select ${subject(row)}`,
  });
  // Shift is told by a click alone, not by the change that it makes.
  box.addEventListener('click', ({ shiftKey }) => actions.select(box.checked, shiftKey));
  return element('label', { class: 'selector' }, box);
}

function heading(row: Row, actions: RowActions): HTMLElement {
  const [first] = row.halves;
  const isGroup = row.itemId === null;
  const names = row.records.flatMap(({ label }, index) =>
    index === 0 ? [whole(label)] : [', ', whole(label)],
  );
  const more = row.count - row.records.length;
  return element(
    'p',
    { class: 'about' },
    element('strong', {}, whole(first?.fieldName ?? '')),
    ' ',
    isGroup
      ? element('span', { class: 'many' }, counted(row.count, row.parentType))
      : element('span', { class: 'record' }, whole(subject(row))),
    ' ',
    element(
      'small',
      {},
      ...(isGroup
        ? [...names, more > 0 ? ` and ${counted(more, 'other')}` : null]
        : [`${row.parentType} ${row.records[0]?.recordId ?? ''}`]),
    ),
    isGroup ? button('Show each', actions.showEach, { class: 'link' }) : null,
  );
}

function values(row: Row): HTMLElement[] {
  const { halves, emptied } = compared(row);
  if (row.kind === 'flag')
    return [element('p', { class: 'value' }, whole(row.halves[0]?.before ?? null))];
  return [
    ...halves.map((half, index) => comparison(half, index > 0)),
    ...(emptied === null ? [] : [element('p', { class: 'place' }, `${emptied} is emptied`)]),
  ];
}

function comparison(half: Compared['halves'][number], hasTitle: boolean): HTMLElement {
  const { before, after } = beforeAndAfter(half);
  return element(
    'div',
    { class: 'diff' },
    hasTitle ? element('span', { class: 'half' }, half.fieldName) : null,
    element(
      'span',
      { class: 'before' },
      element('span', { class: 'hidden' }, 'before: '),
      before,
      half.where === null ? null : element('small', {}, ` in ${half.where}`),
    ),
    element('span', { class: 'arrow', 'aria-hidden': 'true' }, '→'),
    element('span', { class: 'after' }, element('span', { class: 'hidden' }, 'after: '), after),
  );
}

/** Where a flag's value was to go: what before and after do not tell. */
function goal({ into }: Row): HTMLElement | null {
  if (into === null) return null;
  const held = into.holds === null ? [] : [', which holds ', whole(into.holds)];
  return element('p', { class: 'place' }, `to go into ${into.fieldName}`, ...held);
}

function standingLine({ row, decided }: ShownRow): HTMLElement | null {
  if (decided === null) return mixed(row);
  return element(
    'p',
    { class: 'standing' },
    element('span', { class: `badge ${decided.ruling}` }, STATE_WORDS[decided.ruling]),
    ' ',
    ...putIn(decided),
    element('small', {}, decidedWords(decided)),
  );
}

/** What was put in by hand, as it will be written. */
function putIn({ value, writes }: Decided): (Node | string)[] {
  if (value === null) return [];
  const typed =
    writes === null || writes === value ? [] : [element('small', {}, 'typed as '), whole(value)];
  return [element('strong', { class: 'after' }, whole(writes ?? value)), ' ', ...typed, ' '];
}

/** A group whose items are not all decided alike. */
function mixed({ tally, count }: Row): HTMLElement | null {
  if (tally.undecided === count) return null;
  const parts = (['undecided', 'accept', 'edit', 'clear', 'skip', 'later'] as const)
    .filter((state) => tally[state] > 0)
    .map((state) => `${number(tally[state])} ${STATE_WORDS[state].toLowerCase()}`);
  return element(
    'p',
    { class: 'standing' },
    element('small', {}, `Not alike: ${parts.join(', ')}`),
  );
}

function decisions({ row, decided }: ShownRow, actions: RowActions): HTMLElement {
  const choice = (label: string, ruling: Ruling, key: string, title: string): HTMLElement =>
    button(label, () => actions.decide(ruling), {
      key,
      title,
      class: ruling.kind,
      'aria-pressed': decided?.ruling === ruling.kind ? 'true' : 'false',
    });
  return element(
    'div',
    { class: 'decisions', role: 'group', 'aria-label': `Decide ${subject(row)}` },
    ...(row.kind === 'flag' ? suggestions(row, chosenOf(row, decided), actions) : []),
    row.kind === 'change'
      ? choice('Accept', { kind: 'accept' }, 'y', 'Write the value after')
      : null,
    choice('Skip', { kind: 'skip' }, 'n', 'Leave the value as it is'),
    button(editLabel(row), actions.edit, {
      key: 'e',
      class: 'edit',
      title: 'Write another value',
      'aria-pressed': decided?.ruling === 'edit' ? 'true' : 'false',
    }),
    row.target.canClear
      ? choice('Clear', { kind: 'clear' }, 'c', 'Take the value away: the field is left empty')
      : null,
    choice('Later', { kind: 'later' }, 'l', 'Ask me again in the next review'),
  );
}

function editLabel({ kind, target }: Row): string {
  if (kind === 'change') return 'Edit';
  return target.choices.length > 0 ? 'Choose' : 'Type it';
}

/** Which suggestion was taken. */
function chosenOf({ suggestions: [only] }: Row, decided: Decided | null): string | null {
  return decided?.ruling === 'accept' ? (only ?? null) : (decided?.value ?? null);
}

function suggestions(row: Row, chosen: string | null, { decide }: RowActions): HTMLElement[] {
  return row.suggestions.map((suggestion, index) =>
    button(suggestion, () => decide(rulingOf(row, index)), {
      key: String(index + 1),
      class: 'suggestion',
      title: 'Write this value',
      'aria-pressed': chosen === suggestion ? 'true' : 'false',
    }),
  );
}

function spoken({ row, decided }: ShownRow): string {
  const what = compared(row).halves.map(({ fieldName, before, after }) =>
    row.kind === 'flag'
      ? `${fieldName}: ${before ?? 'empty'}, flagged`
      : `${fieldName}: from ${before ?? 'empty'} to ${after ?? 'empty'}`,
  );
  const stands = decided === null ? '' : `, ${STATE_WORDS[decided.ruling].toLowerCase()}`;
  return `${subject(row)}, ${what.join('; ')}${stands}`;
}
