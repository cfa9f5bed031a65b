import type { Ruling } from '../../model/decision.ts';

/** What keys do; each is a button of the page, too. */
export interface KeyActions {
  readonly decide: (ruling: Ruling) => void;
  readonly edit: () => void;
  readonly suggestion: (index: number) => void;
  readonly move: (by: 1 | -1) => void;
  readonly page: (where: 'later' | 'earlier') => void;
  readonly select: () => void;
  readonly search: () => void;
  readonly undo: () => void;
  readonly help: () => void;
  readonly switchView: () => void;
  readonly open: () => void;
  readonly leave: () => void;
}

/** Hears the keys wherever nothing is being typed. */
export function listenToKeys(isOn: () => boolean, actions: KeyActions): void {
  const acts = actsOf(actions);
  document.addEventListener('keydown', (event) => {
    if (!isOn() || event.ctrlKey || event.metaKey || event.altKey || isBusy(event)) return;
    // Caps lock must not take the keys away.
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const act = acts[key] ?? digit(key, actions);
    if (act === undefined) return;
    event.preventDefault();
    act();
  });
}

function actsOf(actions: KeyActions): Readonly<Record<string, (() => void) | undefined>> {
  return {
    y: () => actions.decide({ kind: 'accept' }),
    n: () => actions.decide({ kind: 'skip' }),
    c: () => actions.decide({ kind: 'clear' }),
    l: () => actions.decide({ kind: 'later' }),
    e: actions.edit,
    j: () => actions.move(1),
    k: () => actions.move(-1),
    ArrowDown: () => actions.move(1),
    ArrowUp: () => actions.move(-1),
    ']': () => actions.page('later'),
    '[': () => actions.page('earlier'),
    x: actions.select,
    '/': actions.search,
    u: actions.undo,
    '?': actions.help,
    g: actions.switchView,
    Enter: actions.open,
    Escape: actions.leave,
  };
}

function digit(key: string, { suggestion }: KeyActions): (() => void) | undefined {
  return /^[1-9]$/u.test(key) ? () => suggestion(Number(key) - 1) : undefined;
}

/** Whether the key belongs to what has the focus: a box that is typed into, a button or a check box that it presses. */
function isBusy({ target, key }: KeyboardEvent): boolean {
  if (document.querySelector('dialog[open]') !== null) return true;
  if (!(target instanceof HTMLElement)) return false;
  if (target.matches('textarea, select, input:not([type=checkbox])')) return true;
  return (key === 'Enter' || key === ' ') && target.matches('button, summary, input, a');
}
