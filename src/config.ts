import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { checkProfileName, DEFAULT_PROFILE } from './credentials/profile-name.ts';
import type { Profile } from './credentials/profile.ts';
import { UserError } from './errors.ts';
import { nearest } from './nearest.ts';
import { parseBaseUrl, type Region, REGIONS } from './platforms/base-url.ts';
import type { Route } from './platforms/route.ts';
import { parseSharedLimit, type SharedLimit } from './platforms/shared-limit.ts';

/**
 * What a command needs to know of its surroundings, parsed once.
 * A flag beats the environment, which beats what `login` stored, which beats the default.
 */
export interface Settings {
  /** Scheme and host; the token goes nowhere else. */
  readonly baseUrl: string;
  /** Null where no flag, variable or stored sign-in says which host, so that it is the default. */
  readonly baseUrlFrom: 'told' | 'profile' | null;
  /** The environment's; null where it holds none. It beats what `login` stored. */
  readonly accessToken: string | null;
  readonly profileName: string;
  /** Whether a flag or the environment named it. */
  readonly isProfileNamed: boolean;
  /** What `login` stored under that name; null where nothing is, or where it is not in play. */
  readonly profile: Profile | null;
  /** Where sign-ins are kept. */
  readonly configFolder: string;
  /** The app's key and secret, where the environment holds them. */
  readonly appKey: string | null;
  readonly appSecret: string | null;
  readonly journalPath: string;
  readonly rulesPath: string;
  /** Encrypts clients' values in the journal; undefined where they stand in the clear. */
  readonly passphrase: string | undefined;
  /** Whether the journal may lie on a drive of another computer. */
  readonly allowsNetworkJournal: boolean;
  /** Where several programs keep to one limit together; null where this one keeps to it alone. */
  readonly sharedLimit: SharedLimit | null;
  readonly route: Route;
}

/** The flags that every command takes. */
export interface CommonFlags {
  readonly region?: string | undefined;
  readonly baseUrl?: string | undefined;
  readonly journal?: string | undefined;
  readonly rules?: string | undefined;
  readonly profile?: string | undefined;
  readonly sharedLimit?: string | undefined;
}

/** Of the environment, with those that options name. */
const VARIABLES = [
  'CLIO_ACCESS_TOKEN',
  'CLIO_BASE_URL',
  'CLIO_CLIENT_ID',
  'CLIO_CLIENT_SECRET',
  'CLIO_REGION',
  'CLIO_FIELDS_CONFIG',
  'CLIO_FIELDS_FAILPOINT',
  'CLIO_FIELDS_JOURNAL',
  'CLIO_FIELDS_NETWORK_JOURNAL',
  'CLIO_FIELDS_PASSPHRASE',
  'CLIO_FIELDS_PROFILE',
  'CLIO_FIELDS_RULES',
  'CLIO_FIELDS_SHARED_LIMIT',
];

export type Environment = Readonly<Record<string, string | undefined>>;

/** `findProfile` looks a stored sign-in up. Throws `UserError` for a region, a base URL or a profile's name that cannot be used. */
export async function readSettings(
  flags: CommonFlags,
  environment: Environment,
  folder: string,
  findProfile: (configFolder: string, name: string) => Promise<Profile | null>,
): Promise<Settings> {
  const pick = (flag: string | undefined, name: string): string | undefined =>
    flag ?? (environment[name] || undefined);
  const accessToken = environment['CLIO_ACCESS_TOKEN']?.trim() || null;
  const folderOfSignIns = configFolder(environment, folder);
  const named = pick(flags.profile, 'CLIO_FIELDS_PROFILE');
  const profileName = checkProfileName(named ?? DEFAULT_PROFILE);
  // A token of the environment is a sign-in of its own: unless asked for, another firm's journal has nothing to do with it.
  const isInPlay = named !== undefined || accessToken === null;
  const profile = isInPlay ? await findProfile(folderOfSignIns, profileName) : null;
  const told = readBaseUrl(flags, environment);
  return {
    baseUrl: told ?? profile?.baseUrl ?? REGIONS.us,
    baseUrlFrom: told !== null ? 'told' : profile === null ? null : 'profile',
    accessToken,
    profileName,
    isProfileNamed: named !== undefined,
    profile,
    configFolder: folderOfSignIns,
    appKey: environment['CLIO_CLIENT_ID']?.trim() || null,
    appSecret: environment['CLIO_CLIENT_SECRET']?.trim() || null,
    journalPath: resolve(
      folder,
      pick(flags.journal, 'CLIO_FIELDS_JOURNAL') ??
        profile?.journalPath ??
        '.clio-fields/journal.sqlite',
    ),
    rulesPath: resolve(
      folder,
      pick(flags.rules, 'CLIO_FIELDS_RULES') ?? profile?.rulesPath ?? 'clio-fields.rules.yaml',
    ),
    passphrase: environment['CLIO_FIELDS_PASSPHRASE'] || undefined,
    allowsNetworkJournal: environment['CLIO_FIELDS_NETWORK_JOURNAL'] === 'allow',
    sharedLimit: readSharedLimit(flags, environment),
    route: readRoute(environment),
  };
}

