import { describe, expect, test } from 'vitest';
import { PlatformError } from '../../../src/platforms/types.ts';
import type { Platform, RecordWrite } from '../../../src/platforms/types.ts';
import { definition, snapshot } from '../../support/builders.ts';
import { ScriptedClio, sendJson, sendPage, TOKEN } from './scripted-clio.ts';
import type { Script } from './scripted-clio.ts';

const USER = { data: { id: 7, name: 'Sam Sample', email: 'sam@example.com', account: { id: 1 } } };
const COURT = definition({ id: '501', name: 'Court' });
const WRITE: RecordWrite = {
  current: snapshot({ recordId: '11', etag: '"tag"', values: { '501': 'sdny' } }),
  values: [{ definitionId: '501', after: { state: 'value', content: 'Southern District' } }],
};

function matter(id: number): unknown {
  return {
    id,
    display_number: `0${id}`,
    custom_field_values: [],
  };
}

const throttleForASecond: Script = (_, response) =>
  response.writeHead(429, { 'retry-after': '1' }).end('{}');

const deny: Script = (_, response) => response.writeHead(401).end('{}');

async function failureOf(work: Promise<unknown>): Promise<PlatformError> {
  const error: unknown = await work.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (error instanceof PlatformError) return error;
  throw new Error(`no PlatformError but ${String(error)}`);
}

async function readAll(platform: Platform): Promise<string[]> {
  const ids: string[] = [];
  for await (const page of platform.readRecords({ parentType: 'matter' }, [COURT])) {
    ids.push(...page.records.map(({ recordId }) => recordId));
  }
  return ids;
}

/** Misbehaves for the first requests and then answers as it should. */
function failing(times: number, misbehave: Script, body: unknown = USER): Script {
  return (request, response, number) => {
    if (number < times) misbehave(request, response, number);
    else sendJson(response, body);
  };
}

const answerBusy: Script = (_, response) => response.writeHead(503, { 'retry-after': '20' }).end();

const answerBare400: Script = (_, response) => response.writeHead(400).end();

const FAULTS: readonly (readonly [string, Script])[] = [
  ['a 500', (_, response) => sendJson(response, { error: { type: 'Oops', message: 'x' } }, 500)],
  ['a 502 in HTML', (_, response) => response.writeHead(502).end('<html>Bad gateway</html>')],
  ['a 503', (_, response) => response.writeHead(503, { 'retry-after': '1' }).end()],
  ['a reset connection', (_, response) => response.socket?.resetAndDestroy()],
  ['an answer that is not JSON', (_, response) => response.writeHead(200).end('<html>hi</html>')],
  ['an empty answer', (_, response) => response.writeHead(200).end()],
  [
    'an answer that breaks off',
    (_, response) => {
      response.writeHead(200, { 'content-length': '1000' });
      response.write('{"data":', () => response.socket?.destroy());
    },
  ],
  [
    'an answer that is not UTF-8',
    (_, response) =>
      response.writeHead(200).end(Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d])),
  ],
  ['an answer that does not come', () => undefined],
];

