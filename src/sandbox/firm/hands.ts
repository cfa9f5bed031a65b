import type { Dice } from './dice.ts';
import type { Address, Day, Party } from './facts.ts';
import { toPlainLetters } from './facts.ts';
import { habits } from './habits.ts';

/** How years of hands and two migrations wrote dates, amounts, addresses and the like. */

const NO_BREAK_SPACE = '\u00a0';
const ZERO_WIDTH_SPACE = '\u200b';

const MONTHS = [
  'January', 'February', 'March', 'April', 'May', 'June',
  'July', 'August', 'September', 'October', 'November', 'December',
]; // prettier-ignore

/** Month first, as the firm's own people type. */
export const usDates = habits<Day>(
  [42, 'format', (day) => slashed(day, 'MDY')],
  [14, 'format', (day) => shortSlashed(day)],
  [10, 'format', (day) => `${monthName(day)} ${dayOfMonth(day)}, ${year(day)}`],
  [7, 'format', (day) => `${monthName(day).slice(0, 3)} ${dayOfMonth(day)} ${year(day)}`],
  [9, 'none', (day) => iso(day)],
  [5, 'format', (day) => `${month(day)}-${dayOfMonth(day)}-${year(day)}`],
  [3, 'format', (day) => `${dayOfMonth(day)} ${monthName(day)} ${year(day)}`],
  [3, 'format', (day) => ` ${slashed(day, 'MDY')}${NO_BREAK_SPACE}`],
  [2, 'format', (day) => `${iso(day)} 00:00:00`],
  [1, 'doubtful', (day) => `${monthName(day)} ${year(day)}`],
  [1, 'doubtful', (day) => `approx. ${month(day)}/${year(day)}`],
  [1, 'doubtful', (day) => `${shortSlashed(day)} or ${shortSlashed(day + 1)}`],
  [1, 'doubtful', (day) => `${year(day)}?`],
  [0.5, 'doubtful', () => 'TBD'],
  [0.5, 'doubtful', () => 'see intake form'],
  [0.3, 'doubtful', (day) => `02/31/${year(day)}`],
  [0.2, 'doubtful', (day) => `summer of ${year(day)}`],
);

/** Day first: a migration from a product with other regional settings wrote this column. */
export const dayFirstDates = habits<Day>(
  [74, 'format', (day) => slashed(day, 'DMY')],
  [12, 'format', (day) => slashed(day, 'DMY').replaceAll('/', '.')],
  [7, 'format', (day) => `${dayOfMonth(day)} ${monthName(day)} ${year(day)}`],
  [5, 'none', (day) => iso(day)],
  [1, 'doubtful', (day) => `${monthName(day)} ${year(day)}`],
  [1, 'doubtful', () => 'before filing'],
);

/** Half of the column is month first and half day first: where both can be, nobody can tell. */
export const contradictoryDates = habits<Day>(
  [45, (day) => (isOneWay(day) ? 'format' : 'doubtful'), (day) => slashed(day, 'MDY')],
  [40, (day) => (isOneWay(day) ? 'format' : 'doubtful'), (day) => slashed(day, 'DMY')],
  [8, 'format', (day) => `${monthName(day).slice(0, 3)} ${dayOfMonth(day)}, ${year(day)}`],
  [6, 'none', (day) => iso(day)],
  [1, 'doubtful', (day) => `on or about ${slashed(day, 'MDY')}`],
);

/** Whole dollars. */
export const amounts = habits<number>(
  [26, 'format', (dollars) => signed(dollars, (size) => `$${grouped(size)}`)],
  [13, 'none', (dollars) => String(dollars)],
  [14, 'format', (dollars) => signed(dollars, (size) => `${grouped(size)}.00`)],
  [10, 'format', (dollars) => signed(dollars, inThousands)],
  [4, 'format', (dollars) => signed(dollars, (size) => inThousands(size).replace('k', ' K'))],
  [6, 'format', (dollars) => signed(dollars, inMillions)],
  [4, 'format', (dollars) => `USD ${grouped(Math.abs(dollars))}${dollars < 0 ? '-' : ''}`],
  [3, 'format', (dollars) => signed(dollars, (size) => `$ ${grouped(size)}${NO_BREAK_SPACE}`)],
  [3, 'format', (dollars) => signed(dollars, (size) => `${grouped(size)} dollars`)],
  [3, 'doubtful', (dollars) => `approx. $${grouped(Math.abs(dollars))}`],
  [3, 'doubtful', () => 'TBD'],
  [2, 'doubtful', (dollars) => `$${grouped(Math.abs(dollars))} - see email`],
  [2, 'doubtful', (dollars) => `${grouped(Math.abs(dollars))} + costs`],
  [2, 'doubtful', (dollars) => `${inThousands(Math.abs(dollars))}-${inThousands(Math.abs(dollars) + 10_000)}`],
  [1.5, 'doubtful', (dollars) => `CAD ${grouped(Math.abs(dollars))}`],
  [1, 'doubtful', (dollars) => `$${grouped(Math.abs(dollars))} / $${grouped(Math.abs(dollars) + 5_000)}`],
  [1, 'doubtful', () => 'confidential'],
  [1, 'doubtful', () => 'policy limits'],
); // prettier-ignore

