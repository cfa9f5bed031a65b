import { describe, expect, test } from 'vitest';
import {
  clockTime,
  doneAt,
  isOpenAt,
  nextChangeAfter,
  type Window,
} from '../../src/model/window.ts';
import { PEAK_HOURS } from '../../src/platforms/peak-hours.ts';

const at = (iso: string): number => Date.parse(iso);
const iso = (ms: number): string => new Date(ms).toISOString();

const NIGHT: Window = {
  name: '19:00-04:00',
  timeZone: 'America/Los_Angeles',
  from: 19 * 60,
  to: 4 * 60,
  wholeDays: [],
};
const OFF_PEAK: Window = {
  name: 'off-peak hours',
  timeZone: PEAK_HOURS.us.timeZone,
  from: PEAK_HOURS.us.to,
  to: PEAK_HOURS.us.from,
  wholeDays: PEAK_HOURS.us.freeDays,
};

describe('a window', () => {
  test.each([
    ['2026-01-14T02:59:59Z', false],
    ['2026-01-14T03:00:00Z', true],
    ['2026-01-14T11:59:59Z', true],
    ['2026-01-14T12:00:00Z', false],
    // Summer time: an hour earlier by UTC.
    ['2026-07-15T01:59:59Z', false],
    ['2026-07-15T02:00:00Z', true],
    ['2026-07-15T11:00:00Z', false],
  ])('over midnight follows the local clock: %s', (moment, isOpen) => {
    expect(isOpenAt(NIGHT, at(moment))).toBe(isOpen);
  });

  test.each([
    // Saturday and Sunday have no peak in the US: open from Friday 19:00 to Monday 04:00.
    ['2026-01-16T20:00:00Z', '2026-01-17T03:00:00.000Z'],
    ['2026-01-17T03:00:00Z', '2026-01-19T12:00:00.000Z'],
    ['2026-01-18T20:00:00Z', '2026-01-19T12:00:00.000Z'],
    ['2026-01-19T12:00:00Z', '2026-01-20T03:00:00.000Z'],
  ])('of the US off-peak hours changes next after %s at %s', (moment, next) => {
    expect(iso(nextChangeAfter(OFF_PEAK, at(moment)))).toBe(next);
  });

  test('keeps to the local clock in the nights when it is put forward and back', () => {
    // 8 March 2026: 02:00 becomes 03:00, so that the night has an hour less; 1 November: an hour more.
    const spring = nextChangeAfter(NIGHT, at('2026-03-08T03:00:00Z'));
    expect(iso(spring)).toBe('2026-03-08T11:00:00.000Z');
    const autumn = nextChangeAfter(NIGHT, at('2026-11-01T02:00:00Z'));
    expect(iso(autumn)).toBe('2026-11-01T12:00:00.000Z');
    // What begins in the hour that is left out begins when the clock has gone on.
    const gap: Window = { ...NIGHT, from: 150, to: 240 };
    expect(iso(nextChangeAfter(gap, at('2026-03-08T08:00:00Z')))).toBe('2026-03-08T10:00:00.000Z');
  });

  test('in a zone of half hours opens on the half hour of UTC', () => {
    const kolkata: Window = { ...NIGHT, timeZone: 'Asia/Kolkata' };
    expect(iso(nextChangeAfter(kolkata, at('2026-01-14T00:00:00Z')))).toBe(
      '2026-01-14T13:30:00.000Z',
    );
  });

  test('tells when work is done that rests while it is closed', () => {
    const hour = 3_600_000;
    // Nine hours a night.
    expect(iso(doneAt(NIGHT, at('2026-01-14T03:00:00Z'), 9 * hour))).toBe(
      '2026-01-14T12:00:00.000Z',
    );
    expect(iso(doneAt(NIGHT, at('2026-01-14T00:00:00Z'), 20 * hour))).toBe(
      '2026-01-16T05:00:00.000Z',
    );
    expect(iso(doneAt(OFF_PEAK, at('2026-01-17T03:00:00Z'), 57 * hour))).toBe(
      '2026-01-19T12:00:00.000Z',
    );
  });

  test('tells the time by its own clock', () => {
    expect(clockTime(NIGHT, at('2026-01-14T03:00:00Z'))).toBe(
      'Tue 13 Jan, 19:00 (America/Los_Angeles)',
    );
  });
});
