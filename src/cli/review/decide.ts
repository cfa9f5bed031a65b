import { UserError } from '../../errors.ts';
import { fieldOf, type ReviewItem, type Ruling } from '../../model/decision.ts';
import type { Review } from '../../operations/review/review.ts';
import { cardAsText, CHOICES_SHOWN, choicesAsText } from '../../report/review/card.ts';
import type { Look } from '../../report/types.ts';
import { visible } from '../../report/visible.ts';
import { keysHelp, keysLine } from './keys.ts';
import type { Prompt } from './prompt.ts';
import { OPEN, type Step, Steps } from './steps.ts';

/** Who decides, where. */
interface Sitting {
  readonly review: Review;
  readonly prompt: Prompt;
  readonly look: Look;
  readonly by: string;
}

/**
 * Asks about a review's open items card by card, until all are decided or the person stops. Each answer is stored at once,
 * so that stopping at any moment loses nothing.
 */
export async function decideOnTerminal(sitting: Sitting): Promise<'decided' | 'stopped'> {
  const desk = new TerminalDesk(sitting);
  return desk.run();
}

class TerminalDesk {
  readonly #review: Review;
  readonly #prompt: Prompt;
  readonly #look: Look;
  readonly #by: string;
  readonly #steps: Steps;

  constructor({ review, prompt, look, by }: Sitting) {
    this.#review = review;
    this.#prompt = prompt;
    this.#look = look;
    this.#by = by;
    this.#steps = new Steps(review);
  }

