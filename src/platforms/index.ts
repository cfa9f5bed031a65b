import { parseBaseUrl } from './base-url.ts';
import type { TokenSource } from './clio/http.ts';
import { openClio } from './clio/index.ts';
import { SYSTEM_TIMING } from './clio/timing.ts';
import type { Timing } from './clio/timing.ts';
import type { Platform } from './types.ts';

export interface PlatformOptions {
  readonly name: 'clio';
  /** Scheme and host; see `parseBaseUrl`. */
  readonly baseUrl: string;
  readonly tokens: TokenSource;
  /** Ends every wait before a request leaves, at once. */
  readonly stop: AbortSignal;
  /** Requests a minute at most, spaced evenly; without it the platform's own limit is used to the full. */
  readonly rate?: number;
  /** For one request with its answer; 60 seconds. */
  readonly timeoutMs?: number;
  /** What one answer may have, unpacked; 128 MiB. */
  readonly maxAnswerBytes?: number;
  readonly timing?: Timing;
  readonly fetch?: typeof fetch;
  readonly random?: () => number;
}

/**
 * The platform that `name` means: the one place that names the adapters.
 *
 * @throws UserError for a base URL that is none.
 */
export function openPlatform(options: PlatformOptions): Platform {
  return ADAPTERS[options.name]({
    origin: parseBaseUrl(options.baseUrl),
    tokens: options.tokens,
    stop: options.stop,
    rate: options.rate ?? null,
    timeoutMs: options.timeoutMs ?? 60_000,
    maxAnswerBytes: options.maxAnswerBytes ?? 128 * 1_024 * 1_024,
    timing: options.timing ?? SYSTEM_TIMING,
    fetch: options.fetch ?? fetch,
    random: options.random ?? Math.random,
  });
}

const ADAPTERS = { clio: openClio };
