import { openKeychain } from '../credentials/keychain.ts';
import { Profiles } from '../credentials/profiles.ts';
import { Secrets } from '../credentials/secrets.ts';
import { EXIT, UserError } from '../errors.ts';
import { openAuthority, openPlatform } from '../platforms/index.ts';
import type { Platform, TokenSource } from '../platforms/types.ts';
import { StoredTokens } from '../sign-in/stored-tokens.ts';
import type { Context } from './context.ts';

/** The platform that the settings name, with the sign-in that they hold. Throws `UserError` where there is none. */
export function connect(context: Context): Platform {
  return prepareConnection(context)({});
}

/** As `connect`, in two steps: that there is a sign-in is known before it is known how many requests a minute it may send. */
export function prepareConnection(
  context: Context,
): (pace: { readonly ratePerMinute?: number | undefined }) => Platform {
  const { settings, stop, openGate, output } = context;
  const tokens = tokensOf(context);
  return ({ ratePerMinute }) =>
    openPlatform({
      name: 'clio',
      baseUrl: settings.baseUrl,
      route: settings.route,
      tokens,
      account: settings.accessToken === null ? (settings.profile?.account ?? null) : null,
      stop,
      onTrouble: (sentence) => output.aside(sentence),
      ...(ratePerMinute !== undefined && { rate: ratePerMinute }),
      ...(openGate !== undefined && { openGate }),
    });
}

/** The environment's token, else the one that `login` kept: it goes to the host that it was got from, and nowhere else. */
function tokensOf({ settings, output, now }: Context): TokenSource {
  const { accessToken, baseUrl, route, profile, configFolder } = settings;
  if (accessToken !== null) {
    checkToken(accessToken);
    if (profile !== null)
      output.warn(
        `The access token is CLIO_ACCESS_TOKEN's, not the one of the profile "${profile.name}".`,
      );
    return { current: async () => accessToken, renew: async () => null };
  }
  if (profile === null) throw notSignedIn(settings);
  if (profile.baseUrl !== baseUrl) {
    throw new UserError(
      'not_signed_in',
      `The profile "${profile.name}" is signed in to ${profile.baseUrl}, not to ${baseUrl}.`,
      `Leave --region, --base-url, CLIO_REGION and CLIO_BASE_URL out to use it, or sign in to ${baseUrl} under another name: \`clio-fields login --profile NAME\`.`,
      EXIT.notSignedIn,
    );
  }
  const authority = openAuthority({ name: 'clio', baseUrl, route });
  return new StoredTokens(profile, new Secrets(configFolder, openKeychain), authority, () =>
    now().getTime(),
  );
}

function notSignedIn({ baseUrl, configFolder }: Context['settings']): UserError {
  const names = new Profiles(configFolder).names();
  return new UserError(
    'not_signed_in',
    `You are not signed in to ${baseUrl}.`,
    names.length === 0
      ? 'Sign in with `clio-fields login`, or put an access token of your Clio app into the environment variable CLIO_ACCESS_TOKEN. `clio-fields demo` works without one.'
      : `Say which sign-in with --profile (or CLIO_FIELDS_PROFILE): ${names.join(', ')}; or sign in with \`clio-fields login\`.`,
    EXIT.notSignedIn,
  );
}

function checkToken(accessToken: string): void {
  if (TOKEN.test(accessToken)) return;
  throw new UserError(
    'not_signed_in',
    'The access token holds a space, a line break or another character that no token has.',
    'Copy it again, whole and alone, into the environment variable CLIO_ACCESS_TOKEN.',
    EXIT.notSignedIn,
  );
}

/** What a header can carry (RFC 6750 allows less). */
const TOKEN = /^[\x21-\x7e]+$/u;
