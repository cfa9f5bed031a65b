const UNITS = [
  { name: 'day', ms: 86_400_000 },
  { name: 'hour', ms: 3_600_000 },
  { name: 'minute', ms: 60_000 },
] as const;

/** How long ago something was, as people say it: `2 hours ago`. */
export function ageOf(iso: string, now: Date): string {
  const passedMs = now.getTime() - Date.parse(iso);
  const unit = UNITS.find(({ ms }) => passedMs >= ms);
  if (unit === undefined) return 'just now';
  const count = Math.floor(passedMs / unit.ms);
  return `${count} ${unit.name}${count === 1 ? '' : 's'} ago`;
}
