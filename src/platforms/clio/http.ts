import type { Account } from '../../model/account.ts';
import type { Gate } from '../gate.ts';
import { PlatformError } from '../types.ts';
import type { Allowance, RequestCounts, TokenSource } from '../types.ts';
import { readBody } from './body.ts';
import type { Body } from './body.ts';
import { Pacer } from './pacing.ts';
import {
  alwaysThrottled,
  endless,
  forbidden,
  notSignedIn,
  type Target,
  unavailable,
  unexpected,
  waitTooLong,
} from './problems.ts';
import { errorTypeOf } from './refusals.ts';
import { parsePage } from './schemas.ts';
import type { Page } from './schemas.ts';
import { Stopping } from './stopping.ts';
import { readRequestedWait, readRetryAfter } from './throttling.ts';
import type { Timing } from './timing.ts';

/** The version that the shapes in this folder were written for; Clio answers 410 once it is retired. */
const API_VERSION = '4.0.13';
const API_PATH = '/api/v4/';

export interface HttpOptions {
  readonly origin: string;
  readonly tokens: TokenSource;
  readonly account: Account | null;
  readonly stop: AbortSignal;
  /** Where requests wait for their turn: this process's own gate, or one that it shares. */
  readonly openGate: (inFlight: number) => Gate;
  readonly timing: Timing;
  readonly fetch: typeof fetch;
  /** In [0, 1). */
  readonly random: () => number;
  readonly timeoutMs: number;
  readonly maxAnswerBytes: number;
}

/** What came back for a write. A status of 400 and more means that nothing was written, but for the 5xx. */
export type WriteResult =
  | { readonly kind: 'answered'; readonly status: number; readonly body: Body }
  | { readonly kind: 'lost'; readonly reason: string };

/**
 * Requests to Clio: the token, the pace, repeats, paging, and no other host. Knows nothing of fields.
 *
 * Throws PlatformError: `signIn` on a 401 that renewing did not cure, `forbidden` on a read's 403, `unavailable` when repeating did not
 * help, `unexpectedAnswer` on what Clio should not answer, `aborted` when the signal came before a request left.
 */
export class ClioHttp {
  readonly #options: HttpOptions;
  readonly #stopping: Stopping;
  readonly #pacer: Pacer;
  readonly #counts = { reads: 0, writes: 0, retries: 0, throttled: 0 };
  #renewal: Promise<string | null> | null = null;
  #answeredAtMs: number | null = null;

