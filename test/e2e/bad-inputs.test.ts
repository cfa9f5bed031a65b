import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Connection } from '../../src/journal/connection.ts';
import type { Account } from '../../src/sandbox/account.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/server.ts';
import { type Ended, LONGEST_MS, runBin } from '../support/bin.ts';
import { freePort } from '../support/browser.ts';
import { aDefinition, aMatter, anOption, aRow, smallAccount } from '../support/sandbox.ts';
import { BAD_INPUTS, type BadInput, GOOD_RULES, type Stage } from './bad-inputs.ts';

/** Two changes to make, and fields that every kind of mistake can be made with. */
function account(): Account {
  return smallAccount({
    definitions: [
      aDefinition(101, 'text_line', { name: 'Court' }),
      aDefinition(102, 'text_line', { name: 'Settlement' }),
      aDefinition(103, 'currency', { name: 'Settlement Amount' }),
      aDefinition(104, 'picklist', { name: 'Venue', options: [anOption(901, 'North')] }),
      aDefinition(105, 'text_line', { name: 'Notes' }),
      aDefinition(106, 'text_line', { name: 'Notes', parentType: 'Contact' }),
      aDefinition(107, 'text_line', { name: 'Former', deleted: true }),
      aDefinition(108, 'date', { name: 'Date of Loss' }),
      aDefinition(109, 'text_line', { name: 'Twin' }),
      aDefinition(110, 'text_line', { name: 'Twin' }),
    ],
    records: [
      aMatter(1001, { rows: [aRow(1, 101, ' first  court ')] }),
      aMatter(1002, { rows: [aRow(2, 101, ' second  court ')] }),
    ],
  });
}

let sandbox: Sandbox;
let other: Sandbox;
let shelf: string;
let digest: string;

beforeAll(async () => {
  [sandbox, other] = await Promise.all([startSandbox(account()), startSandbox(account())]);
  shelf = mkdtempSync(join(tmpdir(), 'clio-fields-bad-inputs-'));
  await prepareStages();
  prepareStrangers();
});

afterAll(async () => {
  await Promise.all([sandbox.close(), other.close()]);
  rmSync(shelf, { recursive: true, force: true });
});

describe.concurrent('told plainly, with what to do next, and no more', () => {
  test.each(BAD_INPUTS)('$what', async (input) => {
    const { code, stdout, stderr } = await run(input, []);
    expect({ code, stdout, stderr }).toMatchObject({
      code: input.exitCode,
      stdout: '',
      stderr: expect.stringContaining(filled(input.says)),
    });
    expect(stderr).toMatch(/^error: \S.*\n.*\S\n$/su);
    expect(stderr).not.toMatch(/^\s+at |undefined|\[object|ZodError|SQLITE_/mu);
    expect(stderr).not.toContain(sandbox.token);
  });
});

test('an address of this machine where nothing listens is named at once, and is no fault of the input', async () => {
  const host = `127.0.0.1:${await freePort()}`;
  const args = ['inventory', '--base-url', `http://${host}`];
  const ended = await runBin(args, { folder: shelf, environment: signedIn() });
  expect({ ...ended, stderr: ended.stderr.replaceAll(host, 'HOST') }).toEqual({
    code: 1,
    stdout: '',
    stderr: expect.stringMatching(
      /^error: Nothing answers at HOST\. .*\nIs the sandbox still running\?.*\n$/u,
    ),
  });
});

test.concurrent(
  'a host that does nothing but fail is tried for a while, named, and is no fault of the input',
  async () => {
    const failing = await startSandbox(account(), { faults: [{ kind: '502', probability: 1 }] });
    const args = ['inventory', '--base-url', failing.baseUrl];
    const environment = { CLIO_ACCESS_TOKEN: failing.token };
    const ended = await runBin(args, { folder: shelf, environment });
    await failing.close();
    expect({ ...ended, stderr: ended.stderr.replaceAll(failing.baseUrl, 'HOST') }).toEqual({
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(
        /^(?:Clio cannot be read .*\n)*error: Clio could not be read at HOST: .*\n.*network.*\n$/u,
      ),
    });
  },
  LONGEST_MS,
);

/** A case of each code: how an error is written as JSON does not depend on the case. */
const ONE_OF_EACH_CODE = [...new Map(BAD_INPUTS.map((input) => [input.code, input])).values()];

describe.concurrent('told to a script as one JSON document', () => {
  test.each(ONE_OF_EACH_CODE)('$what', async (input) => {
    const { code, stdout } = await run(input, ['--json']);
    const document: unknown = JSON.parse(stdout);
    expect({ code, document }).toEqual({
      code: input.exitCode,
      document: {
        formatVersion: 1,
        error: {
          code: input.code,
          message: expect.stringContaining(filled(input.says)),
          hint: expect.stringMatching(/\S/u),
        },
      },
    });
  });
});

test('the stack is told to those who ask for it, and the message is no other', async () => {
  const { code, stderr } = await runBin(['show', 'latest', '--debug'], { folder: shelf });
  expect({ code, stderr }).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/^error: "latest" is no id of .*\n.*\n.*\n\s+at /u),
  });
});

