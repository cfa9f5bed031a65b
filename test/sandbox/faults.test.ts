import { describe, expect, it } from 'vitest';
import { FAULTS, parseFaults, type FaultKind } from '../../src/sandbox/fault-spec.ts';
import type { SandboxOptions } from '../../src/sandbox/options.ts';
import { aMatter, aRow, smallAccount, startTestSandbox } from '../support/sandbox.ts';

const SHOWN = { fields: 'custom_field_values{id,value}' };
const DATA = {
  custom_field_values: [
    { id: 'text_line-101', value: 'new' },
    { id: 'currency-102', value: '7' },
  ],
};

describe('faults as a person writes them', () => {
  it('are a kind with a probability or the n-th request, for all, reads or writes', () => {
    expect(parseFaults('reset-after:0.1, 500/reads:0.05,401@7,422/writes@3+9')).toEqual([
      { kind: 'reset-after', on: 'all', probability: 0.1 },
      { kind: '500', on: 'reads', probability: 0.05 },
      { kind: '401', on: 'all', at: [7] },
      { kind: '422', on: 'writes', at: [3, 9] },
    ]);
    expect(parseFaults('')).toEqual([]);
  });

  it.each([
    ['reset', 'KIND:PROBABILITY'],
    ['nonsense:0.1', 'no fault called "nonsense"'],
    ['constructor:0.1', 'no fault called "constructor"'],
    ['500/deletes:0.1', '"deletes" is neither'],
    ['500:2', '"2" is not a probability'],
    ['500:often', '"often" is not a probability'],
    ['500@0', '"0" is not a request'],
    ['500@1+x', '"1+x" is not a request'],
  ])('say what is wrong with %s', (text, message) => {
    expect(() => parseFaults(`503:0.5,${text}`)).toThrow(message);
  });
});

describe('a fault that does nothing', () => {
  it.each([
    ['429', 429],
    ['429-date', 429],
    ['429-body', 429],
    ['429-base64', 429],
    ['500', 500],
    ['502', 502],
    ['503', 503],
    ['401', 401],
    ['401-once', 401],
    ['401-for-good', 401],
    ['403', 403],
    ['404', 404],
    ['410', 410],
    ['412', 412],
    ['422', 422],
    ['redirect', 302],
    ['unchanged', 200],
  ] as const)('is %s, answered %i', async (kind, status) => {
    const { patch, account } = await startFaulty(kind);
    expect((await patch('/matters/1', DATA, SHOWN, { 'If-Match': '*' })).status).toBe(status);
    expect(account).toEqual(smallAccount());
  });

  it('is no 412 for a write without a condition', async () => {
    const { patch } = await startFaulty('412');
    expect((await patch('/matters/1', DATA)).status).toBe(200);
  });

  it('is a reset before the commit', async () => {
    const { patch, account, log } = await startFaulty('reset-before');
    await expect(patch('/matters/1', DATA)).rejects.toThrow('fetch failed');
    expect(account).toEqual(smallAccount());
    expect(log).toMatchObject([{ status: null, fault: 'reset-before' }]);
  });
});

describe('a fault after the commit', () => {
  it.each(['reset-after', 'reset-during'] as const)('is %s: no whole answer', async (kind) => {
    const { patch, account } = await startFaulty(kind);
    await expect(patch('/matters/1', DATA, SHOWN)).rejects.toThrow(/fetch failed|terminated/);
    expect(account.records[0]?.rows[0]?.value).toBe('new');
  });

  it.each([
    ['500-after', 500],
    ['truncated', 200],
    ['not-json', 200],
  ] as const)('is %s, answered %i', async (kind, status) => {
    const { patch, account } = await startFaulty(kind);
    const answer = await patch('/matters/1', DATA, SHOWN);
    expect(answer.status).toBe(status);
    expect(answer.data).toEqual({});
    expect(account.records[0]?.rows[0]?.value).toBe('new');
  });

  it('is a slow answer, which whoever waits long enough gets', async () => {
    const { patch, account } = await startFaulty('slow', { slowMs: 20 });
    expect((await patch('/matters/1', DATA)).status).toBe(200);
    expect(account.records[0]?.rows[0]?.value).toBe('new');
  });

  it('is a slow answer that is given up: it is done all the same', async () => {
    const { baseUrl, token, account } = await startFaulty('slow', { slowMs: 60_000 });
    const sent = fetch(`${baseUrl}/api/v4/matters/1.json`, {
      method: 'PATCH',
      headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
      body: JSON.stringify({ data: DATA }),
      signal: AbortSignal.timeout(200),
    });
    await expect(sent).rejects.toThrow('timeout');
    expect(account.records[0]?.rows[0]?.value).toBe('new');
  });
});

describe('a 200 that is not what was asked', () => {
  it('shows the old values where nothing was changed', async () => {
    const { patch } = await startFaulty('unchanged');
    const { values } = await patch('/matters/1', DATA, SHOWN);
    expect(values[0]).toEqual({ id: 'text_line-101', value: 'first' });
  });

  it('shows other values where they were changed to something else', async () => {
    const account = smallAccount({
      records: [
        aMatter(1, {
          rows: smallAccount()
            .definitions.filter(({ parentType }) => parentType === 'Matter')
            .map(({ id }, index) => aRow(index, id, null)),
        }),
        aMatter(2),
        ...smallAccount().records.filter(({ parentType }) => parentType === 'Contact'),
      ],
    });
    const { patch } = await startTestSandbox(account, { faults: parseFaults('altered@1') });
    const sent = ALL_TYPES.map(([type, value], index) => ({ id: `${type}-${index}`, value }));
    const { status, values } = await patch('/matters/1', { custom_field_values: sent }, SHOWN);
    expect(status).toBe(200);
    for (const [index, { value }] of values.entries()) {
      expect(value).not.toBeNull();
      expect(String(value)).not.toBe(String(sent[index]?.value));
    }
  });
});

