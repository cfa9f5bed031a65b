import { existsSync } from 'node:fs';
import { examine } from '../../operations/account/examine.ts';
import { regionOf } from '../../platforms/base-url.ts';
import { examinationAsText } from '../../report/examination.ts';
import { connect } from '../connect.ts';
import type { Action, Context } from '../context.ts';
import { exitAfter } from '../examination-exit.ts';
import { withJournal } from '../session.ts';

export const doctor: Action<object> = async (context) => {
  const { journalPath } = context.settings;
  const checkJournal = async () =>
    existsSync(journalPath)
      ? withJournal(context, 'read', 'doctor', (journal) => journal.check())
      : null;
  const examination = await examine({
    connect: () => connect(context),
    signIn: describeSignIn(context),
    checkJournal,
    journalPath,
  });
  if (context.output.isJson) await context.output.json(examination);
  else await context.output.result(examinationAsText(examination, context.stdoutLook));
  return exitAfter(examination);
};

function describeSignIn({ settings }: Context): string | null {
  const { accessToken, profile, baseUrl, baseUrlFrom } = settings;
  const region = regionOf(baseUrl);
  const where = region === null ? baseUrl : `${baseUrl}, region ${region}`;
  if (accessToken !== null) {
    const told = baseUrlFrom === null ? ', which is taken where no region is given' : '';
    return `the token of CLIO_ACCESS_TOKEN, at ${where}${told}`;
  }
  if (profile === null || profile.baseUrl !== baseUrl) return null;
  return `profile ${profile.name} of ${profile.signedInAt.slice(0, 10)}, at ${where}`;
}
