import type { Body } from './body.ts';
import { type Answered, API_VERSION, type Exchange, type Exchanger } from './exchange.ts';
import { endless, forbidden, type Target, unavailable, unexpected } from './problems.ts';
import { errorTypeOf } from './refusals.ts';
import { parsePage } from './schemas.ts';
import type { Page } from './schemas.ts';

const API_PATH = '/api/v4/';

/** What came back for a write. A status of 400 and more means that it was not done, but for the 5xx; of several values that one PATCH carries, a 422 may have left some. */
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
  readonly #origin: string;
  readonly #exchanger: Exchanger;
  readonly #onTrouble: (sentence: string) => void;

  constructor(origin: string, exchanger: Exchanger, onTrouble: (sentence: string) => void) {
    this.#origin = origin;
    this.#exchanger = exchanger;
    this.#onTrouble = onTrouble;
  }

  /** The JSON of a GET, repeated until it comes whole. */
  async read(target: Target): Promise<unknown> {
    return jsonOf(await this.#readAnswer(this.#urlOf(target), target), target);
  }

  /**
   * A list's pages, each asked for when the one before has been taken; Clio's links to the next are followed as they stand.
   * `ahead`: the caller takes all of them, so the next is on its way while it works on the one before. `onAsk`: called whenever a request for a page
   * leaves.
   * Where such a link has expired the list starts over, so that items may come again.
   */
  async *readPages(
    target: Target,
    { ahead = false, onAsk }: { readonly ahead?: boolean; readonly onAsk?: () => void } = {},
  ): AsyncGenerator<Page> {
    const first = this.#urlOf(target);
    let seen = new Set([first.href]);
    let furthest = 0;
    let restarts = 0;
    let empty = 0;
    for (let coming = this.#readPage(first, target, { mayExpire: false, onAsk }); ;) {
      const json = await coming;
      if (json === EXPIRED) {
        this.#exchanger.noteRepeat();
        restarts += 1;
        seen = new Set([first.href]);
        coming = this.#readPage(first, target, { mayExpire: false, onAsk });
        continue;
      }
      const page = parsePage(json, target.what);
      if (seen.size > furthest) restarts = 0;
      furthest = Math.max(furthest, seen.size);
      empty = page.items.length === 0 ? empty + 1 : 0;
      if (empty > EMPTY_PAGES_MAX) throw endless(target);
      if (page.next === null) {
        yield page;
        return;
      }
      const next = this.#followLink(page.next, seen, target);
      seen.add(next.href);
      const mayExpire = restarts < RESTARTS_MAX;
      if (!ahead) yield page;
      coming = this.#readPage(next, target, { mayExpire, onAsk });
      if (ahead) {
        // A caller that fails over this page never hears how the next one ended.
        coming.catch(() => undefined);
        yield page;
      }
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
      mayLeave,
      onSend,
      onNotTaken,
      hold,
      method = 'PATCH',
    }: {
      readonly etag: string | null;
      readonly mayLeave?: (() => boolean) | undefined;
      readonly onSend: (() => void) | undefined;
      readonly onNotTaken?: (() => void) | undefined;
      readonly hold?: AbortSignal | undefined;
      readonly method?: 'PATCH' | 'POST';
    },
  ): Promise<WriteResult> {
    const exchange = await this.#exchanger.exchange({
      method,
      url: this.#urlOf(target),
      body: JSON.stringify(body),
      etag,
      mayLeave,
      onSend,
      onNotTaken,
      hold,
    });
    if (exchange.kind === 'lost') return exchange;
    refuseRedirect(exchange.status, target);
    refuseRetiredVersion(exchange.status);
    return exchange;
  }

  async #readPage(
    url: URL,
    target: Target,
    { mayExpire, onAsk }: { readonly mayExpire: boolean; readonly onAsk: (() => void) | undefined },
  ): Promise<unknown> {
    const answered = await this.#readAnswer(url, target, onAsk);
    const isRefused = answered.status === 400 || answered.status === 404 || answered.status === 422;
    return mayExpire && isRefused ? EXPIRED : jsonOf(answered, target);
  }

  async #readAnswer(url: URL, target: Target, onAsk?: () => void): Promise<Answered> {
    for (let attempt = 1; ; attempt += 1) {
      const exchange = await this.#exchanger.exchange({
        method: 'GET',
        url,
        body: null,
        etag: null,
        onSend: onAsk,
      });
      const fault = faultOf(exchange);
      if (fault === null && exchange.kind === 'answered') return exchange;
      if (attempt === READ_ATTEMPTS)
        throw unavailable(target, this.#origin, attempt, fault ?? 'no answer');
      // One slip is over before anybody has read of it.
      if (attempt > 1) this.#onTrouble(troubleWith(target, fault ?? 'no answer', attempt));
      this.#exchanger.noteRepeat();
      const askedMs = exchange.kind === 'answered' ? (exchange.retryAfterMs ?? 0) : 0;
      await this.#exchanger.pause(attempt, askedMs);
    }
  }

  #urlOf(target: Target): URL {
    return new URL(`${this.#origin}${API_PATH}${target.path}`);
  }

  #followLink(link: string, seen: ReadonlySet<string>, target: Target): URL {
    const url = URL.canParse(link) ? new URL(link) : null;
    const isOurs =
      url !== null &&
      url.origin === this.#origin &&
      url.pathname.startsWith(API_PATH) &&
      url.username === '' &&
      url.password === '';
    if (!isOurs) {
      throw unexpected(
        `Clio's answer for ${target.what} links its next page to another place than ${this.#origin}${API_PATH}.`,
        'The link was not followed, so that the token goes nowhere else. Check the base URL and any proxy between.',
      );
    }
    if (seen.has(url.href)) throw endless(target);
    return url;
  }
}

const EXPIRED = Symbol('expired');
/** Pages without an item, one after the other, that still name a next one. */
const EMPTY_PAGES_MAX = 20;
/** Times that a list starts over without getting any further. */
const RESTARTS_MAX = 3;

const READ_ATTEMPTS = 6;

function troubleWith({ what }: Target, fault: string, attempt: number): string {
  return `Clio cannot be read (${what}): ${fault}. Trying again: ${attempt + 1} of ${READ_ATTEMPTS}.`;
}

/** Why a read must be repeated; null where its answer is one to go by. */
function faultOf(exchange: Exchange): string | null {
  if (exchange.kind === 'lost') return exchange.reason;
  if (exchange.status >= 500) return `status ${exchange.status}`;
  const { body } = exchange;
  // Clio explains its refusals; a bare 400 was seen, and is more likely of something on the way.
  if (exchange.status === 400 && body.kind === 'other' && body.text.trim() === '')
    return 'status 400 without a word';
  if (exchange.status !== 200) return null;
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
