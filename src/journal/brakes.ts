import type { CanaryEnd, KeptLimits } from '../model/run.ts';
import type { Chain } from './chain.ts';
import { idOf } from './ids.ts';
import type { RunRow } from './run-row.ts';
import type { Store } from './store.ts';

/** What keeps a run from doing more than somebody looked at, kept with it over all its resumes. */
export class Brakes {
  readonly #store: Store;
  readonly #chain: Chain;

  constructor(store: Store, chain: Chain) {
    this.#store = store;
    this.#chain = chain;
  }

  setCanary(run: RunRow, records: number, at: string): void {
    this.#store.transaction(() => {
      this.#store.run(
        'UPDATE runs SET canary = ?, canary_passed = 0 WHERE run_key = ?',
        records,
        run.run_key,
      );
      const runId = idOf('run', run.run_key);
      this.#chain.append('canarySet', { runKey: run.run_key }, { runId, canary: records, at });
    });
  }

  passCanary(run: RunRow, end: CanaryEnd, at: string): void {
    this.#store.transaction(() => {
      this.#store.run('UPDATE runs SET canary_passed = 1 WHERE run_key = ?', run.run_key);
      const runId = idOf('run', run.run_key);
      this.#chain.append('canaryPassed', { runKey: run.run_key }, { runId, ...end, at });
    });
  }

  keepLimits(run: RunRow, limits: KeptLimits): void {
    this.#store.run(
      'UPDATE runs SET limits = ? WHERE run_key = ?',
      JSON.stringify(limits),
      run.run_key,
    );
  }
}
