import { expect, test } from 'vitest';
import { examineAccess } from '../../src/operations/account/examine.ts';
import { ScriptedClio, sendJson } from '../platforms/clio/scripted-clio.ts';

test('where the platform cannot be reached, nothing else is asked, for each would take as long', async () => {
  await using clio = await ScriptedClio.start((_, response) => response.writeHead(502).end());
  const { findings, isSignedIn, isReached } = await examineAccess(() => clio.open());
  expect(findings.map(({ what, level }) => [what, level])).toEqual([['user', 'problem']]);
  expect({ isSignedIn, isReached }).toEqual({ isSignedIn: null, isReached: false });
  expect(new Set(clio.received.map(({ url }) => url)).size).toBe(1);
});

test('a user who may not be read stops no other look', async () => {
  await using clio = await ScriptedClio.start(({ url }, response) => {
    if (url.includes('who_am_i')) sendJson(response, { error: { type: 'ForbiddenError' } }, 403);
    else sendJson(response, { data: [], meta: { paging: {}, records: 0 } });
  });
  const { findings } = await examineAccess(() => clio.open());
  expect(findings.map(({ what, level }) => [what, level])).toEqual([
    ['user', 'problem'],
    ['custom fields', 'good'],
    ['matters', 'good'],
    ['contacts', 'good'],
  ]);
});
