import { resolve } from 'node:path';
import { UserError } from './errors.ts';
import { parseBaseUrl, type Region, REGIONS } from './platforms/base-url.ts';

/** What a command needs to know of its surroundings, parsed once. A flag beats the environment, which beats the default. */
export interface Settings {
  /** Scheme and host; the token goes nowhere else. */
  readonly baseUrl: string;
  /** Null where nothing says it: only commands that talk to the platform need one. */
  readonly accessToken: string | null;
  readonly journalPath: string;
  readonly rulesPath: string;
  /** Encrypts clients' values in the journal; undefined where they stand in the clear. */
  readonly passphrase: string | undefined;
}

/** The flags that every command takes. */
export interface CommonFlags {
  readonly region?: string | undefined;
  readonly baseUrl?: string | undefined;
  readonly journal?: string | undefined;
  readonly rules?: string | undefined;
}

export type Environment = Readonly<Record<string, string | undefined>>;

/** Throws `UserError` for a region or a base URL that cannot be used. */
export function readSettings(
  flags: CommonFlags,
  environment: Environment,
  folder: string,
): Settings {
  const pick = (flag: string | undefined, name: string): string | undefined =>
    flag ?? (environment[name] || undefined);
  return {
    baseUrl: readBaseUrl(flags, environment),
    accessToken: environment['CLIO_ACCESS_TOKEN']?.trim() || null,
    journalPath: resolve(
      folder,
      pick(flags.journal, 'CLIO_FIELDS_JOURNAL') ?? '.clio-fields/journal.sqlite',
    ),
    rulesPath: resolve(folder, pick(flags.rules, 'CLIO_FIELDS_RULES') ?? 'clio-fields.rules.yaml'),
    passphrase: environment['CLIO_FIELDS_PASSPHRASE'] || undefined,
  };
}

/** The more exact of the two flags first, then the more exact of the two variables. */
function readBaseUrl({ baseUrl, region }: CommonFlags, environment: Environment): string {
  const host = region === undefined ? null : REGIONS[parseRegion(region)];
  if (baseUrl !== undefined) return parseBaseUrl(baseUrl);
  if (host !== null) return host;
  const named = environment['CLIO_BASE_URL'];
  return named ? parseBaseUrl(named) : REGIONS[parseRegion(environment['CLIO_REGION'] || 'us')];
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
