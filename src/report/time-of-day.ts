/** A time as a clock on the wall shows it, with the day where it is not today: `15:20`, `tomorrow 02:10`, `Fri 02:10`. */
export function timeOfDay(time: Date, now: Date): string {
  const clock = `${two(time.getHours())}:${two(time.getMinutes())}`;
  const days = Math.round((startOfDay(time).getTime() - startOfDay(now).getTime()) / DAY_MS);
  if (days === 0) return clock;
  return days === 1 ? `tomorrow ${clock}` : `${WEEKDAYS[time.getDay()] ?? ''} ${clock}`;
}

const DAY_MS = 86_400_000;
const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] as const;

function startOfDay(time: Date): Date {
  return new Date(time.getFullYear(), time.getMonth(), time.getDate());
}

function two(number: number): string {
  return String(number).padStart(2, '0');
}

/** A span as people say it: `40 s`, `41 min`, `2 h 5 min`. */
export function duration(ms: number): string {
  const seconds = Math.ceil(ms / 1_000);
  if (seconds < 90) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 90 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
