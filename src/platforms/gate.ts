import Bottleneck from 'bottleneck';

export type Urgency = 'next' | 'inTurn';

/** What an answer said of the platform's window of requests. */
export interface WindowNews {
  readonly limit: number;
  readonly remaining: number;
  /** As the platform says it. */
  readonly resetSeconds: number;
  /** The platform's clock, in milliseconds since the epoch. */
  readonly dateMs: number;
}

/** What several processes with one limit know together. */
export interface SharedKnowledge {
  /** The newest window, with the least that anybody heard to remain of it; its `dateMs` is the platform's clock now. */
  readonly window: WindowNews | null;
  /** How long nobody is to send, since one of them was refused. */
  readonly pausedForMs: number;
  /** Requests of all processes: under way, and ended. */
  readonly running: number;
  readonly ended: number;
}

/**
 * Where requests wait for their turn: so many permits, each for one request, and so many under way at a time. One process has a gate
 * of its own; several can share one (`SharedGate`). How many permits there are is the business of whoever holds the gate.
 */
export interface Gate {
  /** Runs `start` when its turn has come, and settles as it does. */
  pass<Result>(urgency: Urgency, start: () => Promise<Result>): Promise<Result>;
  /** Whether nobody waits here, in this process. */
  readonly isEmpty: boolean;
  limitInFlight(most: number): void;
  permits(): Promise<number>;
  running(): Promise<number>;
  addPermits(count: number): Promise<void>;
  /** Runs `work` where no other process is at the permits meanwhile; false where one is. */
  alone(work: () => Promise<void>): Promise<boolean>;
  /** Tells the others what an answer said, before its request counts as ended; answers with what all know. Null where there are no others. */
  tell(news: WindowNews | null, pauseForMs: number): Promise<SharedKnowledge | null>;
  hear(): Promise<SharedKnowledge | null>;
  /** Calls `heard` when permits were lost while somebody waits, and have to be given anew. */
  onLoss?(heard: () => void): void;
}

export const PRIORITIES = { next: 1, inTurn: 5 } as const satisfies Record<Urgency, number>;

interface Waiting {
  readonly urgency: Urgency;
  /** Never rejects. */
  readonly run: () => Promise<void>;
}

/** How far the machine's clock may lag behind time that passes before it counts as set back; below, it is being adjusted. */
const SET_BACK_MS = 500;
/** How often the clock is looked at while somebody waits and nothing else happens. */
const LOOK_MS = 1_000;

/**
 * One process's own. Begins without a permit.
 *
 * Bottleneck goes by the machine's clock: set back by an hour, it would let nothing leave for an hour. Whoever waits then moves to
 * another limiter, which begins without a permit too, and is given those that are left.
 */
export class LocalGate implements Gate {
  readonly #minTimeMs: number;
  #inFlightLimit: number;
  #limiter: Bottleneck;
  #aheadMs: number;
  readonly #waiting = new Set<Waiting>();
  #watch: NodeJS.Timeout | null = null;
  #heardLoss = (): void => undefined;
  /** Requests under way. */
  #underWay = 0;
  /** Those of them that an earlier limiter let through. */
  #underWayBefore = 0;

  constructor({ inFlight, minTimeMs }: { inFlight: number; minTimeMs: number }) {
    this.#minTimeMs = minTimeMs;
    this.#inFlightLimit = inFlight;
    this.#limiter = this.#newLimiter();
    this.#aheadMs = clockAheadMs();
  }

  async pass<Result>(urgency: Urgency, start: () => Promise<Result>): Promise<Result> {
    this.#heedClock();
    return new Promise((resolve, reject) => {
      const waiting: Waiting = {
        urgency,
        run: async () => {
          if (!this.#waiting.delete(waiting)) return;
          this.#watchClock();
          const limiter = this.#limiter;
          this.#underWay += 1;
          await start().then(resolve, reject);
          this.#underWay -= 1;
          if (limiter !== this.#limiter) this.#underWayBefore -= 1;
        },
      };
      this.#waiting.add(waiting);
      this.#watchClock();
      this.#schedule(waiting);
    });
  }

  get isEmpty(): boolean {
    return this.#limiter.empty();
  }

  limitInFlight(most: number): void {
    this.#inFlightLimit = most;
    this.#limiter.updateSettings({ maxConcurrent: most });
  }

  async permits(): Promise<number> {
    this.#heedClock();
    return (await this.#limiter.currentReservoir()) ?? 0;
  }

  async running(): Promise<number> {
    return (await this.#limiter.running()) + this.#underWayBefore;
  }

  async addPermits(count: number): Promise<void> {
    await this.#limiter.incrementReservoir(count);
  }

  async alone(work: () => Promise<void>): Promise<boolean> {
    await work();
    return true;
  }

  async tell(): Promise<null> {
    return null;
  }

  async hear(): Promise<null> {
    return null;
  }

  onLoss(heard: () => void): void {
    this.#heardLoss = heard;
  }

  #newLimiter(): Bottleneck {
    return new Bottleneck({
      reservoir: 0,
      maxConcurrent: this.#inFlightLimit,
      minTime: this.#minTimeMs,
    });
  }

  #schedule({ urgency, run }: Waiting): void {
    // It rejects only where it was dropped, and then waits at another limiter.
    this.#limiter.schedule({ priority: PRIORITIES[urgency] }, run).catch(() => undefined);
  }

  /** Only while somebody waits, and never what keeps the process alive. */
  #watchClock(): void {
    const mustWatch = this.#waiting.size > 0;
    if (mustWatch === (this.#watch !== null)) return;
    if (this.#watch !== null) clearInterval(this.#watch);
    this.#watch = mustWatch ? setInterval(() => this.#heedClock(), LOOK_MS).unref() : null;
  }

  #heedClock(): void {
    const aheadMs = clockAheadMs();
    const isSetBack = aheadMs < this.#aheadMs - SET_BACK_MS;
    this.#aheadMs = aheadMs;
    if (!isSetBack) return;
    const former = this.#limiter;
    this.#limiter = this.#newLimiter();
    this.#underWayBefore = this.#underWay;
    void former.stop({ dropWaitingJobs: true });
    for (const waiting of this.#waiting) this.#schedule(waiting);
    this.#heardLoss();
  }
}

/** The machine's clock against one that never jumps. */
function clockAheadMs(): number {
  return Date.now() - performance.now();
}
