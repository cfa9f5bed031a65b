import { createPrivateKey } from 'node:crypto';
import { createServer, request, type IncomingMessage } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { connect, type AddressInfo, type Server, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';
import type { Sandbox } from '../../src/sandbox/server.ts';

/** A host that cannot be real (RFC 6761): only the proxy of this network leads there. */
export const HOST = 'clio.test';

/** Of `clio.test`, signed by itself, good from 2020 to 2120; made for this. */
export const CERTIFICATE = `-----BEGIN CERTIFICATE-----
MIIBYTCCAQegAwIBAgIBATAKBggqhkjOPQQDAjAUMRIwEAYDVQQDDAljbGlvLnRlc3QwIBcNMjAwMTAxMDAwMDAw
WhgPMjEyMDAxMDEwMDAwMDBaMBQxEjAQBgNVBAMMCWNsaW8udGVzdDBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IA
BIdfDbN0uIMxkT99n2la18JPP0fXkOIa160ZM4dd3cpINn+vbq9g0+57C1E/XIDvZeN5vx++qL7iwilgqa0ahT6j
SDBGMA8GA1UdEwEB/wQFMAMBAf8wFAYDVR0RBA0wC4IJY2xpby50ZXN0MB0GA1UdDgQWBBR/w1EJLXcSRs5F/W1r
ZtSVgyvkdzAKBggqhkjOPQQDAgNIADBFAiEArtvbkuAT+sbsODbAAmZMrIL4O9Q3HWcArWHtlZZ83HcCIG5iYU/z
hckH0xYxdtH7Fk9qF9EQQvtPVI1S0aubMh7D
-----END CERTIFICATE-----
`;
const KEY =
  'MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgNyYDUXpuff4twufJlKV3e2m/0nlzb3Y45P+g+LVy' +
  '7v+hRANCAASHXw2zdLiDMZE/fZ9pWtfCTz9H15DiGtetGTOHXd3KSDZ/r26vYNPuewtRP1yA72Xjeb8fvqi+4sIp' +
  'YKmtGoU+';

export interface OfficeNetwork {
  /** `127.0.0.1:PORT`. */
  readonly proxy: string;
  /** What the proxy was asked for, with the name and password that came along. */
  readonly asked: string[];
}

/** An office network: a sandbox stands behind TLS as `clio.test`, and only a proxy leads there. */
export async function openOfficeNetwork(
  sandbox: Sandbox,
  { password = null }: { readonly password?: string | null } = {},
): Promise<OfficeNetwork> {
  const clio = await listening(behindTls(sandbox));
  const asked: string[] = [];
  const proxy = createServer((_, response) => response.writeHead(405).end());
  proxy.on('connect', ({ url, headers }: IncomingMessage, caller: Socket) => {
    const [, encoded = ''] = headers['proxy-authorization']?.split(' ') ?? [];
    const given = Buffer.from(encoded, 'base64').toString();
    asked.push(given === '' ? `${url}` : `${url} ${given}`);
    if (password !== null && given !== password) {
      caller.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n');
      return;
    }
    const line = connect(clio, '127.0.0.1', () => {
      caller.write('HTTP/1.1 200 OK\r\n\r\n');
      line.pipe(caller).pipe(line);
    });
    for (const end of [line, caller]) end.on('error', () => end.destroy());
  });
  return { proxy: `127.0.0.1:${await listening(proxy)}`, asked };
}

function behindTls({ baseUrl }: Sandbox): Server {
  const key = createPrivateKey({ key: Buffer.from(KEY, 'base64'), format: 'der', type: 'pkcs8' });
  const pem = key.export({ format: 'pem', type: 'pkcs8' });
  return createTlsServer({ key: pem, cert: CERTIFICATE }, (asked, answer) => {
    const { method, url, headers } = asked;
    const passedOn = request(`${baseUrl}${url}`, { method, headers }, (answered) => {
      answer.writeHead(answered.statusCode ?? 502, answered.headers);
      answered.pipe(answer);
    });
    asked.pipe(passedOn);
  });
}

async function listening(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return (server.address() as AddressInfo).port;
}
