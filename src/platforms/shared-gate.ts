import { randomUUID } from 'node:crypto';
import Bottleneck from 'bottleneck';
import { Redis } from 'ioredis';
import {
  type Gate,
  LocalGate,
  PRIORITIES,
  type SharedKnowledge,
  type Urgency,
  type WindowNews,
} from './gate.ts';
import { SharedWindow } from './shared-window.ts';

export interface SharedGateOptions {
  /** `redis://` or `rediss://`. */
  readonly url: string;
  /** What the processes share: those with the same name keep to one limit together. */
  readonly name: string;
  readonly inFlight: number;
  readonly minTimeMs: number;
  /** No request takes longer: what a process that died had under way counts no more after this. */
  readonly longestMs: number;
  /** Called once where Redis cannot be had or is gone: from then on this process keeps to the limit alone. */
  readonly onGone: (reason: string) => void;
}

/**
 * One gate for several processes, on one machine or many: Bottleneck's own Redis clustering counts permits and requests under way for all of
 * them together. What the platform said last stands beside it, for each process hears only its own answers.
 *
 * Redis is a convenience, never a reason to stop: where it is not there, or goes in the middle, whoever waits goes on at a gate of
 * this process's own, and the platform's headers alone keep it within the limit. What was under way is not touched by that.
 */
export class SharedGate implements Gate {
  readonly #options: SharedGateOptions;
  readonly #id = randomUUID();
  readonly #waiting = new Set<Waiting>();
  readonly #connection: Bottleneck.IORedisConnection;
  readonly #limiter: Bottleneck;
  readonly #pace: LocalGate;
  readonly #window: SharedWindow;
  /** Set once Redis is gone. */
  #own: LocalGate | null = null;
  #heardLoss = (): void => undefined;
  #inFlightLimit: number;
  /** Requests of this process that are under way. */
  #inFlight = 0;

