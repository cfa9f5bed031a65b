import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleepFor } from 'node:timers/promises';
import type { Account } from './account.ts';
import { createApi } from './api.ts';
import { Directory } from './directory.ts';
import { Documents } from './documents.ts';
import { errorAnswer, type Answer, type ApiRequest } from './exchange.ts';
import type { FaultKind, FaultSpec } from './fault-spec.ts';
import { FaultDraw, FaultyApi, goneAnswer, unauthorizedAnswer, type Delivery } from './faults.ts';
import { OAuth } from './oauth.ts';
import type { RequestNote, Settings } from './options.ts';
import { seededRandom } from './random.ts';
import { RateLimit, type Window } from './rate-limit.ts';
import { RequestLog } from './request-log.ts';
import { pickRefusal, throttledAnswer } from './throttle.ts';
import { bearerOf, newSecret, Tokens } from './tokens.ts';
import { parseJson, readBody, send } from './wire.ts';

/** Answers the requests to one sandbox, and remembers what there is to remember between them. */
export class RequestHandler {
  readonly token: string;
  readonly refreshToken: string;
  readonly documents: Documents;
  readonly log: RequestLog;
  readonly #account: Account;
  readonly #settings: Settings;
  readonly #baseUrl: string;
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
    this.#baseUrl = baseUrl;
    this.log = new RequestLog(settings.logLimit);
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
    const note = {
      number: this.log.countRequest(),
      method: message.method ?? 'GET',
      url: message.url ?? '/',
    };
    this.#settings.onRequest?.(note, this.#account);
    const { delivery, fault, parsed } = await this.#answer(note, message, body);
    this.log.remember({ ...note, ...parsed, fault, status: statusOf(delivery) });
    send(response, delivery, this.#commonHeaders(message, statusOf(delivery)));
  }

  async #answer(note: RequestNote, message: IncomingMessage, body: Buffer): Promise<Served> {
    const url = new URL(note.url, this.#baseUrl);
    if (!url.pathname.startsWith(`${API}/`)) {
      return plain(this.#answerBesideApi(note.method, url, message, body) ?? notFoundAnswer());
    }
    this.log.countCall(note.method);
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
    if (fault !== null) this.log.countFault(fault);
    return fault;
  }

  #throttle({ endsAtMs }: Window): Answer {
    this.log.countThrottled();
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
