import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Timing } from '../../../src/platforms/clio/timing.ts';
import { openPlatform } from '../../../src/platforms/index.ts';
import type { PlatformOptions } from '../../../src/platforms/index.ts';
import type { Platform } from '../../../src/platforms/types.ts';

/** What a hand-made server does with its n-th request, from 0. */
export type Script = (request: Received, response: ServerResponse, number: number) => void;

export interface Received {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** A server that says what a test wants, and the adapter in front of it. */
export class ScriptedClio implements AsyncDisposable {
  readonly received: Received[] = [];
  readonly baseUrl: string;
  readonly #server: Server;

  private constructor(server: Server, baseUrl: string) {
    this.#server = server;
    this.baseUrl = baseUrl;
  }

  static async start(script: Script): Promise<ScriptedClio> {
    const server = createServer();
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    const { port } = server.address() as AddressInfo;
    const clio = new ScriptedClio(server, `http://127.0.0.1:${port}`);
    server.on('request', (message, response) => {
      const chunks: Buffer[] = [];
      message.on('data', (chunk: Buffer) => chunks.push(chunk));
      message.on('end', () => {
        const request = {
          method: message.method ?? '',
          url: message.url ?? '',
          headers: message.headers,
          body: Buffer.concat(chunks).toString('utf8'),
        };
        clio.received.push(request);
        script(request, response, clio.received.length - 1);
      });
    });
    return clio;
  }

  open(overrides: Partial<PlatformOptions> = {}): Platform {
    return openPlatform({
      name: 'clio',
      baseUrl: this.baseUrl,
      tokens: { current: async () => TOKEN, renew: async () => null },
      stop: new AbortController().signal,
      timing: QUICK_TIMING,
      random: () => 0,
      ...overrides,
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => {
      this.#server.close(resolve);
    });
  }
}

export const TOKEN = 'token-for-tests';

/** A hundred times as quick as real time: a pause of five seconds takes fifty milliseconds. */
export const QUICK_TIMING: Timing = {
  monotonicMs: () => performance.now() * 100,
  wallMs: () => Date.now(),
  after: (delayMs, callback) => {
    const timer = setTimeout(callback, delayMs / 100);
    return () => {
      clearTimeout(timer);
    };
  },
};

export function sendJson(response: ServerResponse, body: unknown, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}

/** A page of a list. */
export function sendPage(response: ServerResponse, data: unknown[], next?: string): void {
  sendJson(response, {
    data,
    meta: { paging: next === undefined ? {} : { next }, records: data.length },
  });
}