  constructor(options: HttpOptions) {
    this.#options = options;
    this.#stopping = new Stopping(options.stop, options.timing);
    this.#pacer = new Pacer({
      timing: options.timing,
      stopping: this.#stopping,
      openGate: options.openGate,
    });
  }

  get counts(): RequestCounts {
    return { ...this.#counts };
  }

  get allowance(): Allowance {
    const known = this.#pacer.known;
    if (known === null) return { perWindow: null, remaining: null, resetsAtMs: null };
    const { monotonicMs, wallMs } = this.#options.timing;
    return {
      perWindow: known.limit,
      remaining: known.remaining,
      resetsAtMs: Math.round(wallMs() + known.resetsAtMs - monotonicMs()),
    };
  }

  /** The `Date` of the last answer. */
  get answeredAtMs(): number | null {
    return this.#answeredAtMs;
  }

  /** The JSON of a GET, repeated until it comes whole. */
  async read(target: Target): Promise<unknown> {
    return jsonOf(await this.#readAnswer(this.#urlOf(target), target), target);
  }

  /**
   * A list's pages, each asked for when the one before has been taken; Clio's links to the next are followed as they stand.
   * Where such a link has expired the list starts over, so that items may come again.
   */
  async *readPages(target: Target): AsyncGenerator<Page> {
    const first = this.#urlOf(target);
    let seen = new Set<string>();
    let furthest = 0;
    let restarts = 0;
    let empty = 0;
    for (let url: URL | null = first; url !== null;) {
      seen.add(url.href);
      const json = await this.#readPage(url, target, url !== first && restarts < RESTARTS_MAX);
      if (json === EXPIRED) {
        this.#counts.retries += 1;
        restarts += 1;
        seen = new Set();
        url = first;
        continue;
      }
      const page = parsePage(json, target.what);
      if (seen.size > furthest) restarts = 0;
      furthest = Math.max(furthest, seen.size);
      empty = page.items.length === 0 ? empty + 1 : 0;
      if (empty > EMPTY_PAGES_MAX) throw endless(target);
      yield page;
      url = page.next === null ? null : this.#followLink(page.next, seen, target);
    }
  }

  /** As `read`; null where there is no such thing for this user (404). */
  async readIfThere(target: Target): Promise<unknown> {
    const answered = await this.#readAnswer(this.#urlOf(target), target);
    return answered.status === 404 ? null : jsonOf(answered, target);
  }

  /** One PATCH, or a POST for what is new. Sent again only where Clio said that it did not do it: a 429, or a 401 before the token was renewed. */
  async write(
    target: Target,
    body: unknown,
    {
      etag,
      onSend,
      hold,
      method = 'PATCH',
    }: {
      readonly etag: string | null;
      readonly onSend: (() => void) | undefined;
      readonly hold?: AbortSignal | undefined;
      readonly method?: 'PATCH' | 'POST';
    },
  ): Promise<WriteResult> {
    const exchange = await this.#exchange({
      method,
      url: this.#urlOf(target),
      body: JSON.stringify(body),
      etag,
      onSend,
      hold,
    });
    if (exchange.kind === 'lost') return exchange;
    refuseRedirect(exchange.status, target);
    refuseRetiredVersion(exchange.status);
    return exchange;
  }

  async #readPage(url: URL, target: Target, mayExpire: boolean): Promise<unknown> {
    const answered = await this.#readAnswer(url, target);
    const isRefused = answered.status === 400 || answered.status === 404 || answered.status === 422;
    return mayExpire && isRefused ? EXPIRED : jsonOf(answered, target);
  }

  async #readAnswer(url: URL, target: Target): Promise<Answered> {
    for (let attempt = 1; ; attempt += 1) {
      const exchange = await this.#exchange({
        method: 'GET',
        url,
        body: null,
        etag: null,
        onSend: undefined,
      });
      const fault = faultOf(exchange);
      if (fault === null && exchange.kind === 'answered') return exchange;
      if (attempt === READ_ATTEMPTS) throw unavailable(target, attempt, fault ?? 'no answer');
      this.#counts.retries += 1;
      const askedMs = exchange.kind === 'answered' ? (exchange.retryAfterMs ?? 0) : 0;
      await this.pause(attempt, askedMs);
    }
  }

  /** Waits before what failed for the `attempt`-th time is asked for again. Throws PlatformError `aborted`. */
  async pause(attempt: number, askedMs = 0): Promise<void> {
    await this.#stopping.sleep(this.#pauseMs(attempt, askedMs));
  }

  /** Growing, so that a platform in trouble is left alone; jittered, so that two programs do not come back together. */
  #pauseMs(attempt: number, askedMs: number): number {
    const growingMs = Math.min(PAUSE_FIRST_MS * 2 ** (attempt - 1), PAUSE_MAX_MS);
    return Math.max(
      growingMs * (0.5 + this.#options.random() / 2),
      Math.min(askedMs, PAUSE_MAX_MS),
    );
  }

  /** One request and its answer, whatever that says; sent again after a 429 and after the token was renewed. */
  async #exchange(request: Request): Promise<Exchange> {
    let isRenewed = false;
    for (let refusals = 0; ;) {
      const { exchange, token } = await this.#pacer.run(
        refusals === 0 ? 'inTurn' : 'next',
        async (leave) => this.#send(request, refusals, leave),
        request.hold,
      );
      if (exchange.kind === 'lost') return exchange;
      if (exchange.status === 429) {
        refusals += 1;
        if (refusals === REFUSALS_MAX) throw alwaysThrottled(refusals);
      } else if (exchange.status === 401) {
        if (isRenewed) throw notSignedIn('Clio refused the renewed sign-in as well');
        await this.#renew(token);
        isRenewed = true;
      } else {
        return exchange;
      }
    }
  }

  async #send(
    request: Request,
    refusals: number,
    leave: () => void,
  ): Promise<{ exchange: Exchange; token: string }> {
    const token = await this.#options.tokens.current();
    leave();
    request.onSend?.();
    this.#counts[request.method === 'GET' ? 'reads' : 'writes'] += 1;
    const { timing } = this.#options;
    const sentAtMs = timing.monotonicMs();
    const timeout = new AbortController();
    const cancelTimeout = timing.after(this.#options.timeoutMs, () => {
      timeout.abort();
    });
    try {
      const response = await this.#options.fetch(request.url, {
        method: request.method,
        headers: headersOf(request, token),
        body: request.body,
        redirect: 'manual',
        signal: timeout.signal,
      });
      const observed = observe(response, sentAtMs, timing);
      this.#answeredAtMs = response.headers.has('date') ? observed.dateMs : null;
      if (response.status !== 429) await this.#pacer.noteAnswer(observed);
      const body = await readBody(response, this.#options.maxAnswerBytes);
      const retryAfterMs = readRetryAfter(response.headers.get('retry-after'), observed.dateMs);
      if (response.status === 429) await this.#pause(response, body, observed, refusals);
      return {
        exchange: { kind: 'answered', status: response.status, body, retryAfterMs },
        token,
      };
    } catch (error) {
      if (error instanceof PlatformError) throw error;
      const reason = timeout.signal.aborted
        ? `no answer within ${Math.round(this.#options.timeoutMs / 1_000)} seconds`
        : `the connection failed${codeOf(error)}`;
      return { exchange: { kind: 'lost', reason }, token };
    } finally {
      cancelTimeout();
    }
  }

  /** The whole client waits after a 429, not only the request that met it. */
  async #pause(
    response: Response,
    body: Body,
    observed: Observed,
    refusals: number,
  ): Promise<void> {
    this.#counts.throttled += 1;
    const askedMs = readRequestedWait(
      response.headers.get('retry-after'),
      textOf(body),
      observed.dateMs,
    );
    if (askedMs !== null && askedMs > WAIT_MAX_MS) throw waitTooLong(askedMs);
    const backOffMs = Math.min(PAUSE_FIRST_MS * 2 ** refusals, PAUSE_MAX_MS);
    const resetMs =
      observed.resetSeconds === null ? null : observed.resetSeconds * 1_000 - observed.dateMs;
    const waitMs = askedMs ?? (resetMs !== null && resetMs >= 0 ? resetMs : backOffMs);
    // Whole seconds may have been rounded down; and each refusal in a row makes it likelier that they were.
    const slackMs = Math.min(WAIT_SLACK_MS * 2 ** refusals, PAUSE_MAX_MS);
    await this.#pacer.noteRefused(
      observed,
      observed.receivedAtMs + Math.min(waitMs, WAIT_MAX_MS) + slackMs,
    );
  }

  /** Many requests may meet the same expired token; it is renewed once. */
  async #renew(refused: string): Promise<void> {
    if (this.#renewal === null && (await this.#options.tokens.current()) !== refused) return;
    this.#renewal ??= this.#options.tokens.renew().finally(() => {
      this.#renewal = null;
    });
    if ((await this.#renewal) === null) throw notSignedIn('Clio does not accept the sign-in');
  }

  #urlOf(target: Target): URL {
    return new URL(`${this.#options.origin}${API_PATH}${target.path}`);
  }

  #followLink(link: string, seen: ReadonlySet<string>, target: Target): URL {
    const url = URL.canParse(link) ? new URL(link) : null;
    const isOurs =
      url !== null &&
      url.origin === this.#options.origin &&
      url.pathname.startsWith(API_PATH) &&
      url.username === '' &&
      url.password === '';
    if (!isOurs) {
      throw unexpected(
        `Clio's answer for ${target.what} links its next page to another place than ${this.#options.origin}${API_PATH}.`,
        'The link was not followed, so that the token goes nowhere else. Check the base URL and any proxy between.',
      );
    }
    if (seen.has(url.href)) throw endless(target);
    return url;
  }
}

