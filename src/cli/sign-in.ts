import { Readable } from 'node:stream';
import { readSettings } from '../config.ts';
import { openKeychain } from '../credentials/keychain.ts';
import type { Profile } from '../credentials/profile.ts';
import { Profiles } from '../credentials/profiles.ts';
import { Secrets } from '../credentials/secrets.ts';
import { UserError } from '../errors.ts';
import type { App, Authority, Grant } from '../platforms/authority.ts';
import { regionOf, REGIONS } from '../platforms/base-url.ts';
import { openAuthority, openPlatform } from '../platforms/index.ts';
import { PlatformError, type User } from '../platforms/types.ts';
import { openBrowser } from '../sign-in/browser.ts';
import { redirectAddress } from '../sign-in/callback.ts';
import { signIn, signInStopped } from '../sign-in/sign-in.ts';
import { appSteps } from './app-steps.ts';
import { askSecret, askText, readLines } from './ask.ts';
import type { Context } from './context.ts';

export interface SignInFlags {
  readonly port?: number;
  readonly browser: boolean;
  readonly keychain: boolean;
  readonly timeout: number;
}

/** Below the ports that systems hand out on their own, and of no well-known program. */
export const DEFAULT_PORT = 18_764;

/** The whole sign-in: key and secret, the browser, the tokens, and who it is; kept as a profile. Throws `UserError`. */
export async function signInAs(context: Context, flags: SignInFlags): Promise<Profile> {
  const { settings } = context;
  const profiles = new Profiles(settings.configFolder);
  const secrets = new Secrets(settings.configFolder, openKeychain);
  const former = await profiles.findSound(settings.profileName);
  const baseUrl = await chooseHost(context, former);
  if (former !== null) requireSameRegion(former, baseUrl);
  const port = flags.port ?? former?.port ?? DEFAULT_PORT;
  const authority = openAuthority({ name: 'clio', baseUrl, route: settings.route });
  const formerApp = former?.baseUrl === baseUrl ? await appOf(former, secrets) : null;
  const app = await chooseApp(context, authority, redirectAddress(port), formerApp);
  const grant = await letAllow(context, { authority, app, port }, flags);
  const user = await identify(context, authority, grant);
  if (former !== null) await requireSameFirm(former, user, authority, grant);
  if (user === null)
    context.output.warn(
      'Clio does not say who signed in, and to which firm: the app lacks the permission Users (Read). Nobody can check then that a plan runs at the firm that it was made for.',
    );
  const { flags: common, now } = context;
  const profile: Omit<Profile, 'keptIn'> = {
    name: settings.profileName,
    baseUrl,
    journalPath:
      common.journal === undefined ? (former?.journalPath ?? null) : settings.journalPath,
    rulesPath: common.rules === undefined ? (former?.rulesPath ?? null) : settings.rulesPath,
    port,
    user: user === null ? null : { id: user.id, name: user.name, email: user.email },
    account:
      user === null || user.accountId === null
        ? null
        : { id: user.accountId, name: user.accountName },
    signedInAt: now().toISOString(),
  };
  const wanted = flags.keychain ? 'keychain' : 'file';
  const keptIn = await secrets.keep(profile.name, { app, grant }, wanted);
  const kept = { ...profile, keptIn };
  profiles.save(kept);
  return kept;
}

/** From here on everything is as the next command will find it. */
export async function asSignedIn(context: Context, profile: Profile): Promise<Context> {
  const { flags, environment, folder } = context;
  const settings = await readSettings(flags, environment, folder, async () => profile);
  return {
    ...context,
    settings: { ...settings, accessToken: null, baseUrl: profile.baseUrl, profile },
  };
}

/** The region is asked for where nothing says it: a sign-in at the wrong one ends in an error page that explains nothing. */
async function chooseHost(context: Context, former: Profile | null): Promise<string> {
  const { settings, isInteractive, stderr } = context;
  if (settings.baseUrlFrom === 'told') return settings.baseUrl;
  if (former !== null) return former.baseUrl;
  if (!isInteractive) return settings.baseUrl;
  stderr.write('Which address does your Clio have in the browser?\n');
  for (const [region, host] of Object.entries(REGIONS))
    stderr.write(`  ${region}  ${host.replace('https://', '')}\n`);
  for (;;) {
    const answer = await askText(context, 'Region [us]: ');
    if (answer === null) throw signInStopped();
    const region = answer.toLowerCase() || 'us';
    const host = Object.entries(REGIONS).find(([name]) => name === region)?.[1];
    if (host !== undefined) return host;
  }
}

async function appOf(profile: Profile, secrets: Secrets): Promise<App | null> {
  try {
    return (await secrets.read(profile))?.app ?? null;
  } catch {
    // A keychain that cannot be opened is no reason not to sign in anew.
    return null;
  }
}

