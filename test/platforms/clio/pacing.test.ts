import { afterEach, describe, expect, test } from 'vitest';
import { openPlatform } from '../../../src/platforms/index.ts';
import { SimulatedLimit, WINDOW_MS } from './simulated-limit.ts';
import type { LimitOptions } from './simulated-limit.ts';
import { SimulatedTime } from './simulated-time.ts';

const WINDOWS = 10;
let time: SimulatedTime | null = null;

afterEach(() => {
  time?.restore();
});

interface Use {
  readonly usedShare: number;
  readonly refusedShare: number;
  readonly text: string;
}

/** What ten whole windows come to, with more requests waiting than could ever leave. */
async function spendTenWindows(
  options: Partial<LimitOptions> & { readonly wallErrorMs?: number; readonly rate?: number },
): Promise<Use> {
  time = new SimulatedTime(options.wallErrorMs ?? 0);
  const limit = new SimulatedLimit(time, {
    limitAt: () => 50,
    latencyMs: () => 200,
    othersPerWindow: 0,
    rounding: 'up',
    begins: 'byTheClock',
    clockErrorMs: 0,
    ...options,
  });
  const stop = new AbortController();
  const platform = openPlatform({
    name: 'clio',
    baseUrl: 'https://app.clio.com',
    tokens: { current: async () => 'a-token', renew: async () => null },
    stop: stop.signal,
    timing: time.timing,
    fetch: limit.fetch,
    random: () => 0.5,
    ...(options.rate !== undefined && { rate: options.rate }),
  });
  const work = async (): Promise<void> => {
    while (limit.windows.length <= WINDOWS) await platform.whoAmI();
  };
  const workers = Array.from({ length: 70 }, async () => work());
  await time.run(
    Promise.race(workers).finally(() => {
      stop.abort();
    }),
  );
  await Promise.allSettled(workers);
  const whole = limit.windows.slice(0, WINDOWS);
  const sum = (part: 'allowed' | 'used' | 'refused'): number =>
    whole.reduce((total, window) => total + window[part], 0);
  const usedShare = sum('used') / sum('allowed');
  const refusedShare = sum('refused') / (sum('used') + sum('refused'));
  const text = whole.map(({ allowed, used, refused }) => `${used}/${allowed}-${refused}`).join(' ');
  return { usedShare, refusedShare, text };
}

function expectGoodUse(use: Use): void {
  expect(use.usedShare, use.text).toBeGreaterThanOrEqual(0.98);
  expect(use.refusedShare, use.text).toBeLessThan(0.005);
}

const LIMITS_AND_LATENCIES = [
  [50, 20],
  [50, 500],
  [50, 2_000],
  [150, 20],
  [150, 500],
  [150, 2_000],
  [600, 20],
  [600, 2_000],
] as const;

describe('over ten windows, 98 % of what is allowed is used and less than 0.5 % is refused', () => {
  test.for(LIMITS_AND_LATENCIES)(
    'with %i requests a window and answers that take %i ms',
    async ([limit, latencyMs]) => {
      expectGoodUse(await spendTenWindows({ limitAt: () => limit, latencyMs: () => latencyMs }));
    },
  );

  test('with answers that take anything between 200 and 3,000 ms, and come in any order', async () => {
    let draw = 0;
    const latencyMs = (): number => {
      draw = (draw + 7_919) % 2_800;
      return 200 + draw;
    };
    expectGoodUse(await spendTenWindows({ latencyMs, limitAt: () => 150 }));
  });

  test.for([
    ['up', 'byTheClock'],
    ['up', 'withARequest'],
    ['down', 'byTheClock'],
    ['down', 'withARequest'],
  ] as const)('where the reset is rounded %s and windows begin %s', async ([rounding, begins]) => {
    expectGoodUse(await spendTenWindows({ rounding, begins }));
  });

  test.for([
    [50, 150, 5.1],
    [150, 50, 5.1],
    [150, 50, 5],
    [600, 50, 5.1],
  ] as const)('when the limit goes from %i to %i after %f windows', async ([from, to, windows]) => {
    const change = windows * WINDOW_MS;
    expectGoodUse(await spendTenWindows({ limitAt: (ms) => (ms < change ? from : to) }));
  });

  test.for([
    [5, 20],
    [20, 500],
    [40, 2_000],
    [20, 2_000],
  ] as const)('when another program takes %i of 50, at %i ms', async ([others, latencyMs]) => {
    expectGoodUse(await spendTenWindows({ othersPerWindow: others, latencyMs: () => latencyMs }));
  });

  test.for([-3 * 3_600, -7, 45, 86_400])(
    "when this machine's clock is %i seconds ahead",
    async (seconds) => {
      expectGoodUse(await spendTenWindows({ wallErrorMs: seconds * 1_000 }));
    },
  );
});

test("a rate of its own stays below the platform's limit, evenly", async () => {
  const use = await spendTenWindows({ rate: 20 });
  expect(use.usedShare, use.text).toBeGreaterThan(0.38);
  expect(use.usedShare, use.text).toBeLessThanOrEqual(0.42);
  expect(use.refusedShare).toBe(0);
});
