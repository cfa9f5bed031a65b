import { once } from 'node:events';
import { basename } from 'node:path';
import { parse as parseYaml } from 'yaml';
import { z } from 'zod';
import { counted } from '../../counted.ts';
import { EXIT, UserError } from '../../errors.ts';
import { didYouMean } from '../../nearest.ts';
import { portTaken } from '../../port-taken.ts';
import { inWords } from '../../rules/schema-words.ts';
import type { Account } from '../../sandbox/account.ts';
import { parseFaults } from '../../sandbox/fault-spec.ts';
import { makeFirm } from '../../sandbox/firm/index.ts';
import { accountFromCsv } from '../../sandbox/from-csv.ts';
import { accountFromInventory } from '../../sandbox/from-inventory.ts';
import { BEHAVIOURS, type SandboxOptions } from '../../sandbox/options.ts';
import { type Sandbox, startSandbox } from '../../sandbox/server.ts';
import { redirectAddress } from '../../sign-in/callback.ts';
import type { Action, Context } from '../context.ts';
import { readInput } from '../read-input.ts';
import { withJournal } from '../session.ts';
import { DEFAULT_PORT } from '../sign-in.ts';
import { isSystemError, whyNot } from '../why-not.ts';

interface Flags {
  readonly port: number;
  readonly seed: number;
  readonly matters: number;
  readonly contacts: number;
  readonly fields?: number;
  readonly rate: number;
  readonly window: number;
  readonly csv?: string;
  readonly fromJournal: boolean;
  readonly latency: number;
  readonly fault: readonly string[];
  readonly behave: readonly string[];
  readonly redirectUri: readonly string[];
  readonly tokenLifetime?: number;
}

export const sandbox: Action<Flags> = async (context, flags) => {
  const account = await chooseAccount(context, flags);
  const served = await serve(account, flags);
  const { baseUrl, token, app } = served;
  const records = account.records.length;
  if (context.output.isJson)
    await context.output.json({
      baseUrl,
      token,
      app,
      records,
      definitions: account.definitions.length,
    });
  else await context.output.result(welcome(served, account));
  if (!context.stop.aborted) await once(context.stop, 'abort');
  await served.close();
  return EXIT.done;
};

function chooseAccount(
  context: Context,
  { csv, fromJournal, seed, matters, contacts, fields }: Flags,
): Promise<Account> | Account {
  if (csv !== undefined) {
    return accountFromCsv(readTable(csv), {
      name: basename(csv),
      onWarning: (message) => context.output.warn(message),
    });
  }
  if (!fromJournal)
    return makeFirm({ seed, matters, contacts, ...(fields !== undefined && { fields }) });
  return withJournal(context, 'read', 'sandbox', (journal) => {
    const { inventoryId } = journal.inventories.find();
    return accountFromInventory({
      definitions: journal.inventories.definitions(inventoryId),
      records: journal.inventories.records(inventoryId),
      name: `Copy of ${inventoryId}`,
    });
  });
}

function readTable(file: string): Uint8Array {
  try {
    return readInput(file);
  } catch (cause) {
    if (!isSystemError(cause)) throw cause;
    throw new UserError(
      'csv_unreadable',
      `The table ${file} could not be read: ${whyNot(cause, 'read')}.`,
      'Name a CSV file that exists and that you may read.',
      EXIT.wrongInput,
      { cause },
    );
  }
}

async function serve(
  account: Account,
  { port, seed, rate, window, latency, fault, behave, redirectUri, tokenLifetime }: Flags,
): Promise<Sandbox> {
  const options: SandboxOptions = {
    port,
    seed,
    latencyMs: latency,
    faults: fault.flatMap(parseFaults),
    rateLimit: { perWindow: rate === 0 ? null : rate, windowMs: window * 1_000 },
    behaviour: readBehaviour(behave),
    oauth: {
      redirectUris: redirectUri.length === 0 ? [redirectAddress(DEFAULT_PORT)] : [...redirectUri],
      ...(tokenLifetime !== undefined && { expiresInSeconds: tokenLifetime }),
    },
  };
  try {
    return await startSandbox(account, options);
  } catch (cause) {
    if (cause instanceof z.ZodError) {
      throw cannotBehave(cause);
    }
    if (
      cause instanceof Error &&
      'code' in cause &&
      (cause.code === 'EADDRINUSE' || cause.code === 'EACCES')
    ) {
      throw portTaken(port, cause);
    }
    throw cause;
  }
}

function cannotBehave(cause: z.ZodError): UserError {
  const words = cause.issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => `there is no "${key}".${didYouMean(key, BEHAVIOURS)}`)
      : [`${issue.path.at(-1)?.toString() ?? 'it'}: ${inWords(issue)}.`],
  );
  const hasUnknown = cause.issues.some(({ code }) => code === 'unrecognized_keys');
  return new UserError(
    'usage',
    `The sandbox cannot behave so: ${words.join(' ')}`,
    hasUnknown
      ? `--behave takes ${BEHAVIOURS.join(', ')}.`
      : 'Write it as in --behave decimals=refuse.',
    EXIT.wrongInput,
    { cause },
  );
}

function readBehaviour(pairs: readonly string[]): NonNullable<SandboxOptions['behaviour']> {
  return Object.fromEntries(
    pairs.map((pair) => {
      const [key = '', ...rest] = pair.split('=');
      if (rest.length === 0)
        throw new UserError(
          'usage',
          `--behave ${pair} is not KEY=VALUE.`,
          'Write it as in --behave decimals=refuse.',
        );
      try {
        return [key, parseYaml(rest.join('=')) as unknown];
      } catch (cause) {
        throw new UserError(
          'usage',
          `The value of --behave ${key} is not YAML.`,
          'Write it as in --behave decimals=refuse.',
          EXIT.wrongInput,
          { cause },
        );
      }
    }),
  );
}

function* welcome({ baseUrl, token, app }: Sandbox, account: Account): Iterable<string> {
  const of = (kind: 'Matter' | 'Contact'): string =>
    counted(
      account.records.filter(({ parentType }) => parentType === kind).length,
      kind.toLowerCase(),
    );
  yield `An embedded Clio with ${of('Matter')}, ${of('Contact')} and ${counted(account.definitions.length, 'field')}. Ctrl-C stops it.\n`;
  yield 'In another terminal:\n\n';
  yield `  export CLIO_BASE_URL=${baseUrl}\n`;
  yield `  export CLIO_ACCESS_TOKEN=${token}\n`;
  yield '  clio-fields inventory\n\n';
  yield `PowerShell: $env:CLIO_BASE_URL = "${baseUrl}"; $env:CLIO_ACCESS_TOKEN = "${token}"\n\n`;
  yield 'Or sign in through the browser, as with the real Clio:\n\n';
  yield `  clio-fields login --profile sandbox --base-url ${baseUrl}\n`;
  yield `  app key ${app.key}, app secret ${app.secret}\n`;
}