describe('a fault of one value', () => {
  it('refuses the whole write, then its value alone for ever, and lets the others through', async () => {
    const { patch } = await startFaulty('422-entry');
    expect((await patch('/matters/1', DATA)).status).toBe(422);
    const alone = [];
    for (const entry of DATA.custom_field_values) {
      alone.push((await patch('/matters/1', { custom_field_values: [entry] })).status);
    }
    expect(new Set(alone)).toEqual(new Set([200, 422]));
    expect((await patch('/matters/1', DATA)).status).toBe(422);
  });
});

describe('a sign-in that ends', () => {
  it('is one answer only, until the refresh, or for good', async () => {
    const once = await startFaulty('401-once');
    await once.get('/matters');
    expect((await once.get('/matters')).status).toBe(200);

    const untilRefresh = await startFaulty('401');
    await untilRefresh.get('/matters');
    expect((await untilRefresh.get('/matters')).status).toBe(401);
    const { status, body } = await refresh(untilRefresh);
    expect(status).toBe(200);
    const fresh = { Authorization: `Bearer ${String(body['access_token'])}` };
    expect((await untilRefresh.get('/matters', {}, fresh)).status).toBe(200);

    const forGood = await startFaulty('401-for-good');
    await forGood.get('/matters');
    expect((await refresh(forGood)).status).toBe(400);
  });
});

describe('a list that goes wrong', () => {
  it('has a page token that expired', async () => {
    const { get } = await startTestSandbox(smallAccount(), { faults: parseFaults('page-token:1') });
    expect((await get('/matters', { limit: 1 })).status).toBe(200);
    expect((await get('/matters', { page_token: 'any' })).error).toContain('page_token is invalid');
  });

  it('has a link to another host', async () => {
    const { get, baseUrl } = await startFaulty('foreign-link');
    const { next } = await get('/matters', { limit: 1 });
    expect(next).toMatch(/^https:\/\/elsewhere\.invalid\/api\/v4\/matters\.json\?/);
    expect(next).not.toContain(baseUrl);
  });
});

describe('chance', () => {
  it('is the same for the same seed, and another for another', async () => {
    const first = await draw(1);
    expect(new Set(first)).toEqual(new Set([200, 500, 503]));
    expect(await draw(1)).toEqual(first);
    expect(await draw(2)).not.toEqual(first);
  });

  it('strikes the n-th of the requests that are meant, and counts', async () => {
    const { get, patch, counters } = await startTestSandbox(smallAccount(), {
      faults: parseFaults('500/writes@2'),
    });
    expect((await get('/matters')).status).toBe(200);
    expect((await patch('/matters/1', DATA)).status).toBe(200);
    expect((await get('/matters')).status).toBe(200);
    expect((await patch('/matters/1', DATA)).status).toBe(500);
    expect((await patch('/matters/1', DATA)).status).toBe(200);
    expect(counters.faults).toEqual({ '500': 1 });
  });

  it('can be set anew in the middle', async () => {
    const { get, setFaults } = await startTestSandbox();
    setFaults(parseFaults('503:1'));
    expect((await get('/matters')).status).toBe(503);
    setFaults([]);
    expect((await get('/matters')).status).toBe(200);
  });

  it('knows every kind that there is', () => {
    const text = Object.keys(FAULTS)
      .map((kind) => `${kind}:0.1`)
      .join(',');
    expect(parseFaults(text)).toHaveLength(Object.keys(FAULTS).length);
  });
});

describe('latency', () => {
  it('comes before every answer, fixed or within a range', async () => {
    for (const latencyMs of [5, { min: 1, max: 5 }]) {
      const { get } = await startTestSandbox(smallAccount(), { latencyMs });
      expect((await get('/matters')).status).toBe(200);
    }
  });
});

/** A value of each type, in the order of the small account's definitions. */
const ALL_TYPES = [
  ['text_line', 'x'],
  ['text_area', 'y'],
  ['currency', '1'],
  ['numeric', '5'],
  ['date', '2024-02-29'],
  ['checkbox', true],
  ['picklist', 901],
  ['email', 'pat@example.com'],
  ['url', 'https://example.com'],
  ['time', '07:30'],
  ['contact', 1],
  ['matter', 1],
] as const;

/** A sandbox whose first request meets the fault. */
function startFaulty(kind: FaultKind, options: SandboxOptions = {}) {
  return startTestSandbox(smallAccount(), { ...options, faults: parseFaults(`${kind}@1`) });
}

function refresh({ send, baseUrl, refreshToken }: Awaited<ReturnType<typeof startFaulty>>) {
  return send(
    'POST',
    `${baseUrl}/oauth/token`,
    { 'Content-Type': 'application/x-www-form-urlencoded' },
    new URLSearchParams({
      client_id: 'sandbox-app',
      client_secret: 'sandbox-secret',
      grant_type: 'refresh_token',
      refresh_token: refreshToken,
    }).toString(),
  );
}

async function draw(seed: number) {
  const faults = parseFaults('500:0.3,503/reads:0.3');
  const { get } = await startTestSandbox(smallAccount(), { seed, faults });
  const statuses: number[] = [];
  for (let count = 0; count < 30; count += 1) statuses.push((await get('/matters')).status);
  return statuses;
}
