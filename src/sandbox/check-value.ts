import type { AccountDefinition } from './account.ts';
import type { Directory } from './directory.ts';
import { optionOf } from './directory.ts';
import { refuse, type ApiError } from './exchange.ts';
import type { Behaviour } from './options.ts';

type Held = string | number | boolean;

/** Turns what was sent for a definition into what the account holds; null for a blank. Throws a 422 for what does not fit the type. */
export function checkValue(
  definition: AccountDefinition,
  sent: unknown,
  directory: Directory,
  behaviour: Behaviour,
): Held | null {
  if (sent === null && behaviour.takesNull) return null;
  if (sent === '' && behaviour.emptyTextClears === 'all') return null;
  const wrong = (why: string) => refuseValue(definition, sent, why, behaviour);
  if (behaviour.takesOnlyText && typeof sent !== 'string') throw wrong('is not a text');
  switch (definition.fieldType) {
    case 'text_line':
      return checkText(sent, behaviour.textLineLimit, behaviour, wrong);
    case 'text_area':
      return checkText(withLineEnds(sent, behaviour), behaviour.textAreaLimit, behaviour, wrong);
    case 'email':
      return checkText(sent, behaviour.textLineLimit, behaviour, wrong, isEmail);
    case 'url':
      return checkText(sent, null, behaviour, wrong, isUrl);
    case 'currency':
    case 'numeric':
      return checkAmount(sent, behaviour, wrong);
    case 'checkbox':
      if (sent === true || sent === 'true') return true;
      if (sent === false || sent === 'false') return false;
      throw wrong('is not a boolean');
    case 'date':
      if (typeof sent === 'string' && isDate(sent)) return sent;
      throw wrong('is not a valid date');
    case 'time':
      if (typeof sent === 'string' && TIME.test(sent)) return sent;
      throw wrong('is not a valid time');
    case 'picklist': {
      const option = optionOf(definition, checkId(sent, wrong));
      if (option === undefined || (option.deletedAt !== null && !behaviour.takesRetiredOptions)) {
        throw wrong('is not an option of this picklist');
      }
      return option.id;
    }
    case 'contact':
    case 'matter': {
      const kind = definition.fieldType === 'matter' ? 'Matter' : 'Contact';
      const record = directory.record(kind, checkId(sent, wrong));
      if (record === undefined || record.access === 'none') throw wrong('does not exist');
      return record.id;
    }
    default:
      return definition.fieldType satisfies never;
  }
}

type Wrong = (why: string) => ApiError;

function checkText(
  sent: unknown,
  limit: number | null,
  behaviour: Behaviour,
  wrong: Wrong,
  fits: (text: string) => boolean = () => true,
): string | null {
  if (typeof sent !== 'string') throw wrong('is not a text');
  const whole = behaviour.composesText ? sent.normalize('NFC') : sent;
  const text = behaviour.trimsText ? whole.trim() : whole;
  if (text === '') return behaviour.keepsEmptyText ? '' : null;
  if (limit !== null && text.length > limit) {
    throw wrong(`is too long (maximum is ${limit} characters)`);
  }
  if (behaviour.checksEmailAndUrl && !fits(text)) throw wrong('is invalid');
  return text;
}

function withLineEnds(sent: unknown, { lineEnds }: Behaviour): unknown {
  if (typeof sent !== 'string' || lineEnds === 'asSent') return sent;
  return sent.replace(/\r\n?|\n/g, lineEnds === 'lf' ? '\n' : '\r\n');
}

function checkAmount(sent: unknown, behaviour: Behaviour, wrong: Wrong): string {
  const text = typeof sent === 'number' ? String(sent) : sent;
  if (typeof text !== 'string' || !PLAIN_DECIMAL.test(text)) throw wrong('is not a number');
  if (!text.includes('.') || behaviour.decimals === 'accept') return text;
  if (behaviour.decimals === 'refuse') throw wrong('must be an integer');
  return roundToWhole(text);
}

/** Half away from zero, on the digits themselves, so that no amount is too long. */
function roundToWhole(text: string): string {
  const [whole = '0', fraction = ''] = text.split('.');
  const isNegative = whole.startsWith('-');
  const magnitude = BigInt(isNegative ? whole.slice(1) : whole);
  const rounded = fraction >= '5' ? magnitude + 1n : magnitude;
  return isNegative && rounded !== 0n ? `-${rounded}` : String(rounded);
}

function checkId(sent: unknown, wrong: Wrong): number {
  if (typeof sent === 'number' && Number.isSafeInteger(sent)) return sent;
  if (typeof sent === 'string' && /^\d{1,15}$/.test(sent)) return Number(sent);
  throw wrong('is not an id');
}

export const PLAIN_DECIMAL = /^-?\d+(?:\.\d+)?$/;
export const TIME = /^(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d)?$/;

export function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

function isEmail(text: string): boolean {
  return /^[^\s@,;<>]+@[^\s@,;<>]+\.[^\s@,;<>]+$/.test(text);
}

function isUrl(text: string): boolean {
  return /^https?:\/\/[^\s/]+/i.test(text) && !/\s/.test(text) && URL.canParse(text);
}

function refuseValue(
  { id, name }: AccountDefinition,
  sent: unknown,
  why: string,
  { echoesValues }: Behaviour,
): ApiError {
  const what = echoesValues ? ` ${JSON.stringify(sent)}` : '';
  return refuse.argument(`custom field value${what} for ${name} (custom field ${id}) ${why}`);
}
