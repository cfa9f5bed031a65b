import { openKeychain } from '../credentials/keychain.ts';
import type { Profile } from '../credentials/profile.ts';
import { Secrets } from '../credentials/secrets.ts';
import { regionOf } from '../platforms/base-url.ts';
import type { SignInView } from '../report/sign-in.ts';
import type { Context } from './context.ts';

/** A kept sign-in as reports show it. Reads the secret for when it ends. */
export async function storedView(
  { settings }: Pick<Context, 'settings'>,
  profile: Profile,
): Promise<SignInView> {
  const secrets = new Secrets(settings.configFolder, openKeychain);
  const secret = await secrets.read(profile);
  const { baseUrl, user, account, keptIn } = profile;
  const endsAtMs = secret?.grant.endsAtMs ?? null;
  return {
    user,
    account,
    baseUrl,
    region: regionOf(baseUrl),
    profile: profile.name,
    token: {
      keptIn,
      path: keptIn === 'file' ? secrets.pathOf(profile.name) : null,
      endsAt: endsAtMs === null ? null : new Date(endsAtMs).toISOString(),
      isRefreshed: (secret?.grant.refreshToken ?? null) !== null,
    },
    journal: settings.journalPath,
    rules: settings.rulesPath,
  };
}

/** The sign-in that the environment's token is. */
export function environmentView(
  { settings }: Pick<Context, 'settings'>,
  { user, account }: Pick<SignInView, 'user' | 'account'>,
): SignInView {
  const { baseUrl, journalPath, rulesPath } = settings;
  return {
    user,
    account,
    baseUrl,
    region: regionOf(baseUrl),
    profile: null,
    token: { keptIn: 'environment', path: null, endsAt: null, isRefreshed: false },
    journal: journalPath,
    rules: rulesPath,
  };
}
