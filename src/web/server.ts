import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { EXIT, UserError } from '../errors.ts';
import type { ReviewCounts } from '../model/change.ts';
import { portTaken } from '../port-taken.ts';
import { type Answer, failure, json, readJson, send } from './answer.ts';
import { readAssets } from './assets.ts';
import { Conversation } from './conversation.ts';
import type { ReviewDesk } from './desk.ts';
import { Gate } from './gate.ts';
import type { Finished } from './protocol.ts';
import { refusalPage, shell } from './shell.ts';

export interface ReviewServerOptions {
  /** 0 for any that is free. */
  readonly port: number;
  /** How long nobody may ask for anything before the review ends. */
  readonly idleMs: number;
  /** Ends the review when it is aborted. */
  readonly stop: AbortSignal;
  /** Told of what went wrong that should not have. */
  readonly onMistake: (error: unknown) => void;
  /** The compiled program's folder; this program's own where none is given. */
  readonly built?: URL;
}

/** How a review in the browser ended. */
export interface Ending {
  readonly why: 'finished' | 'stopped' | 'idle';
  /** Null where it was not finished. */
  readonly finished: Finished | null;
  readonly counts: ReviewCounts;
}

export interface ReviewServer {
  /** A new address, good for one first load. */
  readonly makeAddress: () => string;
  /** Resolves once the review is over and the port is given back. */
  readonly ended: Promise<Ending>;
}

/** Only this machine can ask. */
const LOOPBACK = '127.0.0.1';

/** Serves the page of a review until it is finished, stopped, or left alone. Throws `UserError` where the port cannot be had. */
export async function startReviewServer(
  desk: ReviewDesk,
  { port, idleMs, stop, onMistake, built }: ReviewServerOptions,
): Promise<ReviewServer> {
  const conversation = new Conversation(desk);
  const assets = readAssets(built);
  const server = createServer({ requestTimeout: 30_000, headersTimeout: 10_000 });
  const gate = new Gate(`${LOOPBACK}:${await listen(server, port)}`);
  const ending = new EndOfReview(server, conversation, desk, { idleMs, stop });
  const served = { gate, assets, conversation, ending, planId: desk.plan.planId };

  server.on('request', (request, response) => {
    void respond(request, served)
      .catch((error: unknown) => asFailure(error, onMistake))
      .then((answer) => finishWith(request, response, answer))
      .finally(() => ending.check());
  });
  return { makeAddress: () => gate.makeAddress(), ended: ending.ended };
}

interface Served {
  readonly gate: Gate;
  readonly assets: ReadonlyMap<string, Answer>;
  readonly conversation: Conversation;
  readonly ending: EndOfReview;
  readonly planId: string;
}

async function respond(
  request: IncomingMessage,
  { gate, assets, conversation, ending, planId }: Served,
): Promise<Answer> {
  const admission = gate.admit(request);
  switch (admission.kind) {
    case 'refused':
      return refusalPage(admission.status, admission.words);
    case 'welcome': {
      const { location, cookie } = admission;
      const headers = { location, 'set-cookie': cookie };
      return { status: 303, type: 'text/plain', body: '', headers };
    }
    case 'admitted':
      ending.putOff();
  }
  const { path } = admission;
  if (request.method === 'GET') {
    const found = path === '' ? shell(planId) : assets.get(path.replace(/^assets\//u, ''));
    return found ?? NOT_FOUND;
  }
  if (request.method !== 'POST') return NOT_FOUND;
  const answer = conversation.answer(path, await readJson(request));
  return answer === undefined ? NOT_FOUND : json(answer);
}

const NOT_FOUND: Answer = { status: 404, type: 'text/plain', body: 'There is nothing here.\n' };

function asFailure(error: unknown, onMistake: (error: unknown) => void): Answer {
  if (error instanceof UserError) return failure(error.exitCode === EXIT.failed ? 500 : 400, error);
  onMistake(error);
  return failure(500, {
    code: 'internal',
    message: 'Something went wrong that should not have. This was not decided.',
    hint: 'What was decided before is kept. The terminal says more.',
  });
}

/** A body that was not read to its end must not be taken for the next request. */
function finishWith(request: IncomingMessage, response: ServerResponse, answer: Answer): void {
  if (response.destroyed) return;
  if (!request.complete) response.setHeader('connection', 'close');
  send(response, answer);
}

async function listen(server: Server, port: number): Promise<number> {
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, LOOPBACK, resolve);
    });
  } catch (cause) {
    throw portTaken(port, cause);
  }
  return (server.address() as AddressInfo).port;
}

/** How long an answer that is under way may take to arrive. */
const LAST_ANSWERS_MS = 500;

/** The longest that a timer of Node waits, 24 days; a longer one would go off at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** Waits for whatever ends a review first, and then gives the port back. */
class EndOfReview {
  readonly ended: Promise<Ending>;
  readonly #server: Server;
  readonly #conversation: Conversation;
  readonly #desk: ReviewDesk;
  readonly #idleMs: number;
  #end: (ending: Ending) => void = () => undefined;
  #idle: NodeJS.Timeout | undefined;

  constructor(
    server: Server,
    conversation: Conversation,
    desk: ReviewDesk,
    { idleMs, stop }: Pick<ReviewServerOptions, 'idleMs' | 'stop'>,
  ) {
    this.#server = server;
    this.#desk = desk;
    this.#conversation = conversation;
    this.#idleMs = idleMs;
    this.ended = new Promise((resolve) => {
      this.#end = resolve;
    });
    stop.addEventListener('abort', () => this.#close('stopped'), { once: true });
    if (stop.aborted) this.#close('stopped');
    else this.putOff();
  }

  /** Somebody is there. */
  putOff(): void {
    clearTimeout(this.#idle);
    this.#idle = setTimeout(() => this.#close('idle'), Math.min(this.#idleMs, LONGEST_TIMER_MS));
  }

  /** To be called once an answer is given: the page must hear that it finished before nobody answers any more. */
  check(): void {
    if (this.#conversation.finished !== null) this.#close('finished');
  }

  #close(why: Ending['why']): void {
    clearTimeout(this.#idle);
    const { finished } = this.#conversation;
    this.#server.close(() => this.#end({ why, finished, counts: this.#desk.counts() }));
    this.#server.closeIdleConnections();
    // A browser keeps its connections open for the next request, which nobody will answer.
    setTimeout(() => this.#server.closeAllConnections(), LAST_ANSWERS_MS).unref();
  }
}
