import type { PlatformError } from '../../platforms/types.ts';
import type { CanaryResult } from './limits.ts';

/** Why a run ended before its work did. */
export type StopReason =
  | { readonly kind: 'asked' }
  | { readonly kind: 'stopAfter' }
  | { readonly kind: 'platform'; readonly error: PlatformError }
  /** Somebody set the pause switch. */
  | { readonly kind: 'paused'; readonly place: string }
  /** So many records in a row had a problem; `last` is the reason of one of them. */
  | { readonly kind: 'problems'; readonly inRow: number; readonly last: string }
  /** The first records are written, and somebody is to look at them. */
  | { readonly kind: 'canary'; readonly result: CanaryResult };
