import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, afterAll, describe, expect, test } from 'vitest';
import { makeFirm } from '../../src/sandbox/firm/index.ts';
import { startSandbox } from '../../src/sandbox/server.ts';
import { runBin } from '../support/bin.ts';
import { HAS_TERMINALS, runOnTerminal } from '../support/terminal.ts';

const folder = mkdtempSync(join(tmpdir(), 'clio-fields-question-'));
let environment: Readonly<Record<string, string>> = {};
const ends: (() => Promise<void>)[] = [];
beforeAll(async () => {
  const sandbox = await startSandbox(makeFirm({ seed: 1, matters: 12, contacts: 3 }));
  ends.push(async () => sandbox.close());
  environment = { CLIO_BASE_URL: sandbox.baseUrl, CLIO_ACCESS_TOKEN: sandbox.token };
  for (const command of ['inventory', 'init', 'plan'])
    expect(await runBin([command], { folder, environment })).toMatchObject({ code: 0 });
});
afterAll(async () => {
  for (const end of ends) await end();
  rmSync(folder, { recursive: true, force: true });
});

const QUESTIONS = [
  {
    args: ['approve', 'plan-1'],
    when: /Type yes to approve: /u,
    said: 'plan-1 was not approved. Nothing was written.',
    refused: 2,
  },
  {
    args: ['apply'],
    when: /Type yes to approve: /u,
    said: 'plan-1 was not approved. Nothing was written.',
    refused: 2,
  },
  {
    args: ['purge', '--older-than', '0d'],
    when: /Type yes to delete: /u,
    said: 'Nothing was purged.',
    refused: 2,
  },
  {
    args: ['review'],
    when: /quit > /u,
    said: 'Go on: clio-fields review plan-1',
    refused: 0,
  },
  {
    args: ['login'],
    when: /App key: /u,
    said: 'The sign-in was stopped. Nothing was kept.',
    refused: 4,
  },
];

describe.runIf(HAS_TERMINALS)('at a question', () => {
  test.each(QUESTIONS)(
    'of $args, Ctrl-C and SIGTERM end with 4 and Ctrl-D with $refused, and nothing is done',
    async ({ args, when, said, refused }) => {
      const answer = (deed: { readonly keys?: string; readonly signal?: NodeJS.Signals }) =>
        runOnTerminal(args, { folder, environment, deeds: [{ when, ...deed }] });
      for (const deed of [{ keys: '\u0003' }, { signal: 'SIGTERM' }] as const) {
        const stopped = await answer(deed);
        expect(stopped.screen).toContain(said);
        expect(stopped.code).toBe(4);
      }
      const left = await answer({ keys: '\u0004' });
      expect(left.screen).toMatch(new RegExp(`\n(?:error: )?${said}`, 'u'));
      expect(left.code).toBe(refused);
      const { stdout } = await runBin(['runs', '--json'], { folder, environment });
      expect(JSON.parse(stdout).runs).toEqual([]);
      const shown = await runBin(['show', 'plan-1', '--format', 'json'], { folder, environment });
      expect(JSON.parse(shown.stdout)).toMatchObject({ planId: 'plan-1', approval: null });
    },
  );

  test('that is answered with yes, a command goes on', async () => {
    const ended = await runOnTerminal(['approve', 'plan-1', '--by', 'Pat'], {
      folder,
      environment,
      deeds: [{ when: /Type yes to approve: /u, keys: 'yes\r' }],
    });
    expect(ended.screen).toContain('plan-1 approved by Pat');
    expect(ended.code).toBe(0);
  });
});
