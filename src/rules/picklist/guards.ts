/**
 * What two like texts must agree on before one may be proposed for the other: their numbers
 * ("23 CV" is not "22 CV"), their roman numerals and part letters ("Phase II", "Class A"),
 * whether they deny ("not", "non-", "un-"), and on pairs that are opposites though nearly written alike
 * ("North" and "South", "Lessor" and "Lessee").
 */
export function canMeanTheSame(left: readonly string[], right: readonly string[]): boolean {
  return (
    agreeOnNumbers(left, right) &&
    agreeOnParts(left, right) &&
    agreeOnDenial(left, right) &&
    agreeOnSides(left, right)
  );
}

/** Where only one has numbers ("Other Fraud", "370 Other Fraud"), they do not disagree. */
function agreeOnNumbers(left: readonly string[], right: readonly string[]): boolean {
  const [mine, theirs] = [numbersOf(left), numbersOf(right)];
  return mine === '' || theirs === '' || mine === theirs;
}

function numbersOf(words: readonly string[]): string {
  return words
    .flatMap((word) =>
      [...word.matchAll(/\p{Nd}+/gu)].map(([digits]) => digits.replace(/^0+(?=.)/u, '')),
    )
    .join(' ');
}

const ROMAN = /^(?:i{1,3}|iv|vi{0,3}|ix|xi{0,3}|xiv|xvi{0,3}|xix|xx)$/u;

/** A single letter or a roman numeral at the end says which part: "Class A", "Title XVI". */
function agreeOnParts(left: readonly string[], right: readonly string[]): boolean {
  const [mine, theirs] = [partOf(left), partOf(right)];
  return mine === null || theirs === null || mine === theirs;
}

function partOf(words: readonly string[]): string | null {
  const last = words.at(-1) ?? '';
  return words.length > 1 && (ROMAN.test(last) || /^\p{L}$/u.test(last)) ? last : null;
}

const DENIALS = new Set(['no', 'not', 'non', 'never', 'without', 'none', 'neither', 'cannot']);
const DENYING_STARTS = ['non', 'un', 'in', 'im', 'dis', 'ir', 'il', 'mis'];

function agreeOnDenial(left: readonly string[], right: readonly string[]): boolean {
  if (left.some((word) => DENIALS.has(word)) !== right.some((word) => DENIALS.has(word)))
    return false;
  return !denies(left, right) && !denies(right, left);
}

/** "secured" here and "unsecured" there. */
function denies(words: readonly string[], others: readonly string[]): boolean {
  const all = new Set(others);
  return words.some(
    (word) =>
      word.length > 3 && !all.has(word) && DENYING_STARTS.some((start) => all.has(start + word)),
  );
}

const SIDES = new Set(
  (
    'north south east west northern southern eastern western northeast northwest southeast southwest ' +
    'upper lower left right inner outer male female his her first last pre post intra inter maternal paternal'
  ).split(' '),
);

/** Two sides of one thing: a word of one text has its opposite in the other. */
function agreeOnSides(left: readonly string[], right: readonly string[]): boolean {
  const [mine, theirs] = [without(left, right), without(right, left)];
  if (mine.some((word) => SIDES.has(word)) && theirs.some((word) => SIDES.has(word))) return false;
  return !mine.some((word) => theirs.some((other) => areOpposites(word, other)));
}

function without(words: readonly string[], others: readonly string[]): readonly string[] {
  const all = new Set(others);
  return words.filter((word) => !all.has(word));
}

/** Who does and who is done to: lessor and lessee, appellant and appellee, employer and employee. */
function areOpposites(word: string, other: string): boolean {
  const [receiver, giver] = word.endsWith('ee') ? [word, other] : [other, word];
  const stem = receiver.slice(0, -2);
  return receiver.endsWith('ee') && ['or', 'er', 'ant'].some((ending) => giver === stem + ending);
}
