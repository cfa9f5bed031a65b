import { setMaxListeners } from 'node:events';
import { createServer } from 'node:http';
import type { Account } from './account.ts';
import type { StoredDocument } from './documents.ts';
import { errorAnswer, type Answer } from './exchange.ts';
import type { FaultSpec } from './fault-spec.ts';
import { parseOptions, type SandboxOptions } from './options.ts';
import { RequestHandler } from './request-handler.ts';
import type { Counters, LoggedRequest } from './request-log.ts';
import { send } from './wire.ts';

/** A running embedded Clio. */
export interface Sandbox {
  /** `http://127.0.0.1:PORT`; the API is below `/api/v4`. */
  readonly baseUrl: string;
  readonly port: number;
  /** An access token that is good from the start, and what gets the next one. */
  readonly token: string;
  readonly refreshToken: string;
  /** The one app that is registered, for a sign-in through the pages. */
  readonly app: { readonly key: string; readonly secret: string };
  /** Live: what is changed here is what the next request sees. */
  readonly account: Account;
  /** The last requests, oldest first. */
  readonly log: readonly LoggedRequest[];
  readonly counters: Counters;
  /** What was registered and uploaded. */
  readonly documents: readonly StoredDocument[];
  /** A new limit from now on; null for none. */
  readonly setLimit: (perWindow: number | null) => void;
  /** Other faults from now on. */
  readonly setFaults: (faults: readonly FaultSpec[]) => void;
  /** A person signs in anew: another access token. */
  readonly signIn: () => string;
  readonly close: () => Promise<void>;
}

/**
 * Serves `account` as Clio Manage's API v4 would, on a loopback port, until closed.
 * Rejects with ZodError for options that do not fit, and with the system's error where the port is taken.
 */
export async function startSandbox(
  account: Account,
  options: SandboxOptions = {},
): Promise<Sandbox> {
  const settings = parseOptions(options);
  const closing = new AbortController();
  // One listener for each answer that is held back.
  setMaxListeners(0, closing.signal);
  const server = createServer({ keepAliveTimeout: 60_000 });
  const port = await listen(server, settings.port);
  const baseUrl = `http://${LOOPBACK}:${port}`;
  const handler = new RequestHandler(account, settings, baseUrl, closing.signal);
  server.on('request', (request, response) => {
    handler.serve(request, response).catch((error: unknown) => {
      // Closing ends what is still held back; anything else is a mistake of the sandbox and must be seen.
      if (closing.signal.aborted) response.destroy();
      else send(response, { kind: 'answer', answer: mistakeAnswer(error) });
    });
  });
  return {
    baseUrl,
    port,
    token: handler.token,
    refreshToken: handler.refreshToken,
    app: { key: settings.oauth.clientId, secret: settings.oauth.clientSecret },
    account,
    log: handler.log.entries,
    counters: handler.log.counters,
    documents: handler.documents.stored,
    setLimit: (perWindow) => handler.setLimit(perWindow),
    setFaults: (faults) => handler.setFaults(faults),
    signIn: () => handler.signIn(),
    close: () =>
      new Promise((resolve, reject) => {
        closing.abort();
        server.close((error) => (error === undefined ? resolve() : reject(error)));
        server.closeAllConnections();
      }),
  };
}

const LOOPBACK = '127.0.0.1';

function mistakeAnswer(error: unknown): Answer {
  return errorAnswer(500, 'SandboxMistake', error instanceof Error ? error.message : String(error));
}

function listen(server: ReturnType<typeof createServer>, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, LOOPBACK, () => {
      server.off('error', reject);
      const address = server.address();
      if (address === null || typeof address === 'string') {
        reject(new Error('the sandbox has no port'));
      } else {
        resolve(address.port);
      }
    });
  });
}