interface Request {
  readonly method: 'GET' | 'PATCH' | 'POST';
  readonly url: URL;
  readonly body: string | null;
  readonly etag: string | null;
  /** Called right before it leaves, each time. */
  readonly onSend: (() => void) | undefined;
  readonly hold?: AbortSignal | undefined;
}

interface Answered {
  readonly kind: 'answered';
  readonly status: number;
  readonly body: Body;
  readonly retryAfterMs: number | null;
}

type Exchange = Answered | { readonly kind: 'lost'; readonly reason: string };

const EXPIRED = Symbol('expired');
/** Pages without an item, one after the other, that still name a next one. */
const EMPTY_PAGES_MAX = 20;
/** Times that a list starts over without getting any further. */
const RESTARTS_MAX = 3;

const READ_ATTEMPTS = 6;
const PAUSE_FIRST_MS = 1_000;
const PAUSE_MAX_MS = 30_000;
/** A 429 in a row for one request; with a fixed window the second is rare already. */
const REFUSALS_MAX = 20;
/** Clio's windows last a minute; who asks for more than this has something else to say. */
const WAIT_MAX_MS = 15 * 60_000;
const WAIT_SLACK_MS = 250;

function headersOf(request: Request, token: string): Record<string, string> {
  return {
    Authorization: `Bearer ${token}`,
    Accept: 'application/json',
    'X-API-VERSION': API_VERSION,
    ...(request.body === null ? {} : { 'Content-Type': 'application/json' }),
    ...(request.etag === null ? {} : { 'If-Match': request.etag }),
  };
}