describe('reading', () => {
  for (const [fault, misbehave] of FAULTS) {
    test(`is repeated after ${fault}`, async () => {
      await using clio = await ScriptedClio.start(failing(2, misbehave));
      const platform = clio.open({ timeoutMs: 30_000 });
      expect(await platform.whoAmI()).toMatchObject({ id: '7', name: 'Sam Sample' });
      expect(platform.requests).toEqual({ reads: 3, writes: 0, retries: 2, throttled: 0 });
    });
  }

  test('is repeated after a 400 that says nothing, which a write takes for a refusal', async () => {
    await using clio = await ScriptedClio.start(failing(3, answerBare400));
    const platform = clio.open();
    expect(await platform.writeRecord(WRITE, [COURT])).toMatchObject({ kind: 'refused' });
    expect(await platform.whoAmI()).toMatchObject({ id: '7' });
    expect(platform.requests).toEqual({ reads: 3, writes: 1, retries: 2, throttled: 0 });
  });

  test('is given up after six tries, with growing pauses between', async () => {
    await using clio = await ScriptedClio.start((_, response) => response.writeHead(500).end());
    const beganAt = performance.now();
    const error = await failureOf(clio.open().whoAmI());
    expect(error.kind).toBe('unavailable');
    expect(error.message).toContain('6 tries');
    expect(clio.received).toHaveLength(6);
    // At least 0.5, 1, 2, 4 and 8 seconds, a hundred times as quick.
    expect(performance.now() - beganAt).toBeGreaterThan(150);
  });

  test('waits as long as a 503 asks', async () => {
    await using clio = await ScriptedClio.start(failing(1, answerBusy));
    const beganAt = performance.now();
    await clio.open().whoAmI();
    expect(performance.now() - beganAt).toBeGreaterThan(190);
  });

  test('says which permission is missing', async () => {
    await using clio = await ScriptedClio.start((_, response) =>
      sendJson(response, { error: { type: 'ForbiddenError', message: 'no' } }, 403),
    );
    const platform = clio.open();
    expect((await failureOf(platform.readDefinitions())).hint).toContain('"Custom fields"');
    expect((await failureOf(platform.whoAmI())).hint).toContain('"Users"');
    const error = await failureOf(readAll(platform));
    expect(error).toMatchObject({ kind: 'forbidden' });
    expect(error.hint).toContain('"Matters"');
  });

  test("names a 400's error type and not what it echoes", async () => {
    await using clio = await ScriptedClio.start((_, response) =>
      sendJson(response, { error: { type: 'InvalidFields', message: 'Jane Placeholder' } }, 400),
    );
    const error = await failureOf(readAll(clio.open()));
    expect(error.kind).toBe('unexpectedAnswer');
    expect(error.message).toContain('InvalidFields');
    expect(error.message).not.toContain('Jane');
  });

  test('explains a 410', async () => {
    await using clio = await ScriptedClio.start((_, response) => response.writeHead(410).end('{}'));
    const platform = clio.open();
    const told: string[] = [];
    const write = {
      ...WRITE,
      onSend: () => told.push('sent'),
      onNotTaken: () => told.push('not taken'),
    };
    for (const work of [platform.whoAmI(), platform.writeRecord(write, [COURT])])
      expect((await failureOf(work)).message).toContain('4.0.13');
    expect(told).toEqual(['sent', 'not taken']);
  });

  test('refuses an answer larger than allowed, without keeping it', async () => {
    await using clio = await ScriptedClio.start((_, response) => {
      response.writeHead(200);
      const send = (): void => {
        if (!response.destroyed) response.write('x'.repeat(65_536), send);
      };
      send();
    });
    const error = await failureOf(clio.open({ maxAnswerBytes: 1_000_000 }).whoAmI());
    expect(error.kind).toBe('unexpectedAnswer');
    expect(clio.received).toHaveLength(1);
  });

  test('sends the token, the version and what it accepts', async () => {
    await using clio = await ScriptedClio.start((_, response) => sendJson(response, USER));
    await clio.open().whoAmI();
    expect(clio.received[0]?.headers).toMatchObject({
      authorization: `Bearer ${TOKEN}`,
      accept: 'application/json',
      'x-api-version': '4.0.13',
    });
  });
});

