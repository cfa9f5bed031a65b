import { flagClustersAsText } from '../clusters.ts';
import type { Look, PlanView, Reporter, RunView } from '../types.ts';
import { verificationAsText } from '../verification.ts';
import { coverageLines } from './coverage.ts';
import { inventoryLines } from './inventory.ts';
import { Page } from './page.ts';
import { diff, planFooter, planHeader } from './plan.ts';
import { outcomes, runHeader } from './run.ts';

/** Text for people: fits the terminal, colour only where it helps, nothing in a value can paint the screen. */
export function textReporter(look: Look): Reporter {
  const page = new Page(look);
  return {
    *plan(view: PlanView, isWhole: boolean) {
      yield* planHeader(page, view);
      if (isWhole) yield* diff(page, view);
      if (view.flagClusters !== undefined)
        yield* flagClustersAsText(view.flagClusters(), view.plan.inventoryId, look);
      yield* planFooter(page, view);
    },
    inventory: (view, isWhole) => inventoryLines(page, view, isWhole),
    *run(view: RunView) {
      yield* runHeader(page, view.run, view.approval);
      yield* coverageLines(page, view.coverage);
      if (view.only !== undefined)
        yield `only ${view.only.parentType} ${view.only.recordId}, its counts too\n`;
      yield* outcomes(page, view);
    },
    verification: (view) => verificationAsText(view, look),
  };
}
