import { SingleBar } from 'cli-progress';
import type { Progress, Step } from '../operations/progress.ts';
import { canDraw } from './can-draw.ts';
import type { Context } from './context.ts';
import { type Forecast, Forecaster } from './forecast.ts';
import { CLEAR_LINE } from './output.ts';

/** How often a line is printed where there is no terminal for a bar. */
const LINE_EVERY_MS = 15_000;
/** The same, of a wait that may take hours. */
const WAIT_LINE_EVERY_MS = 15 * 60_000;

export interface ProgressDisplay extends Progress {
  /** Takes the bar away, so that what follows begins on a line of its own. */
  end(): void;
}

/** Shows how far a long job is: a bar on a terminal, a line now and then in a pipe, nothing but warnings with --quiet. */
export function showProgress(context: Context): ProgressDisplay {
  if (context.flags.quiet)
    return {
      report: () => undefined,
      say: () => undefined,
      warn: (sentence) => context.output.warn(sentence),
      wait: () => undefined,
      end: () => undefined,
    };
  return canDraw(context.stderr, context.environment) ? new Bar(context) : new Lines(context);
}

class Bar implements ProgressDisplay {
  readonly #bar: SingleBar;
  readonly #context: Context;
  readonly #forecaster: Forecaster;
  #step: Step | null = null;
  #isWaiting = false;

  constructor(context: Context) {
    const { stderr, now } = context;
    this.#context = context;
    this.#forecaster = new Forecaster(now);
    this.#bar = new SingleBar({
      stream: stderr,
      format: () => this.#line(),
      hideCursor: true,
      clearOnComplete: true,
      fps: 5,
    });
  }

  report(step: Step): void {
    if (this.#isWaiting) this.end();
    const isNew = step.step !== this.#step?.step;
    if (isNew) this.end();
    this.#step = step;
    if (isNew) this.#bar.start(step.total ?? 0, step.done);
    if (step.total !== null) this.#bar.setTotal(step.total);
    this.#bar.update(step.done);
  }

  say(sentence: string): void {
    this.end();
    this.#context.output.note(sentence);
  }

  warn(sentence: string): void {
    this.end();
    this.#context.output.warn(sentence);
  }

  wait(what: string, leftMs: number): void {
    if (!this.#isWaiting) this.end();
    this.#isWaiting = true;
    this.#forecaster.forget();
    // A line that wraps could not be taken back.
    const { stderr, stderrLook } = this.#context;
    const line = `${what}, in ${countdown(leftMs)}`.slice(0, stderrLook.columns - 1);
    stderr.write(`${CLEAR_LINE}${line}`);
  }

  end(): void {
    if (this.#isWaiting) this.#context.stderr.write(CLEAR_LINE);
    this.#isWaiting = false;
    if (this.#step !== null) this.#bar.stop();
    this.#step = null;
  }

  #line(): string {
    if (this.#step === null) return '';
    // A line as wide as the terminal would wrap in some.
    return barLine(this.#step, this.#forecaster.look(this.#step), this.#context.stderr.columns - 1);
  }
}

class Lines implements ProgressDisplay {
  readonly #context: Context;
  readonly #forecaster: Forecaster;
  #lastAtMs: number;
  #lastWaitAtMs = Number.NEGATIVE_INFINITY;
  #hasForetold = false;

  constructor(context: Context) {
    this.#context = context;
    this.#forecaster = new Forecaster(context.now);
    this.#lastAtMs = context.now().getTime();
  }

  report(step: Step): void {
    const { speed, allowance, left, end } = this.#forecaster.look(step);
    const nowMs = this.#context.now().getTime();
    // What will take long is foretold at once.
    const isForetold =
      !this.#hasForetold && left !== '' && (step.expectedLeftMs ?? 0) > LINE_EVERY_MS;
    if (!isForetold && nowMs - this.#lastAtMs < LINE_EVERY_MS) return;
    this.#lastAtMs = nowMs;
    this.#hasForetold = true;
    const of = step.total === null ? '' : ` of ${number(step.total)}`;
    const parts = [`${step.step}: ${number(step.done)}${of}`, speed, allowance, left, end];
    this.#context.output.note(parts.filter((part) => part !== '').join(', '));
  }

  say(sentence: string): void {
    this.#context.output.note(sentence);
  }

  warn(sentence: string): void {
    this.#context.output.warn(sentence);
  }

  wait(what: string, leftMs: number): void {
    const nowMs = this.#context.now().getTime();
    if (nowMs - this.#lastWaitAtMs < WAIT_LINE_EVERY_MS) return;
    this.#lastWaitAtMs = nowMs;
    this.#forecaster.forget();
    this.#context.output.note(`${what}, in ${countdown(leftMs)}`);
  }

  end(): void {
    // Every line ended itself.
  }
}

/** One line of at most `columns` characters. What there is no room for goes: the allowance first, then the speed; the bar takes what is left. */
export function barLine(step: Step, forecast: Forecast, columns: number): string {
  const count = `${number(step.done)}/${step.total === null ? '?' : number(step.total)}`;
  const { speed, allowance, left, end } = forecast;
  const wishes = [
    [count, speed, allowance, left, end],
    [count, speed, left, end],
    [count, left, end],
    [count, end],
    [count],
  ].map((parts) => parts.filter((part) => part !== '').join(', '));
  const room = columns - step.step.length - 4;
  const words =
    wishes.find((wish) => room - wish.length >= NARROWEST_BAR) ?? wishes.at(-1) ?? count;
  const width = Math.min(Math.max(room - words.length, NARROWEST_BAR), WIDEST_BAR);
  const share = step.total === null || step.total === 0 ? 0 : Math.min(step.done / step.total, 1);
  const filled = Math.round(share * width);
  return `${step.step} [${'='.repeat(filled)}${'-'.repeat(width - filled)}] ${words}`;
}

const NARROWEST_BAR = 10;
const WIDEST_BAR = 40;

/** To the second, for somebody who watches it. */
function countdown(ms: number): string {
  const seconds = Math.max(Math.ceil(ms / 1_000), 0);
  return `${Math.floor(seconds / 3_600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}

function two(part: number): string {
  return String(part).padStart(2, '0');
}

function number(count: number): string {
  return count.toLocaleString('en-US');
}
