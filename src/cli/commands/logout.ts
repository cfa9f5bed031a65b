import { openKeychain } from '../../credentials/keychain.ts';
import type { Profile } from '../../credentials/profile.ts';
import { Profiles } from '../../credentials/profiles.ts';
import { Secrets } from '../../credentials/secrets.ts';
import { EXIT, UserError } from '../../errors.ts';
import { openAuthority } from '../../platforms/index.ts';
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
  const ended: { profile: string; baseUrl: string; isRevoked: boolean }[] = [];
  const failures: UserError[] = [];
  for (const profile of chosen) {
    try {
      const isRevoked = await end(context, profile, profiles);
      ended.push({ profile: profile.name, baseUrl: profile.baseUrl, isRevoked });
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

/** Revokes where Clio can be reached, and forgets in any case; answers whether Clio knows. */
async function end({ settings, output }: Context, profile: Profile, profiles: Profiles) {
  const secrets = new Secrets(settings.configFolder, openKeychain);
  const isRevoked = await revoke(profile, secrets);
  await secrets.forget(profile);
  profiles.forget(profile.name);
  if (!isRevoked)
    output.warn(
      `${profile.baseUrl} could not be told. The sign-in "${profile.name}" is forgotten here, but its token stays good until it ends.`,
    );
  return isRevoked;
}

async function revoke(profile: Profile, secrets: Secrets): Promise<boolean> {
  try {
    const secret = await secrets.read(profile);
    if (secret === null) return true;
    const authority = openAuthority({ name: 'clio', baseUrl: profile.baseUrl });
    await authority.revoke(secret.grant.accessToken);
    return true;
  } catch (error) {
    if (error instanceof PlatformError || error instanceof UserError) return false;
    throw error;
  }
}

function lineOf({
  profile,
  baseUrl,
  isRevoked,
}: {
  profile: string;
  baseUrl: string;
  isRevoked: boolean;
}): string {
  const how = isRevoked ? 'revoked at Clio and forgotten here' : 'forgotten here';
  return `Signed out of ${baseUrl} (profile ${profile}): the token is ${how}.\n`;
}
