import { EXIT, type ExitCode } from '../../errors.ts';
import type { RulesCheck } from '../../model/rules-check.ts';
import { checkRules } from '../../operations/rules/check-rules.ts';
import { rulesCheckAsText } from '../../report/rules-check.ts';
import type { Action } from '../context.ts';
import { readRules } from '../rules-file.ts';
import { withJournal } from '../session.ts';

export const check: Action<object> = (context, _flags, inventoryId?: string) => {
  const rules = readRules(context);
  return withJournal(context, 'read', 'check', async (journal) => {
    const found = checkRules(journal, { rules, inventoryId });
    if (context.output.isJson) await context.output.json(found);
    else await context.output.result(rulesCheckAsText(found, context.stdoutLook));
    return codeOf(found);
  });
};

function codeOf({ findings }: RulesCheck): ExitCode {
  if (findings.some(({ level }) => level === 'error')) return EXIT.wrongInput;
  return findings.some(({ level }) => level === 'warning') ? EXIT.leftOver : EXIT.done;
}
