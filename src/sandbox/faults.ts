import type { Api } from './api.ts';
import type { Directory } from './directory.ts';
import { definitionIdsOf, distortValues, withoutValues } from './distort.ts';
import { errorAnswer, isWrite, refuse, type Answer, type ApiRequest } from './exchange.ts';
import type { FaultKind, FaultSpec } from './fault-spec.ts';
import type { Refusal } from './options.ts';
import type { Random } from './random.ts';
import { throttledAnswer } from './throttle.ts';

/** What goes over the wire: an answer, nothing at all, or the first half of an answer. */
export type Delivery =
  | { readonly kind: 'answer'; readonly answer: Answer }
  | { readonly kind: 'reset' }
  | { readonly kind: 'cut'; readonly answer: Answer };

interface FaultSetting {
  readonly api: Api;
  readonly directory: Directory;
  readonly random: Random;
  readonly slowMs: number;
  readonly retryAfterSeconds: number;
  /** The server's clock, in milliseconds since the epoch. */
  readonly now: () => number;
  readonly sleep: (ms: number) => Promise<void>;
  /** Ends the access token of the request; `forGood`, its refresh token too. */
  readonly endToken: (forGood: boolean) => void;
}

/** Decides which requests go wrong. The same seed and the same requests in the same order give the same faults. */
export class FaultDraw {
  specs: readonly FaultSpec[];
  readonly #random: Random;
  readonly #counts = { all: 0, reads: 0, writes: 0 };

  constructor(specs: readonly FaultSpec[], random: Random) {
    this.specs = specs;
    this.#random = random;
  }

  /** The fault for the next request; the first that strikes, null for none. */
  next(request: ApiRequest): FaultKind | null {
    const side = isWrite(request.method) ? 'writes' : 'reads';
    this.#counts.all += 1;
    this.#counts[side] += 1;
    let struck: FaultKind | null = null;
    for (const spec of this.specs) {
      const isMeant = spec.on === 'all' || spec.on === side;
      // A number is drawn whether or not the request is meant, so that one fault does not shift the others.
      const strikes =
        'at' in spec ? spec.at.includes(this.#counts[spec.on]) : this.#random() < spec.probability;
      if (isMeant && strikes && canStrike(spec.kind, request)) struck ??= spec.kind;
    }
    return struck;
  }
}

/** Carries a request to the API and back, with what goes wrong on the way. */
export class FaultyApi {
  /** `path#definition` of values that a `422-entry` refused: they stay refused. */
  readonly #refused = new Set<string>();

  async handle(
    request: ApiRequest,
    fault: FaultKind | null,
    setting: FaultSetting,
  ): Promise<Delivery> {
    if (fault === '422-entry') this.#refuseOneValue(request, setting);
    const definitionId = this.#refusedValueOf(request, setting);
    if (definitionId !== undefined) {
      return answered(
        errorAnswer(422, 'ArgumentError', `value of custom field ${definitionId} is invalid`),
      );
    }
    return fault === null ? answered(setting.api(request)) : PLAYS[fault](request, setting);
  }

  /** Other faults from now on: what was refused for good is refused no longer. */
  forget(): void {
    this.#refused.clear();
  }

  #refuseOneValue(request: ApiRequest, { directory, random }: FaultSetting): void {
    const ids = definitionIdsOf(request, directory);
    const chosen = ids[Math.floor(random() * ids.length)];
    if (chosen !== undefined) this.#refused.add(`${request.path}#${chosen}`);
  }

  #refusedValueOf(request: ApiRequest, { directory }: FaultSetting): number | undefined {
    if (this.#refused.size === 0) return undefined;
    return definitionIdsOf(request, directory).find((id) =>
      this.#refused.has(`${request.path}#${id}`),
    );
  }
}

type Play = (request: ApiRequest, setting: FaultSetting) => Delivery | Promise<Delivery>;

const HTML = { 'Content-Type': 'text/html; charset=utf-8' } as const;

/** A host that nobody answers at (RFC 2606). */
const ELSEWHERE = 'https://elsewhere.invalid';

