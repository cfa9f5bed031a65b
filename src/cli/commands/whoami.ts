import { EXIT } from '../../errors.ts';
import { whoIs } from '../../operations/account/identity.ts';
import { signInAsText } from '../../report/sign-in.ts';
import { connect } from '../connect.ts';
import type { Action } from '../context.ts';
import { environmentView, storedView } from '../sign-in-view.ts';

export const whoami: Action<object> = async (context) => {
  const { settings, output, stdoutLook } = context;
  const who = await whoIs(connect(context));
  const identity = {
    user: who === null ? null : { id: who.id, name: who.name, email: who.email },
    account: who?.accountId == null ? null : { id: who.accountId, name: who.accountName },
  };
  const { profile, accessToken } = settings;
  const view =
    profile === null || accessToken !== null
      ? environmentView(context, identity)
      : { ...(await storedView(context, profile)), ...identity };
  if (output.isJson) await output.json(view);
  else await output.result(signInAsText(view, stdoutLook));
  return EXIT.done;
};
