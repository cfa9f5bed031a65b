import { expect, onTestFinished, test } from 'vitest';
import { openPlatform } from '../../src/platforms/index.ts';
import { SharedGate } from '../../src/platforms/shared-gate.ts';
import type { Platform } from '../../src/platforms/types.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/server.ts';
import { smallAccount } from '../support/sandbox.ts';
import { RedisServer } from './redis-server.ts';

const PER_WINDOW = 60;
const WINDOW_MS = 5_000;

async function startLimited(latencyMs = 40): Promise<Sandbox> {
  const sandbox = await startSandbox(smallAccount(), {
    latencyMs,
    rateLimit: { perWindow: PER_WINDOW, windowMs: WINDOW_MS },
    logLimit: 100_000,
  });
  onTestFinished(async () => sandbox.close());
  return sandbox;
}

async function startRedis(): Promise<RedisServer> {
  const redis = await RedisServer.start();
  onTestFinished(async () => redis.kill());
  return redis;
}

interface Program {
  readonly platform: Platform;
  readonly gone: string[];
  readonly stop: AbortController;
  /** Its requests go on, but nobody hears of them in Redis. */
  readonly close: () => Promise<void>;
}

/** One of several programs that share a token; each has its own connection and knowledge. */
function aProgram(sandbox: Sandbox, url: string): Program {
  const stop = new AbortController();
  const gone: string[] = [];
  const gates: SharedGate[] = [];
  const platform = openPlatform({
    name: 'clio',
    baseUrl: sandbox.baseUrl,
    tokens: { current: async () => sandbox.token, renew: async () => null },
    stop: stop.signal,
    timeoutMs: 4_000,
    openGate: (options) => {
      const gate = new SharedGate({
        ...options,
        url,
        name: 'test',
        onGone: (reason) => gone.push(reason),
      });
      gates.push(gate);
      return gate;
    },
  });
  const close = async (): Promise<void> => {
    await Promise.all(gates.map(async (gate) => gate.close()));
  };
  onTestFinished(close);
  return { platform, gone, stop, close };
}

/** Asks with so many hands until it is stopped; answers how often it got an answer. */
async function askUntilStopped({ platform, stop }: Program): Promise<number> {
  let answers = 0;
  const hand = async (): Promise<void> => {
    while (!stop.signal.aborted) {
      await platform.whoAmI();
      answers += 1;
    }
  };
  await Promise.allSettled(Array.from({ length: 12 }, hand));
  return answers;
}

test('three programs that share a token keep to its limit together, and use it up', async () => {
  const [sandbox, redis] = [await startLimited(), await startRedis()];
  const programs = [1, 2, 3].map(() => aProgram(sandbox, redis.url));
  const WINDOWS = 5;
  setTimeout(() => programs.forEach(({ stop }) => stop.abort()), WINDOWS * WINDOW_MS);
  const answers = await Promise.all(programs.map(askUntilStopped));
  const answered = answers.reduce((sum, count) => sum + count, 0);
  const { throttled, requests } = sandbox.counters;
  expect(programs.flatMap(({ gone }) => gone)).toEqual([]);
  expect(throttled / requests).toBeLessThan(0.01);
  expect(answered).toBeGreaterThanOrEqual(PER_WINDOW * (WINDOWS - 1) * 0.95);
  // None of them is starved.
  expect(Math.min(...answers)).toBeGreaterThan(answered / 10);
});

test('a program that comes later keeps within what the others have left', async () => {
  const [sandbox, redis] = [await startLimited(), await startRedis()];
  const first = aProgram(sandbox, redis.url);
  const asking = askUntilStopped(first);
  await new Promise((resolve) => setTimeout(resolve, WINDOW_MS * 1.2));
  const second = aProgram(sandbox, redis.url);
  const askingToo = askUntilStopped(second);
  setTimeout(() => [first, second].forEach(({ stop }) => stop.abort()), WINDOW_MS * 3);
  expect(await asking).toBeGreaterThan(PER_WINDOW);
  expect(await askingToo).toBeGreaterThan(10);
  // Whoever comes in the middle of a window hears of it with its first answer: a request or two may be too many.
  expect(sandbox.counters.throttled).toBeLessThanOrEqual(2);
});

test('when Redis dies in the middle, everybody says so once and goes on by the headers alone', async () => {
  const [sandbox, redis] = [await startLimited(), await startRedis()];
  const programs = [1, 2].map(() => aProgram(sandbox, redis.url));
  const asking = programs.map(askUntilStopped);
  await new Promise((resolve) => setTimeout(resolve, WINDOW_MS));
  await redis.kill();
  const before = sandbox.counters.requests;
  await new Promise((resolve) => setTimeout(resolve, WINDOW_MS * 2.5));
  programs.forEach(({ stop }) => stop.abort());
  await Promise.all(asking);
  expect(programs.map(({ gone }) => gone.length)).toEqual([1, 1]);
  expect(sandbox.counters.requests - before).toBeGreaterThan(PER_WINDOW);
});

test('a program that dies with requests under way does not hold the others up for good', async () => {
  const [sandbox, redis] = [await startLimited(400), await startRedis()];
  const doomed = aProgram(sandbox, redis.url);
  const lost = askUntilStopped(doomed);
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  // What it had under way stays counted in Redis, as after a SIGKILL.
  doomed.stop.abort();
  await doomed.close();
  const other = aProgram(sandbox, redis.url);
  const asking = askUntilStopped(other);
  setTimeout(() => other.stop.abort(), WINDOW_MS * 3);
  expect(await asking).toBeGreaterThan(PER_WINDOW);
  await lost;
});
