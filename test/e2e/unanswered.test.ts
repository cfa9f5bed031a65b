import { expect, onTestFinished, test } from 'vitest';
import { CrashRig } from './crash-rig.ts';

const FORMATS = ['text', 'csv', 'html', 'json'] as const;

test('a write that was sent and not answered is shown as such, in every format, until it is known', async () => {
  const rig = await CrashRig.start();
  onTestFinished(async () => rig.close());
  rig.reset();
  await rig.run(['apply', '--approve', rig.digest], { failpoint: 'after intent@3' });
  const show = async (format: string) => shown(rig, format);
  const document = JSON.parse(await show('json'));
  const sent = document.changes.filter(({ sentAt }: { sentAt: string | null }) => sentAt !== null);
  expect(sent.length).toBeGreaterThan(0);
  expect(sent.length).toBeLessThan(document.counts.pending);
  for (const { status, sentAt, statusReason } of sent) {
    expect(status).toBe('pending');
    expect(Date.parse(sentAt)).toBeGreaterThanOrEqual(Date.parse(document.startedAt));
    expect(statusReason).toMatch(/^sent at .* UTC, answer not known; a resume or a rollback/u);
  }
  const words = 'answer not known; a resume or a rollback reads the record first';
  for (const format of FORMATS) {
    const times = (await show(format)).split(words).length - 1;
    expect(times, format).toBeGreaterThanOrEqual(sent.length);
  }
  await rig.run(['apply', '--resume']);
  for (const format of FORMATS) expect(await show(format)).not.toContain('answer not known');
  for (const { sentAt } of JSON.parse(await show('json')).changes) expect(sentAt).toBeNull();
});

test('of a run that ended before the answer came, it is not said that a resume would tell', async () => {
  const rig = await CrashRig.start();
  onTestFinished(async () => rig.close());
  rig.reset();
  await rig.run(['apply', '--approve', rig.digest], { failpoint: 'after intent@3' });
  rig.letTimePass();
  await rig.run(['rollback', 'run-1']);
  const text = await shown(rig, 'text');
  expect(text).toContain('and no answer came before the run ended');
  expect(text).not.toContain('a resume or a rollback');
});

/** Whatever the width, where lines break does not matter. */
async function shown(rig: CrashRig, format: string): Promise<string> {
  const { stdout } = await rig.run(['show', 'run-1', '--format', format]);
  return stdout.replaceAll(/\s+/gu, ' ');
}
