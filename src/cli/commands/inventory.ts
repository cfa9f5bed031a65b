import { EXIT, UserError } from '../../errors.ts';
import { PARENT_TYPES, type ParentType } from '../../model/field.ts';
import { inventoryView } from '../../operations/inventory/inventory-view.ts';
import { type InventoryTaken, takeInventory } from '../../operations/inventory/inventory.ts';
import { sayOtherAccount } from '../../operations/inventory/other-account.ts';
import { renewInventory, type Since } from '../../operations/inventory/renew-inventory.ts';
import { connect } from '../connect.ts';
import type { Action } from '../context.ts';
import { deliver, type ReportFlags } from '../deliver.ts';
import { showProgress } from '../progress.ts';
import { withJournal } from '../session.ts';

interface Flags extends ReportFlags {
  readonly parent: ParentType | 'all';
  readonly field: readonly string[];
  readonly record: readonly string[];
  readonly status?: readonly string[];
  /** Of the same records and fields as the earlier inventory. */
  readonly since?: Since;
}

export const inventory: Action<Flags> = (context, flags) => {
  refuseStatusOfContacts(flags);
  const platform = connect(context);
  return withJournal(context, 'begin', 'inventory', async (journal) => {
    const progress = showProgress(context);
    const parts = { platform, journal, now: context.now, progress };
    const earlier = journal.inventories.newest();
    const view = await read(parts, flags).finally(() => progress.end());
    await deliver(context, flags, (reporter) => reporter.inventory(view, false));
    const otherAccount = earlier === null ? null : sayOtherAccount(journal, earlier, view);
    if (otherAccount !== null) context.output.warn(otherAccount);
    if (context.stderr.isTTY) context.output.note(nextStep(view.inventoryId));
    return EXIT.done;
  });
};

function refuseStatusOfContacts({ parent, status }: Flags): void {
  if (parent !== 'contact' || status === undefined) return;
  throw new UserError(
    'usage',
    'Contacts have no status: --status chooses among matters, and --parent contact leaves them out.',
    'Leave out --status, or read matters too: --parent all.',
  );
}

async function read(
  parts: Parameters<typeof takeInventory>[0],
  { parent, field, record, status = [], since }: Flags,
): Promise<InventoryTaken> {
  if (since !== undefined) {
    return inventoryView(parts.journal, await renewInventory(parts, since));
  }
  return takeInventory(parts, {
    parents: parent === 'all' ? PARENT_TYPES : [parent],
    fields: field,
    records: record,
    status,
  });
}

function nextStep(inventoryId: string): string {
  return `\`clio-fields show ${inventoryId}\` pictures each field, with --out inventory.html as a page to hand on; \`clio-fields init\` proposes rules.`;
}
