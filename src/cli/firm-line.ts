import type { Journal } from '../journal/index.ts';
import { type Account, nameOfAccount } from '../model/account.ts';
import type { Plan } from '../model/change.ts';
import type { Context } from './context.ts';

/** Whose account a plan is of, and through which sign-in it is reached: seen before anything is written. */
export function firmLine(
  { settings }: Pick<Context, 'settings'>,
  { origin, account }: { readonly origin: string; readonly account: Account | null },
): string {
  const { accessToken, profileName } = settings;
  const firm = account === null ? 'not known' : nameOfAccount(account);
  const through = accessToken === null ? `profile ${profileName}` : 'token of CLIO_ACCESS_TOKEN';
  return `Firm: ${firm}, at ${origin} (${through})`;
}

/** Tells a person at a terminal whose account is about to be written to. */
export function noteFirm(context: Context, journal: Journal, { inventoryId }: Plan): void {
  if (context.stderr.isTTY)
    context.output.note(firmLine(context, journal.inventories.find(inventoryId)));
}
