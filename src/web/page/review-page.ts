import type { Ruling } from '../../model/decision.ts';
import type { Done, Filter, Finished, Opening, Row, View } from '../protocol.ts';
import { ask, Refused } from './ask.ts';
import { confirm, finishWords, help } from './dialogs.ts';
import { element } from './element.ts';
import { FilterPanel } from './filters.ts';
import { finishedPage } from './finished.ts';
import { Header } from './header.ts';
import { listenToKeys } from './keyboard.ts';
import { List } from './list.ts';
import type { Notices } from './notices.ts';
import { printList } from './print.ts';
import { canAccept, rulingOf } from './rulings.ts';
import { type BulkRuling, EVERYTHING, type ListRuling, State, type Touched } from './state.ts';
import { Toolbar } from './toolbar.ts';
import { counted, STATE_WORDS } from './words.ts';

/** The page around one state: what is pressed or typed goes to the state, which has the page drawn. */
export class ReviewPage {
  readonly #opening: Opening;
  readonly #notices: Notices;
  readonly #state: State;
  readonly #header: Header;
  readonly #filters: FilterPanel;
  readonly #toolbar: Toolbar;
  readonly #list: List;
  #areKeysOn = true;
  /** What was pressed faster than it could be done is done in its order, each at the row that is then the current one. */
  #queue: Promise<unknown> = Promise.resolve();

