import type { Change } from '../../model/change.ts';
import type { ResolvedEdit } from './judge.ts';
import type { OptionLedger } from './option-ledger.ts';

/** No option has it: so no value holds an option that is not there yet. */
const NO_OPTION = '';

/** Fills in the ids of options that the plan added, and checks that each field still takes the value. */
export function resolveOptions(ledger: OptionLedger, change: Change): Resolved {
  const edits: ResolvedEdit[] = [];
  let obstacle: string | null = null;
  for (const edit of change.edits) {
    const field = ledger.field(edit.definitionId);
    if (field === undefined || field.deleted || field.fieldType !== edit.fieldType) {
      obstacle ??= `the field "${edit.fieldName}" was deleted on the platform since`;
    }
    const options = field?.options ?? [];
    const { after } = edit;
    if (after.state === 'newOption') {
      const named = options.filter(({ label }) => label === after.label);
      const added = ledger.addedId(edit.definitionId, after.label);
      const option =
        named.find(({ id }) => id === added) ??
        named.find(({ retired }) => !retired) ??
        named.at(-1);
      if (option === undefined) obstacle ??= `its option "${after.label}" could not be added`;
      else if (option.retired) obstacle ??= `its option "${after.label}" was retired since`;
      edits.push({ ...edit, after: { state: 'value', content: option?.id ?? NO_OPTION } });
    } else if (after.state === 'value' && edit.fieldType === 'picklist') {
      const standIn = ledger.standIn(edit.definitionId, after.content);
      const option = options.find(({ id }) => id === standIn);
      if (option === undefined || option.retired) {
        const isToBeRestored = ledger.isToBeRestored(edit.definitionId, after.content);
        const happened = isToBeRestored ? 'could not be restored' : 'was retired since';
        obstacle ??= `its option "${edit.afterText ?? after.content}" ${happened}`;
      } else if (ledger.isRenamed(edit.definitionId, option))
        obstacle ??= `its option is no longer called "${edit.afterText ?? after.content}"`;
      edits.push({ ...edit, after: { state: 'value', content: standIn } });
    } else {
      edits.push({ ...edit, after });
    }
  }
  return { edits, obstacle };
}

/** A change's edits with every option known. */
export interface Resolved {
  readonly edits: readonly ResolvedEdit[];
  /** Why it cannot be sent any more, though it may have been, and may stand; null where it can. */
  readonly obstacle: string | null;
}
