import type { Account } from '../model/account.ts';
import type { Authority } from './authority.ts';
import { parseBaseUrl } from './base-url.ts';
import { openClioAuthority } from './clio/authority.ts';
import { openClio } from './clio/index.ts';
import { SYSTEM_TIMING } from './clio/timing.ts';
import type { Timing } from './clio/timing.ts';
import { type Gate, LocalGate } from './gate.ts';
import { type Fetch, openFetch, type Route } from './route.ts';
import type { Platform, TokenSource } from './types.ts';

export interface PlatformOptions {
  readonly name: 'clio';
  /** Scheme and host; see `parseBaseUrl`. */
  readonly baseUrl: string;
  readonly tokens: TokenSource;
  /** Whose they are, where the sign-in that they come from knows it. */
  readonly account?: Account | null;
  /** Ends every wait before a request leaves, at once. */
  readonly stop: AbortSignal;
  /** Requests a minute at most, spaced evenly; without it the platform's own limit is used to the full. */
  readonly rate?: number;
  /** Where requests wait for their turn; this process's own gate without it. */
  readonly openGate?: (options: GateOptions) => Gate;
  /** For one request with its answer; 60 seconds. */
  readonly timeoutMs?: number;
  /** What one answer may have, unpacked; 128 MiB. */
  readonly maxAnswerBytes?: number;
  /** Told why a read is tried again, once it has failed twice in a row. */
  readonly onTrouble?: (sentence: string) => void;
  readonly timing?: Timing;
  /** Straight without it. */
  readonly route?: Route;
  readonly fetch?: Fetch;
  readonly random?: () => number;
}

export interface GateOptions {
  /** Requests under way at a time, at first. */
  readonly inFlight: number;
  /** The least time between two requests of this process. */
  readonly minTimeMs: number;
  /** No request takes longer than this, its answer read. */
  readonly longestMs: number;
}

/**
 * The platform that `name` means: the one place that names the adapters.
 *
 * @throws UserError for a base URL or a proxy that is none.
 */
export function openPlatform(options: PlatformOptions): Platform {
  const minTimeMs = options.rate === undefined ? 0 : 60_000 / options.rate;
  const timeoutMs = options.timeoutMs ?? 60_000;
  const longestMs = timeoutMs * 1.25;
  const openGate = options.openGate ?? ((gate) => new LocalGate(gate));
  return ADAPTERS[options.name]({
    origin: parseBaseUrl(options.baseUrl),
    tokens: options.tokens,
    account: options.account ?? null,
    stop: options.stop,
    openGate: (inFlight) => openGate({ inFlight, minTimeMs, longestMs }),
    timeoutMs,
    maxAnswerBytes: options.maxAnswerBytes ?? 128 * 1_024 * 1_024,
    onTrouble: options.onTrouble ?? (() => undefined),
    timing: options.timing ?? SYSTEM_TIMING,
    fetch: options.fetch ?? openFetch(options.route ?? STRAIGHT),
    random: options.random ?? Math.random,
  });
}

/**
 * Where the platform that `name` means hands out sign-ins.
 *
 * @throws UserError for a base URL or a proxy that is none.
 */
export function openAuthority(
  options: Pick<PlatformOptions, 'name' | 'baseUrl' | 'timing' | 'route' | 'fetch'>,
): Authority {
  return AUTHORITIES[options.name]({
    origin: parseBaseUrl(options.baseUrl),
    timing: options.timing ?? SYSTEM_TIMING,
    fetch: options.fetch ?? openFetch(options.route ?? STRAIGHT),
  });
}

const STRAIGHT: Route = { proxy: null, noProxy: '' };

const ADAPTERS = { clio: openClio };
const AUTHORITIES = { clio: openClioAuthority };
