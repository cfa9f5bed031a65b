/** A time without what nobody reads: `2026-11-24 07:38 UTC`. */
export function minuteOf(iso: string): string {
  return `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`;
}
