import { describe, expect, it } from 'vitest';
import { ALL, ofItems, send, served, Visitor } from './visitor.ts';

const LIST = JSON.stringify({ filter: ALL, view: 'groups', after: null, before: null });

describe('the address that the terminal prints', () => {
  it('lets one browser in, which then stands at a clean address with a cookie for that folder alone', async () => {
    const { makeAddress } = await served();
    const address = makeAddress();
    const { status, headers, body } = await send(address);
    const location = String(headers['location']);
    expect(status).toBe(303);
    expect(body).toBe('');
    expect(location).toMatch(/^\/[\w-]{16}\/$/u);
    const [cookie] = headers['set-cookie'] ?? [];
    expect(cookie).toMatch(/^clio-fields-review=[\w-]{43}; /u);
    expect(cookie?.split('; ').slice(1)).toEqual([
      `Path=${location}`,
      'HttpOnly',
      'SameSite=Strict',
    ]);
    expect((await (await Visitor.enter(makeAddress())).get()).status).toBe(200);
  });

  it('is refused the second time, and says what to do', async () => {
    const { makeAddress } = await served();
    const address = makeAddress();
    await Visitor.enter(address);
    const { status, headers, body } = await send(address);
    expect([status, headers['set-cookie'], headers['location']]).toEqual([
      401,
      undefined,
      undefined,
    ]);
    expect(body).toContain('press Enter in the terminal');
  });

  it('is good no more once another one was made', async () => {
    const { makeAddress } = await served();
    const [first, second] = [makeAddress(), makeAddress()];
    expect((await send(first)).status).toBe(401);
    await Visitor.enter(second);
  });

  it('is not used up by whoever asks in another way, under another name, or with another token', async () => {
    const { makeAddress } = await served();
    const address = makeAddress();
    expect((await send(address, { method: 'HEAD' })).status).toBe(401);
    expect((await send(address, { headers: { host: 'attacker.example' } })).status).toBe(421);
    expect((await send(`${new URL(address).origin}/?token=guess`)).status).toBe(401);
    expect((await send(`${new URL(address).origin}/`)).status).toBe(401);
    await Visitor.enter(address);
  });
});

