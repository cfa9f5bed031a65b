import { UserError } from '../errors.ts';
import type { Journal } from '../journal/index.ts';
import { nameOfAccount } from '../model/account.ts';
import type { Plan } from '../model/change.ts';
import type { Platform } from '../platforms/types.ts';
import { whichAccount } from './identity.ts';

/**
 * Refuses to run a plan against another account than the one it was made from: another host, or another firm at the same one.
 * One request, where the inventory knows its account. Throws `UserError`.
 */
export async function requireSameAccount(
  { platform, journal }: { platform: Platform; journal: Journal },
  plan: Plan,
): Promise<void> {
  if (plan.origin !== platform.origin) {
    throw new UserError(
      'other_account',
      `${plan.planId} was made from ${plan.origin}, but this sign-in is for ${platform.origin}. Nothing was written.`,
      'Use the region or base URL that the inventory was taken with, or take a new inventory.',
    );
  }
  const { account } = journal.inventories.find(plan.inventoryId);
  if (account === null) return;
  const signedIn = await whichAccount(platform);
  if (signedIn === null || signedIn.id === account.id) return;
  throw new UserError(
    'other_account',
    `${plan.planId} was made from ${nameOfAccount(account)}, but this sign-in is for ${nameOfAccount(signedIn)}. Nothing was written.`,
    'Sign in to the firm that the plan is for (--profile names a sign-in, `clio-fields profiles` lists them), or take a new inventory.',
  );
}
