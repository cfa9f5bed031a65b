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
}

export const PRIORITIES = { next: 1, inTurn: 5 } as const satisfies Record<Urgency, number>;

/** One process's own. Begins without a permit. */
export class LocalGate implements Gate {
  readonly #limiter: Bottleneck;

  constructor({ inFlight, minTimeMs }: { inFlight: number; minTimeMs: number }) {
    this.#limiter = new Bottleneck({ reservoir: 0, maxConcurrent: inFlight, minTime: minTimeMs });
  }

  async pass<Result>(urgency: Urgency, start: () => Promise<Result>): Promise<Result> {
    return this.#limiter.schedule({ priority: PRIORITIES[urgency] }, start);
  }

  get isEmpty(): boolean {
    return this.#limiter.empty();
  }

  limitInFlight(most: number): void {
    this.#limiter.updateSettings({ maxConcurrent: most });
  }

  async permits(): Promise<number> {
    return (await this.#limiter.currentReservoir()) ?? 0;
  }

  async running(): Promise<number> {
    return this.#limiter.running();
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
}
