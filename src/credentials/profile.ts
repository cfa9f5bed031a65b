import { z } from 'zod';
import { UserError } from '../errors.ts';

/** Who signed in, as the platform told it; null where the app may not know. */
const userSchema = z.object({ id: z.string(), name: z.string(), email: z.string().nullable() });
const accountSchema = z.object({ id: z.string(), name: z.string().nullable() });

export const profileSchema = z.object({
  name: z.string(),
  /** Scheme and host that its tokens are good at, and that they go to. */
  baseUrl: z.string(),
  /** What every command works with unless told otherwise: absolute paths; null for the default of the working folder. */
  journalPath: z.string().nullable(),
  rulesPath: z.string().nullable(),
  /** Of the loopback address that the app is registered with. */
  port: z.int(),
  user: userSchema.nullable(),
  account: accountSchema.nullable(),
  keptIn: z.enum(['keychain', 'file']),
  /** ISO 8601. */
  signedInAt: z.string(),
});

/** A sign-in to one firm, and what belongs to it. Holds no secret. */
export type Profile = Readonly<z.output<typeof profileSchema>>;

export const secretSchema = z.object({
  app: z.object({ key: z.string(), secret: z.string() }),
  grant: z.object({
    accessToken: z.string(),
    refreshToken: z.string().nullable(),
    endsAtMs: z.number().nullable(),
  }),
});

/** What opens a firm's account: never printed, never in a journal, never on a command line. */
export type Secret = Readonly<z.output<typeof secretSchema>>;

/** The profile where nobody names one. */
export const DEFAULT_PROFILE = 'default';

/** File names are made of it; the last alternative are names that Windows keeps for itself. */
const NAME = /^(?!(?:con|prn|aux|nul|com\d|lpt\d)$)[a-z0-9][a-z0-9-]{0,39}$/u;

/** Throws `UserError` for what cannot be the name of a profile. */
export function checkProfileName(name: string): string {
  if (NAME.test(name)) return name;
  throw new UserError(
    'profile_name',
    `"${name}" cannot be the name of a profile.`,
    'Use up to 40 small letters, digits and hyphens, as in smith-llp.',
  );
}
