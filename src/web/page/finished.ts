import type { Finished } from '../protocol.ts';
import { button, element } from './element.ts';
import { counted, number } from './words.ts';

/** The end of a review: what is in the reviewed plan, and what to do with it. The page answers no more. */
export function finishedPage({ planId, digest, changes, counts, commands }: Finished): HTMLElement {
  const left = counts.later + counts.undecided;
  const heading = element('h1', { tabindex: -1 }, 'The review is finished');
  return element(
    'main',
    { class: 'finished' },
    heading,
    element(
      'p',
      {},
      element('strong', {}, planId),
      ` holds ${counted(changes, 'change')}: ${number(counts.accepted)} accepted, ${number(counts.edited)} edited${counts.cleared === 0 ? '' : `, ${number(counts.cleared)} cleared`}. ${number(counts.skipped)} skipped${left === 0 ? '' : `, ${number(left)} left undecided`}: they stay as they are. Nothing is written to Clio yet.`,
    ),
    element('h2', {}, 'Its digest'),
    copied(digest),
    element('h2', {}, 'What to do next, in the terminal'),
    ...commands.map(copied),
    element('p', { class: 'soft' }, 'The terminal says the same. You can close this window.'),
  );
}

/** A text with a button that copies it. */
function copied(text: string): HTMLElement {
  const copy = button('Copy', () => {
    void navigator.clipboard.writeText(text).then(() => {
      copy.textContent = 'Copied';
    });
  });
  return element('p', { class: 'copied' }, element('code', {}, text), copy);
}