async function chooseApp(
  context: Context,
  { origin }: Authority,
  redirectUri: string,
  former: App | null,
): Promise<App> {
  const { settings, isInteractive, stderr, output } = context;
  const { appKey, appSecret } = settings;
  if (appKey !== null && appSecret !== null) return { key: appKey, secret: appSecret };
  if (!isInteractive) {
    if (former !== null && appKey === null && appSecret === null) return former;
    output.warn(appSteps(origin, redirectUri));
    throw new UserError(
      'app_key_missing',
      'Without a terminal, the app key and the app secret cannot be asked for.',
      'Put them into the environment variables CLIO_CLIENT_ID and CLIO_CLIENT_SECRET.',
    );
  }
  if (former === null) stderr.write(`\n${appSteps(origin, redirectUri)}\n`);
  const last = former === null ? '' : ' [Enter: as last time]';
  const key = appKey ?? (await askUntilGiven(context, `App key${last}: `, askText, former?.key));
  if (former !== null && key === former.key && appSecret === null) return former;
  const secret =
    appSecret ?? (await askUntilGiven(context, 'App secret (not shown): ', askSecret, undefined));
  return { key, secret };
}

async function askUntilGiven(
  context: Context,
  question: string,
  ask: typeof askText,
  otherwise: string | undefined,
): Promise<string> {
  for (;;) {
    const answer = await ask(context, question);
    if (answer === null) throw signInStopped();
    if (/^[\x21-\x7e]+$/u.test(answer)) return answer;
    if (answer === '' && otherwise !== undefined) return otherwise;
    context.stderr.write('It is a run of letters and digits without spaces; copy it whole.\n');
  }
}

async function letAllow(
  context: Context,
  { authority, app, port }: { authority: Authority; app: App; port: number },
  { browser, timeout }: SignInFlags,
): Promise<Grant> {
  const { isInteractive, stderr, stop, environment, output } = context;
  const pasting = isInteractive ? readLines(context) : null;
  try {
    return await signIn({
      authority,
      app,
      port,
      stop,
      timeoutMs: timeout * 1_000,
      pasted: pasting?.lines ?? Readable.from([]),
      onUselessPaste: () =>
        stderr.write(
          `That is not it. Paste the whole address that the browser shows in the end; it begins with ${redirectAddress(port)}\n`,
        ),
      show: async (address) => {
        const isOpened = browser && (await openBrowser(address, environment));
        output.warn(
          isOpened
            ? `\nYour browser opens. Sign in to Clio there and allow access. If it does not open, go to:\n\n${address}\n`
            : `\nOpen this address in a browser, sign in to Clio and allow access:\n\n${address}\n`,
        );
        if (isInteractive)
          output.warn(
            'Is the browser on another machine? In the end it shows an address that it cannot load.\nCopy that address, paste it here and press Enter.\n',
          );
      },
    });
  } finally {
    pasting?.close();
  }
}

/** Null where the app may not know, for want of the permission Users. */
async function identify(
  { stop, settings: { route } }: Context,
  { origin }: Authority,
  { accessToken }: Grant,
): Promise<User | null> {
  const tokens = { current: async () => accessToken, renew: async () => null };
  try {
    return await openPlatform({ name: 'clio', baseUrl: origin, route, tokens, stop }).whoAmI();
  } catch (error) {
    if (error instanceof PlatformError && error.kind !== 'aborted') return null;
    throw error;
  }
}

/** A firm lives in one region: at another host it is another firm. The embedded Clio may move. */
function requireSameRegion({ name, baseUrl }: Profile, asked: string): void {
  if (baseUrl === asked || regionOf(baseUrl) === null) return;
  throw otherFirm(
    `The profile "${name}" is a sign-in to ${baseUrl}, not to ${asked}. It was left as it is.`,
    name,
  );
}

/** A browser that is signed in to another firm must not turn this profile into that firm's. */
async function requireSameFirm(
  former: Profile,
  user: User | null,
  authority: Authority,
  { accessToken }: Grant,
): Promise<void> {
  const { account, name } = former;
  const isOther = account !== null && user?.accountId != null && user.accountId !== account.id;
  if (!isOther) return;
  await authority.revoke(accessToken).catch(() => undefined);
  throw otherFirm(
    `The browser is signed in to ${user.accountName ?? `account ${user.accountId}`}, but the profile "${name}" is ${account.name ?? `account ${account.id}`}. Nothing was kept.`,
    name,
  );
}

function otherFirm(message: string, name: string): UserError {
  return new UserError(
    'other_firm',
    message,
    `Give the other firm a profile of its own with --profile (in the browser, sign out of Clio before you change firms). \`clio-fields logout --profile ${name}\` makes this name free.`,
  );
}
