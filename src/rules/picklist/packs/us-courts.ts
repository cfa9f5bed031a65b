import { fold } from '../../fold.ts';
import { respell } from '../spelling.ts';
import type { Pack } from './pack.ts';
import { STATE_NAMES } from './us-states.ts';

/**
 * The federal courts by the names and short forms of captions and citations ("S.D.N.Y.", "9th Cir.",
 * "Bankr. D. Del."). Every spelling is spelled out beforehand from what exists, so a district
 * that there is not ("Central District of South Dakota") or a text that says more names no court.
 */
export const usCourts: Pack = {
  title: 'US federal courts',
  read: (text) => (text.length > LONGEST ? null : (courts().get(readKey(text)) ?? null)),
};

/** Characters; the longest spelling has under a hundred, white space apart. */
const LONGEST = 300;

/**
 * Which parts each state's federal district is divided into: 28 U.S.C. §§ 81-131, with Guam and the
 * Northern Marianas (48 U.S.C. §§ 1424, 1821) and the Virgin Islands (48 U.S.C. § 1611). The rest have one.
 */
const PARTS: Readonly<Record<string, string>> = {
  Alabama: 'NMS',
  Arkansas: 'EW',
  California: 'NECS',
  Florida: 'NMS',
  Georgia: 'NMS',
  Illinois: 'NCS',
  Indiana: 'NS',
  Iowa: 'NS',
  Kentucky: 'EW',
  Louisiana: 'EMW',
  Michigan: 'EW',
  Mississippi: 'NS',
  Missouri: 'EW',
  'New York': 'NSEW',
  'North Carolina': 'EMW',
  Ohio: 'NS',
  Oklahoma: 'NEW',
  Pennsylvania: 'EMW',
  Tennessee: 'EMW',
  Texas: 'NESW',
  Virginia: 'EW',
  Washington: 'EW',
  'West Virginia': 'NS',
  Wisconsin: 'EW',
};

const DIRECTIONS: Readonly<Record<string, string>> = {
  N: 'northern',
  E: 'eastern',
  S: 'southern',
  W: 'western',
  M: 'middle',
  C: 'central',
};

/** Their courts are named after the territory alone: "District Court of Guam". */
const TERRITORIES = new Set(['Guam', 'Northern Mariana Islands', 'US Virgin Islands']);
const WITHOUT_COURT = new Set(['American Samoa']);

const DISTRICT_COURT = ['us district court', 'usdc', 'us d c'];
const BANKRUPTCY_COURT = [
  'us bankruptcy court',
  'bankruptcy court',
  'bankruptcy',
  'us b c',
  'usbc',
];
const APPEALS_COURT = [
  'us court appeals',
  'us circuit court appeals',
  'circuit court appeals',
  'court appeals',
];

const OTHER_COURTS: Readonly<Record<string, readonly string[]>> = {
  supreme: ['supreme court us', 'us supreme court', 'scotus'],
  trade: ['us court international trade', 'court international trade', 'ct intl trade'],
  claims: ['us court federal claims', 'court federal claims', 'fed cl'],
  tax: ['us tax court', 'ustc'],
  veterans: ['us court appeals veterans claims', 'court appeals veterans claims', 'cavc'],
  forces: ['us court appeals armed forces', 'court appeals armed forces', 'caaf'],
};

let known: ReadonlyMap<string, string> | undefined;

/** Built once, on first use: some ten thousand spellings. */
function courts(): ReadonlyMap<string, string> {
  known ??= spellCourts();
  return known;
}

function spellCourts(): ReadonlyMap<string, string> {
  const spellings = new Map<string, string>();
  const twice = new Set<string>();
  const add = (words: string, court: string) => {
    const key = readKey(words);
    if ((spellings.get(key) ?? court) !== court) twice.add(key);
    spellings.set(key, court);
  };
  for (const names of STATE_NAMES) spellDistricts(names, add);
  for (let circuit = 1; circuit <= 11; circuit += 1) spellCircuit(circuit, add);
  for (const name of ['dc', 'district columbia', 'd c']) spellNamedCircuit(name, 'dc', add);
  for (const name of ['federal', 'fed']) spellNamedCircuit(name, 'federal', add);
  for (const [court, names] of Object.entries(OTHER_COURTS))
    for (const name of names) add(name, court);
  for (const key of twice) spellings.delete(key);
  return spellings;
}

type Add = (words: string, court: string) => void;

function spellDistricts(names: readonly string[], add: Add): void {
  const [state = ''] = names;
  if (WITHOUT_COURT.has(state)) return;
  const parts = PARTS[state];
  for (const name of state === 'District of Columbia' ? ['columbia', 'c'] : names) {
    if (parts === undefined) spellWholeDistrict(state, name, add);
    else for (const part of parts) spellPart(state, part, name, add);
  }
}

function spellWholeDistrict(state: string, name: string, add: Add): void {
  const district = `district/${state}`;
  const bankruptcy = `bankruptcy/${state}`;
  for (const words of [`district ${name}`, `d ${name}`]) {
    for (const court of DISTRICT_COURT) add(`${court} ${words}`, district);
    for (const court of BANKRUPTCY_COURT) add(`${court} ${words}`, bankruptcy);
  }
  // "District of Columbia" alone is a place.
  if (name !== 'columbia') add(`district ${name}`, district);
  add(`d ${name}`, district);
  // Some states have district courts of their own: without "U.S." only a territory's is federal.
  add(`us district court ${name}`, district);
  add(`us bankruptcy court ${name}`, bankruptcy);
  if (TERRITORIES.has(state)) add(`district court ${name}`, district);
}

function spellPart(state: string, part: string, name: string, add: Add): void {
  const direction = DIRECTIONS[part] ?? '';
  const district = `district/${part}/${state}`;
  const bankruptcy = `bankruptcy/${part}/${state}`;
  for (const words of [
    `${direction} district ${name}`,
    `${part} district ${name}`,
    `${part} d ${name}`,
    `${name} ${direction} district`,
  ]) {
    for (const court of ['', 'district court', ...DISTRICT_COURT])
      add(`${court} ${words}`, district);
    for (const court of BANKRUPTCY_COURT) add(`${court} ${words}`, bankruptcy);
  }
  add(`us district court ${direction} ${name}`, district);
  add(`us bankruptcy court ${direction} ${name}`, bankruptcy);
}

function spellCircuit(circuit: number, add: Add): void {
  spellNamedCircuit(`${circuit}th`, String(circuit), add);
  spellNamedCircuit(String(circuit), String(circuit), add);
  for (const court of APPEALS_COURT.slice(0, 2)) add(`${court} ${circuit}th`, `appeals/${circuit}`);
  add(`ca ${circuit}`, `appeals/${circuit}`);
}

function spellNamedCircuit(name: string, circuit: string, add: Add): void {
  for (const court of ['', ...APPEALS_COURT]) add(`${court} ${name} circuit`, `appeals/${circuit}`);
}

const SHORT_WORDS: Readonly<Record<string, string>> = {
  dist: 'district',
  ct: 'court',
  cir: 'circuit',
  app: 'appeals',
  apps: 'appeals',
  bankr: 'bankruptcy',
  bky: 'bankruptcy',
};
const LINKS = new Set(['of', 'for', 'in', 'and', 'the']);

/** One key for all spellings of the same words; links and punctuation do not count. */
function readKey(text: string): string {
  const words = fold(text)
    .split(' ')
    .filter((word) => !LINKS.has(word))
    .map((word) => SHORT_WORDS[word] ?? word);
  return respell(words.join(' '));
}
