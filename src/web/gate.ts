import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** What becomes of a request before anything of the review is looked at. */
export type Admission =
  /** Past the gate: what it asks for, below the review's own folder. */
  | { readonly kind: 'admitted'; readonly path: string }
  /** A first load with a good token: to the clean address, with the cookie that opens it from now on. */
  | { readonly kind: 'welcome'; readonly location: string; readonly cookie: string }
  | { readonly kind: 'refused'; readonly status: 400 | 401 | 403 | 421; readonly words: string };

const COOKIE = 'clio-fields-review';
/** As many random bytes as cannot be guessed (128 bits and more). */
const SECRET_BYTES = 32;

/**
 * Lets in who holds the address that the terminal printed, once, and from then on who holds the cookie that it was changed for.
 *
 * The page lives below a folder with a random name, and the cookie is for that folder alone: browsers share cookies among all
 * ports of 127.0.0.1, and another program that serves a page there must not be handed this one. A request that names another
 * host came by a name that somebody turned to this machine (DNS rebinding); one from another origin was sent by another page.
 */
export class Gate {
  readonly #host: string;
  readonly #folder = `/${randomBytes(12).toString('base64url')}/`;
  readonly #secret = randomBytes(SECRET_BYTES).toString('base64url');
  /** Good once; null once it was used. */
  #token: string | null = null;

  /** `host` as browsers name it, with its port. */
  constructor(host: string) {
    this.#host = host;
  }

  /** An address that lets one browser in, once; an earlier one that nobody used is good no more. */
  makeAddress(): string {
    this.#token = randomBytes(SECRET_BYTES).toString('base64url');
    return `http://${this.#host}/?token=${this.#token}`;
  }

  admit({ method, url = '/', headers }: IncomingMessage): Admission {
    if (headers.host !== this.#host)
      return refused(421, 'This address answers only to the name that the terminal printed.');
    if (headers.origin !== undefined && headers.origin !== `http://${this.#host}`)
      return refused(403, 'Another page may not ask here.');
    if (!URL.canParse(url, `http://${this.#host}`)) return refused(400, 'This is no address.');
    const { pathname, searchParams } = new URL(url, `http://${this.#host}`);
    if (pathname === '/' && method === 'GET') return this.#exchange(searchParams.get('token'));
    if (!pathname.startsWith(this.#folder) || !this.#hasCookie(headers.cookie))
      return refused(401, STRANGER);
    if (!isOwnDoing(headers['sec-fetch-site']))
      return refused(403, 'Another page may not ask here.');
    // A page of another origin can send a form or a picture's address, but never this without being asked first.
    if (method === 'POST' && headers.origin === undefined)
      return refused(403, 'A decision must come from the page itself.');
    return { kind: 'admitted', path: pathname.slice(this.#folder.length) };
  }

  #exchange(token: string | null): Admission {
    if (token === null || this.#token === null || !isSame(token, this.#token))
      return refused(401, STRANGER);
    // It goes before the answer: whoever comes second, however soon, finds it used.
    this.#token = null;
    return {
      kind: 'welcome',
      location: this.#folder,
      cookie: `${COOKIE}=${this.#secret}; Path=${this.#folder}; HttpOnly; SameSite=Strict`,
    };
  }

  #hasCookie(header: string | undefined): boolean {
    const given = (header ?? '')
      .split(';')
      .map((pair) => pair.trim())
      .find((pair) => pair.startsWith(`${COOKIE}=`))
      ?.slice(COOKIE.length + 1);
    return given !== undefined && isSame(given, this.#secret);
  }
}

const STRANGER =
  'This address does not open the review: it may have been used already, it works once. Go to the window where the review is open, or press Enter in the terminal for a new address.';

/** What browsers say of who caused a request; older ones say nothing. */
function isOwnDoing(fetchSite: string | string[] | undefined): boolean {
  return fetchSite === undefined || fetchSite === 'same-origin' || fetchSite === 'none';
}

function refused(status: 400 | 401 | 403 | 421, words: string): Admission {
  return { kind: 'refused', status, words };
}

function isSame(given: string, secret: string): boolean {
  const [left, right] = [Buffer.from(given), Buffer.from(secret)];
  return left.length === right.length && timingSafeEqual(left, right);
}
