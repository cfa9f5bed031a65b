import { describe, expect, it } from 'vitest';
import { parseOptions } from '../../src/sandbox/options.ts';
import { startSandbox } from '../../src/sandbox/server.ts';
import { smallAccount, startTestSandbox } from '../support/sandbox.ts';

describe('the door', () => {
  it('opens for the right bearer token only', async () => {
    const { send, baseUrl, token } = await startTestSandbox();
    const url = `${baseUrl}/api/v4/matters.json`;
    for (const headers of [
      {},
      { Authorization: 'Bearer wrong' },
      { Authorization: token },
      { Authorization: `Basic ${token}` },
    ]) {
      const { status, error } = await send('GET', url, headers);
      expect([status, error]).toEqual([401, expect.stringMatching(/^Unauthorized: /)]);
    }
    expect((await send('GET', url, { Authorization: `Bearer ${token}` })).status).toBe(200);
  });

  it('takes the token that it was given', async () => {
    const { token } = await startTestSandbox(smallAccount(), { token: 'a-known-token' });
    expect(token).toBe('a-known-token');
  });

  it('echoes the API version, and is gone for one that is invalid or retired', async () => {
    const { get } = await startTestSandbox();
    expect((await get('/matters')).headers.get('x-api-version')).toBe('4.0.13');
    const older = await get('/matters', {}, { 'X-API-VERSION': '4.0.12' });
    expect([older.status, older.headers.get('x-api-version')]).toEqual([200, '4.0.12']);
    for (const version of ['4.0.1', '4.0.14', '3', 'latest']) {
      expect((await get('/matters', {}, { 'X-API-VERSION': version })).status).toBe(410);
    }
  });

  it('is on loopback, and nowhere else', async () => {
    const { baseUrl, port } = await startTestSandbox();
    expect(baseUrl).toBe(`http://127.0.0.1:${port}`);
  });

  it('refuses options that do not exist', () => {
    expect(() => parseOptions({ ratelimit: 5 } as never)).toThrow(/ratelimit/);
  });

  it('says when its port is taken', async () => {
    const { port } = await startTestSandbox();
    await expect(startSandbox(smallAccount(), { port })).rejects.toThrow('EADDRINUSE');
  });
});

describe('the rate limit', () => {
  it('is told on every answer, and counted down in a fixed window', async () => {
    const clock = aClock();
    const { get, send, baseUrl } = await startTestSandbox(smallAccount(), {
      now: clock.now,
      rateLimit: { perWindow: 2, windowMs: 60_000 },
    });
    expect(limitOf(await get('/matters'))).toEqual(['2', '1', '1060']);
    clock.advance(30_000);
    expect(limitOf(await get('/nothing'))).toEqual(['2', '0', '1060']);
    const refused = await get('/matters');
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '30']);
    expect(limitOf(refused)).toEqual(['2', '0', '1060']);
    clock.advance(30_000);
    expect(limitOf(await get('/matters'))).toEqual(['2', '1', '1120']);
    const stranger = await send('GET', `${baseUrl}/api/v4/matters.json`);
    expect([stranger.status, ...limitOf(stranger)]).toEqual([401, '2', '2', '1120']);
  });

  it('names the wait in seconds, as a date, in the text, or wrapped in base64', async () => {
    expect((await throttle('retry-after')).headers.get('retry-after')).toBe('60');
    expect((await throttle('date')).headers.get('retry-after')).toBe(
      'Thu, 01 Jan 1970 00:17:40 GMT',
    );
    const inText = await throttle('body');
    expect(inText.headers.has('retry-after')).toBe(false);
    expect(inText.error).toContain('Retry in 60 seconds');
    const wrapped = await throttle('base64');
    const inner = Buffer.from(String(wrapped.body['data']), 'base64').toString();
    expect([wrapped.status, inner]).toEqual([429, expect.stringContaining('RateLimited')]);
  });

  it('mixes the shapes by its seed', async () => {
    const first = await throttleOften(1);
    expect(await throttleOften(1)).toEqual(first);
    expect(new Set(first).size).toBeGreaterThan(2);
  });

  it('changes in the middle, by option and by hand', async () => {
    const { get, setLimit } = await startTestSandbox(smallAccount(), {
      rateLimit: { perWindow: 50, changes: [{ atRequest: 3, perWindow: 10 }] },
    });
    await get('/matters');
    expect(limitOf(await get('/matters'))).toMatchObject(['50', '48', expect.anything()]);
    expect(limitOf(await get('/matters'))).toMatchObject(['10', '7', expect.anything()]);
    setLimit(null);
    expect((await get('/matters')).status).toBe(200);
    setLimit(1);
    expect((await get('/matters')).status).toBe(429);
  });

  it('is shared with another program that uses the same token', async () => {
    const clock = aClock();
    const { get } = await startTestSandbox(smallAccount(), {
      now: clock.now,
      rateLimit: { perWindow: 10, otherPerWindow: 4, windowMs: 60_000 },
    });
    expect(limitOf(await get('/matters'))[1]).toBe('9');
    clock.advance(30_000);
    expect(limitOf(await get('/matters'))[1]).toBe('6');
    clock.advance(29_999);
    expect(limitOf(await get('/matters'))[1]).toBe('4');
  });

  it('follows the server’s clock, which may be off', async () => {
    const { get } = await startTestSandbox(smallAccount(), {
      now: aClock().now,
      clockSkewMs: 7_200_000,
      rateLimit: { perWindow: 1 },
    });
    const answer = await get('/matters');
    expect(answer.headers.get('date')).toBe('Thu, 01 Jan 1970 02:16:40 GMT');
    expect(limitOf(answer)).toEqual(['1', '0', '8260']);
    expect((await get('/matters')).headers.get('retry-after')).toBe('60');
  });
});

