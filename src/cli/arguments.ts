import { InvalidArgumentError, Option } from 'commander';
import type { Since } from '../operations/inventory/renew-inventory.ts';
import type { Format } from '../report/index.ts';

/** How a report looks, which has all forms unless others are named. */
export function formatOption(formats: readonly Format[] = ['text', 'json', 'csv', 'html']): Option {
  return new Option('--format <format>', 'how the report looks').choices(formats);
}

/** The examples below a command's help. */
export function examples(...commands: readonly string[]): string {
  return `\nExamples:\n${commands.map((command) => `  clio-fields ${command}`).join('\n')}`;
}

/** For an option that may be given several times. */
export function collect(value: string, earlier: readonly string[]): string[] {
  return [...earlier, value];
}

/** As `collect`, for ids of records. */
export function collectIds(value: string, earlier: readonly string[]): string[] {
  return collect(oneId(value), earlier);
}

/** The id of a record. */
export function oneId(value: string): string {
  if (/^\d+$/u.test(value)) return value;
  throw new InvalidArgumentError('The id of a record is the number in its address in the browser.');
}

/** Whoever did something; an empty name (a variable that is not set, say) must not pass for the system's user. */
export function personName(value: string): string {
  if (value.trim() !== '') return value.trim();
  throw new InvalidArgumentError('It must be a name.');
}

/** The name of a file. */
export function fileName(value: string): string {
  if (value !== '') return value;
  throw new InvalidArgumentError('It must be the name of a file.');
}

/** A whole number, 0 included. */
export function count(text: string): number {
  if (!/^\d{1,9}$/u.test(text)) throw new InvalidArgumentError('It must be a whole number.');
  return Number(text);
}

/** A whole number from 1. */
export function positive(text: string): number {
  const number = count(text);
  if (number === 0) throw new InvalidArgumentError('It must be at least 1.');
  return number;
}

/** From 0 to 100, with decimals. */
export function percent(text: string): number {
  if (!/^\d{1,3}(?:\.\d{1,6})?$/u.test(text) || Number(text) > 100)
    throw new InvalidArgumentError('It must be a number from 0 to 100, such as 2.5.');
  return Number(text);
}

/** A port that a program may listen on, of its own choice. */
export function port(text: string): number {
  const number = positive(text);
  if (number > GREATEST_PORT) throw new InvalidArgumentError('It must be a port, from 1 to 65535.');
  return number;
}

const GREATEST_PORT = 65_535;

/** A port for this machine alone; 0 for any that is free. */
export function portOrAny(text: string): number {
  const number = count(text);
  if (number > GREATEST_PORT)
    throw new InvalidArgumentError(
      'It must be a port, from 1 to 65535, or 0 for any that is free.',
    );
  return number;
}

/** States of matters, comma-separated. */
export function status(text: string): string[] {
  const known = ['open', 'pending', 'closed'];
  const parts = text
    .toLowerCase()
    .split(',')
    .map((part) => part.trim());
  const wrong = parts.find((part) => !known.includes(part));
  if (wrong !== undefined)
    throw new InvalidArgumentError(`"${wrong}" is none of ${known.join(', ')}.`);
  return parts;
}

/** `last`, the id of an inventory, or a day (its beginning, UTC) or time. */
export function since(text: string): Since {
  if (text === 'last') return { kind: 'last' };
  if (/^inventory-\d+$/u.test(text)) return { kind: 'inventory', inventoryId: text };
  const isDay = /^\d{4}-\d\d-\d\d$/u.test(text);
  const isTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)$/u.test(text);
  const ms = Date.parse(text);
  if (!(isDay || isTime) || Number.isNaN(ms)) {
    throw new InvalidArgumentError(
      'It must be last, the id of an inventory, a day such as 2026-01-31 or a time such as 2026-01-31T09:00:00Z.',
    );
  }
  return { kind: 'time', time: new Date(ms).toISOString() };
}

/** Minutes or hours, such as 15m or 2h; in milliseconds. */
export function interval(text: string): number {
  const [, number, unit] = /^(\d{1,4})(m|h)$/u.exec(text) ?? [];
  const ms = Number(number) * (unit === 'h' ? 60 : 1) * 60_000;
  if (Number.isNaN(ms) || ms < MINUTE_MS || ms > DAY_MS)
    throw new InvalidArgumentError('It must be from 1m (a minute) to 24h.');
  return ms;
}

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** Numbers of clusters, or all of them. */
export function clusterNumbers(text: string): readonly number[] | 'all' {
  if (text === 'all') return text;
  if (!/^[1-9]\d{0,8}(?:,[1-9]\d{0,8})*$/u.test(text))
    throw new InvalidArgumentError('It must be numbers of clusters such as 1,3, or all.');
  return text.split(',').map(Number);
}
