import { z } from 'zod';

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
