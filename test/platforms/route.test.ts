import { expect, test } from 'vitest';
import { type Fetch, openFetch, reasonOf, type Route } from '../../src/platforms/route.ts';
import { startSandbox } from '../../src/sandbox/server.ts';
import { HOST, type OfficeNetwork, openOfficeNetwork } from '../support/office-network.ts';
import { smallAccount } from '../support/sandbox.ts';

async function anOffice(
  noProxy = '',
  password: string | null = null,
): Promise<OfficeNetwork & { readonly send: Fetch }> {
  const sandbox = await startSandbox(smallAccount());
  const network = await openOfficeNetwork(sandbox, { password });
  await sandbox.close();
  return { ...network, send: openFetch({ proxy: network.proxy, noProxy }) };
}

async function failureOf(send: Fetch, address: string): Promise<string> {
  const { signal } = new AbortController();
  try {
    await send(new URL(address), {
      method: 'GET',
      headers: {},
      body: null,
      redirect: 'manual',
      signal,
    });
  } catch (error) {
    return reasonOf(error);
  }
  return '';
}

test('hosts of NO_PROXY and this machine are reached without the proxy', async () => {
  const office = await anOffice(`.example.com,${HOST}`);
  expect(await failureOf(office.send, `https://${HOST}/`)).toMatch(/^the connection failed/u);
  expect(await failureOf(office.send, 'https://127.0.0.1:9/')).toMatch(/^the connection failed/u);
  expect(office.asked).toEqual([]);
});

test('a proxy that refuses is named in the reason, without the password', async () => {
  const office = await anOffice('', 'ann:secret');
  expect(await failureOf(office.send, `https://${HOST}/`)).toBe(
    `the proxy ${office.proxy} did not let it through`,
  );
  expect(office.asked).toEqual([`${HOST}:443`]);
});

test('a proxy that is not there is named in the reason', async () => {
  const gone = openFetch({ proxy: 'http://ann:secret@127.0.0.1:1', noProxy: '' });
  expect(await failureOf(gone, `https://${HOST}/`)).toBe(
    'the connection through the proxy 127.0.0.1:1 failed (ECONNREFUSED)',
  );
});

test.each(['socks5://127.0.0.1:1080', 'http://', 'a b'])('%s is no address of a proxy', (proxy) => {
  const route: Route = { proxy, noProxy: '' };
  expect(() => openFetch(route)).toThrow('not the address of a proxy');
});
