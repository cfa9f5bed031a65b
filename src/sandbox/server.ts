import { setMaxListeners } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout as sleepFor } from 'node:timers/promises';
import type { Account } from './account.ts';
import { createApi } from './api.ts';
import { Directory } from './directory.ts';
import { Documents, type StoredDocument } from './documents.ts';
import { errorAnswer, isWrite, type Answer, type ApiRequest } from './exchange.ts';
import type { FaultKind, FaultSpec } from './fault-spec.ts';
import { FaultDraw, FaultyApi, goneAnswer, unauthorizedAnswer, type Delivery } from './faults.ts';
import { OAuth } from './oauth.ts';
import { parseOptions, type RequestNote, type SandboxOptions, type Settings } from './options.ts';
import { seededRandom } from './random.ts';
import { RateLimit, type Window } from './rate-limit.ts';
import { pickRefusal, throttledAnswer } from './throttle.ts';
import { bearerOf, newSecret, Tokens } from './tokens.ts';
import { parseJson, readBody, send } from './wire.ts';

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

export interface LoggedRequest extends RequestNote {
  /** Null where the connection was reset instead of answered. */
  readonly status: number | null;
  /** The parsed body of a write. */
  readonly body?: unknown;
  readonly fault: FaultKind | null;
}

/** Requests to the API, by what became of them. */
export interface Counters {
  readonly requests: number;
  readonly reads: number;
  readonly writes: number;
  /** Answered 429 by the rate limit; played ones are among the faults. */
  readonly throttled: number;
  readonly faults: Readonly<Partial<Record<FaultKind, number>>>;
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
  const core = new Core(account, settings, baseUrl, closing.signal);
  server.on('request', (request, response) => {
    core.serve(request, response).catch((error: unknown) => {
      // Closing ends what is still held back; anything else is a mistake of the sandbox and must be seen.
      if (closing.signal.aborted) response.destroy();
      else send(response, { kind: 'answer', answer: mistakeAnswer(error) });
    });
  });
  return {
    baseUrl,
    port,
    token: core.token,
    refreshToken: core.refreshToken,
    app: { key: settings.oauth.clientId, secret: settings.oauth.clientSecret },
    account,
    log: core.log,
    counters: core.counters,
    documents: core.documents.stored,
    setLimit: (perWindow) => core.setLimit(perWindow),
    setFaults: (faults) => core.setFaults(faults),
    signIn: () => core.signIn(),
    close: () =>
      new Promise((resolve, reject) => {
        closing.abort();
        server.close((error) => (error === undefined ? resolve() : reject(error)));
        server.closeAllConnections();
      }),
  };
}

const LOOPBACK = '127.0.0.1';

/** What one sandbox remembers between requests. */
class Core {
  readonly token: string;
  readonly refreshToken: string;
  readonly documents: Documents;
  readonly log: LoggedRequest[] = [];
  readonly counters = { requests: 0, reads: 0, writes: 0, throttled: 0, faults: {} } as {
    requests: number;
    reads: number;
    writes: number;
    throttled: number;
    faults: Partial<Record<FaultKind, number>>;
  };
  readonly #account: Account;
  readonly #settings: Settings;
  readonly #closing: AbortSignal;
  readonly #directory: Directory;
  readonly #tokens = new Tokens();
  readonly #oauth: OAuth;
  readonly #limit: RateLimit;
  readonly #draw: FaultDraw;
  readonly #faulty = new FaultyApi();
  readonly #random: () => number;
  readonly #api: ReturnType<typeof createApi>;

