import { describe, expect, test } from 'vitest';
import type { Authority } from '../../../src/platforms/authority.ts';
import { openAuthority } from '../../../src/platforms/index.ts';
import { QUICK_TIMING, ScriptedClio, sendJson } from './scripted-clio.ts';

const APP = { key: 'key-for-tests', secret: 'secret-for-tests' };
const GRANT = { access_token: 'access', refresh_token: 'refresh', expires_in: 2_592_000 };

function open({ baseUrl }: ScriptedClio): Authority {
  return openAuthority({ name: 'clio', baseUrl, timing: QUICK_TIMING });
}

test('secrets go to the host of the sign-in only: no redirect is followed', async () => {
  await using other = await ScriptedClio.start((_, response) => sendJson(response, GRANT));
  await using clio = await ScriptedClio.start((_, response) =>
    response.writeHead(307, { location: `${other.baseUrl}/oauth/token` }).end(),
  );
  const authority = open(clio);
  for (const work of [
    authority.exchange(APP, 'code', 'http://127.0.0.1/callback'),
    authority.refresh(APP, 'refresh'),
    authority.revoke('access'),
  ])
    await expect(work).rejects.toMatchObject({ kind: 'unexpectedAnswer' });
  expect(other.received).toHaveLength(0);
});

describe('where Clio is in trouble or asked too often', () => {
  test.each([503, 429])('a refresh is sent three times: %s', async (status) => {
    await using clio = await ScriptedClio.start((_, response, number) => {
      if (number < 2) sendJson(response, {}, status);
      else sendJson(response, GRANT);
    });
    expect(await open(clio).refresh(APP, 'refresh')).toMatchObject({ kind: 'granted' });
    expect(clio.received).toHaveLength(3);
  });

  test.each([503, 429])('a code, which is good once, is sent once: %s', async (status) => {
    await using clio = await ScriptedClio.start((_, response) => sendJson(response, {}, status));
    const work = open(clio).exchange(APP, 'code', 'http://127.0.0.1/callback');
    await expect(work).rejects.toMatchObject({ kind: 'unavailable' });
    expect(clio.received).toHaveLength(1);
  });
});

test.each([
  [401, { error: 'invalid_client' }, 'unknownApp'],
  [401, {}, 'unknownApp'],
  [400, { error: 'invalid_grant' }, 'refused'],
  [401, { error: 'invalid_grant' }, 'refused'],
])('a %s that says %o means: %s', async (status, body, kind) => {
  await using clio = await ScriptedClio.start((_, response) => sendJson(response, body, status));
  expect(await open(clio).refresh(APP, 'refresh')).toEqual({ kind });
  expect(clio.received).toHaveLength(1);
});