/** Variables that were likely meant for this program, and that it does not know: set in vain, another journal would be worked on. */
export function unknownVariables(environment: Environment): string[] {
  const known = new Map(VARIABLES.map((name) => [withoutPrefix(name), name]));
  return Object.entries(environment).flatMap(([name, value]) => {
    if (!value || !name.startsWith('CLIO_') || VARIABLES.includes(name)) return [];
    const meant = known.get(nearest(withoutPrefix(name), known.keys()) ?? '');
    if (meant !== undefined)
      return [`${name} is no variable of clio-fields. Did you mean ${meant}?`];
    return name.startsWith('CLIO_FIELDS_') ? [`${name} is no variable of clio-fields.`] : [];
  });
}

/** What a name says; its beginning would make any two alike. */
function withoutPrefix(name: string): string {
  return name.replace(/^CLIO_(?:FIELDS?_)?/u, '');
}

/** Where each system keeps what a program remembers for its user. */
function configFolder(environment: Environment, folder: string): string {
  const own = environment['CLIO_FIELDS_CONFIG'];
  if (own) return resolve(folder, own);
  const home = environment['HOME'] || homeOfUser() || folder;
  const base =
    environment['XDG_CONFIG_HOME'] ||
    (process.platform === 'win32'
      ? environment['APPDATA'] || join(home, 'AppData', 'Roaming')
      : process.platform === 'darwin'
        ? join(home, 'Library', 'Application Support')
        : join(home, '.config'));
  return join(base, 'clio-fields');
}

/** Null for a user that the system does not know, as in some containers. */
function homeOfUser(): string | null {
  try {
    return homedir();
  } catch {
    return null;
  }
}

/** The more exact of the two flags first, then the more exact of the two variables; null where none is given. */
function readBaseUrl({ baseUrl, region }: CommonFlags, environment: Environment): string | null {
  const host = region === undefined ? null : REGIONS[parseRegion(region)];
  if (baseUrl !== undefined) return parseBaseUrl(baseUrl);
  if (host !== null) return host;
  const named = environment['CLIO_BASE_URL'];
  if (named) return parseBaseUrl(named);
  const ofRegion = environment['CLIO_REGION'];
  return ofRegion ? REGIONS[parseRegion(ofRegion)] : null;
}

function readSharedLimit(
  { sharedLimit }: CommonFlags,
  environment: Environment,
): SharedLimit | null {
  if (sharedLimit !== undefined) return parseSharedLimit(sharedLimit, 'flag');
  const told = environment['CLIO_FIELDS_SHARED_LIMIT'];
  return told ? parseSharedLimit(told, 'environment') : null;
}

/** The names that curl and most programs know, in either case. */
function readRoute(environment: Environment): Route {
  const read = (name: string): string | null =>
    environment[name]?.trim() || environment[name.toUpperCase()]?.trim() || null;
  return { proxy: read('https_proxy'), noProxy: read('no_proxy') ?? '' };
}

function parseRegion(text: string): Region {
  const region = text.toLowerCase();
  if (Object.hasOwn(REGIONS, region)) return region as Region;
  throw new UserError(
    'region',
    `There is no region "${text}".`,
    `Give --region (or CLIO_REGION) as one of ${Object.keys(REGIONS).join(', ')}: the one in the address of your Clio.`,
  );
}
