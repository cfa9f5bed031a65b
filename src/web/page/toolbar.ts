import type { Page, View } from '../protocol.ts';
import { button, element } from './element.ts';
import { whole } from './marks.ts';
import type { BulkRuling, ListRuling, State } from './state.ts';
import { counted, number } from './words.ts';

export interface ToolbarActions {
  readonly show: (view: View) => void;
  readonly leaveGroup: () => void;
  readonly decideSelected: (ruling: BulkRuling) => void;
  readonly decideAll: (ruling: ListRuling) => void;
}

/** How the list is shown, how long it is, and what can be decided of many rows at once. */
export class Toolbar {
  readonly element = element('div', { class: 'toolbar' });
  readonly #views = element('div', { class: 'views', role: 'group', 'aria-label': 'Rows' });
  readonly #group = element('p', { class: 'only' });
  readonly #count = element('p', { class: 'length', role: 'status', 'aria-live': 'polite' });
  readonly #bulk = element('div', { class: 'bulk' });
  readonly #state: State;
  readonly #actions: ToolbarActions;

  constructor(state: State, actions: ToolbarActions) {
    this.#state = state;
    this.#actions = actions;
    this.element.append(
      element('div', { class: 'line' }, this.#views, this.#count),
      this.#group,
      this.#bulk,
    );
  }

  draw(): void {
    const { page, view } = this.#state;
    if (page === null) return;
    this.#views.replaceChildren(
      this.#viewButton('Like ones together', 'groups', view),
      this.#viewButton('One by one', 'items', view),
    );
    this.#drawGroup(page);
    this.#count.textContent = lengthOf(page, view);
    this.drawBulk();
  }

  /** Only what the selection changes. */
  drawBulk(): void {
    const { page, rows, selected, selectedItems } = this.#state;
    if (page === null || rows.length === 0) {
      this.#bulk.replaceChildren();
      return;
    }
    const all = element('input', {
      type: 'checkbox',
      id: 'select-page',
      checked: selected.size === rows.length,
    });
    all.indeterminate = selected.size > 0 && selected.size < rows.length;
    all.addEventListener('change', () => this.#state.select([...rows.keys()], all.checked));
    const hadFocus = document.activeElement?.id === 'select-page';
    const { decideSelected, decideAll } = this.#actions;
    this.#bulk.replaceChildren(
      element(
        'label',
        { class: 'selector', for: 'select-page' },
        all,
        element(
          'span',
          {},
          selected.size === 0 ? 'Select this page' : `${number(selected.size)} selected`,
        ),
      ),
      selected.size === 0
        ? bulkButtons(
            `All ${counted(page.total.items, 'item')} of this list`,
            // Of a list of flags nothing can be accepted: each needs a value of its own.
            LIST_RULINGS.filter((ruling) => this.#state.all(ruling).expected > 0),
            decideAll,
          )
        : bulkButtons(`${counted(selectedItems, 'item')} selected`, BULK_RULINGS, decideSelected),
    );
    if (hadFocus) all.focus();
  }

  #viewButton(label: string, view: View, shown: View): HTMLButtonElement {
    return button(label, () => this.#actions.show(view), {
      'aria-pressed': view === shown ? 'true' : 'false',
    });
  }

  #drawGroup({ rows }: Page): void {
    const half = this.#state.filter.groupId === null ? undefined : rows[0]?.halves[0];
    this.#group.replaceChildren(
      ...(this.#state.filter.groupId === null
        ? []
        : [
            'Only ',
            element('strong', {}, half?.fieldName ?? 'one group'),
            ' ',
            half === undefined ? '' : whole(half.before),
            half?.after === null || half === undefined ? '' : ' → ',
            half?.after === null || half === undefined ? '' : whole(half.after),
            ' ',
            button('Back to all groups', this.#actions.leaveGroup, { class: 'link' }),
          ]),
    );
  }
}

const BULK_RULINGS = ['accept', 'skip', 'clear', 'later'] as const;
const LIST_RULINGS = ['accept', 'skip', 'later'] as const;
const BULK_WORDS = { accept: 'Accept', skip: 'Skip', clear: 'Clear', later: 'Later' } as const;

function bulkButtons<Ruling extends BulkRuling>(
  about: string,
  rulings: readonly Ruling[],
  decide: (ruling: Ruling) => void,
): HTMLElement {
  return element(
    'div',
    { class: 'decisions', role: 'group', 'aria-label': about },
    element('span', { class: 'about' }, about),
    ...rulings.map((ruling) => button(BULK_WORDS[ruling], () => decide(ruling), { class: ruling })),
  );
}

function lengthOf({ total }: Page, view: View): string {
  const items = counted(total.items, 'item');
  return view === 'groups' ? `${items} in ${counted(total.rows, 'group')}` : items;
}
