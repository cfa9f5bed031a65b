import { examineAccess } from '../../operations/account/examine.ts';
import { examinationAsText } from '../../report/examination.ts';
import { signInAsText } from '../../report/sign-in.ts';
import { connect } from '../connect.ts';
import type { Action } from '../context.ts';
import { exitAfter } from '../examination-exit.ts';
import { storedView } from '../sign-in-view.ts';
import { asSignedIn, signInAs, type SignInFlags } from '../sign-in.ts';

export const login: Action<SignInFlags> = async (context, flags) => {
  const profile = await signInAs(context, flags);
  const { output, stdoutLook } = context;
  const signedIn = await asSignedIn(context, profile);
  const view = await storedView(signedIn, profile);
  const examination = await examineAccess(() => connect(signedIn));
  if (output.isJson) await output.json({ ...view, findings: examination.findings });
  else {
    await output.result(signInAsText(view, stdoutLook));
    await output.result(['\n', ...examinationAsText(examination, stdoutLook)]);
  }
  if (profile.keptIn === 'file' && flags.keychain)
    output.warn(
      'This machine has no keychain that can be used, so the tokens are in a file that only you can read.',
    );
  if (context.settings.accessToken !== null)
    output.warn('CLIO_ACCESS_TOKEN is set, and beats this sign-in until you unset it.');
  return exitAfter(examination);
};
