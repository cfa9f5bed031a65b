import type { Tally } from '../protocol.ts';
import { button, element } from './element.ts';
import { counted, number } from './words.ts';

/** Asks before something big is done; resolves to whether the person said yes. */
export function confirm(title: string, words: readonly string[], yes: string): Promise<boolean> {
  return new Promise((resolve) => {
    const close = (isYes: boolean): void => {
      dialog.close();
      resolve(isYes);
    };
    const dialog = open(
      title,
      ...words.map((sentence) => element('p', {}, sentence)),
      element(
        'div',
        { class: 'answers' },
        button(yes, () => close(true), { class: 'primary', autofocus: true }),
        button('Cancel', () => close(false)),
      ),
    );
    dialog.addEventListener('cancel', () => resolve(false));
  });
}

/** What finishing would mean now. */
export function finishWords(tally: Tally): readonly string[] {
  const written = tally.accept + tally.edit + tally.clear;
  const left = tally.later + tally.undecided;
  return [
    written === 0
      ? 'Nothing was accepted, edited or cleared, so the reviewed plan will change nothing.'
      : `The reviewed plan will hold ${counted(written, 'change')}: ${number(tally.accept)} accepted, ${number(tally.edit)} edited${tally.clear === 0 ? '' : `, ${number(tally.clear)} cleared`}. ${number(tally.skip)} skipped: they stay as they are.`,
    ...(left === 0
      ? []
      : [
          `${counted(left, 'item')} still to decide (${number(tally.later)} for later): they stay out of this plan and as they are, and the next review asks again.`,
        ]),
    'Nothing is written to Clio yet: the reviewed plan must be approved and applied first.',
  ];
}

const KEYS: readonly (readonly [string, string])[] = [
  ['y', 'accept: write the value after'],
  ['n', 'skip: leave the value as it is'],
  ['e', 'edit: write another value'],
  ['c', 'clear: take the value away'],
  ['1 … 9', 'a flag: take that suggestion'],
  ['l', 'later: ask me again'],
  ['j, k or ↓, ↑', 'next row, row before'],
  [
    'x',
    'select the row (with the mouse: Shift for all between); y, n, c and l then act on all that are selected',
  ],
  ['u', 'undo the last decision'],
  ['g', 'like ones together, or one by one'],
  ['Enter', 'show each item of a group'],
  ['/', 'search; Enter goes to what is found'],
  ['[ and ]', 'page before, next page'],
  ['Esc', 'out of a box, or back from a group'],
];

/** What each key does, and a switch for those whom keys get in the way. */
export function help(areKeysOn: boolean, onSwitch: (areKeysOn: boolean) => void): void {
  const box = element('input', { type: 'checkbox', checked: areKeysOn });
  box.addEventListener('change', () => onSwitch(box.checked));
  const dialog = open(
    'Help',
    element(
      'p',
      {},
      'Decide what is to become of each value. A group is decided at once for all of its records; “Show each” lists them one by one. Every decision is kept as soon as you make it: close the page whenever you like.',
    ),
    element(
      'dl',
      { class: 'keys' },
      ...KEYS.map(([key, what]) =>
        element('div', {}, element('dt', {}, element('kbd', {}, key)), element('dd', {}, what)),
      ),
    ),
    element('label', { class: 'switch' }, box, ' Use these keys'),
    element(
      'div',
      { class: 'answers' },
      button('Close', () => dialog.close(), { class: 'primary', autofocus: true }),
    ),
  );
}

function open(title: string, ...content: readonly Node[]): HTMLDialogElement {
  const dialog = element(
    'dialog',
    { 'aria-labelledby': 'dialog-title' },
    element('h2', { id: 'dialog-title' }, title),
    ...content,
  );
  // It goes when it is closed, whichever way; the focus returns to where it was.
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}
