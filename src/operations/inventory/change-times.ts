import type { InventoryHeader } from '../../journal/index.ts';

/** For changes that reach the platform's list late, and clocks that tick in whole seconds. */
const MARGIN_MS = 2 * 60_000;
/** Where only this machine's clock says when an inventory was taken. */
const MARGIN_OF_OWN_CLOCK_MS = 24 * 60 * 60_000;

/** From when on changes must be read so that none since an inventory is missed: ISO 8601, by the platform's clock. */
export function changesFrom({ asOf, takenAt }: InventoryHeader): string {
  return asOf === null
    ? inSeconds(Date.parse(takenAt) - MARGIN_OF_OWN_CLOCK_MS)
    : changesAfter(Date.parse(asOf));
}

/** As `changesFrom`, since an answer of the platform at `answeredAtMs` by its own clock. */
export function changesAfter(answeredAtMs: number): string {
  return inSeconds(answeredAtMs - MARGIN_MS);
}

/** ISO 8601 without fractions, as Clio writes its times. */
export function inSeconds(ms: number): string {
  return new Date(ms).toISOString().replace(/\.\d{3}Z$/u, 'Z');
}