test('doctor tells of a sign-in that is missing as of everything else, and ends with its code', async () => {
  const plain = await runBin(['doctor'], { folder: shelf });
  expect(plain).toMatchObject({ code: 5, stdout: expect.stringContaining('not signed in') });
  const asJson = await runBin(['doctor', '--json'], { folder: shelf });
  expect(asJson.code).toBe(5);
  expect(JSON.parse(asJson.stdout)).toMatchObject({ formatVersion: 1, isSignedIn: false });
});

test('doctor does not call a sign-in good that nobody could check, and ends with 1', async () => {
  const around = { folder: shelf, environment: signedIn() };
  const nowhere = ['doctor', '--base-url', `http://127.0.0.1:${await freePort()}`];
  const plain = await runBin(nowhere, around);
  expect(plain.code).toBe(1);
  expect(plain.stdout).toMatch(
    /^-- sign-in\n {5}the token of [^!]*: set,\s+not checked\n!! user\n/u,
  );
  const asJson = await runBin([...nowhere, '--json'], around);
  expect(asJson.code).toBe(1);
  expect(JSON.parse(asJson.stdout)).toMatchObject({ isSignedIn: null, isReached: false });
});

test('whoever asks for JSON and for another format gets neither, but a JSON document that says so', async () => {
  const { code, stdout } = await runBin(['plan', '--json', '--format', 'csv'], { folder: shelf });
  expect(code).toBe(2);
  expect(JSON.parse(stdout)).toMatchObject({
    error: { code: 'usage', message: expect.stringContaining('--format csv') },
  });
});

test('a script that asks for JSON in a wrong way is told so in JSON', async () => {
  const { code, stdout } = await runBin(['runs', '--json=1'], { folder: shelf });
  expect(code).toBe(2);
  expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'usage' } });
});

/** Runs the case in a folder of its own. */
async function run(input: BadInput, more: readonly string[]): Promise<Ended> {
  const { args, journal = 'inventoried', environment = {}, files = {}, stdin } = input;
  const folder = mkdtempSync(join(shelf, 'case-'));
  cpSync(join(shelf, journal), folder, { recursive: true });
  for (const stranger of ['other.sqlite', 'newer.sqlite'])
    if (args.includes(stranger)) cpSync(join(shelf, stranger), join(folder, stranger));
  for (const [name, text] of Object.entries(files)) {
    if (text === null) mkdirSync(join(folder, name));
    else writeFileSync(join(folder, name), text);
  }
  return runBin([...args.map(filled), ...more], {
    folder,
    environment: { ...signedIn(), ...environment },
    ...(stdin !== undefined && { stdin }),
  });
}

function filled(text: string): string {
  return text
    .replace('{DIGEST}', digest)
    .replace('{PORT}', String(sandbox.port))
    .replace('{OTHER}', other.baseUrl);
}

function signedIn(): Record<string, string> {
  return { CLIO_BASE_URL: sandbox.baseUrl, CLIO_ACCESS_TOKEN: sandbox.token };
}

/** Folders as they are at each stage of the work; a case begins with a copy of one. */
async function prepareStages(): Promise<void> {
  const none = join(shelf, 'none');
  mkdirSync(none);
  writeFileSync(join(none, 'clio-fields.rules.yaml'), GOOD_RULES);
  await stage('inventoried', 'none', ['inventory']);
  const planned = await stage('planned', 'inventoried', ['plan', '--json']);
  digest = JSON.parse(planned).digest;
  await stage('stopped', 'planned', ['apply', '--approve', digest, '--stop-after', '1'], 4);
  await stage('completed', 'stopped', ['apply', '--resume']);
  await stage('rolledBack', 'completed', ['rollback', 'run-1', '--dry-run']);
}

/** What the step printed. */
async function stage(
  name: Stage,
  after: Stage,
  args: readonly string[],
  exitCode = 0,
): Promise<string> {
  const folder = join(shelf, name);
  cpSync(join(shelf, after), folder, { recursive: true });
  const { code, stdout, stderr } = await runBin(args, { folder, environment: signedIn() });
  if (code !== exitCode) throw new Error(`${args.join(' ')} ended with ${code}: ${stderr}`);
  return stdout;
}

/** A database that is not ours, and a journal that a later program has had. */
function prepareStrangers(): void {
  const foreign = new Connection(join(shelf, 'other.sqlite'));
  foreign.exec('CREATE TABLE recipe (name TEXT)');
  foreign.close();
  cpSync(join(shelf, 'planned', '.clio-fields', 'journal.sqlite'), join(shelf, 'newer.sqlite'));
  const newer = new Connection(join(shelf, 'newer.sqlite'));
  newer.pragma('user_version = 9999');
  newer.close();
}
