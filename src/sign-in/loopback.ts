import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { UserError } from '../errors.ts';
import { CALLBACK_PATH, type Callback, readCallback, redirectAddress } from './callback.ts';
import { type Landing, landingPage } from './landing-page.ts';

/** The address on this machine that waits for the browser. */
export interface Loopback {
  readonly redirectUri: string;
  /** The first callback, and how to answer its browser. */
  readonly arrival: Promise<{
    readonly callback: Callback;
    readonly answer: (landing: Landing) => Promise<void>;
  }>;
  readonly close: () => void;
}

const HOST = '127.0.0.1';

/**
 * Listens on 127.0.0.1 only, for one GET of the callback path that names this very host: a page elsewhere that got a name of its own
 * to point here is refused. Throws `UserError` where the port cannot be had.
 */
export async function listenForCallback(port: number, state: string): Promise<Loopback> {
  const server = createServer({ maxHeaderSize: 16_384, requestTimeout: 30_000 });
  const connections = new Set<Socket>();
  server.on('connection', (socket) => connections.add(socket));
  let isTaken = false;
  const arrival: Loopback['arrival'] = new Promise((resolve) => {
    server.on('request', (request, response) => {
      const url = callbackUrl(request, port);
      if (url === null || isTaken) {
        refuse(response);
        return;
      }
      isTaken = true;
      resolve({
        callback: readCallback(url.searchParams, state),
        answer: (landing) => answer(response, landing),
      });
    });
  });
  await listen(server, port);
  return {
    redirectUri: redirectAddress(port),
    arrival,
    close: () => {
      server.close();
      server.closeIdleConnections();
      // Browsers open connections ahead and say nothing on them: these must not keep the program from ending.
      for (const socket of connections) socket.unref();
    },
  };
}

function callbackUrl({ method, headers, url = '' }: IncomingMessage, port: number): URL | null {
  if (method !== 'GET' || headers.host !== `${HOST}:${port}` || !url.startsWith('/')) return null;
  const target = new URL(`http://${HOST}:${port}${url}`);
  return target.pathname === CALLBACK_PATH ? target : null;
}

const HEADERS = {
  'Cache-Control': 'no-store',
  Connection: 'close',
  'Content-Security-Policy':
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
};

function refuse(response: ServerResponse): void {
  response.writeHead(404, { ...HEADERS, 'Content-Type': 'text/plain; charset=utf-8' });
  response.end('There is nothing here.\n');
}

/** Resolves when the browser has it, or has gone away. */
function answer(response: ServerResponse, landing: Landing): Promise<void> {
  return new Promise((resolve) => {
    response.once('close', resolve);
    response.writeHead(landing.isGood ? 200 : 400, {
      ...HEADERS,
      'Content-Type': 'text/html; charset=utf-8',
    });
    response.end(landingPage(landing));
  });
}

function listen(server: ReturnType<typeof createServer>, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause) => reject(portTaken(port, cause)));
    server.listen({ port, host: HOST, exclusive: true }, resolve);
  });
}

function portTaken(port: number, cause: Error): UserError {
  return new UserError(
    'port',
    `Port ${port} of this machine cannot be had: another program has it, or it is not allowed.`,
    `Stop that program (another \`clio-fields login\`, perhaps), or take another port with --port and register ${redirectAddress(port).replace(String(port), 'PORT')} with it as a second redirect URI of the app.`,
    undefined,
    { cause },
  );
}
