import { EXIT, type ExitCode } from '../../errors.ts';
import { explainField } from '../../operations/rules/explain.ts';
import { explanationAsJson, explanationAsText } from '../../report/explanation.ts';
import type { Context } from '../context.ts';
import { readRules } from '../rules-file.ts';
import { withJournal } from '../session.ts';

/** `plan --explain FIELD`: reads the journal and the rules file, and stores no plan. */
export function explain(
  context: Context,
  field: string,
  inventoryId: string | undefined,
): Promise<ExitCode> {
  const rules = readRules(context);
  return withJournal(context, 'read', 'plan --explain', async (journal) => {
    const explanation = explainField(journal, { field, inventoryId, rules });
    if (context.output.isJson) await context.output.json(explanationAsJson(explanation));
    else await context.output.result(explanationAsText(explanation, context.stdoutLook));
    return explanation.problems.length > 0 ? EXIT.wrongInput : EXIT.done;
  });
}
