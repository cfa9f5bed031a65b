import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { startSandbox } from '../../src/sandbox/server.ts';
import { type Ended, runBin } from '../support/bin.ts';
import { CERTIFICATE, HOST, openOfficeNetwork } from '../support/office-network.ts';
import { smallAccount } from '../support/sandbox.ts';

interface Office {
  readonly proxy: string;
  readonly asked: readonly string[];
  readonly run: (
    args: readonly string[],
    environment: Readonly<Record<string, string>>,
  ) => Promise<Ended>;
}

async function anOffice(password: string | null = null): Promise<Office> {
  const folder = mkdtempSync(join(tmpdir(), 'clio-fields-proxy-'));
  const sandbox = await startSandbox(smallAccount());
  onTestFinished(async () => {
    await sandbox.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const root = join(folder, 'root.pem');
  writeFileSync(root, CERTIFICATE);
  return {
    ...(await openOfficeNetwork(sandbox, { password })),
    run: (args, environment) =>
      runBin(args, {
        folder,
        environment: {
          CLIO_ACCESS_TOKEN: sandbox.token,
          CLIO_BASE_URL: `https://${HOST}`,
          NODE_EXTRA_CA_CERTS: root,
          ...environment,
        },
      }),
  };
}

test('where the network asks for a proxy, all goes through it, and it sees the host alone', async () => {
  const { proxy, asked, run } = await anOffice();
  const { code, stdout } = await run(['inventory', '--json'], { HTTPS_PROXY: `http://${proxy}` });
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ inventoryId: 'inventory-1' });
  expect(new Set(asked)).toEqual(new Set([`${HOST}:443`]));
});

test('a proxy that wants a name and password gets those of the variable, and this machine none', async () => {
  const { proxy, asked, run } = await anOffice('ann:p@ss');
  const named = { https_proxy: `http://ann:p%40ss@${proxy}` };
  expect(await run(['whoami'], named)).toMatchObject({ code: 0 });
  expect(new Set(asked)).toEqual(new Set([`${HOST}:443 ann:p@ss`]));
});

test('a certificate that is not trusted ends it at once, with what to do about it', async () => {
  const { proxy, asked, run } = await anOffice();
  const { code, stderr } = await run(['inventory'], {
    HTTPS_PROXY: proxy,
    NODE_EXTRA_CA_CERTS: '',
  });
  expect(code).toBe(1);
  expect(stderr).toContain(
    `The certificate that ${HOST} shows is none that this machine trusts (DEPTH_ZERO_SELF_SIGNED_CERT). Nothing was sent.`,
  );
  expect(stderr).toContain('NODE_EXTRA_CA_CERTS');
  expect(asked).toHaveLength(1);
});

test('an address of a proxy that is none is refused without being repeated', async () => {
  const { run } = await anOffice();
  const { code, stderr } = await run(['whoami'], { HTTPS_PROXY: 'socks5://ann:secret@127.0.0.1' });
  expect(code).toBe(2);
  expect(stderr).toContain('What HTTPS_PROXY holds is not the address of a proxy.');
  expect(stderr).not.toContain('secret');
});
