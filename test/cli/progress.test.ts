import { describe, expect, test } from 'vitest';
import { Forecaster } from '../../src/cli/forecast.ts';
import { barLine } from '../../src/cli/progress.ts';
import type { Step } from '../../src/operations/progress.ts';
import { timeOfDay } from '../../src/report/time-of-day.ts';

const BEGIN = new Date(2026, 0, 5, 14, 39, 0);

describe('a forecast', () => {
  test('is the plan’s estimate at first, then what was measured, with the time on the wall', () => {
    let now = BEGIN;
    const forecaster = new Forecaster(() => now);
    expect(forecaster.look(step({ done: 0, expectedLeftMs: 41 * 60_000 }))).toEqual({
      speed: '',
      allowance: '12 of 50 requests left',
      left: 'about 41 min left',
      end: 'until 15:20',
    });
    now = new Date(BEGIN.getTime() + 10 * 60_000);
    expect(forecaster.look(step({ done: 500 }))).toMatchObject({
      speed: '50/min',
      left: '30 min left',
      end: 'until 15:19',
    });
  });

  test('says nothing of a platform without a limit before it has measured', () => {
    const forecaster = new Forecaster(() => BEGIN);
    const allowance = { perWindow: 1_000_000, remaining: 5, resetsAtMs: null };
    expect(forecaster.look(step({ allowance, expectedLeftMs: 60_000 }))).toEqual({
      speed: '',
      allowance: '',
      left: '',
      end: '',
    });
  });

  test('names the day where it is not today', () => {
    expect(timeOfDay(new Date(2026, 0, 6, 2, 10), BEGIN)).toBe('tomorrow 02:10');
    expect(timeOfDay(new Date(2026, 0, 9, 2, 5), BEGIN)).toBe('Fri 02:05');
  });
});

test.each([40, 60, 80, 120])('the line of the bar fits %i columns and keeps the end', (columns) => {
  const forecast = {
    speed: '50/min',
    allowance: '12 of 50 requests left',
    left: '41 min left',
    end: 'until 15:20',
  };
  const line = barLine(step({ done: 500 }), forecast, columns);
  expect(line.length).toBeLessThanOrEqual(columns);
  expect(line).toContain('500/2,000');
  expect(line.includes('until 15:20')).toBe(columns >= 60);
  expect(line.includes('12 of 50')).toBe(columns >= 100);
});

function step(overrides: Partial<Step>): Step {
  return {
    step: 'Writing',
    done: 0,
    total: 2_000,
    allowance: { perWindow: 50, remaining: 12, resetsAtMs: null },
    expectedLeftMs: null,
    ...overrides,
  };
}
