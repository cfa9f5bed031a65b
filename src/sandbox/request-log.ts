import { isWrite } from './exchange.ts';
import type { FaultKind } from './fault-spec.ts';
import type { RequestNote } from './options.ts';

/** The last requests of a sandbox, and how many of each kind it has had. */
export class RequestLog {
  /** Oldest first. */
  readonly entries: LoggedRequest[] = [];
  readonly counters = {
    requests: 0,
    reads: 0,
    writes: 0,
    throttled: 0,
    faults: {} as Partial<Record<FaultKind, number>>,
  };
  readonly #limit: number;

  /** Keeps no more than `limit` entries. */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Answers with the request's number, from 1. */
  countRequest(): number {
    this.counters.requests += 1;
    return this.counters.requests;
  }

  /** A request to the API. */
  countCall(method: string): void {
    this.counters[isWrite(method) ? 'writes' : 'reads'] += 1;
  }

  countThrottled(): void {
    this.counters.throttled += 1;
  }

  countFault(fault: FaultKind): void {
    this.counters.faults[fault] = (this.counters.faults[fault] ?? 0) + 1;
  }

  remember(entry: LoggedRequest): void {
    this.entries.push(entry);
    if (this.entries.length > this.#limit) this.entries.shift();
  }
}

/** A request, and what became of it. */
export interface LoggedRequest extends RequestNote {
  /** Null where the connection was reset instead of answered. */
  readonly status: number | null;
  /** The parsed body of a write. */
  readonly body?: unknown;
  readonly fault: FaultKind | null;
}

/** Requests to the API, by what became of them. */
export interface Counters {
  readonly requests: number;
  readonly reads: number;
  readonly writes: number;
  /** Answered 429 by the rate limit; played ones are among the faults. */
  readonly throttled: number;
  readonly faults: Readonly<Partial<Record<FaultKind, number>>>;
}
