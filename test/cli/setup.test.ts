import { mkdtempSync, rmSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { expect, onTestFinished, test } from 'vitest';
import { buildProgram } from '../../src/cli/program.ts';
import { UserError } from '../../src/errors.ts';
import { startSandbox } from '../../src/sandbox/server.ts';
import { redirectAddress } from '../../src/sign-in/callback.ts';
import { runBin } from '../support/bin.ts';
import { allow, freePort } from '../support/browser.ts';
import { smallAccount } from '../support/sandbox.ts';

test('setup goes from nothing to a first dry run, writes nothing to Clio, and goes on where it was left', async () => {
  const desk = await aDesk();
  const left = await desk.setup(['y', 'y', 'n']);
  expect(left.failure).toMatchObject({ code: 'setup_stopped', exitCode: 4 });
  expect(left.asked).toEqual(['Sign in now?', 'Read them now?', 'Write it?']);
  expect(readdirSync(desk.folder).toSorted()).toEqual(['.clio-fields', 'config']);

  const goesOn = await desk.setup(['', '', '']);
  expect(goesOn.failure).toBe(null);
  expect(goesOn.asked).toEqual(['Take a new one?', 'Write it?', 'Try them?']);
  expect(goesOn.text).toContain('You are signed in: Pat Example of Example & Sample LLP');
  expect(goesOn.text).toContain('There is inventory-1, taken just now: 3 matters and 2 contacts.');

  const again = await desk.setup(['y', '']);
  expect(again.failure).toBe(null);
  expect(again.asked).toEqual(['Take a new one?', 'Try them?']);
  expect(again.text).toContain('It stays as it is.');
  expect(again.text).toContain('inventory-2');
  expect(desk.sandbox.counters.writes).toBe(0);
});

test('Ctrl-D at a question leaves the set-up', async () => {
  const { failure } = await (await aDesk()).setup(['\u0004']);
  expect(failure).toMatchObject({ code: 'setup_stopped' });
});

test('without a terminal it names the commands instead', async () => {
  const desk = await aDesk();
  const { code, stdout, stderr } = await runBin(['setup'], { folder: desk.folder });
  expect([code, stdout]).toEqual([2, '']);
  for (const command of ['login', 'inventory', 'init', 'plan --dry-run'])
    expect(stderr).toContain(`clio-fields ${command}\n`);
});

/** A folder, a Clio, and a person at a terminal and a browser. */
async function aDesk() {
  const folder = mkdtempSync(join(tmpdir(), 'clio-fields-setup-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const port = await freePort();
  const oauth = { redirectUris: [redirectAddress(port)] };
  const sandbox = await startSandbox(smallAccount(), { oauth });
  onTestFinished(() => sandbox.close());
  const environment = {
    CLIO_FIELDS_CONFIG: join(folder, 'config'),
    CLIO_CLIENT_ID: sandbox.app.key,
    CLIO_CLIENT_SECRET: sandbox.app.secret,
    CLIO_BASE_URL: sandbox.baseUrl,
  };
  return {
    folder,
    sandbox,
    /** Types one answer a question; a person with nothing left to say would sit there for ever. */
    setup: async (answers: readonly string[]) => {
      const terminal = aTerminal(answers);
      const program = buildProgram(
        {
          environment,
          folder,
          stdin: terminal.stdin,
          stdout: terminal.screen,
          stderr: terminal.screen,
          now: () => new Date(),
          stop: new AbortController().signal,
        },
        () => undefined,
      );
      const flags = ['--no-browser', '--no-keychain', '--port', String(port), '--quiet'];
      const failure = await program.parseAsync(['node', 'clio-fields', 'setup', ...flags]).then(
        () => null,
        (error: unknown) => {
          if (error instanceof UserError) return error;
          throw error;
        },
      );
      return { failure, asked: terminal.asked, text: terminal.text() };
    },
  };
}

function aTerminal(answers: readonly string[]) {
  const left = [...answers];
  const asked: string[] = [];
  const stdin = new PassThrough();
  let text = '';
  let seen = 0;
  let isAllowed = false;
  const screen = new PassThrough().setEncoding('utf8').on('data', (piece: string) => {
    text += piece;
    const question = /(?<words>[A-Z][a-z][^\n[]*\?) \[[Yy]\/[Nn]\] /u.exec(text.slice(seen));
    if (question !== null) {
      seen = text.length;
      asked.push(question.groups?.['words'] ?? '');
      const answer = left.shift();
      if (answer !== undefined) stdin.write(answer === '\u0004' ? answer : `${answer}\r`);
    }
    const page = /http\S+\/oauth\/authorize\S+(?=\s)/u.exec(text)?.[0];
    if (page !== undefined && !isAllowed) {
      isAllowed = true;
      void allow(page, 'approve').then(async (back) => fetch(back));
    }
  });
  return {
    stdin: asTerminal(stdin),
    screen: asTerminal(screen),
    asked,
    text: () => text.replace(/\s+/gu, ' '),
  };
}

/** What commands use of a terminal's stream. */
function asTerminal(stream: PassThrough): NodeJS.ReadStream & NodeJS.WriteStream {
  return Object.assign(stream, { isTTY: true, columns: 80 }) as unknown as NodeJS.ReadStream &
    NodeJS.WriteStream;
}
