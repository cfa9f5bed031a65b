import type { OptionChange } from '../model/change.ts';

/** What a run did to an option, in words; `replacedBy`: the id of the one that was made because the option itself did not come back. */
export function optionDone({ action }: OptionChange, replacedBy: string | null): string {
  if (replacedBy !== null)
    return `did not come back: a new one of the same text (id ${replacedBy}) takes its place`;
  return { add: 'added', retire: 'retired', restore: 'restored' }[action];
}
