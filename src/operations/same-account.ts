import { UserError } from '../errors.ts';
import type { Plan } from '../model/change.ts';

/** Refuses to run a plan against another account than the one it was made from. */
export function requireSameAccount(plan: Plan, origin: string): void {
  if (plan.origin === origin) return;
  throw new UserError(
    'other_account',
    `${plan.planId} was made from ${plan.origin}, but this sign-in is for ${origin}. Nothing was written.`,
    'Use the region or base URL that the inventory was taken with, or take a new inventory.',
  );
}
