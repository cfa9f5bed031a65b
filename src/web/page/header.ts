import type { Opening, Tally } from '../protocol.ts';
import { button, element } from './element.ts';
import { day, number, STATE_WORDS } from './words.ts';

export interface HeaderActions {
  readonly undo: () => void;
  readonly print: () => void;
  readonly help: () => void;
  readonly finish: () => void;
}

/** What is reviewed, how far it is, and what concerns all of it. */
export class Header {
  readonly element: HTMLElement;
  readonly #progress = element('progress', { 'aria-label': 'decided' });
  readonly #counts = element('p', { class: 'counts', role: 'status', 'aria-live': 'polite' });

  constructor({ planId, createdAt, account, by }: Opening, actions: HeaderActions) {
    this.element = element(
      'header',
      {},
      element(
        'div',
        { class: 'title' },
        element('h1', {}, `Review of ${planId}`),
        element('p', {}, `${day(createdAt)} · ${hostOf(account)} · deciding as ${by}`),
      ),
      this.#counts,
      element(
        'div',
        { class: 'tools' },
        button('Undo', actions.undo, { key: 'u' }),
        button('Print', actions.print),
        button('Help', actions.help, { key: '?' }),
        button('Finish', actions.finish, { class: 'primary' }),
      ),
      this.#progress,
    );
  }

  draw(tally: Tally): void {
    const all = Object.values(tally).reduce((sum, count) => sum + count, 0);
    const decided = tally.accept + tally.edit + tally.clear + tally.skip;
    this.#progress.max = Math.max(all, 1);
    this.#progress.value = decided;
    const parts = (['accept', 'edit', 'clear', 'skip', 'later'] as const)
      .filter((state) => tally[state] > 0)
      .map((state) => `${number(tally[state])} ${STATE_WORDS[state].toLowerCase()}`);
    this.#counts.replaceChildren(
      element('strong', {}, `${number(decided)} of ${number(all)} decided`),
      ' ',
      element('span', {}, parts.join(' · ')),
    );
  }
}

function hostOf(account: string): string {
  return account.replace(/^https?:\/\//u, '');
}
