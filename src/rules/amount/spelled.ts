import { findCurrency, type CurrencyMark } from './currencies.ts';
import { makeDecimal, type Decimal } from './decimal.ts';
import { readNumberWords, startsWithNumberWord } from './words.ts';

/** An amount in words, as contracts and cheques write it. */
export interface SpelledAmount {
  readonly value: Decimal;
  /** Null where it says no currency. */
  readonly mark: CurrencyMark | null;
}

/** "Ten Thousand and 50/100 Dollars" in full; null for everything else. */
export function readSpelled(text: string): SpelledAmount | null {
  if (!startsWithNumberWord(text)) return null;
  const said = text.replace(ONLY, '');
  const hundredths = HUNDREDTHS.exec(said);
  if (hundredths === null) return readWhole(said);
  const [, words = '', cents = '', tail = ''] = hundredths;
  const whole = readWhole(tail === '' ? words : `${words} ${tail}`);
  const fraction = /^\d/.test(cents) ? cents : '';
  return whole && { ...whole, value: makeDecimal(false, whole.value.whole, fraction) };
}

const ONLY = /,? only$/i;
const HUNDREDTHS = /^([a-z, -]+?)(?: and| &)? (\d{2}|no|xx)\/100 ?(.*)$/i;

/** Words, and behind them the currency's name in up to three words. */
function readWhole(text: string): SpelledAmount | null {
  const alone = readNumberWords(text);
  if (alone !== null) return { value: makeDecimal(false, alone), mark: null };
  const words = text.split(' ');
  for (let count = 1; count <= LONGEST_NAME && count < words.length; count += 1) {
    const mark = findCurrency(words.slice(-count).join(' '));
    const digits = mark && readNumberWords(words.slice(0, -count).join(' '));
    if (mark !== undefined && digits != null) return { value: makeDecimal(false, digits), mark };
  }
  return null;
}

const LONGEST_NAME = 3;

/** "Ten Dollars ($10.00)" and "$10.00 (Ten Dollars)" as figures and words; null where it is not both. */
export function splitWordsAndFigures(
  text: string,
): { figures: string; words: SpelledAmount } | null {
  if (!text.endsWith(')')) return null;
  const open = text.lastIndexOf('(');
  if (open < 1) return null;
  const [outer, inner] = [text.slice(0, open).trim(), text.slice(open + 1, -1).trim()];
  const outerWords = readSpelled(outer);
  if (outerWords !== null) return { figures: inner, words: outerWords };
  const innerWords = readSpelled(inner);
  return innerWords === null ? null : { figures: outer, words: innerWords };
}
