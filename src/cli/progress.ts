import { SingleBar } from 'cli-progress';
import type { Progress, Step } from '../operations/progress.ts';
import type { Allowance } from '../platforms/types.ts';
import type { Context } from './context.ts';

/** How often a line is printed where there is no terminal for a bar. */
const LINE_EVERY_MS = 15_000;
/** The same, of a wait that may take hours. */
const WAIT_LINE_EVERY_MS = 15 * 60_000;

export interface ProgressDisplay extends Progress {
  /** Takes the bar away, so that what follows begins on a line of its own. */
  end(): void;
}

/** Shows how far a long job is: a bar on a terminal, a line now and then in a pipe, nothing with --quiet. */
export function showProgress(context: Context): ProgressDisplay {
  if (context.flags.quiet)
    return {
      report: () => undefined,
      say: () => undefined,
      wait: () => undefined,
      end: () => undefined,
    };
  return context.stderr.isTTY ? new Bar(context) : new Lines(context);
}

class Bar implements ProgressDisplay {
  readonly #bar: SingleBar;
  readonly #stderr: Context['stderr'];
  readonly #output: Context['output'];
  readonly #clock: Clock;
  #step = '';
  #isWaiting = false;

  constructor({ stderr, now, output }: Context) {
    this.#stderr = stderr;
    this.#output = output;
    this.#clock = new Clock(now);
    this.#bar = new SingleBar({
      stream: stderr,
      format: '{step} [{bar}] {done}/{all} {speed} {left}',
      barsize: 24,
      hideCursor: true,
      clearOnComplete: true,
      fps: 5,
    });
  }

  report(step: Step): void {
    if (this.#isWaiting) this.end();
    const payload = {
      step: step.step,
      done: step.done.toLocaleString('en-US'),
      all: step.total?.toLocaleString('en-US') ?? '?',
      ...this.#clock.look(step),
    };
    if (step.step !== this.#step) {
      if (this.#step !== '') this.#bar.stop();
      this.#step = step.step;
      this.#bar.start(step.total ?? 0, step.done, payload);
    } else {
      if (step.total !== null) this.#bar.setTotal(step.total);
      this.#bar.update(step.done, payload);
    }
  }

  say(sentence: string): void {
    this.end();
    this.#output.note(sentence);
  }

  wait(what: string, leftMs: number): void {
    if (!this.#isWaiting) this.end();
    this.#isWaiting = true;
    this.#stderr.write(`${CLEAR_LINE}${what}, in ${countdown(leftMs)}. Ctrl-C stops at once.`);
  }

  end(): void {
    if (this.#isWaiting) this.#stderr.write(CLEAR_LINE);
    this.#isWaiting = false;
    if (this.#step !== '') this.#bar.stop();
    this.#step = '';
  }
}

class Lines implements ProgressDisplay {
  readonly #context: Context;
  readonly #clock: Clock;
  #lastAtMs: number;
  #lastWaitAtMs = Number.NEGATIVE_INFINITY;

  constructor(context: Context) {
    this.#context = context;
    this.#clock = new Clock(context.now);
    this.#lastAtMs = context.now().getTime();
  }

  report(step: Step): void {
    const { speed, left } = this.#clock.look(step);
    const nowMs = this.#context.now().getTime();
    if (nowMs - this.#lastAtMs < LINE_EVERY_MS) return;
    this.#lastAtMs = nowMs;
    const of = step.total === null ? '' : ` of ${step.total}`;
    this.#context.output.note(
      [`${step.step}: ${step.done}${of}`, speed, left].filter((part) => part !== '').join(', '),
    );
  }

  say(sentence: string): void {
    this.#context.output.note(sentence);
  }

  wait(what: string, leftMs: number): void {
    const nowMs = this.#context.now().getTime();
    if (nowMs - this.#lastWaitAtMs < WAIT_LINE_EVERY_MS) return;
    this.#lastWaitAtMs = nowMs;
    this.#context.output.note(`${what}, in ${countdown(leftMs)}`);
  }

  end(): void {
    // Every line ended itself.
  }
}

/** Rate and time left, from where a step began. */
class Clock {
  readonly #now: () => Date;
  #step = '';
  #startedAtMs = 0;
  #startedWith = 0;

  constructor(now: () => Date) {
    this.#now = now;
  }

  look({ step, done, total, allowance }: Step): { speed: string; left: string } {
    const nowMs = this.#now().getTime();
    if (step !== this.#step) {
      this.#step = step;
      this.#startedAtMs = nowMs;
      this.#startedWith = done;
    }
    const elapsedMs = nowMs - this.#startedAtMs;
    const advanced = done - this.#startedWith;
    if (elapsedMs < 1_000 || advanced <= 0) return { speed: '', left: '' };
    const perMinute = (advanced / elapsedMs) * 60_000;
    const leftMs = total === null ? null : ((total - done) / perMinute) * 60_000;
    const allowed =
      allowance.remaining === null || isUnlimited(allowance)
        ? ''
        : ` (${allowance.remaining} of ${allowance.perWindow} requests left)`;
    return {
      speed: `${Math.round(perMinute)}/min${allowed}`,
      left: leftMs === null ? '' : `${duration(leftMs)} left`,
    };
  }
}

/** A sandbox without a limit says so by a number that nobody reaches. */
function isUnlimited({ perWindow }: Allowance): boolean {
  return perWindow === null || perWindow >= 1_000_000;
}

/** To the second, for somebody who watches it. */
function countdown(ms: number): string {
  const seconds = Math.max(Math.ceil(ms / 1_000), 0);
  return `${Math.floor(seconds / 3_600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)} h`;
}

function two(part: number): string {
  return String(part).padStart(2, '0');
}

/** Back to the start of the terminal's line, which is emptied. */
const CLEAR_LINE = '\r\u001b[2K';

function duration(ms: number): string {
  const seconds = Math.ceil(ms / 1_000);
  if (seconds < 90) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 90 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