type Observed = Parameters<Pacer['noteAnswer']>[0];

function observe({ headers }: Response, sentAtMs: number, timing: Timing): Observed {
  const dateMs = Date.parse(headers.get('date') ?? '');
  return {
    sentAtMs,
    receivedAtMs: timing.monotonicMs(),
    dateMs: Number.isNaN(dateMs) ? timing.wallMs() : dateMs,
    limit: readCount(headers.get('x-ratelimit-limit')),
    remaining: readCount(headers.get('x-ratelimit-remaining')),
    resetSeconds: readCount(headers.get('x-ratelimit-reset')),
  };
}

function readCount(header: string | null): number | null {
  return header !== null && /^\d{1,15}(\.\d+)?$/.test(header) ? Number(header) : null;
}

/** Why a read must be repeated; null where its answer is one to go by. */
function faultOf(exchange: Exchange): string | null {
  if (exchange.kind === 'lost') return exchange.reason;
  if (exchange.status >= 500) return `status ${exchange.status}`;
  if (exchange.status !== 200) return null;
  const { body } = exchange;
  if (body.kind === 'unreadable') return body.problem;
  return body.kind === 'other' ? 'an answer that is not JSON' : null;
}

function jsonOf(
  { status, body }: Extract<Exchange, { kind: 'answered' }>,
  target: Target,
): unknown {
  if (status === 200 && body.kind === 'json') return body.json;
  refuseRedirect(status, target);
  refuseRetiredVersion(status);
  if (body.kind === 'tooLarge') {
    throw unexpected(
      `Clio's answer for ${target.what} is larger than this tool takes.`,
      'Read fewer records or fields at a time (--record, --field).',
    );
  }
  if (status === 403) throw forbidden(target);
  throw unexpected(
    `Clio refused to list ${target.what}: status ${status}, ${errorTypeOf(body)}.`,
    'Check the base URL and the filters given; with these right, it is a fault of this tool: please report it.',
  );
}

function refuseRedirect(status: number, target: Target): void {
  // Status 0 is how the Fetch standard shows a redirect that was not followed.
  const isRedirect = status === 0 || (status >= 300 && status < 400 && status !== 304);
  if (!isRedirect) return;
  throw unexpected(
    `The answer for ${target.what} sends us to another address.`,
    'It was not followed, so that the token goes nowhere else. Check the region or base URL, and whether a proxy or a log-in page of the network stands between.',
  );
}

function refuseRetiredVersion(status: number): void {
  if (status !== 410) return;
  throw unexpected(
    `Clio no longer serves version ${API_VERSION} of its API (410).`,
    'Update clio-fields to a release that speaks a newer version.',
  );
}

function textOf(body: Body): string {
  if (body.kind === 'json') return JSON.stringify(body.json);
  return body.kind === 'other' ? body.text : '';
}

function codeOf(error: unknown): string {
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  return typeof code === 'string' && /^[A-Z_0-9]+$/.test(code) ? ` (${code})` : '';
}
