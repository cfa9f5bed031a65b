import type { Platform, RequestCounts } from '../../platforms/types.ts';

/** What the platform was asked for a run and the journal has not been told yet. */
export class RequestTally {
  readonly #platform: Platform;
  #told: RequestCounts;

  /** `since`: what it had been asked when the run's requests began. */
  constructor(platform: Platform, since: RequestCounts = platform.requests) {
    this.#platform = platform;
    this.#told = since;
  }

  /** Has them stored; counted as told once that is done. */
  tell(store: (requests: RequestCounts) => void): void {
    this.#tell(this.#platform.requests, store);
  }

  /** As `tell`, right before a write leaves, which is counted too: whatever happens to its answer, it is not forgotten. */
  tellLeaving(store: (requests: RequestCounts) => void): void {
    const { requests } = this.#platform;
    this.#tell({ ...requests, writes: requests.writes + 1 }, store);
  }

  #tell(all: RequestCounts, store: (requests: RequestCounts) => void): void {
    store(difference(all, this.#told));
    this.#told = all;
  }
}

function difference(after: RequestCounts, before: RequestCounts): RequestCounts {
  return {
    reads: after.reads - before.reads,
    writes: after.writes - before.writes,
    retries: after.retries - before.retries,
    throttled: after.throttled - before.throttled,
  };
}
