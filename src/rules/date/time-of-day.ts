/** A text that holds one time of day, apart from it. */
export interface Timed {
  /** The text without the time and the words that lead to it. */
  readonly rest: string;
  readonly isMidnight: boolean;
  /** Given in universal time, so that the day where it happened may have been another. */
  readonly isUniversal: boolean;
  /** As it stood in the text. */
  readonly time: string;
}

/** A quick look that spares most texts the search. */
const HINT = /\d:\d|\d ?[ap]\.? ?m/i;

/** Hours with minutes, or with am or pm; then a zone, as ISO 8601, RFC 2822, JavaScript and people write them. */
const TIME = new RegExp(
  [
    String.raw`(?:^|(?<=[\s,T@]))`,
    String.raw`(?<hour>\d{1,2})(?::(?<minute>\d{1,2})(?::(?<second>\d{1,2}(?:[.,]\d{1,9})?))?)?`,
    String.raw`(?: ?(?<half>[ap])(?:m|\.m\.?)(?![\p{L}\d]))?`,
    String.raw`(?: ?(?<zone>Z|UTC|GMT|[ACEMP][DS]?T|CES?T)(?![\p{L}]))?`,
    String.raw`(?: ?(?<offset>[+-]\d{2}:?(?:\d{2})?)(?!\d))?`,
    String.raw`(?: (?:UTC|GMT))?`,
    String.raw`(?: \([\p{L} ]{2,40}\))?`,
  ].join(''),
  'giu',
);

/** Null where there is no time, or more than one. */
export function splitTime(text: string): Timed | null {
  if (!HINT.test(text)) return null;
  const times = [...text.matchAll(TIME)].filter(isTime);
  const [match] = times;
  if (match === undefined || times.length > 1) return null;
  const before = text.slice(0, match.index).replace(/(?:T|[\s,]+|\s+at\s+|\s*@\s*|\s+-\s+)$/i, '');
  const after = text
    .slice(match.index + match[0].length)
    .replace(/^(?:[\s,]+on\s+|\s+-\s+|[\s,]+)/i, '');
  return {
    rest: `${before} ${after}`.trim(),
    isMidnight: isMidnight(match),
    isUniversal: isUniversal(match),
    time: match[0].trim(),
  };
}

function isTime({ groups }: RegExpMatchArray): boolean {
  const { hour = '', minute, second = '0', half } = groups ?? {};
  if (minute === undefined && half === undefined) return false;
  const hours = Number(hour);
  const fits = half === undefined ? hours <= 23 : hours >= 1 && hours <= 12;
  return fits && Number(minute ?? 0) <= 59 && Number.parseInt(second, 10) <= 59;
}

function isMidnight({ groups }: RegExpMatchArray): boolean {
  const { hour = '', minute = '0', second = '0', half } = groups ?? {};
  const hours =
    half === undefined ? Number(hour) : (Number(hour) % 12) + (isAfternoon(half) ? 12 : 0);
  return hours === 0 && Number(minute) === 0 && Number(second.replace(',', '.')) === 0;
}

function isAfternoon(half: string): boolean {
  return half.toLowerCase() === 'p';
}

function isUniversal({ groups }: RegExpMatchArray): boolean {
  const { zone = '', offset } = groups ?? {};
  return offset === undefined ? /^(?:Z|UTC|GMT)$/i.test(zone) : /^[+-][0:]+$/.test(offset);
}
