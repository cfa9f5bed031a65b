import { afterEach, expect, it, vi } from 'vitest';
import { Pacer } from '../../src/platforms/clio/pacing.ts';
import { Stopping } from '../../src/platforms/clio/stopping.ts';
import { SYSTEM_TIMING } from '../../src/platforms/clio/timing.ts';
import { LocalGate } from '../../src/platforms/gate.ts';

afterEach(() => vi.restoreAllMocks());

const HOUR_MS = 3_600_000;

/** A machine's clock that is set by hand; time that passes is not touched. */
function settableClock(): { aheadMs: number } {
  const clock = { aheadMs: 0 };
  const real = Date.now.bind(Date);
  vi.spyOn(Date, 'now').mockImplementation(() => real() + clock.aheadMs);
  return clock;
}

function aPacer(minTimeMs = 0): Pacer {
  const timing = SYSTEM_TIMING;
  const stopping = new Stopping(new AbortController().signal, timing);
  const openGate = (inFlight: number) => new LocalGate({ inFlight, minTimeMs });
  return new Pacer({ timing, stopping, openGate });
}

const send = async (leave: () => void): Promise<string> => {
  leave();
  return 'sent';
};

it.each([
  ['back', -HOUR_MS],
  ['on', HOUR_MS],
])('a clock that is set an hour %s between two requests holds none of them up', async (_, byMs) => {
  const clock = settableClock();
  const pacer = aPacer();
  expect(await pacer.run('inTurn', send)).toBe('sent');
  clock.aheadMs += byMs;
  expect(await pacer.run('inTurn', send)).toBe('sent');
  clock.aheadMs -= byMs;
  expect(await pacer.run('inTurn', send)).toBe('sent');
});

it('a clock that is set back while a request waits for its turn does not hold it up', async () => {
  const clock = settableClock();
  const pacer = aPacer(300);
  await pacer.run('inTurn', send);
  const waiting = pacer.run('inTurn', send);
  clock.aheadMs -= HOUR_MS;
  const another = pacer.run('inTurn', send);
  expect(await Promise.all([waiting, another])).toEqual(['sent', 'sent']);
});

it('a clock that is set back unseen, when nothing more comes, is found out', async () => {
  const clock = settableClock();
  const gate = new LocalGate({ inFlight: 5, minTimeMs: 0 });
  gate.onLoss(() => void gate.addPermits(1));
  await gate.addPermits(5);
  clock.aheadMs += HOUR_MS;
  await gate.pass('inTurn', async () => undefined);
  const waiting = gate.pass('inTurn', async () => 'sent');
  // After the gate looked at the clock, and before the limiter does.
  clock.aheadMs -= HOUR_MS;
  expect(await waiting).toBe('sent');
});
