import type { Messes } from '../../model/mess.ts';
import { say } from '../reason.ts';
import { flagged, type Verdict } from '../types.ts';

/** An option that a person took out of use is not chosen for them. */
export function flagRetired(label: string, suggestions: readonly string[] = []): Verdict {
  const words = `the option "${label}" is retired: bring it back in Clio, or let the rules file map the value to another option`;
  return flagged(say('retired', words), suggestions);
}

/** Whatever its text fits: what is the matter is that nobody may choose the option any more. */
export function asRetired(verdict: Verdict): Verdict {
  return verdict.outcome === 'unchanged' ? verdict : { ...verdict, mess: RETIRED };
}

const RETIRED: Messes = ['retired'];
