import type { Gate } from '../gate.ts';
import { type Fetch, reasonOf } from '../route.ts';
import { PlatformError } from '../types.ts';
import type { Allowance, RequestCounts, TokenSource } from '../types.ts';
import { readBody } from './body.ts';
import type { Body } from './body.ts';
import { Pacer } from './pacing.ts';
import { alwaysThrottled, notSignedIn, waitTooLong } from './problems.ts';
import { heldBack, Stopping } from './stopping.ts';
import { readRequestedWait, readRetryAfter } from './throttling.ts';
import type { Timing } from './timing.ts';

/** The version that the shapes in this folder were written for; Clio answers 410 once it is retired. */
export const API_VERSION = '4.0.13';

export interface ExchangeOptions {
  readonly tokens: TokenSource;
  readonly stop: AbortSignal;
  /** Where requests wait for their turn: this process's own gate, or one that it shares. */
  readonly openGate: (inFlight: number) => Gate;
  readonly timing: Timing;
  readonly fetch: Fetch;
  /** In [0, 1). */
  readonly random: () => number;
  readonly timeoutMs: number;
  readonly maxAnswerBytes: number;
}

export interface Request {
  readonly method: 'GET' | 'PATCH' | 'POST';
  readonly url: URL;
  readonly body: string | null;
  readonly etag: string | null;
  /** Asked right before it leaves, each time; a no ends it. */
  readonly mayLeave?: (() => boolean) | undefined;
  /** Called right before it leaves, each time. */
  readonly onSend: (() => void) | undefined;
  /** Called where the answer says that it was not done, and no answer is given for it: before it is sent again. */
  readonly onNotTaken?: (() => void) | undefined;
  readonly hold?: AbortSignal | undefined;
}

export interface Answered {
  readonly kind: 'answered';
  readonly status: number;
  readonly body: Body;
  readonly retryAfterMs: number | null;
}

export type Exchange = Answered | { readonly kind: 'lost'; readonly reason: string };

interface Sent {
  readonly exchange: Exchange;
  /** The access token that it went with. */
  readonly token: string;
  /** How long a 429 asked to wait; null elsewhere, and where it did not say. */
  readonly askedMs: number | null;
}

/**
 * Carries a request to Clio and back: the token, the pace, and sending again what Clio said that it did not do. Knows nothing of what is
 * asked for.
 *
 * Throws PlatformError: `signIn` on a 401 that renewing did not cure, `unavailable` where Clio refuses for good to be asked so often,
 * `aborted` when the signal came before a request left, `heldBack` where it was not to leave any more.
 */
export class Exchanger {
  readonly #options: ExchangeOptions;
  readonly #stopping: Stopping;
  readonly #pacer: Pacer;
  readonly #counts = { reads: 0, writes: 0, retries: 0, throttled: 0 };
  #renewal: Promise<string | null> | null = null;
  #answeredAtMs: number | null = null;

  constructor(options: ExchangeOptions) {
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

  /** One request and its answer, whatever that says; sent again after a 429 and after the token was renewed. */
  async exchange(request: Request): Promise<Exchange> {
    let isRenewed = false;
    for (let refusals = 0; ;) {
      const { exchange, token, askedMs } = await this.#pacer.run(
        refusals === 0 ? 'inTurn' : 'next',
        async (leave) => this.#send(request, refusals, leave),
        request.hold,
      );
      if (exchange.kind === 'lost') return exchange;
      if (NOT_TAKEN.includes(exchange.status)) request.onNotTaken?.();
      if (exchange.status === 429) {
        if (askedMs !== null && askedMs > WAIT_MAX_MS) throw waitTooLong(askedMs);
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

  async #send(request: Request, refusals: number, leave: () => void): Promise<Sent> {
    const token = await this.#options.tokens.current();
    if (request.mayLeave?.() === false) throw heldBack();
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
      const exchange = { kind: 'answered', status: response.status, body, retryAfterMs } as const;
      if (response.status !== 429) return { exchange, token, askedMs: null };
      return { exchange, token, askedMs: await this.#pause(response, body, observed, refusals) };
    } catch (error) {
      if (error instanceof PlatformError) throw error;
      const reason = timeout.signal.aborted
        ? `no answer within ${Math.round(this.#options.timeoutMs / 1_000)} seconds`
        : reasonOf(error);
      return { exchange: { kind: 'lost', reason }, token, askedMs: null };
    } finally {
      cancelTimeout();
    }
  }

  /** The whole client waits after a 429, not only the request that met it. Answers with the wait that was asked for; null where none was. */
  async #pause(
    response: Response,
    body: Body,
    observed: Observed,
    refusals: number,
  ): Promise<number | null> {
    this.#counts.throttled += 1;
    const askedMs = readRequestedWait(
      response.headers.get('retry-after'),
      textOf(body),
      observed.dateMs,
    );
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
    return askedMs;
  }

  /** Many requests may meet the same expired token; it is renewed once. */
  async #renew(refused: string): Promise<void> {
    if (this.#renewal === null && (await this.#options.tokens.current()) !== refused) return;
    this.#renewal ??= this.#options.tokens.renew().finally(() => {
      this.#renewal = null;
    });
    if ((await this.#renewal) === null) throw notSignedIn('Clio does not accept the sign-in');
  }

  /** Waits before what failed for the `attempt`-th time is asked for again. Throws PlatformError `aborted`. */
  async pause(attempt: number, askedMs = 0): Promise<void> {
    await this.sleep(this.#pauseMs(attempt, askedMs));
  }

  /** @throws PlatformError `aborted` */
  async sleep(delayMs: number): Promise<void> {
    await this.#stopping.sleep(delayMs);
  }

  /** What failed is asked for again: counted for the report. */
  noteRepeat(): void {
    this.#counts.retries += 1;
  }

  /** Growing, so that a platform in trouble is left alone; jittered, so that two programs do not come back together. */
  #pauseMs(attempt: number, askedMs: number): number {
    const growingMs = Math.min(PAUSE_FIRST_MS * 2 ** (attempt - 1), PAUSE_MAX_MS);
    return Math.max(
      growingMs * (0.5 + this.#options.random() / 2),
      Math.min(askedMs, PAUSE_MAX_MS),
    );
  }
}

/** Not signed in, a version that is gone, asked too often: none of these looks at what was sent. */
const NOT_TAKEN: readonly number[] = [401, 410, 429];

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

function textOf(body: Body): string {
  if (body.kind === 'json') return JSON.stringify(body.json);
  return body.kind === 'other' ? body.text : '';
}
