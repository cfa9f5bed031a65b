import { UserError } from '../errors.ts';
import { Catalogue } from './catalogue.ts';
import type { ReviewDesk } from './desk.ts';
import type { Done, Finished, Opening, Undone } from './protocol.ts';
import { parseDecision, parseListing, parseNothing } from './requests.ts';

/** What the page can ask for, each with what it takes and gives; the desk keeps, the catalogue shows. */
export class Conversation {
  readonly #desk: ReviewDesk;
  readonly #catalogue: Catalogue;
  #finished: Finished | null = null;

  constructor(desk: ReviewDesk) {
    this.#desk = desk;
    this.#catalogue = new Catalogue(desk);
  }

  /** The reviewed plan; null while the review goes on. */
  get finished(): Finished | null {
    return this.#finished;
  }

  /** Answers one request; undefined where there is nothing of this name. Throws `UserError` for what cannot be done. */
  answer(name: string, body: unknown): object | undefined {
    switch (name) {
      case 'opening':
        parseNothing(body);
        return this.#opening();
      case 'list':
        return this.#catalogue.page(parseListing(body));
      case 'decide':
        return this.#decide(body);
      case 'undo':
        parseNothing(body);
        return this.#undo();
      case 'finish':
        parseNothing(body);
        return this.#finish();
      default:
        return undefined;
    }
  }

  #opening(): Opening {
    const { plan, by } = this.#desk;
    const { planId, digest, createdAt, origin } = plan;
    return { planId, digest, createdAt, account: origin, by, tally: this.#catalogue.tally };
  }

  #decide(body: unknown): Done {
    this.#mustGoOn();
    const { targets, ruling } = parseDecision(body);
    const wanted = this.#catalogue.resolve(targets);
    const { itemIds, decision, refused } = this.#desk.decide(wanted, ruling);
    const [first] = refused;
    return {
      ...this.#catalogue.settle(itemIds, decision),
      count: itemIds.length,
      refused: first === undefined ? null : { count: refused.length, reason: first.reason },
      tally: this.#catalogue.tally,
    };
  }

  #undo(): Undone {
    this.#mustGoOn();
    const items = this.#desk.undo();
    this.#catalogue.restore(items);
    return { count: items.length, tally: this.#catalogue.tally };
  }

  #finish(): Finished {
    this.#finished ??= this.#desk.finish();
    return this.#finished;
  }

  #mustGoOn(): void {
    if (this.#finished === null) return;
    throw new UserError(
      'finished',
      'Nothing was decided: this review is finished.',
      'To go on deciding, start `clio-fields review --web` again.',
    );
  }
}
