import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import type { Account } from '../../src/sandbox/account.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/server.ts';
import { newFolder } from '../journal/files.ts';
import { type Ended, runBin } from '../support/bin.ts';
import { aDefinition, aMatter, anOption, aRow, smallAccount } from '../support/sandbox.ts';
import { contentsOf, crashAccount, RULES } from './crash-rig.ts';

/** Lets no file of the program grow beyond so many kilobytes: what a full disk is to it, and needs no disk. */
const withRoomFor = (kilobytes: number): readonly string[] => [
  'sh',
  '-c',
  'ulimit -f "$0" && exec "$@"',
  String(kilobytes * 2),
];

/** What reading a journal takes by itself. */
const JUST_ENOUGH_TO_READ = withRoomFor(32);

interface Stage {
  readonly folder: string;
  readonly sandbox: Sandbox;
  readonly bin: (args: readonly string[], through?: readonly string[]) => Promise<Ended>;
}

async function start(account: Account): Promise<Stage> {
  const sandbox = await startSandbox(account);
  const folder = newFolder();
  const environment = { CLIO_BASE_URL: sandbox.baseUrl, CLIO_ACCESS_TOKEN: sandbox.token };
  const bin: Stage['bin'] = async (args, through = []) =>
    runBin(args, { folder, environment, through });
  return { folder, sandbox, bin };
}

const failed = z.object({ error: z.object({ code: z.string(), message: z.string() }) });
const counts = z.object({ applied: z.number(), pending: z.number() });
const run = z.object({ requests: z.object({ reads: z.number(), writes: z.number() }) });

describe.runIf(process.platform !== 'win32')('a disk that is full', () => {
  test.each([64, 160])(
    'in the middle of an apply (after %i kB) loses nothing: once there is room, the run goes on, and all of it can be undone',
    async (kilobytes) => {
      const { folder, sandbox, bin } = await start(crashAccount());
      onTestFinished(async () => sandbox.close());
      writeFileSync(join(folder, 'clio-fields.rules.yaml'), RULES);
      await bin(['inventory']);
      const { requests: before } = sandbox.counters;
      const plan = await bin(['plan', '--json']);
      const { digest } = z.object({ digest: z.string() }).parse(JSON.parse(plan.stdout));

      const full = await bin(['apply', '--approve', digest, '--json'], withRoomFor(kilobytes));
      expect(full.code).toBe(1);
      const { error } = failed.parse(JSON.parse(full.stdout));
      expect(['disk_full', 'journal_io']).toContain(error.code);
      expect(error.message).toContain('What was stored before is safe');
      const { runs } = z
        .object({ runs: z.array(z.object({ status: z.string(), counts })) })
        .parse(JSON.parse((await bin(['runs', '--json'])).stdout));
      expect(runs).toMatchObject([{ status: 'incomplete' }]);
      expect(runs[0]?.counts.pending).toBeGreaterThan(0);
      expect(sandbox.counters.writes, 'some have left').toBeGreaterThan(0);

      const resumed = await bin(['apply', '--resume', '--json']);
      expect(resumed.code).toBe(0);
      expect(JSON.parse(resumed.stdout)).toMatchObject({
        status: 'completed',
        counts: { applied: 72, alreadyThere: 0, conflict: 0, rejected: 0 },
      });
      const { reads, writes } = run.parse(JSON.parse(resumed.stdout)).requests;
      expect(writes).toBe(sandbox.counters.writes);
      expect(reads).toBe(sandbox.counters.requests - before - writes);
      expect((await bin(['rollback', 'run-1'])).code).toBe(0);
      expect(contentsOf(sandbox.account)).toEqual(contentsOf(crashAccount()));
    },
  );

  test('leaves a file that is to be replaced as it was, and the message says what to do', async () => {
    const ids = Array.from({ length: 150 }, (_, index) => 101 + index);
    const { folder, sandbox, bin } = await start({
      ...smallAccount(),
      definitions: [
        ...ids.map((id) => aDefinition(id, 'text_line')),
        aDefinition(900, 'picklist', { options: [anOption(9001, 'Old Town')] }),
      ],
      records: [0, 1, 2].map((at) =>
        aMatter(1_001 + at, {
          rows: ids.map((id) =>
            aRow(
              10_000 * (at + 1) + id,
              id,
              `Old  town${id === 101 ? ' '.repeat(at) : (id * 7_919 * (at + 1)) ** 2}`,
            ),
          ),
        }),
      ),
    });
    onTestFinished(async () => sandbox.close());
    writeFileSync(
      join(folder, 'clio-fields.rules.yaml'),
      `version: 1
fields:
  - { match: ["Field 1*", "Field 2*"], rule: text }
`,
    );
    await bin(['inventory']);
    await bin(['plan']);
    for (const [name, code, ...args] of REPLACING) {
      const file = join(folder, name);
      const before = `version: 1
fields:
  - { match: Field 101, rule: picklist, into: Field 900 }
${'# A comment.\n'.repeat(4_000)}`;
      writeFileSync(file, before);
      const ended = await bin([...args, '--json'], JUST_ENOUGH_TO_READ);
      expect(ended.code, `${name}: ${ended.stdout}`).toBe(1);
      expect(JSON.parse(ended.stdout), name).toMatchObject({
        error: { code, hint: expect.stringContaining('Make room') },
      });
      expect(readFileSync(file, 'utf8'), name).toBe(before);
      expect(readdirSync(folder).filter((each) => each.includes('partial'))).toEqual([]);
    }
  });
});

/** A file's name, the code of the error, and the command. */
const REPLACING = [
  ['plan.html', 'out_file', 'show', 'plan-1', '--out', 'plan.html'],
  ['plan.csv', 'out_file', 'review', 'export', 'plan.csv', '--force'],
  ['plan.xlsx', 'out_file', 'review', 'export', 'plan.xlsx', '--force'],
  ['copy.sqlite', 'backup_file', 'backup', 'copy.sqlite', '--force'],
  ['rules.yaml', 'rules_file', 'init', '--force', '--rules', 'rules.yaml'],
  ['map.yaml', 'rules_file', 'clusters', 'Field 101', '--accept', '1', '--rules', 'map.yaml'],
] as const;
