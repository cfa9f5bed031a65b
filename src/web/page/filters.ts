import type { ItemState } from '../../model/decision.ts';
import type { Facet, Filter, ItemKind, Page } from '../protocol.ts';
import { button, element } from './element.ts';
import { whole } from './marks.ts';
import { EVERYTHING } from './state.ts';
import { KIND_WORDS, number, STATE_WORDS } from './words.ts';

/** How long typing may pause before the list follows. */
const TYPING_MS = 200;

/** What the list is narrowed to: each choice with how many it would show. */
export class FilterPanel {
  readonly element: HTMLElement;
  readonly #narrow: (change: Partial<Filter>) => void;
  readonly #search = element('input', {
    type: 'search',
    id: 'search',
    placeholder: 'record, value or reason',
    autocomplete: 'off',
    spellcheck: 'false',
    'aria-keyshortcuts': '/',
  });
  readonly #choices = element('div', { class: 'choices' });
  readonly #summary = element('summary', {}, 'Filters');
  readonly #details: HTMLDetailsElement;
  #timer: number | undefined;
  #searched = '';

  /** `leave` goes back to the list. */
  constructor(narrow: (change: Partial<Filter>) => void, leave: () => void) {
    this.#narrow = narrow;
    this.#search.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' && event.key !== 'Escape') return;
      event.preventDefault();
      this.#searchNow();
      leave();
    });
    this.#search.addEventListener('input', () => {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#searchNow(), TYPING_MS);
    });
    this.#details = element('details', { open: true }, this.#summary, this.#choices);
    this.element = element(
      'aside',
      { class: 'filters', 'aria-label': 'Filters' },
      element(
        'label',
        { class: 'search', for: 'search' },
        element('span', {}, 'Search ', element('kbd', { 'aria-hidden': 'true' }, '/')),
        this.#search,
      ),
      this.#details,
    );
    // On a phone the list comes first; beside the list there is nothing to open them with. Zoom changes which it is.
    const isNarrow = matchMedia('(max-width: 52rem)');
    this.#details.open = !isNarrow.matches;
    isNarrow.addEventListener('change', ({ matches }) => {
      this.#details.open = !matches;
    });
  }

  focusSearch(): void {
    this.#search.focus();
    this.#search.select();
  }

  draw(filter: Filter, { states, kinds, fields, reasons }: Page): void {
    if (document.activeElement !== this.#search) this.#search.value = filter.text;
    const focused = document.activeElement?.id;
    const isNarrowed = JSON.stringify(filter) !== JSON.stringify(EVERYTHING);
    const chosen =
      filter.states.length + filter.kinds.length + filter.fieldIds.length + filter.reasons.length;
    this.#summary.textContent = chosen === 0 ? 'Filters' : `Filters (${chosen})`;
    this.#choices.replaceChildren(
      this.#group('Decision', 'state', states, filter.states, (ids) => ({
        states: ids as readonly ItemState[],
      })),
      this.#group('Kind', 'kind', kinds, filter.kinds, (ids) => ({
        kinds: ids as readonly ItemKind[],
      })),
      this.#group('Field', 'field', fields, filter.fieldIds, (ids) => ({ fieldIds: ids })),
      this.#group('Reason', 'reason', reasons, filter.reasons, (ids) => ({ reasons: ids })),
      isNarrowed
        ? button('Show everything', () => this.#clear(), { class: 'link' })
        : element('span'),
    );
    if (focused !== undefined && focused !== '') document.getElementById(focused)?.focus();
  }

  #searchNow(): void {
    clearTimeout(this.#timer);
    if (this.#search.value !== this.#searched) this.#narrow({ text: this.#search.value });
    this.#searched = this.#search.value;
  }

  #clear(): void {
    this.#search.value = '';
    this.#searched = '';
    this.#narrow(EVERYTHING);
  }

  #group(
    title: string,
    name: string,
    facets: readonly Facet[],
    chosen: readonly string[],
    changeTo: (ids: readonly string[]) => Partial<Filter>,
  ): HTMLFieldSetElement {
    const boxes = facets.map((facet, index) => {
      const box = element('input', {
        type: 'checkbox',
        id: `${name}-${index}`,
        checked: chosen.includes(facet.id),
      });
      box.addEventListener('change', () => {
        const others = chosen.filter((id) => id !== facet.id);
        this.#narrow(changeTo(box.checked ? [...others, facet.id] : others));
      });
      return element(
        'label',
        { class: facet.count === 0 ? 'none' : '' },
        box,
        element('span', { class: 'name' }, nameOf(name, facet)),
        ' ',
        element('span', { class: 'number' }, number(facet.count)),
      );
    });
    return element(
      'fieldset',
      {},
      element('legend', {}, title),
      element('div', { class: 'facets' }, ...boxes),
    );
  }
}

function nameOf(group: string, { id, name }: Facet): Node | string {
  if (group === 'state') return STATE_WORDS[id as ItemState];
  if (group === 'kind') return KIND_WORDS[id as ItemKind];
  return whole(name);
}