describe('a request without the right to be there is refused and decides nothing', () => {
  it.each([
    ['no cookie', 401, { cookie: '' }],
    ['another cookie', 401, { cookie: 'clio-fields-review=guess' }],
    ['a name turned to this machine', 421, { host: 'rebound.example' }],
    ['this machine by another name', 421, { host: 'localhost' }],
    ['another origin', 403, { origin: 'http://rebound.example' }],
    ['another port of this machine', 403, { origin: 'http://127.0.0.1:1' }],
    ['an origin that is kept back', 403, { origin: 'null' }],
    ['a page of another site', 403, { 'sec-fetch-site': 'cross-site' }],
    ['a page of another port', 403, { 'sec-fetch-site': 'same-site' }],
    ['a form', 400, { 'content-type': 'application/x-www-form-urlencoded' }],
    ['plain text, as a form can send it', 400, { 'content-type': 'text/plain' }],
  ])('%s', async (_, status, headers) => {
    const { makeAddress, review } = await served();
    const visitor = await Visitor.enter(makeAddress());
    const decision = JSON.stringify(ofItems(['change-1'], { kind: 'accept' }));
    const reply = await visitor.post('decide', decision, headers);
    expect(reply.status).toBe(status);
    expect(reply.body).not.toContain('Notreal');
    expect((await visitor.post('list', LIST, headers)).status).toBe(status);
    expect(review.counts().undecided).toBe(9);
  });

  it('no origin at all', async () => {
    const { makeAddress } = await served();
    const { url, cookie } = await Visitor.enter(makeAddress()).then((visitor) => ({
      url: visitor.url('list'),
      cookie: visitor.cookie,
    }));
    const headers = { cookie, 'content-type': 'application/json' };
    expect((await send(url, { method: 'POST', headers, body: LIST })).status).toBe(403);
  });

  it('the page itself, for another page that would show it', async () => {
    const { makeAddress } = await served();
    const visitor = await Visitor.enter(makeAddress());
    expect((await visitor.get('', { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    expect((await visitor.get('', { 'sec-fetch-site': 'none' })).status).toBe(200);
  });
});

describe('every answer', () => {
  it('is kept nowhere, framed nowhere, and lets only the page’s own scripts run', async () => {
    const { makeAddress } = await served();
    const visitor = await Visitor.enter(makeAddress());
    const replies = [
      await visitor.get(),
      await visitor.get('assets/page.css'),
      await visitor.get('nothing'),
      await visitor.post('opening', '{}'),
      await visitor.post('opening', '['),
      await send(makeAddress()),
      await send(`${visitor.origin}/`),
    ];
    for (const { headers } of replies) {
      expect(headers).toMatchObject({
        'cache-control': 'no-store',
        'x-frame-options': 'DENY',
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cross-origin-resource-policy': 'same-origin',
      });
      const policy = String(headers['content-security-policy']);
      expect(policy).toMatch(/^default-src 'none'; /u);
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).not.toMatch(/unsafe|https?:|\*/u);
      expect(headers['access-control-allow-origin']).toBeUndefined();
    }
  });

  it('of the page names a nonce of its own, which all its scripts and styles carry', async () => {
    const { makeAddress } = await served();
    const visitor = await Visitor.enter(makeAddress());
    const nonces = await Promise.all(
      [1, 2].map(async () => {
        const { headers, body } = await visitor.get();
        const nonce = /script-src 'nonce-([^']+)'/u.exec(
          String(headers['content-security-policy']),
        );
        const tags = body.match(/<(?:script|link|style)[^>]*>/gu) ?? [];
        expect(tags).toHaveLength(2);
        for (const tag of tags) expect(tag).toContain(`nonce="${nonce?.[1]}"`);
        expect(body).not.toMatch(/ on\w+=|javascript:|https?:/u);
        return nonce?.[1];
      }),
    );
    expect(new Set(nonces).size).toBe(2);
  });

  it('is a file of the page or nothing: every module that the page imports is there, and no other file is', async () => {
    const { makeAddress } = await served();
    const visitor = await Visitor.enter(makeAddress());
    const seen = new Set<string>();
    const queue = ['assets/web/page/main.js'];
    for (let path = queue.pop(); path !== undefined; path = queue.pop()) {
      if (seen.has(path)) continue;
      seen.add(path);
      const { status, headers, body } = await visitor.get(path);
      expect([path, status, headers['content-type']]).toEqual([
        path,
        200,
        'text/javascript; charset=utf-8',
      ]);
      for (const [, from = ''] of body.matchAll(/^import .* from '([^']+)';$/gmu))
        queue.push(new URL(from, `http://x/${path}`).pathname.slice(1));
    }
    expect(seen.size).toBeGreaterThan(15);
    for (const path of [
      'assets/web/server.js',
      'assets/web/page/../server.js',
      'assets/..%2f..%2fpackage.json',
      'assets/journal/index.js',
      'assets/',
    ])
      expect([path, (await visitor.get(path)).status]).toEqual([path, 404]);
  });
});

describe('a body', () => {
  it.each([
    ['that is no JSON', '{"targets":'],
    [
      'with a word that the page never says',
      '{"targets":[],"ruling":{"kind":"accept"},"by":"Eve"}',
    ],
    ['about nothing', '{"targets":[],"ruling":{"kind":"accept"}}'],
    [
      'with a ruling that there is not',
      '{"targets":[{"kind":"items","itemIds":["change-1"]}],"ruling":{"kind":"erase"}}',
    ],
    [
      'about an item that the plan has not',
      '{"targets":[{"kind":"items","itemIds":["change-99"]}],"ruling":{"kind":"accept"}}',
    ],
    ['that is longer than any decision', `"${'x'.repeat(1_100_000)}"`],
  ])('%s is refused in words, and decides nothing', async (_, body) => {
    const { makeAddress, review, mistakes } = await served();
    const visitor = await Visitor.enter(makeAddress());
    const reply = await visitor.post('decide', body);
    expect(reply.status).toBe(400);
    expect(JSON.parse(reply.body)).toMatchObject({
      error: { code: expect.stringMatching(/^(?:bad_request|unknown_item)$/u) as string },
    });
    expect(review.counts().undecided).toBe(9);
    expect(mistakes).toEqual([]);
    expect((await visitor.opening()).planId).toBe('plan-1');
  });
});
