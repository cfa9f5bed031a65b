import type { Body } from './body.ts';

/**
 * Why Clio refused a write, in words that hold no client's data: a 422 can echo what was sent. Clio's error type, and those
 * phrases of its message that are known to carry nothing but ids and lengths.
 */
export function safeReason(status: number, body: Body): string {
  const phrases = SAFE_PHRASES.flatMap((phrase) => messageOf(body).match(phrase)?.[0] ?? []);
  const said = phrases.length === 0 ? '' : `: ${phrases.join(', ')}`;
  return `Clio refused it (${status}, ${errorTypeOf(body)})${said}`;
}

/** Clio's own name for the error (`ArgumentError`); never its message. */
export function errorTypeOf(body: Body): string {
  const type = field(field(bodyJson(body), 'error'), 'type');
  return typeof type === 'string' && /^[A-Za-z]{1,40}$/.test(type) ? type : 'no error type given';
}

/** The first is Clio's, seen live; the rest are the validation messages of Rails, which Clio is written in. */
const SAFE_PHRASES = [
  /custom field value for custom field \d+ already exists/i,
  /custom field \d+ (?:does not exist|not found|is deleted)/i,
  /(?:a value for )?custom field \d+ is required/i,
  /can(?:'|’)t be blank/i,
  /is not a number/i,
  /must be an integer/i,
  /is too long(?: \(maximum is \d+ characters?\))?/i,
  /is not included in the list/i,
  /is not a valid (?:date|time|email|url|number|option|picklist option|boolean)/i,
  /(?:must be (?:less|greater) than(?: or equal to)? -?\d+)/i,
  /is invalid/i,
];

function messageOf(body: Body): string {
  const message = field(field(bodyJson(body), 'error'), 'message');
  return typeof message === 'string' ? message : '';
}

function bodyJson(body: Body): unknown {
  return body.kind === 'json' ? body.json : null;
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? Reflect.get(value, name)
    : undefined;
}
