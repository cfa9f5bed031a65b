/** The English cardinal number that a text spells out in full, as digits; null for everything else. */
export function readNumberWords(text: string): string | null {
  const words = text
    .toLowerCase()
    .replace(/[-, ]+/g, ' ')
    .trim()
    .split(' ');
  if (words.length > MOST_WORDS) return null;
  const total = readScales(words);
  return total === null ? null : String(total);
}

/** A quick look at the first word only. */
export function startsWithNumberWord(text: string): boolean {
  const first = FIRST_WORD.exec(text)?.[0].toLowerCase() ?? '';
  return first === 'a' || UNITS.has(first) || TENS.has(first);
}

const FIRST_WORD = /^[a-z]{1,9}/i;

/** Whether a text spells out a place in an order ("third", "twenty-first"). */
export function isOrdinalWord(text: string): boolean {
  const last = text.toLowerCase().split(/[- ]/).at(-1) ?? '';
  return ORDINALS.has(last) || /(?:teenth|tieth)$/.test(last);
}

const MOST_WORDS = 30;

const UNITS = new Map(
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'
    .split(' ')
    .map((word, value) => [word, value]),
);
const TENS = new Map(
  'twenty thirty forty fifty sixty seventy eighty ninety'
    .split(' ')
    .map((word, at) => [word, (at + 2) * 10]),
);
const SCALES = new Map([
  ['thousand', 1000n],
  ['million', 1_000_000n],
  ['billion', 1_000_000_000n],
  ['trillion', 1_000_000_000_000n],
]);
const ORDINALS = new Set(
  'first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth hundredth thousandth millionth'.split(
    ' ',
  ),
);

/** "two million three thousand and nine": groups below a thousand, each with a smaller scale than the one before. */
function readScales(words: readonly string[]): bigint | null {
  let total = 0n;
  let lastScale: bigint | null = null;
  let group: string[] = [];
  for (const word of words) {
    const scale = SCALES.get(word);
    if (scale === undefined) {
      group.push(word);
      continue;
    }
    const count = group.join(' ') === 'a' ? 1 : readGroup(group, lastScale !== null);
    if (count === null || count === 0 || (lastScale !== null && scale >= lastScale)) return null;
    total += BigInt(count) * scale;
    lastScale = scale;
    group = [];
  }
  if (group.length === 0) return lastScale === null ? null : total;
  const rest = readGroup(group, lastScale !== null);
  return rest === null || (lastScale !== null && rest === 0) ? null : total + BigInt(rest);
}

/** "four hundred and twenty-one", below a thousand; "and" may lead where a greater group came before. */
function readGroup(words: readonly string[], mayLead: boolean): number | null {
  const [first, ...others] = words;
  if (first === undefined) return null;
  if (first === 'and') return mayLead ? readBelowHundred(others) : null;
  if (others[0] !== 'hundred') return readBelowHundred(words);
  const hundreds = first === 'a' ? 1 : UNITS.get(first);
  if (hundreds === undefined || hundreds < 1 || hundreds > 9) return null;
  const rest = others.slice(1);
  if (rest.length === 0) return hundreds * 100;
  const below = readBelowHundred(rest[0] === 'and' ? rest.slice(1) : rest);
  return below === null || below === 0 ? null : hundreds * 100 + below;
}

function readBelowHundred(words: readonly string[]): number | null {
  const [first = '', second] = words;
  if (words.length === 1) return UNITS.get(first) ?? TENS.get(first) ?? null;
  const tens = TENS.get(first);
  const units = words.length === 2 && second !== undefined ? UNITS.get(second) : undefined;
  return tens === undefined || units === undefined || units < 1 || units > 9 ? null : tens + units;
}
