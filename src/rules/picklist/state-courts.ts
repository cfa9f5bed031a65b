import { fold } from '../fold.ts';
import { STATE_NAMES } from './packs/us-states.ts';
import { respell } from './spelling.ts';

const STATES: ReadonlySet<string> = new Set(
  STATE_NAMES.flatMap(([name]) => (name ? [fold(name)] : [])),
);
const MOST_STATE_WORDS = 4;
/** After a state's name these make it another place's: Washington County, New York City. */
const SMALLER_PLACES = new Set(['county', 'city', 'parish', 'township', 'borough', 'town']);

/**
 * One key for a state court's name with the state before or after it: "Alabama Supreme Court",
 * "Supreme Court of the State of Alabama". Null for what is no court, or has no state at one end.
 * Other bodies differ by this very order: the University of Washington is not Washington University.
 */
export function stateCourtKey(folded: string): string | null {
  const words = folded.split(' ').filter((word) => word !== 'the');
  if (!words.includes('court')) return null;
  for (let length = Math.min(MOST_STATE_WORDS, words.length - 1); length > 0; length -= 1) {
    const first = words.slice(0, length).join(' ');
    if (STATES.has(first) && !SMALLER_PLACES.has(words[length] ?? ''))
      return keyOf(first, words.slice(length));
    const last = words.slice(-length).join(' ');
    const before = words.slice(0, -length);
    if (STATES.has(last) && before.at(-1) === 'of')
      return keyOf(last, withoutState(before.slice(0, -1)));
  }
  return null;
}

/** "Supreme Court of the State" of Alabama. */
function withoutState(words: readonly string[]): readonly string[] {
  return words.at(-1) === 'state' && words.at(-2) === 'of' ? words.slice(0, -2) : words;
}

function keyOf(state: string, court: readonly string[]): string {
  return respell(`${court.join(' ')} of ${state}`);
}
