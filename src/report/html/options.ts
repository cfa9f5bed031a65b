import type { OptionChange } from '../../model/change.ts';
import type { OptionOutcomeView } from '../types.ts';
import { badge, text } from './page.ts';

export interface OptionLine {
  readonly change: OptionChange;
  readonly status: OptionOutcomeView['status'] | null;
  readonly reason: string | null;
}

/** Changes of picklists' options; those of a run with what became of them. */
export function* optionList(options: Iterable<OptionLine>): Iterable<string> {
  let isFirst = true;
  for (const { change, status, reason } of options) {
    if (isFirst) yield '<h2>Options of picklists</h2><ul class="options">';
    isFirst = false;
    const verb = { add: 'adds', retire: 'retires', restore: 'restores' }[change.action];
    const ending = status === null ? '' : ` ${badge(status)} ${text(reason ?? '')}`;
    yield `<li>${text(change.fieldName)} ${verb} <q>${text(change.label)}</q> <small>${text(change.reason)}</small>${ending}</li>`;
  }
  if (!isFirst) yield '</ul>\n';
}
