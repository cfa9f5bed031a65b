import { InvalidArgumentError } from 'commander';

/** So long before a moment. */
export interface Age {
  readonly count: number;
  readonly unit: 'd' | 'w' | 'm' | 'y';
}

/** `90d`, `12w`, `6m`, `2y`: days, weeks, months and years of the calendar. */
export function age(text: string): Age {
  const [, digits, unit] = /^(\d{1,5})([dwmy])$/u.exec(text.trim().toLowerCase()) ?? [];
  if (digits === undefined || !isUnit(unit))
    throw new InvalidArgumentError(
      'It must be a number of days, weeks, months or years: 90d, 12w, 6m or 2y.',
    );
  return { count: Number(digits), unit };
}

/** The start of a day in UTC, as the journal's times are. */
export function date(text: string): Date {
  const day = new Date(`${text.trim()}T00:00:00.000Z`);
  const isReal = !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text.trim());
  if (!isReal || !/^\d{4}-\d{2}-\d{2}$/u.test(text.trim()))
    throw new InvalidArgumentError('It must be a day of the calendar: 2026-01-31.');
  return day;
}

/** The moment that lies so long before `now`. A month that is too short ends on its last day. */
export function before(now: Date, { count, unit }: Age): Date {
  const then = new Date(now);
  if (unit === 'd' || unit === 'w') {
    then.setUTCDate(now.getUTCDate() - count * (unit === 'w' ? 7 : 1));
    return then;
  }
  then.setUTCDate(1);
  then.setUTCMonth(now.getUTCMonth() - count * (unit === 'y' ? 12 : 1));
  const lastDay = new Date(Date.UTC(then.getUTCFullYear(), then.getUTCMonth() + 1, 0)).getUTCDate();
  then.setUTCDate(Math.min(now.getUTCDate(), lastDay));
  return then;
}

function isUnit(text: string | undefined): text is Age['unit'] {
  return text === 'd' || text === 'w' || text === 'm' || text === 'y';
}
