import type { Api } from './api.ts';
import type { Directory } from './directory.ts';
import { distortValues, definitionIdsOf, withoutValues } from './distort.ts';
import { errorAnswer, isWrite, type Answer, type ApiRequest } from './exchange.ts';
import type { FaultKind, FaultSpec } from './fault-spec.ts';
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
  now(): number;
  sleep(ms: number): Promise<void>;
  /** Ends the access token of the request; `forGood`, its refresh token too. */
  endToken(forGood: boolean): void;
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
    const refused = this.#refusedValueOf(request, setting);
    if (refused !== null) {
      return answer(
        errorAnswer(422, 'ArgumentError', `value of custom field ${refused} is invalid`),
      );
    }
    return play(fault, request, setting);
  }

  #refuseOneValue(request: ApiRequest, { directory, random }: FaultSetting): void {
    const ids = definitionIdsOf(request, directory);
    const chosen = ids[Math.floor(random() * ids.length)];
    if (chosen !== undefined) this.#refused.add(`${request.path}#${chosen}`);
  }

  #refusedValueOf(request: ApiRequest, { directory }: FaultSetting): number | null {
    if (this.#refused.size === 0) return null;
    const refused = definitionIdsOf(request, directory).find((id) =>
      this.#refused.has(`${request.path}#${id}`),
    );
    return refused ?? null;
  }
}

async function play(
  fault: FaultKind | null,
  request: ApiRequest,
  setting: FaultSetting,
): Promise<Delivery> {
  const { api, slowMs } = setting;
  switch (fault) {
    case null:
    case '422-entry':
      return answer(api(request));
    case 'reset-before':
      return { kind: 'reset' };
    case 'reset-after':
      api(request);
      return { kind: 'reset' };
    case 'reset-during':
      return { kind: 'cut', answer: api(request) };
    case 'slow': {
      const late = api(request);
      await setting.sleep(slowMs);
      return answer(late);
    }
    case 'slow-before':
      await setting.sleep(slowMs);
      return answer(api(request));
    case '500-after':
      api(request);
      return answer(errorAnswer(500, 'InternalServerError', 'Something went wrong'));
    case 'truncated': {
      const whole = api(request);
      return answer({ ...whole, body: whole.body.slice(0, Math.floor(whole.body.length / 2)) });
    }
    case 'not-json':
      api(request);
      return answer({ status: 200, headers: HTML, body: '<html><body>One moment…</body></html>' });
    case 'unchanged':
      return answer(api(withoutValues(request)));
    case 'altered':
      return answer(api(distortValues(request, setting.directory)));
    case 'foreign-link':
      return answer(linkElsewhere(api(request)));
    default:
      return answer(refusal(fault, setting));
  }
}

/** The faults that answer instead of the API. */
function refusal(
  fault: Exclude<FaultKind, Played>,
  { retryAfterSeconds, now, endToken }: FaultSetting,
): Answer {
  switch (fault) {
    case '429':
      return throttledAnswer('retry-after', retryAfterSeconds, now());
    case '429-date':
      return throttledAnswer('date', retryAfterSeconds, now());
    case '429-body':
      return throttledAnswer('body', retryAfterSeconds, now());
    case '429-base64':
      return throttledAnswer('base64', retryAfterSeconds, now());
    case '500':
      return errorAnswer(500, 'InternalServerError', 'Something went wrong');
    case '502':
      return {
        status: 502,
        headers: HTML,
        body: '<html><body><h1>502 Bad Gateway</h1></body></html>',
      };
    case '503':
      return errorAnswer(503, 'ServiceUnavailable', 'Service is unavailable');
    case '401':
      endToken(false);
      return unauthorizedAnswer();
    case '401-once':
      return unauthorizedAnswer();
    case '401-for-good':
      endToken(true);
      return unauthorizedAnswer();
    case '403':
      return errorAnswer(403, 'ForbiddenError', 'User is forbidden from taking that action');
    case '404':
      return errorAnswer(404, 'RecordNotFound', 'The requested resource was not found');
    case '410':
      return goneAnswer();
    case 'page-token':
      return errorAnswer(422, 'ArgumentError', 'page_token is invalid');
    case 'redirect':
      return { status: 302, headers: { Location: `${ELSEWHERE}/api/v4/matters.json` }, body: '' };
    case '412':
      return errorAnswer(
        412,
        'PreconditionFailed',
        'The resource has been modified since it was read',
      );
    case '422':
      return errorAnswer(422, 'ArgumentError', 'The record is invalid');
    default:
      return fault satisfies never;
  }
}

type Played =
  | '422-entry'
  | 'reset-before'
  | 'reset-after'
  | 'reset-during'
  | 'slow'
  | 'slow-before'
  | '500-after'
  | 'truncated'
  | 'not-json'
  | 'unchanged'
  | 'altered'
  | 'foreign-link';

export function unauthorizedAnswer(): Answer {
  return errorAnswer(401, 'Unauthorized', 'The access token is missing, expired or revoked', {
    'WWW-Authenticate': 'Bearer',
  });
}

export function goneAnswer(): Answer {
  return errorAnswer(410, 'GoneError', 'The API version is invalid or has been retired');
}

function canStrike(kind: FaultKind, { method, query, path }: ApiRequest): boolean {
  switch (kind) {
    case 'page-token':
      return query.has('page_token');
    case 'foreign-link':
      return !isWrite(method);
    case '412':
    case '422':
      return isWrite(method);
    case 'unchanged':
    case 'altered':
    case '422-entry':
      return method === 'PATCH' && /^\/(?:matters|contacts)\//.test(path);
    default:
      return true;
  }
}

const HTML = { 'Content-Type': 'text/html; charset=utf-8' } as const;

/** A host that nobody answers at (RFC 2606). */
const ELSEWHERE = 'https://elsewhere.invalid';

function linkElsewhere(whole: Answer): Answer {
  return {
    ...whole,
    body: whole.body.replace(/"next":"https?:\/\/[^/"]+/, `"next":"${ELSEWHERE}`),
  };
}

function answer(whole: Answer): Delivery {
  return { kind: 'answer', answer: whole };
}
