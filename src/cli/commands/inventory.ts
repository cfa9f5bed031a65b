import { EXIT } from '../../errors.ts';
import type { InventoryHeader } from '../../journal/index.ts';
import { PARENT_TYPES, type ParentType } from '../../model/field.ts';
import { takeInventory } from '../../operations/inventory.ts';
import { renewInventory, type Since } from '../../operations/renew-inventory.ts';
import { summarizeInventory } from '../../operations/summarize.ts';
import { inventoryAsJson } from '../../report/json.ts';
import { inventoryAsText } from '../../report/text/inventory.ts';
import type { Action } from '../context.ts';
import { showProgress } from '../progress.ts';
import { connect, withJournal } from '../session.ts';

interface Flags {
  readonly parent: ParentType | 'all';
  readonly field: readonly string[];
  readonly record: readonly string[];
  readonly status?: readonly string[];
  /** Of the same records and fields as the earlier inventory. */
  readonly since?: Since;
}

export const inventory: Action<Flags> = (context, flags) => {
  const platform = connect(context);
  return withJournal(context, 'write', 'inventory', async (journal) => {
    const progress = showProgress(context);
    const parts = { platform, journal, now: context.now, progress };
    const header = await read(parts, flags).finally(() => progress.end());
    const view = { ...header, fields: summarizeInventory(journal, header.inventoryId) };
    if (context.output.isJson) await context.output.json(inventoryAsJson(view));
    else await context.output.result(inventoryAsText(view, context.stdoutLook));
    return EXIT.done;
  });
};

function read(
  parts: Parameters<typeof takeInventory>[0],
  { parent, field, record, status = [], since }: Flags,
): Promise<InventoryHeader> {
  if (since !== undefined) return renewInventory(parts, since);
  return takeInventory(parts, {
    parents: parent === 'all' ? PARENT_TYPES : [parent],
    fields: field,
    records: record,
    status,
  });
}
