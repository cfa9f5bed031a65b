import { Profiles } from '../../credentials/profiles.ts';
import { EXIT } from '../../errors.ts';
import { regionOf } from '../../platforms/base-url.ts';
import { profilesAsText } from '../../report/sign-in.ts';
import type { Action } from '../context.ts';

export const profiles: Action<object> = async ({ settings, output, stdoutLook }) => {
  const all = await new Profiles(settings.configFolder).list();
  const views = all.map(({ name, account, user, baseUrl, journalPath, rulesPath }) => ({
    name,
    account,
    user,
    baseUrl,
    region: regionOf(baseUrl),
    journal: journalPath,
    rules: rulesPath,
    isInPlay: settings.profile?.name === name && settings.accessToken === null,
  }));
  if (output.isJson) await output.json({ profiles: views });
  else if (views.length === 0)
    await output.result(['There is no sign-in yet: `clio-fields login` makes one.\n']);
  else await output.result(profilesAsText(views, stdoutLook));
  return EXIT.done;
};