  constructor(options: SharedGateOptions) {
    this.#options = options;
    this.#inFlightLimit = options.inFlight;
    const client = new Redis(options.url, {
      connectTimeout: PATIENCE_MS,
      commandTimeout: PATIENCE_MS,
      maxRetriesPerRequest: 0,
      retryStrategy: () => null,
    });
    this.#connection = new Bottleneck.IORedisConnection({ client });
    // The rate of one process's own is kept before the turn at the common gate.
    this.#pace = openPace(options.minTimeMs);
    this.#limiter = new Bottleneck({
      id: `clio-fields:${options.name}`,
      reservoir: 0,
      maxConcurrent: options.inFlight,
      timeout: KEPT_MS,
      connection: this.#connection,
    });
    this.#window = new SharedWindow(client, `clio-fields:window:${options.name}`);
    this.#limiter.on('error', (error) => this.#goOnAlone(error));
    client.on('error', (error) => this.#goOnAlone(error));
    client.on('end', () => this.#goOnAlone('the connection ended'));
    void this.#orGone(async () => this.#limiter.ready());
  }

  async pass<Result>(urgency: Urgency, start: () => Promise<Result>): Promise<Result> {
    return new Promise((resolve, reject) => {
      const waiting: Waiting = {
        urgency,
        run: async () => {
          // It may wait at two gates, where Redis went in between.
          if (!this.#waiting.delete(waiting)) return;
          this.#inFlight += 1;
          try {
            resolve(await start());
          } catch (error) {
            reject(error instanceof Error ? error : new Error(String(error)));
          } finally {
            this.#inFlight -= 1;
          }
        },
      };
      this.#waiting.add(waiting);
      if (this.#own === null) void this.#queue(waiting);
      else void this.#own.pass(urgency, waiting.run);
    });
  }

  get isEmpty(): boolean {
    return this.#waiting.size === 0;
  }

  limitInFlight(most: number): void {
    this.#inFlightLimit = most;
    this.#own?.limitInFlight(most);
    if (this.#own === null)
      void this.#orGone(async () => this.#limiter.updateSettings({ maxConcurrent: most }));
  }

  async permits(): Promise<number> {
    if (this.#own !== null) return this.#own.permits();
    const shared = await this.#orGone(async () => (await this.#limiter.currentReservoir()) ?? 0);
    return shared ?? 0;
  }

  async running(): Promise<number> {
    if (this.#own !== null) return this.#inFlight;
    return (await this.#orGone(async () => this.#limiter.running())) ?? this.#inFlight;
  }

  async addPermits(count: number): Promise<void> {
    if (this.#own === null) await this.#orGone(async () => this.#limiter.incrementReservoir(count));
    else await this.#own.addPermits(count);
  }

  async alone(work: () => Promise<void>): Promise<boolean> {
    if (this.#own === null) {
      const isDone = await this.#orGone(async () => this.#window.alone(this.#id, work));
      if (isDone !== null) return isDone;
    }
    await work();
    return true;
  }

  async tell(news: WindowNews | null, pauseForMs: number): Promise<SharedKnowledge | null> {
    if (this.#own !== null) return null;
    return this.#orGone(async () => {
      const known = await this.#window.note(news, pauseForMs);
      const [running, ended] = await Promise.all([this.#limiter.running(), this.#limiter.done()]);
      return { ...known, running, ended };
    });
  }

  async hear(): Promise<SharedKnowledge | null> {
    return this.tell(null, 0);
  }

  onLoss(heard: () => void): void {
    this.#heardLoss = heard;
    this.#own?.onLoss(heard);
  }

  /** Lets go of Redis. No request is under way or will come. */
  async close(): Promise<void> {
    this.#own ??= this.#makeOwn();
    await this.#connection.disconnect(false);
  }

  async #queue(waiting: Waiting): Promise<void> {
    // The answer goes to whoever waits by itself: Bottleneck's accounting may fail after the request was done.
    const options = { priority: PRIORITIES[waiting.urgency], expiration: this.#options.longestMs };
    await this.#pace.pass(waiting.urgency, async () => undefined);
    try {
      if (this.#own === null) await this.#limiter.schedule(options, waiting.run);
    } catch (error) {
      if (!isExpired(error)) this.#goOnAlone(error);
    }
  }

  /** Null where Redis did not do it: then it is gone. */
  async #orGone<Result>(ask: () => Promise<Result>): Promise<Result | null> {
    try {
      return await within(PATIENCE_MS, ask());
    } catch (error) {
      this.#goOnAlone(error);
      return null;
    }
  }

  #goOnAlone(reason: unknown): void {
    if (this.#own !== null) return;
    const own = this.#makeOwn();
    this.#own = own;
    this.#options.onGone(reason instanceof Error ? reason.message : String(reason));
    for (const waiting of this.#waiting) void own.pass(waiting.urgency, waiting.run);
    void this.#connection.disconnect(false);
  }

  #makeOwn(): LocalGate {
    const { minTimeMs } = this.#options;
    const own = new LocalGate({ inFlight: this.#inFlightLimit, minTimeMs });
    own.onLoss(() => this.#heardLoss());
    return own;
  }
}

/** Keeps the time between requests and nothing else: its permits never run out. */
function openPace(minTimeMs: number): LocalGate {
  const pace = new LocalGate({ inFlight: UNLIMITED, minTimeMs });
  const fill = (): void => void pace.addPermits(UNLIMITED);
  pace.onLoss(fill);
  fill();
  return pace;
}

const UNLIMITED = 1_000_000_000;

interface Waiting {
  readonly urgency: Urgency;
  readonly run: () => Promise<void>;
}

/** How long Redis may take for anything. */
const PATIENCE_MS = 3_000;
/** State that nobody uses is forgotten. */
const KEPT_MS = 900_000;

/** Bottleneck gives a job up for lost that takes longer than its expiration; ours settles by itself. */
function isExpired(error: unknown): boolean {
  return error instanceof Bottleneck.BottleneckError && error.message.includes('timed out');
}

async function within<Result>(limitMs: number, work: Promise<Result>): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(
      () => reject(new Error(`no answer within ${limitMs / 1_000} seconds`)),
      limitMs,
    );
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