describe('what a sandbox remembers', () => {
  it('is the last requests with their bodies, and counts', async () => {
    const { get, patch, log, counters } = await startTestSandbox(smallAccount(), { logLimit: 2 });
    await get('/matters', { fields: 'id' });
    await get('/matters/99');
    await patch('/matters/1', { custom_field_values: [] });
    expect(log).toEqual([
      { number: 2, method: 'GET', url: '/api/v4/matters/99.json', status: 404, fault: null },
      {
        number: 3,
        method: 'PATCH',
        url: '/api/v4/matters/1.json',
        status: 200,
        fault: null,
        body: { data: { custom_field_values: [] } },
      },
    ]);
    expect(counters).toMatchObject({ requests: 3, reads: 2, writes: 1, throttled: 0 });
  });

  it('lets others change the account between two requests', async () => {
    const { get } = await startTestSandbox(smallAccount(), {
      onRequest: ({ number, url }, account) => {
        if (number === 2 && url.includes('matters')) account.records.shift();
      },
    });
    expect((await get('/matters')).items).toHaveLength(3);
    expect((await get('/matters')).items).toHaveLength(2);
  });
});

/** A clock that stands still until it is told to go on; it starts 1,000 seconds after the epoch. */
function aClock() {
  let ms = 1_000_000;
  return {
    now: () => ms,
    advance: (by: number) => {
      ms += by;
    },
  };
}

function limitOf({ headers }: { readonly headers: Headers }): (string | null)[] {
  return ['limit', 'remaining', 'reset'].map((name) => headers.get(`x-ratelimit-${name}`));
}

async function throttle(refusal: 'retry-after' | 'date' | 'body' | 'base64') {
  const { get } = await startTestSandbox(smallAccount(), {
    now: aClock().now,
    rateLimit: { perWindow: 1, refusal },
  });
  await get('/matters');
  return get('/matters');
}

async function throttleOften(seed: number) {
  const { get } = await startTestSandbox(smallAccount(), {
    seed,
    now: aClock().now,
    rateLimit: { perWindow: 1, refusal: 'mixed' },
  });
  const texts: string[] = [];
  for (let count = 0; count < 12; count += 1) texts.push((await get('/matters')).text);
  return texts.slice(1);
}
