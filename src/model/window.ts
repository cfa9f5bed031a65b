/** Hours of the day, in one time zone, in which a run may write. */
export interface Window {
  /** As people call it: `19:00-04:00`. */
  readonly name: string;
  /** IANA. */
  readonly timeZone: string;
  /** Minutes since local midnight; the window goes over midnight where `to` is not later than `from`. */
  readonly from: number;
  readonly to: number;
  /** Local days that are open from midnight to midnight: 0 is Sunday. */
  readonly wholeDays: readonly number[];
}

const MINUTE_MS = 60_000;
const DAY_MINUTES = 24 * 60;
/** Offsets of time zones change on a quarter of an hour at the finest. */
const QUARTER = 15;
/** A week and a day: by then every window has opened and closed. */
const FURTHEST_MINUTES = 8 * DAY_MINUTES;

/** Whether the window is open at a moment, in milliseconds since the epoch. */
export function isOpenAt(window: Window, atMs: number): boolean {
  return isOpenLocally(window, atMs + offsetMs(window.timeZone, atMs));
}

/** When it next opens or closes after a moment; in whole minutes, by the local clock, whatever daylight saving does to it. */
export function nextChangeAfter(window: Window, atMs: number): number {
  const isOpen = isOpenAt(window, atMs);
  const firstMs = (Math.floor(atMs / MINUTE_MS) + 1) * MINUTE_MS;
  let offset = offsetMs(window.timeZone, firstMs);
  for (let minute = 0; minute < FURTHEST_MINUTES; minute += 1) {
    const ms = firstMs + minute * MINUTE_MS;
    if ((ms / MINUTE_MS) % QUARTER === 0) offset = offsetMs(window.timeZone, ms);
    if (isOpenLocally(window, ms + offset) !== isOpen) return ms;
  }
  return Number.POSITIVE_INFINITY;
}

/** When work of a length is done that begins at a moment and rests while the window is closed. */
export function doneAt(window: Window, fromMs: number, workMs: number): number {
  let nowMs = fromMs;
  let leftMs = workMs;
  while (Number.isFinite(nowMs)) {
    const changeMs = nextChangeAfter(window, nowMs);
    if (isOpenAt(window, nowMs)) {
      if (nowMs + leftMs <= changeMs) return nowMs + leftMs;
      leftMs -= changeMs - nowMs;
    }
    nowMs = changeMs;
  }
  return nowMs;
}

/** A moment by the window's own clock: `Wed 25 Nov, 19:00 (America/Los_Angeles)`. */
export function clockTime({ timeZone }: Window, atMs: number): string {
  const text = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
  }).format(atMs);
  return `${text} (${timeZone})`;
}

/** `localMs`: the local clock, read as if it were UTC. */
function isOpenLocally({ from, to, wholeDays }: Window, localMs: number): boolean {
  if (wholeDays.includes(new Date(localMs).getUTCDay())) return true;
  const minute = Math.floor(localMs / MINUTE_MS) % DAY_MINUTES;
  return from < to ? minute >= from && minute < to : minute >= from || minute < to;
}

/** How far a zone's clock is ahead of UTC at a moment. */
function offsetMs(timeZone: string, atMs: number): number {
  const parts = new Map(
    formatterOf(timeZone)
      .formatToParts(atMs)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const part = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0;
  const localMs = Date.UTC(
    part('year'),
    part('month') - 1,
    part('day'),
    part('hour'),
    part('minute'),
    part('second'),
  );
  return localMs - Math.floor(atMs / 1_000) * 1_000;
}

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatterOf(timeZone: string): Intl.DateTimeFormat {
  const known = formatters.get(timeZone);
  if (known !== undefined) return known;
  const formatter = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  formatters.set(timeZone, formatter);
  return formatter;
}