/** An address on one line. */
export const addressLines = habits<Address>(
  [46, 'none', (address) => addressLine(address)],
  [12, 'spelling', (address) => addressLine(address, address.shortSuffix)],
  [9, 'case', (address) => addressLine(address).toUpperCase()],
  [7, 'case', (address) => addressLine(address, address.shortSuffix).toLowerCase()],
  [7, 'spacing', (address) => `${addressLine(address)}  `],
  [6, 'spacing', (address) => addressLine(address).replace(' ', '  ')],
  [6, 'spacing', (address) => addressLine(address).replaceAll(' ', NO_BREAK_SPACE)],
  [3, 'spacing', (address) => `${addressLine(address)}${ZERO_WIDTH_SPACE}`],
  [3, 'encoding', (address) => misread(addressLine(address).replaceAll(' ', NO_BREAK_SPACE))],
  [1, 'spacing', (address) => addressLine(address).replace(', ', ',\t')],
);

export function addressLine(address: Address, suffix = address.suffix): string {
  const unit = address.unit === null ? '' : `, Apt ${address.unit}`;
  return `${address.number} ${address.street} ${suffix}${unit}, ${address.town}, ${address.state} ${address.zip}`;
}

/** Ten digits. */
export const phones = habits<string>(
  [30, 'none', (digits) => phone(digits, ['(', ') ', '-'])],
  [22, 'format', (digits) => phone(digits, ['', '-', '-'])],
  [12, 'format', (digits) => phone(digits, ['', '.', '.'])],
  [12, 'format', (digits) => digits],
  [7, 'format', (digits) => `+1 ${phone(digits, ['', ' ', ' '])}`],
  [4, 'format', (digits) => `1-${phone(digits, ['', '-', '-'])}`],
  [3, 'format', (digits) => `Tel: ${phone(digits, ['(', ') ', '-'])}`],
  [3, 'doubtful', (digits, dice) => `${phone(digits, ['', '-', '-'])} / ${phone(near(digits, dice), ['', '-', '-'])}`],
  [3, 'doubtful', (digits) => `${phone(digits, ['(', ') ', '-'])} (after 5pm, ask for spouse)`],
  [2, 'doubtful', (digits) => phone(digits, ['', '-', '-']).slice(4)],
  [1, 'doubtful', () => 'on file'],
); // prettier-ignore

/** Ten digits and an extension. */
export const extensions = habits<{ digits: string; extension: number }>(
  [5, 'format', ({ digits, extension }) => `${phone(digits, ['(', ') ', '-'])} x${extension}`],
  [4, 'format', ({ digits, extension }) => `${phone(digits, ['', '-', '-'])} ext. ${extension}`],
  [1, 'format', ({ digits, extension }) => `${digits} Ext ${extension}`],
);

export const emails = habits<Pick<Party, 'name' | 'email'>>(
  [62, 'none', ({ email }) => email],
  [9, 'case', ({ email }) => email.replace('@example', '@Example')],
  [8, 'format', ({ email }) => `mailto:${email}`],
  [7, 'format', ({ email }) => `${email}.`],
  [5, 'format', ({ name, email }) => `${name} <${email}>`],
  [4, 'spacing', ({ email }) => ` ${email}${NO_BREAK_SPACE}`],
  [3, 'doubtful', ({ email }) => `${email}; second.${email}`],
  [1, 'doubtful', ({ email }) => email.replace('@', ' at ')],
  [1, 'doubtful', () => 'none'],
);

/** An address without its scheme. */
export const links = habits<string>(
  [50, 'none', (address) => `https://${address}`],
  [25, 'format', (address) => address],
  [12, 'format', (address) => `HTTPS://${address.replace('example.com', 'Example.COM')}`],
  [8, 'spacing', (address) => ` https://${address} `],
  [5, 'doubtful', (address) => address.replace(/^[^/]+/u, 'F:/Clients').replaceAll('/', '\\')],
);

export const yesOrNo = habits<boolean>(
  [25, 'format', (isYes) => (isYes ? 'Y' : 'N')],
  [20, 'format', (isYes) => (isYes ? 'Yes' : 'No')],
  [14, 'format', (isYes) => (isYes ? 'YES' : 'no')],
  [16, 'format', (isYes) => (isYes ? 'x' : 'N')],
  [10, 'format', (isYes) => (isYes ? 'true' : 'false')],
  [6, 'format', (isYes) => (isYes ? 'done' : 'no')],
  [4, 'doubtful', () => 'maybe'],
  [3, 'doubtful', () => 'pending'],
  [2, 'doubtful', (isYes) => (isYes ? 'Y - but see notes' : 'n/a')],
);

