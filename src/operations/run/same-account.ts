import { UserError } from '../../errors.ts';
import type { Journal } from '../../journal/index.ts';
import { type Account, nameOfAccount } from '../../model/account.ts';
import type { Plan } from '../../model/change.ts';
import type { Definition } from '../../model/field.ts';
import type { Platform } from '../../platforms/types.ts';

interface Parts {
  readonly platform: Platform;
  readonly journal: Journal;
}

/**
 * The account's definitions, which whoever is about to write needs anyway, once it is sure that it is the account that the plan was made
 * from: the same host, the same firm where both are known, and an account that has the plan's fields. Ids of fields are Clio's own
 * and no two firms share one, so that a token whose firm nobody knows is told apart without a request for it.
 * One request for each 200 definitions. Throws `UserError`.
 */
export async function readPlannedDefinitions(
  { platform, journal }: Parts,
  plan: Plan,
): Promise<readonly Definition[]> {
  requireSameAccount({ platform, journal }, plan, platform.account);
  const definitions = await platform.readDefinitions();
  requireSameFields(journal.inventories.definitions(plan.inventoryId), definitions, plan.planId);
  return definitions;
}

/** Refuses to do anything for a plan at another account than the one it was made from, as far as both are known. Throws `UserError`. */
export function requireSameAccount(
  { platform, journal }: Parts,
  plan: Plan,
  signedIn: Account | null,
): void {
  if (plan.origin !== platform.origin) {
    throw new UserError(
      'other_account',
      `${plan.planId} was made from ${plan.origin}, but this sign-in is for ${platform.origin}. Nothing was written.`,
      'Use the region or base URL that the inventory was taken with, or take a new inventory.',
    );
  }
  const { account } = journal.inventories.find(plan.inventoryId);
  if (account === null || signedIn === null || signedIn.id === account.id) return;
  throw new UserError(
    'other_account',
    `${plan.planId} was made from ${nameOfAccount(account)}, but this sign-in is for ${nameOfAccount(signedIn)}. Nothing was written.`,
    'Sign in to the firm that the plan is for (--profile names a sign-in, `clio-fields profiles` lists them), or take a new inventory.',
  );
}

/** An account that has none of the fields that `what` was made from is another one. Throws `UserError`. */
export function requireSameFields(
  earlier: readonly Definition[],
  definitions: readonly Definition[],
  what: string,
): void {
  const ids = new Set(earlier.map(({ id }) => id));
  if (ids.size === 0 || definitions.some(({ id }) => ids.has(id))) return;
  throw new UserError(
    'other_account',
    `This account has none of the fields of ${what}: it is another one. Nothing was written.`,
    'Sign in to the firm that it is of (--profile names a sign-in, `clio-fields profiles` lists them), or take a complete inventory of this one: `clio-fields inventory`, best in a journal of its own (--journal).',
  );
}