  constructor(account: Account, settings: Settings, baseUrl: string, closing: AbortSignal) {
    this.#account = account;
    this.#settings = settings;
    this.#closing = closing;
    this.#directory = new Directory(account);
    this.#limit = new RateLimit(settings.rateLimit, this.#now());
    this.#random = seededRandom(settings.seed);
    this.#draw = new FaultDraw(settings.faults, seededRandom(settings.seed + 1));
    this.documents = new Documents(this.#directory, settings.behaviour, baseUrl, () => this.#now());
    this.#oauth = new OAuth(settings.oauth, account, this.#tokens);
    this.#api = createApi({
      directory: this.#directory,
      documents: this.documents,
      settings,
      apiUrl: `${baseUrl}${API}`,
      secret: newSecret(),
      now: () => this.#now(),
    });
    this.token = settings.token ?? newSecret();
    this.refreshToken = this.#tokens.signIn(this.token, Number.POSITIVE_INFINITY);
  }

  setLimit(perWindow: number | null): void {
    this.#limit.perWindow = perWindow;
  }

  setFaults(faults: readonly FaultSpec[]): void {
    this.#draw.specs = faults;
    this.#faulty.forget();
  }

  signIn(): string {
    const token = newSecret();
    this.#tokens.signIn(token, Number.POSITIVE_INFINITY);
    return token;
  }

  async serve(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readBody(message);
    await this.#wait();
    this.counters.requests += 1;
    const note = {
      number: this.counters.requests,
      method: message.method ?? 'GET',
      url: message.url ?? '/',
    };
    this.#settings.onRequest?.(note, this.#account);
    const { delivery, fault, parsed } = await this.#answer(note, message, body);
    this.#remember({ ...note, ...parsed, fault, status: statusOf(delivery) });
    send(response, delivery, this.#commonHeaders(message, statusOf(delivery)));
  }

  async #answer(note: RequestNote, message: IncomingMessage, body: Buffer): Promise<Served> {
    const url = new URL(note.url, `http://${LOOPBACK}`);
    if (!url.pathname.startsWith(`${API}/`)) {
      return plain(this.#answerBesideApi(note.method, url, message, body) ?? notFoundAnswer());
    }
    this.counters[isWrite(note.method) ? 'writes' : 'reads'] += 1;
    const token = bearerOf(message.headers.authorization);
    if (token === null || !this.#tokens.isGood(token, this.#now())) {
      return plain(unauthorizedAnswer());
    }
    if (!this.#settings.apiVersions.includes(this.#versionOf(message))) return plain(goneAnswer());
    const allowance = this.#limit.take(token, note.number, this.#now());
    if (!allowance.isAllowed) return plain(this.#throttle(allowance));
    const request = toApiRequest(note.method, url, message, body.toString('utf8'));
    if (request === null) {
      return plain(errorAnswer(400, 'ArgumentError', 'the body is not a JSON document'));
    }
    const fault = this.#drawFault(request);
    const delivery = await this.#faulty.handle(request, fault, {
      api: this.#api,
      directory: this.#directory,
      random: this.#random,
      slowMs: this.#settings.slowMs,
      retryAfterSeconds: this.#settings.faultRetryAfterSeconds,
      now: () => this.#now(),
      sleep: (ms) => this.#sleep(ms),
      endToken: (forGood) => (forGood ? this.#tokens.endForGood(token) : this.#tokens.end(token)),
    });
    return { delivery, fault, parsed: request.body === undefined ? {} : { body: request.body } };
  }

  /** Sign-in pages and uploads: no token, no limit, no faults. */
  #answerBesideApi(
    method: string,
    url: URL,
    { headers }: IncomingMessage,
    body: Buffer,
  ): Answer | null {
    if (method === 'PUT' && url.pathname.startsWith(UPLOADS)) {
      return this.documents.put({
        uuid: url.pathname.slice(UPLOADS.length),
        signature: url.searchParams.get('signature'),
        headers,
        content: body,
      });
    }
    return this.#oauth.answer(
      {
        method,
        path: url.pathname,
        query: url.searchParams,
        authorization: headers.authorization,
        contentType: headers['content-type'],
        text: body.toString('utf8'),
      },
      this.#now(),
    );
  }

  #drawFault(request: ApiRequest): FaultKind | null {
    const fault = this.#draw.next(request);
    if (fault !== null) this.counters.faults[fault] = (this.counters.faults[fault] ?? 0) + 1;
    return fault;
  }

  #throttle({ endsAtMs }: Window): Answer {
    this.counters.throttled += 1;
    const waitSeconds = Math.max(1, Math.ceil((endsAtMs - this.#now()) / 1000));
    const refusal = pickRefusal(this.#settings.rateLimit.refusal, this.#random);
    return throttledAnswer(refusal, waitSeconds, this.#now());
  }

  /** On every answer of the API: the server's time and what is left of the allowance; on a success its version. */
  #commonHeaders(message: IncomingMessage, status: number | null): Record<string, string> {
    const headers: Record<string, string> = { Date: new Date(this.#now()).toUTCString() };
    if (message.url?.startsWith(`${API}/`) !== true) return headers;
    const { limit, remaining, endsAtMs } = this.#limit.look(
      bearerOf(message.headers.authorization) ?? '',
      this.#now(),
    );
    return {
      ...headers,
      ...(status !== null && status < 400 ? { 'X-API-VERSION': this.#versionOf(message) } : {}),
      'X-RateLimit-Limit': String(limit),
      'X-RateLimit-Remaining': String(remaining),
      'X-RateLimit-Reset': String(Math.ceil(endsAtMs / 1000)),
    };
  }

  #versionOf({ headers }: IncomingMessage): string {
    const asked = headers['x-api-version'];
    return typeof asked === 'string' ? asked : (this.#settings.apiVersions.at(-1) ?? '');
  }

  #remember(entry: LoggedRequest): void {
    this.log.push(entry);
    if (this.log.length > this.#settings.logLimit) this.log.shift();
  }

  #now(): number {
    return this.#settings.now() + this.#settings.clockSkewMs;
  }

  async #wait(): Promise<void> {
    const { latencyMs } = this.#settings;
    const ms =
      typeof latencyMs === 'number'
        ? latencyMs
        : latencyMs.min + this.#random() * (latencyMs.max - latencyMs.min);
    if (ms > 0) await this.#sleep(ms);
  }

  async #sleep(ms: number): Promise<void> {
    await sleepFor(ms, undefined, { signal: this.#closing });
  }
}

const API = '/api/v4';
const UPLOADS = '/uploads/';

interface Served {
  readonly delivery: Delivery;
  readonly fault: FaultKind | null;
  readonly parsed: { readonly body?: unknown };
}

function plain(answer: Answer): Served {
  return { delivery: { kind: 'answer', answer }, fault: null, parsed: {} };
}

/** Null for a body that is not JSON. Each endpoint exists with and without `.json`. */
function toApiRequest(
  method: string,
  url: URL,
  { headers }: IncomingMessage,
  text: string,
): ApiRequest | null {
  const body = text === '' ? { value: undefined } : parseJson(text, headers['content-type']);
  if (body === null) return null;
  return {
    method,
    path: url.pathname.slice(API.length).replace(/\.json$/, ''),
    query: url.searchParams,
    headers: {
      'if-match': headers['if-match'],
      'if-none-match': headers['if-none-match'],
      'if-modified-since': headers['if-modified-since'],
    },
    body: body?.value,
  };
}

function statusOf(delivery: Delivery): number | null {
  return delivery.kind === 'answer' ? delivery.answer.status : null;
}

function notFoundAnswer(): Answer {
  return errorAnswer(404, 'RecordNotFound', 'The requested resource was not found');
}

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
