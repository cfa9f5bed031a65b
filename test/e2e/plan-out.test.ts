import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { Journal } from '../../src/journal/index.ts';
import { takeInventory } from '../journal/stock.ts';
import { FIELDS, RECORDS, RULES } from '../operations/desk.ts';
import { type Ended, runBin } from '../support/bin.ts';

function firm() {
  const folder = mkdtempSync(join(tmpdir(), 'clio-fields-plan-out-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const journal = Journal.open(join(folder, 'journal.sqlite'), {
    access: 'write',
    command: 'test',
    now: () => new Date(),
  });
  takeInventory(journal, { records: RECORDS, definitions: FIELDS });
  journal.close();
  writeFileSync(join(folder, 'clio-fields.rules.yaml'), RULES);
  return {
    run: (...args: string[]): Promise<Ended> =>
      runBin(args, { folder, environment: { CLIO_FIELDS_JOURNAL: 'journal.sqlite' } }),
    written: (name: string): string => readFileSync(join(folder, name), 'utf8'),
  };
}

test.each(['txt', 'csv', 'html', 'json'])(
  'plan --out writes the whole diff into a .%s as show does, and prints the counts',
  async (ending) => {
    const { run, written } = firm();
    const planned = await run('plan', '--out', `plan.${ending}`);
    expect(planned).toMatchObject({ code: 0, stderr: expect.stringContaining('Written to') });
    expect(planned.stdout).toMatch(/^Client +text +0 +1 +0 +0$/mu);
    expect(planned.stdout).toContain('4 to change, 5 flagged');
    expect(planned.stdout).not.toContain('00001-Notreal');
    expect(written(`plan.${ending}`)).toContain('00001-Notreal');
    await run('show', 'plan-1', '--out', `shown.${ending}`);
    expect(written(`plan.${ending}`)).toBe(written(`shown.${ending}`));
  },
);

test('plan --out --json names the file, and prints nothing beside', async () => {
  const { run, written } = firm();
  const { stdout } = await run('plan', '--out', 'plan.txt', '--json');
  expect(JSON.parse(stdout)).toMatchObject({ formatVersion: 1, file: expect.any(String) });
  expect(written('plan.txt')).toContain('00001-Notreal');
});
