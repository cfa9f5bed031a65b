import { Chalk } from 'chalk';
import { minuteOf } from '../minute-of.ts';
import { type Account, nameOfAccount } from '../model/account.ts';
import { table, wrap } from './table.ts';
import type { Look } from './types.ts';
import { visible } from './visible.ts';

/** Who is signed in where, and with what. */
export interface SignInView {
  readonly user: { readonly name: string; readonly email: string | null } | null;
  readonly account: Account | null;
  readonly baseUrl: string;
  /** Null for a host that is none of Clio's. */
  readonly region: string | null;
  /** Null where the token is the environment's. */
  readonly profile: string | null;
  readonly token: {
    readonly keptIn: 'environment' | 'keychain' | 'file';
    /** Where the file is; null elsewhere. */
    readonly path: string | null;
    /** ISO 8601; null where nobody knows. */
    readonly endsAt: string | null;
    readonly isRefreshed: boolean;
  };
  readonly journal: string;
  readonly rules: string;
}

export interface ProfileView {
  readonly name: string;
  readonly account: SignInView['account'];
  readonly user: SignInView['user'];
  readonly baseUrl: string;
  readonly region: string | null;
  readonly journal: string | null;
  readonly rules: string | null;
  readonly isInPlay: boolean;
}

export function* signInAsText(view: SignInView, { hasColor, columns }: Look): Iterable<string> {
  const paint = new Chalk({ level: hasColor ? 1 : 0 });
  const { user, account, baseUrl, region, profile, journal, rules } = view;
  const facts: (readonly [string, string])[] = [
    ['user', user === null ? 'not known: the app lacks the permission Users (Read)' : userOf(user)],
    ['firm', account === null ? 'not known' : nameOfAccount(account)],
    ['Clio', region === null ? baseUrl : `${baseUrl} (region ${region})`],
    ['profile', profile ?? 'none: the token stands in CLIO_ACCESS_TOKEN'],
    ['token', tokenOf(view.token)],
    ['journal', journal],
    ['rules', rules],
  ];
  for (const [name, fact] of facts) {
    const [first = '', ...rest] = wrap(visible(fact), columns - GAP);
    yield `${paint.dim(name.padEnd(GAP))}${first}\n`;
    for (const line of rest) yield `${' '.repeat(GAP)}${line}\n`;
  }
}

export function* profilesAsText(
  profiles: readonly ProfileView[],
  { hasColor, columns }: Look,
): Iterable<string> {
  const paint = new Chalk({ level: hasColor ? 1 : 0 });
  yield* table(
    [
      { title: '', align: 'left' },
      { title: 'profile', align: 'left' },
      { title: 'firm', align: 'left', isElastic: true },
      { title: 'user', align: 'left', isElastic: true },
      { title: 'Clio', align: 'left' },
      { title: 'journal', align: 'left', isElastic: true },
    ],
    profiles.map(({ isInPlay, name, account, user, region, baseUrl, journal }) => [
      isInPlay ? '*' : '',
      name,
      account === null ? 'not known' : visible(account.name ?? account.id),
      user === null ? 'not known' : visible(user.name),
      region ?? new URL(baseUrl).host,
      journal ?? 'of the working folder',
    ]),
    columns,
    paint.dim,
  );
}

const GAP = 9;

function userOf({ name, email }: NonNullable<SignInView['user']>): string {
  return email === null ? name : `${name} (${email})`;
}

function tokenOf({ keptIn, path, endsAt, isRefreshed }: SignInView['token']): string {
  const until = endsAt === null ? '' : `; good until ${minuteOf(endsAt)}`;
  const refreshed = isRefreshed ? ', and refreshed before that' : '';
  switch (keptIn) {
    case 'environment':
      return 'CLIO_ACCESS_TOKEN; how long it is good, only Clio knows';
    case 'keychain':
      return `in the system’s keychain${until}${refreshed}`;
    case 'file':
      return `in ${path ?? 'a file'}, readable by you alone${until}${refreshed}`;
  }
}