  async run(): Promise<'decided' | 'stopped'> {
    for (let step = this.#steps.current; step !== undefined; step = this.#steps.current) {
      const card = this.#show(step);
      if (!(await this.#askUntilAnswered(step, card))) return 'stopped';
    }
    return 'decided';
  }

  #show(step: Step): { readonly sample: ReviewItem; readonly itemIds: readonly string[] } {
    const itemIds = this.#steps.itemIds(step);
    const [firstId = ''] = itemIds;
    const sample = this.#review.item(firstId);
    if (sample === undefined) throw new Error(`no item ${firstId}`);
    const counts = this.#review.counts();
    const few = this.#review.named(itemIds.slice(0, RECORDS_SHOWN));
    const records = [...few.values()].map((item) =>
      item.kind === 'change' ? item.change.recordLabel : item.flag.recordLabel,
    );
    const { position } = this.#steps;
    const left = counts.undecided + counts.later;
    const card = { sample, count: itemIds.length, records, position, left };
    this.#prompt.say(cardAsText(card, this.#look).join(''));
    return { sample, itemIds };
  }

  /** Whether to go on. */
  async #askUntilAnswered(
    step: Step,
    { sample, itemIds }: { readonly sample: ReviewItem; readonly itemIds: readonly string[] },
  ): Promise<boolean> {
    const circumstances = {
      isGroup: step.kind === 'group' && itemIds.length > 1,
      suggestions: sample.kind === 'flag' ? sample.flag.suggestions.length : null,
      canClear: this.#review.target(sample).canClear,
    };
    for (;;) {
      const { question, keys } = keysLine(circumstances, this.#look);
      const key = await this.#prompt.key(question, keys);
      switch (key) {
        case null:
        case 'q':
          return false;
        case '?':
          this.#prompt.say(keysHelp(circumstances));
          continue;
        case 'y':
          if (this.#decide(itemIds, { kind: 'accept' })) return true;
          continue;
        case 'n':
          if (this.#decide(itemIds, { kind: 'skip' })) return true;
          continue;
        case 'l':
          if (this.#decide(itemIds, { kind: 'later' })) return true;
          continue;
        case 'c':
          if (this.#decide(itemIds, { kind: 'clear' })) return true;
          continue;
        case 'e':
          if (await this.#edit(sample, itemIds)) return true;
          continue;
        case 'a':
          if (this.#decideRest(sample, { kind: 'accept' })) return true;
          continue;
        case 'd':
          if (this.#decideRest(sample, { kind: 'skip' })) return true;
          continue;
        case 's':
          this.#steps.split();
          return true;
        case 'u':
          if (this.#undo()) return true;
          continue;
        case 'j':
          if (this.#steps.next()) return true;
          this.#prompt.say('This is the last one.\n');
          continue;
        case 'k':
          if (this.#steps.back()) return true;
          this.#prompt.say('This is the first one.\n');
          continue;
        case '/':
          if (await this.#search()) return true;
          continue;
        default:
          if (this.#choose(sample, itemIds, Number(key))) return true;
      }
    }
  }

  /** Whether it could be decided; says why where not. */
  #decide(itemIds: readonly string[], ruling: Ruling): boolean {
    try {
      this.#review.decide(itemIds, ruling, this.#by, 'terminal');
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      this.#prompt.say(`${error.message}\n`);
      return false;
    }
    this.#steps.advance();
    return true;
  }

  /** All that is open of the same field and kind; flags are accepted only where each has one suggestion that fits. */
  #decideRest(sample: ReviewItem, ruling: Ruling): boolean {
    const { definitionId, fieldName } = fieldOf(sample);
    const { kind } = sample;
    const itemIds: string[] = [];
    for (const { itemId } of this.#review.items({
      kind,
      states: OPEN,
      definitionIds: [definitionId],
    }))
      itemIds.push(itemId);
    const refused = new Set(
      this.#review
        .problems(itemIds.map((itemId) => ({ itemId, ruling })))
        .map(({ itemId }) => itemId),
    );
    const fitting = itemIds.filter((itemId) => !refused.has(itemId));
    const verb = ruling.kind === 'accept' ? 'accepted' : 'skipped';
    const name = visible(fieldName);
    if (fitting.length === 0) {
      this.#prompt.say(`None of "${name}" can be ${verb}: each needs a choice.\n`);
      return false;
    }
    if (!this.#decide(fitting, ruling)) return false;
    const rest = refused.size === 0 ? '' : `; ${refused.size} need a choice`;
    this.#prompt.say(`${fitting.length} of "${name}" ${verb}${rest}. u takes it back.\n`);
    return true;
  }

  async #edit(sample: ReviewItem, itemIds: readonly string[]): Promise<boolean> {
    const target = this.#review.target(sample);
    this.#prompt.say(choicesAsText(target, this.#look).join(''));
    for (;;) {
      const typed = await this.#prompt.line('Value (empty: back): ');
      if (typed === null || typed === '') return false;
      const number = /^[1-9]\d?$/u.test(typed) ? Number(typed) : 0;
      const chosen = number <= CHOICES_SHOWN ? target.choices[number - 1] : undefined;
      if (this.#decide(itemIds, { kind: 'edit', value: chosen ?? typed })) return true;
    }
  }

  #choose(sample: ReviewItem, itemIds: readonly string[], number: number): boolean {
    const suggestion = sample.kind === 'flag' ? sample.flag.suggestions[number - 1] : undefined;
    if (suggestion === undefined) return false;
    return this.#decide(itemIds, { kind: 'edit', value: suggestion });
  }

  #undo(): boolean {
    const undone = this.#review.undo(this.#by, 'terminal');
    const [first] = undone ?? [];
    if (undone === null || first === undefined) {
      this.#prompt.say('Nothing is left to undo.\n');
      return false;
    }
    this.#prompt.say(
      `Took back ${undone.length} ${undone.length === 1 ? 'decision' : 'decisions'}.\n`,
    );
    this.#steps.goTo(first);
    return true;
  }

  async #search(): Promise<boolean> {
    const text = await this.#prompt.line('Search records and values: ');
    if (text === null || text === '') return false;
    const [found] = this.#review.items({ text, states: OPEN, limit: 1 });
    if (found === undefined) {
      this.#prompt.say('Nothing open holds that.\n');
      return false;
    }
    this.#steps.goTo(found.itemId);
    return true;
  }
}

const RECORDS_SHOWN = 3;