describe('the token goes nowhere else', () => {
  test('no redirect is followed, on a read or on a write', async () => {
    await using other = await ScriptedClio.start((_, response) => sendJson(response, USER));
    await using clio = await ScriptedClio.start((_, response) =>
      response.writeHead(307, { location: `${other.baseUrl}/api/v4/users/who_am_i.json` }).end(),
    );
    const platform = clio.open();
    expect(await failureOf(platform.whoAmI())).toMatchObject({ kind: 'unexpectedAnswer' });
    expect(await failureOf(platform.writeRecord(WRITE, [COURT]))).toMatchObject({
      kind: 'unexpectedAnswer',
    });
    expect(other.received).toHaveLength(0);
    expect(clio.received).toHaveLength(2);
  });

  test('a redirect is told as such where it is shown without a status, as the Fetch standard has it', async () => {
    await using clio = await ScriptedClio.start((_, response) => sendJson(response, USER));
    const platform = clio.open({ fetch: async () => Response.error() });
    for (const work of [platform.whoAmI(), platform.writeRecord(WRITE, [COURT])])
      expect((await failureOf(work)).message).toContain('sends us to another address');
  });

  const elsewhere = [
    'https://app.clio.example.com/api/v4/matters.json?page_token=x',
    'http://127.0.0.1:1/api/v4/matters.json',
    '/api/v4/matters.json?page_token=x',
    'javascript:alert(1)',
    '',
  ];
  for (const link of elsewhere) {
    test(`a page's link to "${link}" is refused`, async () => {
      await using clio = await ScriptedClio.start((_, response) => {
        sendPage(response, [{ id: 1, custom_field_values: [] }], link);
      });
      const error = await failureOf(readAll(clio.open()));
      expect(error).toMatchObject({ kind: 'unexpectedAnswer' });
      expect(clio.received).toHaveLength(1);
    });
  }

  for (const path of ['/oauth/token', '/api/v4/../../admin', '/api/v44/matters.json']) {
    test(`a page's link to ${path} on the same host is refused`, async () => {
      await using clio = await ScriptedClio.start((_, response) => {
        sendPage(response, [], `${clio.baseUrl}${path}`);
      });
      expect(await failureOf(readAll(clio.open()))).toMatchObject({ kind: 'unexpectedAnswer' });
      expect(clio.received).toHaveLength(1);
    });
  }

  test.each(['me:pw@', 'me@', ':pw@'])('a link with "%s" in it is refused', async (who) => {
    await using clio = await ScriptedClio.start((_, response) => {
      sendPage(response, [], `${clio.baseUrl.replace('//', `//${who}`)}/api/v4/matters.json`);
    });
    expect(await failureOf(readAll(clio.open()))).toMatchObject({ kind: 'unexpectedAnswer' });
  });
});

describe('paging', () => {
  test('follows links as they stand', async () => {
    const odd = '/api/v4/matters?page_token=a%2Bb%3D&x={y}&z[]=1';
    await using clio = await ScriptedClio.start((_, response, number) => {
      if (number === 0) sendPage(response, [matter(1)], `${clio.baseUrl}${odd}`);
      else sendPage(response, [matter(2)]);
    });
    expect(await readAll(clio.open())).toEqual(['1', '2']);
    expect(clio.received[1]?.url).toBe(odd);
  });

  test.each([
    ['asks for the next page only when it is wanted', false, 1],
    ['asks for the next page ahead where all are wanted', true, 2],
  ])('%s', async (_, ahead, expected) => {
    await using clio = await ScriptedClio.start((__, response, number) => {
      if (number === 0) {
        sendPage(response, [matter(1)], `${clio.baseUrl}/api/v4/matters.json?page_token=2`);
      } else sendPage(response, [matter(2)]);
    });
    const platform = clio.open();
    for await (const { records } of platform.readRecords({ parentType: 'matter', ahead }, [])) {
      expect(records.map(({ recordId }) => recordId)).toEqual(['1']);
      await new Promise((resolve) => setTimeout(resolve, 50));
      break;
    }
    expect(clio.received).toHaveLength(expected);
  });

  test('ends with an error where pages lead in a circle', async () => {
    await using clio = await ScriptedClio.start((_, response) => {
      sendPage(response, [matter(1)], `${clio.baseUrl}/api/v4/matters.json?page_token=again`);
    });
    const error = await failureOf(readAll(clio.open()));
    expect(error.kind).toBe('unexpectedAnswer');
    expect(clio.received.length).toBeLessThan(5);
  });

  test('ends with an error where empty pages name ever new ones', async () => {
    await using clio = await ScriptedClio.start((_, response, number) => {
      sendPage(response, [], `${clio.baseUrl}/api/v4/matters.json?page_token=${number}`);
    });
    expect(await failureOf(readAll(clio.open()))).toMatchObject({ kind: 'unexpectedAnswer' });
  });

  test('takes empty pages that lead on to records', async () => {
    await using clio = await ScriptedClio.start((_, response, number) => {
      const next =
        number < 43 ? `${clio.baseUrl}/api/v4/matters.json?page_token=${number}` : undefined;
      sendPage(response, number % 2 === 0 ? [] : [matter(number)], next);
    });
    expect(await readAll(clio.open())).toHaveLength(22);
  });

  test('ends with an error where each page token is refused, after some tries', async () => {
    await using clio = await ScriptedClio.start((request, response) => {
      const next = `${clio.baseUrl}/api/v4/matters.json?page_token=2`;
      if (request.url.includes('page_token'))
        sendJson(response, { error: { type: 'ArgumentError', message: 'x' } }, 422);
      else sendPage(response, [matter(1)], next);
    });
    expect(await failureOf(readAll(clio.open()))).toMatchObject({ kind: 'unexpectedAnswer' });
    expect(clio.received.length).toBeLessThan(10);
  });

  test('passes over what becomes of a page ahead that nobody takes any more', async () => {
    await using clio = await ScriptedClio.start((_, response, number) => {
      const next = `${clio.baseUrl}/api/v4/matters.json?page_token=2`;
      if (number === 0) sendPage(response, [matter(1)], next);
      else sendJson(response, {}, 403);
    });
    const query = { parentType: 'matter', ahead: true } as const;
    for await (const page of clio.open().readRecords(query, [])) {
      expect(page.records).toHaveLength(1);
      await new Promise((resolve) => setTimeout(resolve, 50));
      break;
    }
    expect(clio.received).toHaveLength(2);
  });

  test.each([400, 404, 422])(
    'starts over where a page token has expired, and gives each record once: %s',
    async (status) => {
      await using clio = await ScriptedClio.start((request, response, number) => {
        const token = new URL(request.url, clio.baseUrl).searchParams.get('page_token');
        const next = (page: number): string =>
          `${clio.baseUrl}/api/v4/matters.json?page_token=${page}-${number}`;
        if (number === 2)
          sendJson(response, { error: { type: 'ArgumentError', message: 'x' } }, status);
        else if (token === null) sendPage(response, [matter(9), matter(10)], next(2));
        else if (token.startsWith('2')) sendPage(response, [matter(11)], next(3));
        else sendPage(response, [matter(100)]);
      });
      const platform = clio.open();
      expect(await readAll(platform)).toEqual(['9', '10', '11', '100']);
      expect(platform.requests.retries).toBe(1);
    },
  );
});

describe('writing', () => {
  const answered = {
    data: {
      id: 11,
      etag: '"next"',
      display_number: '00011',
      custom_field_values: [
        {
          id: 'text_line-501',
          field_name: 'Court',
          field_type: 'text_line',
          value: 'Southern District',
          custom_field: { id: 501 },
        },
      ],
    },
  };

  for (const [fault, misbehave] of FAULTS) {
    test(`is not repeated after ${fault}, and says that the outcome is unknown`, async () => {
      await using clio = await ScriptedClio.start(misbehave);
      const platform = clio.open({ timeoutMs: 5_000 });
      expect(await platform.writeRecord(WRITE, [COURT])).toMatchObject({ kind: 'unknown' });
      expect(platform.requests).toEqual({ reads: 0, writes: 1, retries: 0, throttled: 0 });
    });
  }

  test('takes a 200 of another shape, or about another record, for unknown', async () => {
    for (const body of [{}, { data: [] }, { data: { id: 12, custom_field_values: [] } }]) {
      await using clio = await ScriptedClio.start((_, response) => sendJson(response, body));
      expect(await clio.open().writeRecord(WRITE, [COURT])).toMatchObject({ kind: 'unknown' });
    }
  });

  test('is sent again after a 429, for then it was not done', async () => {
    await using clio = await ScriptedClio.start(failing(2, throttleForASecond, answered));
    const platform = clio.open();
    expect(await platform.writeRecord(WRITE, [COURT])).toMatchObject({
      kind: 'written',
      record: { recordId: '11', etag: '"next"' },
    });
    expect(platform.requests).toEqual({ reads: 0, writes: 3, retries: 0, throttled: 2 });
  });

  const refusals = [
    [400, 'refused'],
    [403, 'noAccess'],
    [404, 'noAccess'],
    [412, 'stale'],
    [422, 'refused'],
    [408, 'unknown'],
    [500, 'unknown'],
  ] as const;
  for (const [status, kind] of refusals) {
    test(`says "${kind}" for a ${status}`, async () => {
      await using clio = await ScriptedClio.start((_, response) =>
        sendJson(response, { error: { type: 'ArgumentError', message: 'no' } }, status),
      );
      expect(await clio.open().writeRecord(WRITE, [COURT])).toMatchObject({ kind });
    });
  }

  test.each([
    ['a value for custom field 501 is required', 'a value for the field "Court" is required'],
    ['Custom field 999 is required', 'Custom field 999 is required'],
    [
      'custom field value for custom field 501 already exists',
      'custom field value for the field "Court" already exists',
    ],
  ])('says by its name which field Clio complains of: %s', async (message, said) => {
    await using clio = await ScriptedClio.start((_, response) =>
      sendJson(response, { error: { type: 'ArgumentError', message } }, 422),
    );
    expect(await clio.open().writeRecord(WRITE, [COURT])).toMatchObject({
      reason: `Clio refused it (422, ArgumentError): ${said}`,
    });
  });

  test("keeps clients' data and control characters out of a refusal's reason", async () => {
    const message =
      'custom field value "Jane Placeholder\u001B[2J" for Court (custom field 501) is too long (maximum is 255 characters)';
    await using clio = await ScriptedClio.start((_, response) =>
      sendJson(response, { error: { type: 'ArgumentError', message } }, 422),
    );
    expect(await clio.open().writeRecord(WRITE, [COURT])).toEqual({
      kind: 'refused',
      reason: 'Clio refused it (422, ArgumentError): is too long (maximum is 255 characters)',
    });
  });

  test('passes over an error type that is no word', async () => {
    await using clio = await ScriptedClio.start((_, response) =>
      sendJson(response, { error: { type: 'Jane\u001B]0;x\u0007', message: 7 } }, 422),
    );
    const answer = await clio.open().writeRecord(WRITE, [COURT]);
    expect(JSON.stringify(answer)).not.toMatch(/Jane|\\u001b/i);
  });
});

describe('the sign-in', () => {
  test('is renewed once for all requests that met its end', async () => {
    let token = 'old';
    let renewals = 0;
    await using clio = await ScriptedClio.start((request, response) => {
      if (request.headers.authorization === 'Bearer new') sendJson(response, USER);
      else response.writeHead(401).end('{}');
    });
    const platform = clio.open({
      tokens: {
        current: async () => token,
        renew: async () => {
          renewals += 1;
          await new Promise((resolve) => setTimeout(resolve, 50));
          token = 'new';
          return token;
        },
      },
    });
    await platform.whoAmI();
    token = 'old';
    await Promise.all(Array.from({ length: 5 }, async () => platform.whoAmI()));
    expect(renewals).toBe(2);
  });

  test('is not renewed again for an answer that comes after the renewal', async () => {
    let token = 'old';
    let renewals = 0;
    await using clio = await ScriptedClio.start((request, response, number) => {
      const answer = (): void => {
        if (request.headers.authorization === 'Bearer new') sendJson(response, USER);
        else response.writeHead(401).end('{}');
      };
      if (number === 1) setTimeout(answer, 100);
      else answer();
    });
    const platform = clio.open({
      tokens: {
        current: async () => token,
        renew: async () => {
          renewals += 1;
          token = 'new';
          return token;
        },
      },
    });
    token = 'new';
    await platform.whoAmI();
    token = 'old';
    await Promise.all([platform.whoAmI(), platform.whoAmI()]);
    expect(renewals).toBe(1);
  });

  test('ends the job where it cannot be renewed', async () => {
    await using clio = await ScriptedClio.start(deny);
    const error = await failureOf(clio.open().writeRecord(WRITE, [COURT]));
    expect(error.kind).toBe('signIn');
    expect(error.message + error.hint).not.toContain(TOKEN);
    expect(clio.received).toHaveLength(1);
  });

  test('ends the job where Clio refuses the renewed one too', async () => {
    await using clio = await ScriptedClio.start(deny);
    const tokens = { current: async () => 'a', renew: async () => 'b' };
    expect(await failureOf(clio.open({ tokens }).whoAmI())).toMatchObject({ kind: 'signIn' });
    expect(clio.received).toHaveLength(2);
  });
});

describe('a stop', () => {
  test('ends a pause between two tries at once', async () => {
    const stop = new AbortController();
    await using clio = await ScriptedClio.start((_, response) => {
      response.writeHead(500).end();
      setTimeout(() => {
        stop.abort();
      }, 2);
    });
    expect(await failureOf(clio.open({ stop: stop.signal }).whoAmI())).toMatchObject({
      kind: 'aborted',
      // Not every command can be resumed.
      hint: 'Nothing is half done: run the same command again.',
    });
  });

  test.each(['stop', 'hold'] as const)(
    'or a hold that comes while the token is fetched lets nothing leave, and nothing is told as sent: %s',
    async (what) => {
      const [stop, hold] = [new AbortController(), new AbortController()];
      await using clio = await ScriptedClio.start((_, response) => sendJson(response, USER));
      const current = async (): Promise<string> => {
        (what === 'stop' ? stop : hold).abort();
        return TOKEN;
      };
      const platform = clio.open({
        stop: stop.signal,
        tokens: { current, renew: async () => null },
      });
      const told: string[] = [];
      const write = { ...WRITE, hold: hold.signal, onSend: () => told.push('sent') };
      expect(await failureOf(platform.writeRecord(write, [COURT]))).toMatchObject({
        kind: what === 'stop' ? 'aborted' : 'heldBack',
      });
      await new Promise((resolve) => setTimeout(resolve, 20));
      expect(told).toEqual([]);
      expect(clio.received).toHaveLength(0);
      await expect(platform.writeRecord(write, [COURT])).rejects.toThrow(PlatformError);
      expect(clio.received).toHaveLength(0);
    },
  );

  test('ends the wait after a 429 at once, and no request leaves after it', async () => {
    const stop = new AbortController();
    await using clio = await ScriptedClio.start((_, response) => {
      response.writeHead(429, { 'retry-after': '600' }).end('{}');
      setTimeout(() => {
        stop.abort();
      }, 2);
    });
    const platform = clio.open({ stop: stop.signal });
    const failures = await Promise.all([
      failureOf(platform.writeRecord(WRITE, [COURT])),
      failureOf(platform.whoAmI()),
    ]);
    expect(failures.map(({ kind }) => kind)).toEqual(['aborted', 'aborted']);
    expect(clio.received).toHaveLength(1);
  });

  test('lets a request that has left be finished', async () => {
    const stop = new AbortController();
    await using clio = await ScriptedClio.start((_, response) => {
      stop.abort();
      setTimeout(() => {
        sendJson(response, USER);
      }, 20);
    });
    expect(await clio.open({ stop: stop.signal }).whoAmI()).toMatchObject({ id: '7' });
  });
});

describe('a 429', () => {
  const inTenSeconds = 'Rate limit exceeded. Retry in 10 seconds.';
  const wrapped = Buffer.from(JSON.stringify({ error: { message: inTenSeconds } }));
  const shapes: readonly (readonly [string, Script])[] = [
    ['seconds', (_, response) => response.writeHead(429, { 'retry-after': '10' }).end()],
    [
      'a date',
      (_, response) =>
        response
          .writeHead(429, { 'retry-after': new Date(Date.now() + 10_000).toUTCString() })
          .end(),
    ],
    ['its text', (_, response) => sendJson(response, { error: { message: inTenSeconds } }, 429)],
    [
      'base64',
      (_, response) => sendJson(response, { data: wrapped.toString('base64'), metadata: {} }, 429),
    ],
    [
      'the end of its window',
      (_, response) => {
        const reset = String(Math.floor(Date.now() / 1_000) + 10);
        response.writeHead(429, { 'x-ratelimit-reset': reset }).end();
      },
    ],
    ['nothing at all', (_, response) => response.writeHead(429).end()],
  ];
  for (const [shape, throttle] of shapes) {
    test(`that says how long to wait in ${shape} is waited out`, async () => {
      await using clio = await ScriptedClio.start(failing(1, throttle));
      const platform = clio.open();
      const beganAt = performance.now();
      expect(await platform.whoAmI()).toMatchObject({ id: '7' });
      expect(platform.requests).toEqual({ reads: 2, writes: 0, retries: 0, throttled: 1 });
      // A second where nothing is said, and ten of them, a hundred times as quick; a date has whole seconds.
      const least = shape === 'nothing at all' ? 10 : 80;
      expect(performance.now() - beganAt).toBeGreaterThan(least);
    });
  }

  test('that asks for hours is an error that says so', async () => {
    await using clio = await ScriptedClio.start((_, response) =>
      response.writeHead(429, { 'retry-after': '86400' }).end(),
    );
    const error = await failureOf(clio.open().whoAmI());
    expect(error).toMatchObject({ kind: 'unavailable' });
    expect(error.message).toContain('1440 minutes');
  });

  test('again and again ends in an error', async () => {
    await using clio = await ScriptedClio.start((_, response) =>
      response.writeHead(429, { 'retry-after': '0' }).end(),
    );
    expect(await failureOf(clio.open().whoAmI())).toMatchObject({ kind: 'unavailable' });
  });
});

test('why a read is tried again is told once it has failed twice, and not of a single slip', async () => {
  const told: string[] = [];
  let slips = 1;
  await using clio = await ScriptedClio.start((_, response) => {
    slips -= 1;
    if (slips >= 0) response.writeHead(502).end();
    else sendJson(response, USER);
  });
  const platform = clio.open({ onTrouble: (sentence) => told.push(sentence) });
  await platform.whoAmI();
  expect(told).toEqual([]);
  slips = 3;
  await platform.whoAmI();
  expect(told).toEqual([
    'Clio cannot be read (the signed-in user): status 502. Trying again: 3 of 6.',
    'Clio cannot be read (the signed-in user): status 502. Trying again: 4 of 6.',
  ]);
});
