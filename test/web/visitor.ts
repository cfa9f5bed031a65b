import { request } from 'node:http';
import { onTestFinished } from 'vitest';
import type { ItemState } from '../../src/model/decision.ts';
import { ReviewDesk } from '../../src/web/desk.ts';
import type {
  Done,
  Filter,
  Finished,
  Listing,
  Opening,
  Page,
  Refusal,
  Undone,
} from '../../src/web/protocol.ts';
import { startReviewServer } from '../../src/web/server.ts';
import { desk } from '../operations/desk.ts';

/** The compiled page, which a browser loads. */
const BUILT = new URL('../../dist/', import.meta.url);

/** What comes back, as it came over the wire. */
interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

interface Sent {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Sends exactly these headers: a browser's `fetch` would not let us lie about host and origin. */
export function send(
  url: string,
  { method = 'GET', headers = {}, body }: Sent = {},
): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const outgoing = request(url, { method, headers, agent: false }, (incoming) => {
      let text = '';
      incoming.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      incoming.on('end', () =>
        resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, body: text }),
      );
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

/** A browser that was let in: it keeps the cookie, and asks as the page asks. */
export class Visitor {
  readonly origin: string;
  readonly folder: string;
  readonly cookie: string;

  /** Opens the address that the terminal printed. */
  static async enter(address: string): Promise<Visitor> {
    const { status, headers } = await send(address);
    const [set] = headers['set-cookie'] ?? [];
    if (status !== 303 || set === undefined) throw new Error(`not let in: ${status}`);
    return new Visitor(new URL(address).origin, String(headers['location']), set);
  }

  private constructor(origin: string, folder: string, setCookie: string) {
    this.origin = origin;
    this.folder = folder;
    this.cookie = setCookie.split(';')[0] ?? '';
  }

  get(path = '', headers: Readonly<Record<string, string>> = {}): Promise<Reply> {
    return send(this.url(path), { headers: { cookie: this.cookie, ...headers } });
  }

  post(path: string, body: string, headers: Readonly<Record<string, string>> = {}): Promise<Reply> {
    const { cookie, origin } = this;
    const own = { cookie, origin, 'content-type': 'application/json' };
    return send(this.url(path), { method: 'POST', headers: { ...own, ...headers }, body });
  }

  opening(): Promise<Opening> {
    return this.#ask('opening', {});
  }

  list(
    filter: Partial<Filter> = {},
    listing: Partial<Omit<Listing, 'filter'>> = {},
  ): Promise<Page> {
    const where = { view: 'groups', after: null, before: null, ...listing };
    return this.#ask('list', { ...where, filter: { ...ALL, ...filter } });
  }

  decide(decision: object): Promise<Done & Partial<Refusal>> {
    return this.#ask('decide', decision);
  }

  undo(): Promise<Undone> {
    return this.#ask('undo', {});
  }

  finish(): Promise<Finished & Partial<Refusal>> {
    return this.#ask('finish', {});
  }

  url(path: string): string {
    return `${this.origin}${this.folder}${path}`;
  }

  async #ask<Answer>(name: string, body: object): Promise<Answer> {
    const answer: Answer = JSON.parse((await this.post(name, JSON.stringify(body))).body);
    return answer;
  }
}

export const ALL: Filter = {
  states: [],
  kinds: [],
  fieldIds: [],
  reasons: [],
  text: '',
  groupId: null,
};

/** Decides items by their ids, as the page does. */
export function ofItems(itemIds: readonly string[], ruling: object): object {
  return { targets: [{ kind: 'items', itemIds }], ruling };
}

export function tally(counts: Partial<Record<ItemState, number>>): Record<ItemState, number> {
  return { undecided: 0, accept: 0, skip: 0, edit: 0, clear: 0, later: 0, ...counts };
}

/** A review of the desk's plan, served as the command serves it. */
export async function served({
  idleMs = 60_000,
  of = desk(),
}: { idleMs?: number; of?: ReturnType<typeof desk> } = {}) {
  const stop = new AbortController();
  const mistakes: unknown[] = [];
  const server = await startReviewServer(new ReviewDesk(of.review, 'Pat Example'), {
    port: 0,
    idleMs,
    stop: stop.signal,
    onMistake: (error) => mistakes.push(error),
    built: BUILT,
  });
  onTestFinished(async () => {
    stop.abort();
    await server.ended;
  });
  return { ...of, ...server, stop, mistakes };
}
