import { wrongDigest } from '../../journal/index.ts';
import type { Plan } from '../../model/change.ts';

/** A script that names what was looked at must not carry out what came meanwhile. Throws `UserError` for another digest than the plan's. */
export function requireMeant(plan: Plan, digest: string | undefined): void {
  if (digest !== undefined && digest !== plan.digest) throw wrongDigest(plan.planId, digest);
}
