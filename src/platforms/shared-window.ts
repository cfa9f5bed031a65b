import type { Redis } from 'ioredis';
import type { WindowNews } from './gate.ts';

/** The window of requests that several processes share, kept in Redis beside Bottleneck's own counts. */
export class SharedWindow {
  readonly #client: Redis;
  readonly #key: string;

  constructor(client: Redis, key: string) {
    this.#client = client;
    this.#key = key;
  }

  /** What is known once `news` is taken in; null news only asks. */
  async note(
    news: WindowNews | null,
    pauseForMs: number,
  ): Promise<{ readonly window: WindowNews | null; readonly pausedForMs: number }> {
    const answer = await this.#client.eval(
      NOTE,
      1,
      this.#key,
      String(KEPT_SECONDS),
      String(pauseForMs),
      ...(news === null
        ? []
        : [news.resetSeconds, news.limit, news.remaining, news.dateMs].map(String)),
    );
    const [pausedForMs = 0, ...window] = (Array.isArray(answer) ? answer : []).map(Number);
    const [resetSeconds, limit, remaining, dateMs] = window;
    if (
      resetSeconds === undefined ||
      limit === undefined ||
      remaining === undefined ||
      dateMs === undefined
    )
      return { window: null, pausedForMs };
    return { window: { resetSeconds, limit, remaining, dateMs }, pausedForMs };
  }

  /** Holds `name` for this process alone while `work` runs, and a little longer than it may take where the process dies. */
  async alone(name: string, work: () => Promise<void>): Promise<boolean> {
    const lock = `${this.#key}:lock`;
    if ((await this.#client.set(lock, name, 'PX', LOCK_MS, 'NX')) !== 'OK') return false;
    try {
      await work();
    } finally {
      await this.#client.eval(RELEASE, 1, lock, name);
    }
    return true;
  }
}

/** A window lasts a minute; what nobody has touched for longer is of no use. */
const KEPT_SECONDS = 900;
const LOCK_MS = 2_000;

/**
 * Within one window (its reset may be rounded by a second either way) the least that anybody heard to remain counts; another limit
 * counts from the newest answer on. All times by Redis' own clock, which every process shares.
 */
const NOTE = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local kept = tonumber(ARGV[1])
local pause = tonumber(ARGV[2])
local known = redis.call('HMGET', KEYS[1], 'reset', 'limit', 'remaining', 'date', 'at', 'pausedUntil')
local reset, limit, remaining = tonumber(known[1]), tonumber(known[2]), tonumber(known[3])
local date, at, pausedUntil = tonumber(known[4]), tonumber(known[5]), tonumber(known[6]) or 0
if ARGV[3] then
  local newReset, newLimit = tonumber(ARGV[3]), tonumber(ARGV[4])
  local newRemaining, newDate = tonumber(ARGV[5]), tonumber(ARGV[6])
  local isNewer = not date or newDate >= date
  if not reset or newReset > reset + 1 or (newReset < reset - 1 and isNewer) then
    reset, limit, remaining = newReset, newLimit, newRemaining
  elseif newReset >= reset - 1 then
    if newLimit == limit then
      remaining = math.min(remaining, newRemaining)
    elseif isNewer then
      limit, remaining = newLimit, newRemaining
    end
  end
  if isNewer then date, at = newDate, now end
  redis.call('HSET', KEYS[1], 'reset', reset, 'limit', limit, 'remaining', remaining, 'date', date, 'at', at)
end
if pause > 0 then
  pausedUntil = math.max(pausedUntil, now + pause)
  redis.call('HSET', KEYS[1], 'pausedUntil', pausedUntil)
end
redis.call('EXPIRE', KEYS[1], kept)
local paused = tostring(math.max(pausedUntil - now, 0))
if not reset then return { paused } end
return { paused, tostring(reset), tostring(limit), tostring(remaining), tostring(date + now - at) }
`;

const RELEASE = `if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end`;
