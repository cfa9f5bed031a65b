import type { Account } from '../../model/account.ts';
import { type Platform, PlatformError, type User } from '../../platforms/types.ts';

/**
 * Who is signed in, and to which firm: one request. Null where the sign-in may not know that, for want of the permission Users.
 * Throws `PlatformError` where the sign-in itself is no good.
 */
export async function whoIs(platform: Platform): Promise<User | null> {
  try {
    return await platform.whoAmI();
  } catch (error) {
    if (error instanceof PlatformError && error.kind === 'forbidden') return null;
    throw error;
  }
}

/** The firm that is signed in to, by a request where the sign-in does not say it; null as for `whoIs`. */
export async function whichAccount(platform: Platform): Promise<Account | null> {
  if (platform.account !== null) return platform.account;
  const who = await whoIs(platform);
  return who?.accountId == null ? null : { id: who.accountId, name: who.accountName };
}
