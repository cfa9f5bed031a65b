import type { Account } from '../model/account.ts';
import { nameOf } from '../operations/same-account.ts';
import type { Context } from './context.ts';

/** Whose account a plan is of, and through which sign-in it is reached: seen before anything is written. */
export function firmLine(
  { settings }: Pick<Context, 'settings'>,
  { origin, account }: { readonly origin: string; readonly account: Account | null },
): string {
  const { accessToken, profileName } = settings;
  const firm = account === null ? 'not known' : nameOf(account);
  const through = accessToken === null ? `profile ${profileName}` : 'token of CLIO_ACCESS_TOKEN';
  return `Firm: ${firm}, at ${origin} (${through})`;
}
