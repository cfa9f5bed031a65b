import { createServer, type AddressInfo } from 'node:net';

/** What a person and a browser do on the sandbox's consent page: open it, press a button, be sent back. */
export async function allow(page: string, decision: 'approve' | 'decline'): Promise<URL> {
  const html = await (await fetch(page)).text();
  const form = new URLSearchParams({ decision });
  for (const [, name = '', value = ''] of html.matchAll(/name="(\w+)" value="([^"]*)">/gu))
    if (name !== 'decision') form.append(name, value);
  const action = new URL('/oauth/authorize', page);
  const { headers } = await fetch(action, { method: 'POST', body: form, redirect: 'manual' });
  return new URL(headers.get('location') ?? '');
}

/** A port that nobody listens on at the moment. */
export function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