  constructor(opening: Opening, notices: Notices) {
    this.#opening = opening;
    this.#notices = notices;
    const state = new State(opening, (touched) => this.#draw(touched));
    /** What a button or a key does, in its turn. */
    const doing =
      <Told extends readonly unknown[]>(work: (...told: Told) => Promise<unknown> | void) =>
      (...told: Told): void =>
        this.#attempt(() => work(...told));
    const finish = doing(() => this.#finish());
    const undo = doing(() => this.#undo());
    const showEach = doing((index: number) => this.#showEach(index));
    const leaveGroup = doing(() => this.#leaveGroup());
    const turnPage = doing((where: 'later' | 'earlier') => this.#turnPage(where));
    const showHelp = (): void => this.#help();
    const narrow = doing((change: Partial<Filter>) => state.narrow(change));
    this.#state = state;
    this.#header = new Header(opening, {
      undo,
      print: doing(() => printList(opening, state.filter, state.view)),
      help: showHelp,
      finish,
    });
    this.#filters = new FilterPanel(
      narrow,
      doing(() => this.#list.focusCurrent()),
    );
    this.#toolbar = new Toolbar(state, {
      show: doing((view: View) => state.narrow({ groupId: null }, view)),
      leaveGroup,
      decideSelected: doing((kind: BulkRuling) => this.#decideSelected({ kind })),
      decideAll: doing((kind: ListRuling) => this.#decideAll(kind)),
    });
    this.#list = new List(state, {
      decide: doing((index: number, ruling: Ruling) => this.#decideRow(index, ruling)),
      put: (index, value) => this.#put(index, value),
      showEach,
      page: turnPage,
      finish,
      showLater: () => narrow({ ...EVERYTHING, states: ['later'] }),
      showEverything: () => narrow(EVERYTHING),
    });
    listenToKeys(() => this.#areKeysOn, {
      decide: doing((ruling: Ruling) => this.#decideHere(ruling)),
      edit: doing(() => this.#list.edit(state.current)),
      suggestion: doing((index: number) => this.#takeSuggestion(index)),
      move: doing((by: 1 | -1) => this.#move(by)),
      page: turnPage,
      select: doing(() => state.select([state.current], !state.selected.has(state.current))),
      search: () => this.#filters.focusSearch(),
      undo,
      help: showHelp,
      switchView: doing(() => this.#switchView()),
      open: () => showEach(state.current),
      leave: leaveGroup,
    });
  }

  async show(body: HTMLElement): Promise<void> {
    const main = element('main', {}, this.#toolbar.element, this.#list.element);
    body.prepend(
      this.#header.element,
      element('div', { class: 'columns' }, this.#filters.element, main),
    );
    this.#header.draw(this.#state.tally);
    await this.#state.load('first');
    this.#list.focusCurrent();
  }

  #draw(touched: Touched): void {
    const { page, filter, tally } = this.#state;
    switch (touched.part) {
      case 'list':
        this.#header.draw(tally);
        if (page !== null) this.#filters.draw(filter, page);
        this.#toolbar.draw();
        this.#list.draw();
        return;
      case 'counts':
        if (page !== null) this.#filters.draw(filter, page);
        this.#toolbar.draw();
        return;
      case 'rows':
        this.#header.draw(tally);
        this.#list.drawRows(touched.indexes);
        return;
      case 'current':
        this.#list.drawCurrent(touched.from, touched.to);
        return;
      case 'selection':
        this.#toolbar.drawBulk();
    }
  }

  /** Answers with whether all that the row stands for is decided. */
  async #decideRow(index: number, ruling: Ruling): Promise<boolean> {
    const done = await this.#state.decideRows([index], ruling);
    if (done === null) return false;
    this.#tell(ruling, done);
    return done.refused === null;
  }

  #tell({ kind }: Ruling, { count, refused }: Done, more = ''): void {
    const words = `${STATE_WORDS[kind]}: ${counted(count, 'item')}.${more}`;
    if (refused === null) this.#say(words);
    else
      this.#notices.warn(
        new Refused(
          `${words} ${counted(refused.count, 'item')} could not be: ${refused.reason}`,
          'Decide these otherwise, or skip them.',
          false,
        ),
      );
  }

  /** Decides what is selected, else the row that the keys are at, and goes on to the next. */
  async #decideHere(ruling: Ruling): Promise<void> {
    if (this.#state.selected.size > 0) {
      await this.#decideSelected(ruling);
      return;
    }
    const row = this.#row(this.#state.current);
    if (row === undefined) return;
    if (ruling.kind === 'accept' && !canAccept(row)) this.#say(howToDecide(row));
    else if (await this.#decideRow(this.#state.current, ruling)) await this.#goOn();
  }

  /** Accepts what can be accepted of the selection; flags that ask for a value stay selected. */
  async #decideSelected(ruling: Ruling): Promise<void> {
    const fits = (index: number): boolean => {
      const row = this.#row(index);
      return row !== undefined && (ruling.kind !== 'accept' || canAccept(row));
    };
    const indexes = [...this.#state.selected];
    const rest = indexes.filter((index) => !fits(index));
    const done = await this.#state.decideRows(indexes.filter(fits), ruling);
    if (done === null || done.refused === null) this.#state.select(rest, true);
    const asks =
      rest.length === 0 ? '' : ` Left selected: ${counted(rest.length, 'flag')} without a value.`;
    if (done !== null) this.#tell(ruling, done, asks);
    else this.#say(asks.trim());
    this.#list.focusCurrent();
  }

  async #decideAll(kind: ListRuling): Promise<void> {
    const { filter, expected } = this.#state.all(kind);
    if (expected === 0) {
      this.#say('These are flags: choose a value for each, or skip them.');
      return;
    }
    const verb = { accept: 'Accept', skip: 'Skip', later: 'Leave for later' }[kind];
    const hasMore = expected < (this.#state.page?.total.items ?? 0);
    const words = [
      'This decides all that the list holds, on this page and on all others. One undo takes it back.',
      ...(hasMore ? ['Flags stay as they are: a value must be chosen for each.'] : []),
    ];
    const noun = kind === 'accept' ? 'change' : 'item';
    if (!(await confirm(`${verb} ${counted(expected, noun)}?`, words, verb))) return;
    const done = await this.#state.decideAll(filter, expected, { kind });
    this.#tell({ kind }, done, ' Undo takes it back.');
    this.#list.focusCurrent();
  }

  /** Puts a value in by hand; answers with why the field cannot hold it, or null. */
  async #put(index: number, value: string): Promise<string | null> {
    try {
      const isWhole = await this.#decideRow(index, { kind: 'edit', value });
      this.#list.endEdit();
      if (isWhole && index === this.#state.current) await this.#goOn();
      return null;
    } catch (error) {
      if (error instanceof Refused && !error.isGone) return error.message;
      this.#notices.warn(error);
      return null;
    }
  }

  /** To the next row, on the next page where this one ends; from the last page to what is left. */
  async #goOn(): Promise<void> {
    if (this.#state.move(this.#state.current + 1)) this.#list.focusCurrent();
    else await this.#load(this.#state.page?.hasLater ? 'later' : 'first');
  }

  async #load(where: 'first' | 'later' | 'earlier'): Promise<void> {
    await this.#state.load(where);
    scrollTo({ top: 0 });
    this.#list.focusCurrent();
  }

  async #turnPage(where: 'later' | 'earlier'): Promise<void> {
    const page = this.#state.page;
    const isThere = where === 'later' ? page?.hasLater : page?.hasEarlier;
    if (isThere) await this.#load(where);
  }

  async #move(by: 1 | -1): Promise<void> {
    if (this.#state.move(this.#state.current + by)) this.#list.focusCurrent();
    else await this.#turnPage(by === 1 ? 'later' : 'earlier');
  }

  async #takeSuggestion(index: number): Promise<void> {
    const row = this.#row(this.#state.current);
    if (row?.kind === 'flag' && index < row.suggestions.length)
      await this.#decideHere(rulingOf(row, index));
  }

  async #showEach(index: number): Promise<void> {
    const row = this.#row(index);
    if (row === undefined || row.itemId !== null) return;
    await this.#state.narrow({ groupId: row.groupId }, 'items');
    this.#list.focusCurrent();
  }

  async #leaveGroup(): Promise<void> {
    if (this.#state.filter.groupId !== null) await this.#switchView();
  }

  async #switchView(): Promise<void> {
    const view = this.#state.view === 'groups' ? 'items' : 'groups';
    await this.#state.narrow({ groupId: null }, view);
    this.#list.focusCurrent();
  }

  async #undo(): Promise<void> {
    const { count } = await this.#state.undo();
    this.#say(count === 0 ? 'There is nothing to undo.' : `Undone: ${counted(count, 'item')}.`);
    this.#list.focusCurrent();
  }

  #help(): void {
    help(this.#areKeysOn, (areKeysOn) => {
      this.#areKeysOn = areKeysOn;
    });
  }

  async #finish(): Promise<void> {
    const words = finishWords(this.#state.tally);
    if (!(await confirm('Finish the review?', words, 'Finish'))) return;
    const page = finishedPage(await ask<Finished>('finish'));
    document.title = `Reviewed: ${this.#opening.planId}`;
    document.body.replaceChildren(page);
    page.querySelector('h1')?.focus();
  }

  #row(index: number): Row | undefined {
    return this.#state.rows[index]?.row;
  }

  #say(words: string): void {
    this.#notices.say(words);
  }

  #attempt(work: () => Promise<unknown> | void): void {
    this.#queue = this.#queue.then(() => this.#notices.attempt(work));
  }
}

function howToDecide({ suggestions }: Row): string {
  return suggestions.length === 0
    ? 'This is a flag: press e and type a value, or n to leave it as it is.'
    : `This is a flag: press 1 to ${suggestions.length} for a suggestion, e to type a value, or n to leave it as it is.`;
}