const PLAYS: Readonly<Record<FaultKind, Play>> = {
  '429': throttled('retry-after'),
  '429-date': throttled('date'),
  '429-body': throttled('body'),
  '429-base64': throttled('base64'),
  '500': () => answered(failedAnswer()),
  '500-after': (request, { api }) => {
    api(request);
    return answered(failedAnswer());
  },
  '502': () =>
    answered({ status: 502, headers: HTML, body: '<html><h1>502 Bad Gateway</h1></html>' }),
  '503': () => answered(errorAnswer(503, 'ServiceUnavailable', 'Service is unavailable')),
  'reset-before': () => ({ kind: 'reset' }),
  'reset-after': (request, { api }) => {
    api(request);
    return { kind: 'reset' };
  },
  'reset-during': (request, { api }) => ({ kind: 'cut', answer: api(request) }),
  truncated: (request, { api }) => {
    const whole = api(request);
    return answered({ ...whole, body: whole.body.slice(0, Math.floor(whole.body.length / 2)) });
  },
  'not-json': (request, { api }) => {
    api(request);
    return answered({ status: 200, headers: HTML, body: '<html>One moment, please</html>' });
  },
  slow: async (request, { api, sleep, slowMs }) => {
    const late = api(request);
    await sleep(slowMs);
    return answered(late);
  },
  'slow-before': async (request, { api, sleep, slowMs }) => {
    await sleep(slowMs);
    return answered(api(request));
  },
  '401': (_request, { endToken }) => {
    endToken(false);
    return answered(unauthorizedAnswer());
  },
  '401-once': () => answered(unauthorizedAnswer()),
  '401-for-good': (_request, { endToken }) => {
    endToken(true);
    return answered(unauthorizedAnswer());
  },
  '400': () => answered({ status: 400, headers: {}, body: '' }),
  '403': () => refused(refuse.forbidden()),
  '404': () => refused(refuse.notFound()),
  '410': () => answered(goneAnswer()),
  'page-token': () => refused(refuse.argument('page_token is invalid')),
  redirect: () =>
    answered({ status: 302, headers: { Location: `${ELSEWHERE}/api/v4/matters.json` }, body: '' }),
  'foreign-link': (request, { api }) => answered(linkElsewhere(api(request))),
  unchanged: (request, { api }) => answered(api(withoutValues(request))),
  altered: (request, { api, directory }) => answered(api(distortValues(request, directory))),
  '412': () => refused(refuse.stale()),
  '422': () => refused(refuse.argument('The record is invalid')),
  // The value that it picked was refused before; a write without values has none to pick.
  '422-entry': (request, { api }) => answered(api(request)),
};

/** Faults that mean something on some requests only. */
const ONLY_ON: Readonly<Partial<Record<FaultKind, (request: ApiRequest) => boolean>>> = {
  'page-token': ({ query }) => query.has('page_token'),
  'foreign-link': ({ method }) => !isWrite(method),
  '412': ({ method, headers }) => isWrite(method) && headers['if-match'] !== undefined,
  '422': ({ method }) => isWrite(method),
  unchanged: writesValues,
  altered: writesValues,
  '422-entry': writesValues,
};

function canStrike(kind: FaultKind, request: ApiRequest): boolean {
  return ONLY_ON[kind]?.(request) ?? true;
}

function writesValues({ method, path }: ApiRequest): boolean {
  return method === 'PATCH' && /^\/(?:matters|contacts)\//.test(path);
}

export function unauthorizedAnswer(): Answer {
  return errorAnswer(401, 'Unauthorized', 'The access token is missing, expired or revoked', {
    'WWW-Authenticate': 'Bearer',
  });
}

export function goneAnswer(): Answer {
  return errorAnswer(410, 'GoneError', 'The API version is invalid or has been retired');
}

function failedAnswer(): Answer {
  return errorAnswer(500, 'InternalServerError', 'Something went wrong');
}

function throttled(refusal: Refusal): Play {
  return (_request, { retryAfterSeconds, now }) =>
    answered(throttledAnswer(refusal, retryAfterSeconds, now()));
}

function linkElsewhere(whole: Answer): Answer {
  return {
    ...whole,
    body: whole.body.replace(/"next":"https?:\/\/[^/"]+/, `"next":"${ELSEWHERE}`),
  };
}

function refused({ status, type, message }: ReturnType<typeof refuse.stale>): Delivery {
  return answered(errorAnswer(status, type, message));
}

function answered(answer: Answer): Delivery {
  return { kind: 'answer', answer };
}
