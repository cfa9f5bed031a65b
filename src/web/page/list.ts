import type { Ruling } from '../../model/decision.ts';
import { button, element } from './element.ts';
import { rowElement } from './row.ts';
import type { State } from './state.ts';

export interface ListActions {
  /** Decides one row, whatever is selected. */
  readonly decide: (index: number, ruling: Ruling) => void;
  readonly put: (index: number, value: string) => Promise<string | null>;
  readonly showEach: (index: number) => void;
  readonly page: (where: 'later' | 'earlier') => void;
  readonly finish: () => void;
  readonly showLater: () => void;
  readonly showEverything: () => void;
}

/** The rows of one page. */
export class List {
  readonly element: HTMLElement;
  readonly #rows = element('ol', { class: 'rows', 'aria-label': 'Changes and flags' });
  readonly #foot = element('nav', { class: 'pager', 'aria-label': 'Pages' });
  readonly #state: State;
  readonly #actions: ListActions;
  #edited: number | null = null;
  #selectedLast: number | null = null;

  constructor(state: State, actions: ListActions) {
    this.#state = state;
    this.#actions = actions;
    this.element = element('div', { class: 'list' }, this.#rows, this.#foot);
  }

  /** All rows anew. */
  draw(): void {
    this.#edited = null;
    this.#selectedLast = null;
    const { rows, page } = this.#state;
    this.#rows.replaceChildren(...rows.map((_, index) => this.#make(index)));
    if (rows.length === 0) this.#rows.replaceChildren(this.#nothing());
    this.#foot.replaceChildren(
      ...(page?.hasEarlier ? [button('← Earlier', () => this.#actions.page('earlier'))] : []),
      ...(page?.hasLater
        ? [button('Next page →', () => this.#actions.page('later'), { class: 'next' })]
        : []),
    );
  }

  drawRows(indexes: readonly number[]): void {
    for (const index of indexes) {
      const old = this.#at(index);
      if (old === undefined) continue;
      const hadFocus = old.contains(document.activeElement);
      const made = this.#make(index);
      old.replaceWith(made);
      if (hadFocus) made.focus({ preventScroll: true });
    }
  }

  drawCurrent(from: number, to: number): void {
    const [old, now] = [this.#at(from), this.#at(to)];
    old?.setAttribute('tabindex', '-1');
    old?.removeAttribute('aria-current');
    now?.setAttribute('tabindex', '0');
    now?.setAttribute('aria-current', 'true');
  }

  /** To where the keys act. */
  focusCurrent(): void {
    const row = this.#at(this.#state.current);
    row?.focus({ preventScroll: true });
    row?.scrollIntoView({ block: 'nearest' });
  }

  /** Opens the current row for a value by hand. */
  edit(index: number): void {
    if (this.#state.rows[index] === undefined) return;
    const before = this.#edited;
    this.#edited = index;
    if (before !== null && before !== index) this.drawRows([before]);
    this.drawRows([index]);
    const control = this.#at(index)?.querySelector<HTMLElement>(
      '.editor input, .editor textarea, .editor select',
    );
    control?.focus();
    if (control instanceof HTMLInputElement) control.select();
  }

  endEdit(): void {
    const index = this.#edited;
    this.#edited = null;
    if (index === null) return;
    this.drawRows([index]);
    this.focusCurrent();
  }

  #select(index: number, isSelected: boolean, isRange: boolean): void {
    const from = isRange ? (this.#selectedLast ?? index) : index;
    this.#selectedLast = index;
    const [start, end] = [Math.min(from, index), Math.max(from, index)];
    const indexes = Array.from({ length: end - start + 1 }, (_, step) => start + step);
    this.#state.select(indexes, isSelected);
  }

  #make(index: number): HTMLLIElement {
    const shown = this.#state.rows[index];
    if (shown === undefined) throw new Error(`no row ${index}`);
    const { current, selected } = this.#state;
    const look = {
      isCurrent: index === current,
      isSelected: selected.has(index),
      isEdited: index === this.#edited,
    };
    const actions = this.#actions;
    const row = rowElement(shown, look, {
      decide: (ruling) => actions.decide(index, ruling),
      select: (isSelected, isRange) => this.#select(index, isSelected, isRange),
      edit: () => this.edit(index),
      endEdit: () => this.endEdit(),
      put: (value) => actions.put(index, value),
      showEach: () => actions.showEach(index),
    });
    row.addEventListener('focusin', () => {
      if (this.#state.current !== index) this.#state.move(index);
    });
    return row;
  }

  #nothing(): HTMLLIElement {
    const { tally } = this.#state;
    if (tally.undecided > 0)
      return element(
        'li',
        { class: 'nothing' },
        element('p', {}, 'Nothing fits these filters.'),
        button('Show everything', this.#actions.showEverything),
      );
    return element(
      'li',
      { class: 'nothing' },
      element(
        'p',
        {},
        tally.later === 0
          ? 'Everything is decided.'
          : 'All but what was left for later is decided.',
      ),
      button('Finish', this.#actions.finish, { class: 'primary' }),
      tally.later === 0 ? null : button('Show what is for later', this.#actions.showLater),
      button('Show everything', this.#actions.showEverything),
    );
  }

  #at(index: number): HTMLElement | undefined {
    const child = this.#rows.children[index];
    return child instanceof HTMLElement ? child : undefined;
  }
}
