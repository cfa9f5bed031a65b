import { describe, expect, onTestFinished, test } from 'vitest';
import { openPlatform } from '../../../src/platforms/index.ts';
import type { OptionsWrite, Platform } from '../../../src/platforms/types.ts';
import type { Account } from '../../../src/sandbox/account.ts';
import type { SandboxOptions } from '../../../src/sandbox/options.ts';
import { startSandbox, type Sandbox } from '../../../src/sandbox/server.ts';
import { anOption, smallAccount } from '../../support/sandbox.ts';
import { QUICK_TIMING, ScriptedClio, sendJson } from './scripted-clio.ts';

/** Field 107 of the small account: North (901) and South (902) can be chosen, Old (903) was retired. */
async function start(
  options: SandboxOptions = {},
): Promise<{ readonly platform: Platform; readonly sandbox: Sandbox }> {
  const sandbox = await startSandbox(smallAccount(), options);
  onTestFinished(() => sandbox.close());
  const platform = openPlatform({
    name: 'clio',
    baseUrl: sandbox.baseUrl,
    tokens: { current: async () => sandbox.token, renew: async () => null },
    stop: new AbortController().signal,
    timing: QUICK_TIMING,
  });
  return { platform, sandbox };
}

function write(changes: Partial<OptionsWrite> = {}): OptionsWrite {
  return { definitionId: '107', add: [], retireIds: [], restoreIds: [], ...changes };
}

function choice({ definitions }: Account): string[] {
  const { options } = definitions.find(({ id }) => id === 107) ?? { options: [] };
  return options.filter(({ deletedAt }) => deletedAt === null).map(({ option }) => option);
}

describe.each(['stay', 'retired'] as const)(
  'where options that a write does not name are %s',
  (unnamedOptions) => {
    test.each([
      [
        'a new one leaves the others as they are',
        write({ add: ['East'] }),
        ['North', 'South', 'East'],
      ],
      ['a retired one leaves the others as they are', write({ retireIds: ['901'] }), ['South']],
      [
        'a restored one leaves the others as they are',
        write({ restoreIds: ['903'] }),
        ['North', 'South', 'Old'],
      ],
    ])('%s', async (_name, options, left) => {
      const { platform, sandbox } = await start({ behaviour: { unnamedOptions } });
      await platform.readDefinitions();
      expect(await platform.writeOptions(options)).toMatchObject({ kind: 'written' });
      expect(choice(sandbox.account)).toEqual(left);
    });

    test('the field is read first by who has not seen it', async () => {
      const { platform, sandbox } = await start({ behaviour: { unnamedOptions } });
      await platform.writeOptions(write({ add: ['East'] }));
      expect(choice(sandbox.account)).toEqual(['North', 'South', 'East']);
      expect(platform.requests).toMatchObject({ reads: 1, writes: 1 });
    });
  },
);

test('what somebody else adds meanwhile stays, and the write is told as not done', async () => {
  const { platform, sandbox } = await start({ behaviour: { unnamedOptions: 'retired' } });
  await platform.readDefinitions();
  sandbox.account.definitions.find(({ id }) => id === 107)?.options.push(anOption(904, 'West'));
  let withdrawn = 0;
  const options = write({ add: ['East'], onNotTaken: () => (withdrawn += 1) });
  expect(await platform.writeOptions(options)).toEqual({
    kind: 'unknown',
    reason: 'the field was changed meanwhile (412)',
  });
  expect(withdrawn).toBe(1);
  expect(choice(sandbox.account)).toEqual(['North', 'South', 'West']);
  expect(await platform.writeOptions(options)).toMatchObject({ kind: 'written' });
  expect(choice(sandbox.account)).toEqual(['North', 'South', 'West', 'East']);
});

test('a rename by somebody else meanwhile is not undone', async () => {
  const { platform, sandbox } = await start();
  await platform.readDefinitions();
  const north = sandbox.account.definitions.find(({ id }) => id === 107)?.options[0];
  if (north !== undefined) north.option = 'Far North';
  await platform.writeOptions(write({ add: ['East'] }));
  await platform.writeOptions(write({ add: ['East'] }));
  expect(choice(sandbox.account)).toEqual(['Far North', 'South', 'East']);
});

test('writes one after the other need no reading between them', async () => {
  const { platform, sandbox } = await start({ behaviour: { unnamedOptions: 'retired' } });
  await platform.readDefinitions();
  await platform.writeOptions(write({ add: ['East'] }));
  expect(await platform.writeOptions(write({ add: ['West'] }))).toMatchObject({ kind: 'written' });
  expect(choice(sandbox.account)).toEqual(['North', 'South', 'East', 'West']);
  expect(platform.requests).toMatchObject({ reads: 1, writes: 2 });
});

test.each([false, 'ignored'] as const)(
  'a retired option that does not come back is a refusal, where Clio restores: %s',
  async (restoresOptions) => {
    const { platform, sandbox } = await start({ behaviour: { restoresOptions } });
    await platform.readDefinitions();
    const answer = await platform.writeOptions(write({ restoreIds: ['903'] }));
    expect(answer.kind).toBe('refused');
    expect(choice(sandbox.account)).toEqual(['North', 'South']);
  },
);

test('what was added stands, and is told, though a retired option beside it does not come back', async () => {
  const { platform, sandbox } = await start({ behaviour: { restoresOptions: 'ignored' } });
  await platform.readDefinitions();
  const answer = await platform.writeOptions(write({ add: ['East'], restoreIds: ['903'] }));
  expect(answer.kind).toBe('written');
  expect(choice(sandbox.account)).toEqual(['North', 'South', 'East']);
});

test('each option is named once', async () => {
  await using clio = await ScriptedClio.start((_, response) => {
    const data = { id: 107, name: 'Side', parent_type: 'Matter', field_type: 'picklist' };
    const picklist_options = [901, 902, 903].map((id) => ({ id, option: String(id) }));
    sendJson(response, { data: { ...data, picklist_options } });
  });
  await clio.open().writeOptions(write({ restoreIds: ['902'], retireIds: ['901'] }));
  expect(JSON.parse(clio.received[1]?.body ?? '')).toEqual({
    data: {
      picklist_options: [{ id: 903 }, { id: 902, _deleted: false }, { id: 901, _deleted: true }],
    },
  });
});

test('a field that is deleted is told as such', async () => {
  const { platform, sandbox } = await start();
  const field = sandbox.account.definitions.find(({ id }) => id === 107);
  if (field === undefined) throw new Error('the stage has no such field');
  field.deleted = true;
  const read = await platform.readDefinitions();
  expect(read.find(({ id }) => id === '107')).toMatchObject({ deleted: true });
});

test('a tag that may not stand in a header is not sent back', async () => {
  await using clio = await ScriptedClio.start((_, response) => {
    const data = { id: 107, name: 'Side', parent_type: 'Matter', field_type: 'picklist' };
    sendJson(response, { data: { ...data, etag: 'é', picklist_options: [] } });
  });
  await clio.open().writeOptions(write({ add: ['East'] }));
  expect(clio.received.map(({ headers }) => headers['if-match'])).toEqual([undefined, undefined]);
});
