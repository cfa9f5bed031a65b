import { existsSync } from 'node:fs';
import { EXIT } from '../../errors.ts';
import { examine } from '../../operations/examine.ts';
import { examinationAsText } from '../../report/examination.ts';
import type { Action } from '../context.ts';
import { connect, withJournal } from '../session.ts';

export const doctor: Action<object> = async (context) => {
  const { journalPath } = context.settings;
  const checkJournal = async () =>
    existsSync(journalPath)
      ? withJournal(context, 'read', 'doctor', (journal) => journal.check())
      : null;
  const examination = await examine({ connect: () => connect(context), checkJournal, journalPath });
  const { isSignedIn, isPermitted, findings } = examination;
  if (context.output.isJson) await context.output.json(examination);
  else await context.output.result(examinationAsText(examination, context.stdoutLook));
  if (!isSignedIn || !isPermitted) return EXIT.notSignedIn;
  return findings.some(({ level }) => level === 'problem') ? EXIT.leftOver : EXIT.done;
};
