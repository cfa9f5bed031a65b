import { openKeychain } from '../../credentials/keychain.ts';
import type { Profile } from '../../credentials/profile.ts';
import { Profiles } from '../../credentials/profiles.ts';
import { Secrets } from '../../credentials/secrets.ts';
import { EXIT, UserError } from '../../errors.ts';
import { regionOf } from '../../platforms/base-url.ts';
import { openAuthority } from '../../platforms/index.ts';
import type { Route } from '../../platforms/route.ts';
import { PlatformError } from '../../platforms/types.ts';
import type { Action, Context } from '../context.ts';

interface Flags {
  readonly all: boolean;
}

export const logout: Action<Flags> = async (context, { all }) => {
  const { settings, output, flags } = context;
  if (all && flags.profile !== undefined)
    throw new UserError(
      'usage',
      '--all means every profile, and --profile one of them. Nobody was signed out.',
      'Leave one of them out.',
    );
  const profiles = new Profiles(settings.configFolder);
  const chosen = all ? await profiles.list() : [await chooseOne(context, profiles)];
  const ended: Ended[] = [];
  const failures: UserError[] = [];
  for (const profile of chosen) {
    try {
      ended.push(await end(context, profile, profiles));
    } catch (error) {
      // One that cannot be forgotten must not keep the others alive.
      if (!(error instanceof UserError)) throw error;
      failures.push(error);
    }
  }
  const [failure] = failures;
  if (failure !== undefined) {
    if (!output.isJson) await output.result(ended.map(lineOf));
    throw failure;
  }
  if (output.isJson) await output.json({ ended });
  else await output.result(ended.length === 0 ? ['There is no sign-in.\n'] : ended.map(lineOf));
  if (settings.accessToken !== null)
    output.warn('CLIO_ACCESS_TOKEN is still set: unset it yourself.');
  return EXIT.done;
};

async function chooseOne({ settings }: Context, profiles: Profiles): Promise<Profile> {
  const profile = await profiles.find(settings.profileName);
  if (profile !== null) return profile;
  const names = profiles.names();
  throw new UserError(
    'unknown_profile',
    `There is no sign-in under the name "${settings.profileName}".`,
    names.length === 0
      ? 'Nobody is signed in on this machine.'
      : `Name one with --profile: ${names.join(', ')}; or end all with --all.`,
  );
}

interface Ended {
  readonly profile: string;
  readonly baseUrl: string;
  /** Whether the access token is good no longer. */
  readonly isRevoked: boolean;
  /** Whether there was a refresh token, which Clio goes on taking. */
  readonly refreshTokenStays: boolean;
}

/** Revokes where Clio can be reached, forgets in any case, and says what stays valid. */
async function end(
  { settings, output }: Context,
  profile: Profile,
  profiles: Profiles,
): Promise<Ended> {
  const secrets = new Secrets(settings.configFolder, openKeychain);
  const { name, baseUrl } = profile;
  const done = await revoke(profile, secrets, settings.route);
  await secrets.forget(profile);
  profiles.forget(name);
  if (!done.isRevoked)
    output.warn(
      `${baseUrl} could not be told. The sign-in "${name}" is forgotten here, but its access token stays good until it ends.`,
    );
  if (done.refreshTokenStays) output.warn(whatStays(baseUrl));
  return { profile: name, baseUrl, ...done };
}

/** Clio's documentation has a way to revoke an access token, and none for a refresh token, which does not end by itself. */
function whatStays(baseUrl: string): string {
  const app =
    regionOf(baseUrl) === null
      ? 'on the page of the app'
      : `at ${baseUrl}/settings/developer_applications`;
  return `The refresh token stays valid at Clio, which documents no way to revoke it. It works only with the app's secret, and both are forgotten here. To end it there too, give the app a new secret or delete the app, ${app}.`;
}

async function revoke(
  profile: Profile,
  secrets: Secrets,
  route: Route,
): Promise<Pick<Ended, 'isRevoked' | 'refreshTokenStays'>> {
  let refreshTokenStays = true;
  try {
    const secret = await secrets.read(profile);
    if (secret === null) return { isRevoked: true, refreshTokenStays: false };
    refreshTokenStays = secret.grant.refreshToken !== null;
    const authority = openAuthority({ name: 'clio', baseUrl: profile.baseUrl, route });
    await authority.revoke(secret.grant.accessToken);
    return { isRevoked: true, refreshTokenStays };
  } catch (error) {
    if (error instanceof PlatformError || error instanceof UserError)
      return { isRevoked: false, refreshTokenStays };
    throw error;
  }
}

function lineOf({ profile, baseUrl, isRevoked }: Ended): string {
  const how = isRevoked ? 'revoked at Clio and forgotten here' : 'forgotten here';
  return `Signed out of ${baseUrl} (profile ${profile}): the access token is ${how}.\n`;
}
