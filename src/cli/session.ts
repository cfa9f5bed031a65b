import { readFileSync } from 'node:fs';
import { EXIT, UserError } from '../errors.ts';
import { Journal } from '../journal/index.ts';
import { openPlatform } from '../platforms/index.ts';
import type { Platform } from '../platforms/types.ts';
import type { Context } from './context.ts';

/** Opens the journal for a command; closes it however the command ends. */
export async function withJournal<Result>(
  { settings, now }: Context,
  access: 'read' | 'write',
  command: string,
  work: (journal: Journal) => Promise<Result> | Result,
): Promise<Result> {
  const { passphrase } = settings;
  const journal = Journal.open(settings.journalPath, {
    access,
    command,
    now,
    ...(passphrase !== undefined && { passphrase }),
  });
  try {
    return await work(journal);
  } finally {
    journal.close();
  }
}

/** The platform that the settings name, with the sign-in that they hold. Throws `UserError` where there is none. */
export function connect(
  { settings, stop }: Context,
  { rate }: { rate?: number | undefined } = {},
): Platform {
  const { accessToken, baseUrl } = settings;
  if (accessToken === null) {
    throw new UserError(
      'not_signed_in',
      `You are not signed in to ${baseUrl}.`,
      'Put an access token of your Clio app into the environment variable CLIO_ACCESS_TOKEN. `clio-fields demo` works without one.',
      EXIT.notSignedIn,
    );
  }
  if (!TOKEN.test(accessToken)) {
    throw new UserError(
      'not_signed_in',
      'The access token holds a space, a line break or another character that no token has.',
      'Copy it again, whole and alone, into the environment variable CLIO_ACCESS_TOKEN.',
      EXIT.notSignedIn,
    );
  }
  return openPlatform({
    name: 'clio',
    baseUrl,
    tokens: { current: async () => accessToken, renew: async () => null },
    stop,
    ...(rate !== undefined && { rate }),
  });
}

/** What a header can carry (RFC 6750 allows less). */
const TOKEN = /^[\x21-\x7e]+$/u;

/** The rules file's text. Throws `UserError` where it cannot be read. */
export function readRules({ settings }: Context): { text: string; fileName: string } {
  const fileName = settings.rulesPath;
  try {
    return { text: readFileSync(fileName, 'utf8'), fileName };
  } catch (cause) {
    throw new UserError(
      'rules_file_missing',
      `The rules file ${fileName} cannot be read.`,
      'Write one with `clio-fields init`, or name yours with --rules FILE.',
      EXIT.wrongInput,
      { cause },
    );
  }
}
