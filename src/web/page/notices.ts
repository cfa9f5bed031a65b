import { Refused } from './ask.ts';
import { button, element } from './element.ts';

/** How long a word on the side stays in sight. */
const SHOWN_MS = 6_000;

/** What is said on the side: also to those who hear the page instead of seeing it. */
export class Notices {
  readonly element = element('div', { class: 'notices' });
  readonly #said = element('p', { class: 'said', role: 'status', 'aria-live': 'polite' });
  readonly #problem = element('div', { class: 'problem', role: 'alert' });
  #timer: number | undefined;

  constructor() {
    this.element.append(this.#problem, this.#said);
  }

  say(words: string): void {
    this.#problem.replaceChildren();
    this.#said.textContent = words;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#said.replaceChildren(), SHOWN_MS);
  }

  /** Stays until it is closed, or the next thing works. */
  warn(error: unknown): void {
    const { message, hint } =
      error instanceof Refused
        ? error
        : {
            message: 'Something went wrong on this page.',
            hint: 'Load it again; what was decided is kept.',
          };
    this.#said.replaceChildren();
    this.#problem.replaceChildren(
      element(
        'p',
        {},
        ...message.split('\n').map((line) => element('strong', {}, line)),
        element('span', {}, hint),
      ),
      button('Close', () => this.#problem.replaceChildren()),
    );
  }

  /** Does something that may fail, and says why where it does. */
  async attempt(work: () => Promise<unknown> | void): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.warn(error);
      if (!(error instanceof Refused)) throw error;
    }
  }
}