export const counts = habits<number>(
  [62, 'none', (count) => String(count)],
  [12, 'format', (count) => COUNT_WORDS[count] ?? String(count)],
  [8, 'spacing', (count) => ` ${count} `],
  [5, 'format', (count) => `${count}.0`],
  [5, 'doubtful', (count) => `${count} (see notes)`],
  [3, 'doubtful', (count) => `${count}-${count + 1}`],
  [3, 'doubtful', (count) => `${count}+`],
  [2, 'doubtful', () => 'unknown'],
);

const COUNT_WORDS = ['none', 'one', 'two', 'three', 'four', 'five'];

/** A name, or other words that should stand as they are given. */
export const words = habits<string>(
  [70, 'none', (text) => text],
  [8, 'case', (text) => text.toUpperCase()],
  [6, 'case', (text) => text.toLowerCase()],
  [5, 'spacing', (text) => `${text} `],
  [4, 'spacing', (text) => ` ${text.replace(' ', '  ')}`],
  [4, 'spacing', (text) => text.replace(' ', NO_BREAK_SPACE)],
  [2, 'spacing', (text) => `${ZERO_WIDTH_SPACE}${text}`],
  [1, 'spacing', (text) => `${text}\r\n`],
);

export const notes = habits<string>(
  [72, 'none', (text) => text],
  [8, 'spacing', (text) => `${text}\n\n`],
  // Nobody sees which line ends a text has.
  [6, 'none', (text) => text.replaceAll('\n', '\r\n')],
  [6, 'spacing', (text) => text.replaceAll('. ', '.  ')],
  [3, 'spacing', (text) => text.replaceAll(' ', NO_BREAK_SPACE)],
  [5, (text) => (misread(text) === text ? 'none' : 'encoding'), misread],
);

/** UTF-8 read as Windows-1252, for the characters that occur here. */
function misread(text: string): string {
  return text.replace(/[\u00a0éüïñÉë’“”–]/gu, (character) => MISREAD[character] ?? character);
}

const MISREAD: Readonly<Record<string, string>> = {
  '\u00a0': '\u00c2\u00a0',
  é: 'Ã©',
  ü: 'Ã¼',
  ï: 'Ã¯',
  ñ: 'Ã±',
  É: 'Ã‰',
  ë: 'Ã«',
  '’': 'â€™',
  '“': 'â€œ',
  '”': 'â€\u009d',
  '–': 'â€“',
};

/** A folder in one of the firm's document stores, without the scheme: `files.example.com/2021/mcsample`. */
export function folderOf(opened: Day, party: Party): string {
  const store = year(opened) < 2018 ? 'www' : 'files';
  return `${store}.example.com/${year(opened)}/${toPlainLetters(party.shortName)}`;
}

export function phone(
  digits: string,
  [before, middle, last]: readonly [string, string, string],
): string {
  return `${before}${digits.slice(0, 3)}${middle}${digits.slice(3, 6)}${last}${digits.slice(6)}`;
}

function near(digits: string, dice: Dice): string {
  return `${digits.slice(0, 8)}${String(dice.between(0, 99)).padStart(2, '0')}`;
}

function signed(dollars: number, write: (size: number) => string): string {
  return dollars < 0 ? `(${write(-dollars)})` : write(dollars);
}

function grouped(size: number): string {
  return String(size).replace(/\B(?=(?:\d{3})+$)/gu, ',');
}

function inThousands(size: number): string {
  return size % 500 === 0 ? `$${size / 1000}k` : `$${grouped(size)}`;
}

function inMillions(size: number): string {
  if (size < 500_000 || size % 25_000 !== 0) return `$${grouped(size)}.00`;
  return `$${size / 1_000_000} million`;
}

/** Whether slashes leave no doubt of the order. */
function isOneWay(day: Day): boolean {
  return dayOfMonth(day) > 12 || dayOfMonth(day) === month(day);
}

function iso(day: Day): string {
  return `${year(day)}-${twoDigits(month(day))}-${twoDigits(dayOfMonth(day))}`;
}

function slashed(day: Day, order: 'MDY' | 'DMY'): string {
  const [first, second] =
    order === 'MDY' ? [month(day), dayOfMonth(day)] : [dayOfMonth(day), month(day)];
  return `${twoDigits(first)}/${twoDigits(second)}/${year(day)}`;
}

function shortSlashed(day: Day): string {
  return `${month(day)}/${dayOfMonth(day)}/${twoDigits(year(day) % 100)}`;
}

function year(day: Day): number {
  return new Date(day * 86_400_000).getUTCFullYear();
}

function month(day: Day): number {
  return new Date(day * 86_400_000).getUTCMonth() + 1;
}

function dayOfMonth(day: Day): number {
  return new Date(day * 86_400_000).getUTCDate();
}

function monthName(day: Day): string {
  return MONTHS[month(day) - 1] ?? '';
}

function twoDigits(number: number): string {
  return String(number).padStart(2, '0');
}
