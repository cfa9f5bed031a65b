import type { Reporter } from '../types.ts';
import { inventoryPage } from './inventory.ts';
import { planPage } from './plan.ts';
import { runPage } from './run.ts';
import { verificationPage } from './verification.ts';

/**
 * One self-contained page: no script, no outside asset, and a policy that forbids both, whatever a value says.
 * Reads on a phone, prints on paper.
 */
export const htmlReporter: Reporter = {
  inventory: inventoryPage,
  plan: planPage,
  run: runPage,
  verification: verificationPage,
};
