import type { Dice } from './dice.ts';
import {
  AREA_CODES,
  CARRIERS,
  CHARGES,
  COMPANIES,
  COUNTRIES,
  FAMILY_NAMES,
  GIVEN_NAMES,
  STREETS,
  STREET_SUFFIXES,
  TOWNS,
} from './words.ts';

/** What is true of the firm's matters and contacts, before anybody typed it in. */

/** Clio's own presets. */
const AREAS = ['Personal Injury', 'Family', 'Criminal', 'Immigration'] as const;

export type Area = (typeof AREAS)[number];

/** Days since 1970-01-01. */
export type Day = number;

/** The firm stands still at this day: nothing depends on the clock. */
const TODAY: Day = dayOf(2026, 6, 30);
const FIRST_FILE: Day = dayOf(2009, 3, 2);

export interface Party {
  /** As people write it: "Hazel McSample", "Notreal Realty Corp.". */
  readonly name: string;
  /** The family name, or a company's first word. */
  readonly shortName: string;
  readonly isCompany: boolean;
  readonly email: string;
  /** Ten digits, of the numbers reserved for fiction. */
  readonly phone: string;
  readonly address: Address;
  readonly born: Day;
}

export interface Address {
  readonly number: number;
  readonly street: string;
  readonly suffix: string;
  readonly shortSuffix: string;
  readonly unit: number | null;
  readonly town: string;
  readonly state: string;
  readonly zip: string;
}

export interface ContactFacts {
  readonly party: Party;
  readonly createdAt: string;
  readonly updatedAt: string;
}

export interface MatterFacts {
  readonly area: Area;
  readonly status: 'Open' | 'Pending' | 'Closed';
  readonly client: Party;
  readonly opened: Day;
  readonly createdAt: string;
  readonly updatedAt: string;
  /** Which of the firm's courts, counted from 0; it has as many as `COURT_COUNT`. */
  readonly court: number;
  /** The accident, arrest or separation that the matter is about. */
  readonly incident: Day;
  readonly hearing: Day;
  /** Whole US dollars; below 0 where money went back. */
  readonly settlement: number;
  readonly settlementIsEntered: boolean;
  readonly children: number;
  readonly injured: number;
  readonly isChecked: boolean;
  readonly carrier: number;
  readonly charge: string;
  readonly country: string;
  /** Index of a contact; null in a firm without contacts. */
  readonly counselIndex: number | null;
  /** Index of an earlier matter; null for the first. */
  readonly relatedIndex: number | null;
}

const COURT_COUNT = 8;

export function contactFacts(dice: Dice): ContactFacts {
  const created = dice.between(FIRST_FILE, TODAY - 30);
  return {
    party: makeParty(dice, dice.chance(0.15)),
    createdAt: timestamp(created, dice),
    updatedAt: timestamp(dice.between(created, TODAY), dice),
  };
}

export interface MatterSetting {
  readonly index: number;
  readonly matters: number;
  readonly contacts: readonly ContactFacts[];
}

export function matterFacts(dice: Dice, setting: MatterSetting): MatterFacts {
  const clientIndex = pickIndex(dice, setting.contacts.length);
  const client = clientIndex === null ? undefined : setting.contacts[clientIndex]?.party;
  // Matters are numbered in the order in which they were opened.
  const span = TODAY - FIRST_FILE;
  const opened = FIRST_FILE + Math.floor((span * (setting.index + 0.5)) / setting.matters);
  const area = pickArea(dice);
  return {
    area,
    status: pickStatus(dice, opened),
    client: client ?? makeParty(dice, false),
    opened,
    createdAt: timestamp(opened, dice),
    updatedAt: timestamp(dice.between(opened, TODAY), dice),
    court: pickCourt(dice, area),
    incident: opened - dice.between(3, 900),
    hearing: opened + dice.between(20, 900),
    settlement: pickAmount(dice),
    settlementIsEntered: dice.chance(0.25),
    children: dice.between(0, 4),
    injured: dice.chance(0.7) ? 1 : dice.between(2, 5),
    isChecked: dice.chance(0.8),
    carrier: dice.between(0, CARRIERS.length - 1),
    charge: dice.pick(CHARGES),
    country: dice.pick(COUNTRIES),
    counselIndex: pickIndex(dice, setting.contacts.length),
    relatedIndex: pickIndex(dice, setting.index),
  };
}

function pickIndex(dice: Dice, length: number): number | null {
  return length === 0 ? null : dice.between(0, length - 1);
}

function pickArea(dice: Dice): Area {
  const share = dice.next();
  if (share < 0.4) return 'Personal Injury';
  if (share < 0.65) return 'Family';
  return share < 0.82 ? 'Criminal' : 'Immigration';
}

function pickStatus(dice: Dice, opened: Day): MatterFacts['status'] {
  if (dice.chance(0.04)) return 'Pending';
  return dice.chance((TODAY - opened) / 2500) ? 'Closed' : 'Open';
}

/** The last two are immigration courts. */
function pickCourt(dice: Dice, area: Area): number {
  if (area === 'Immigration') return dice.between(COURT_COUNT - 2, COURT_COUNT - 1);
  return dice.between(0, COURT_COUNT - 3);
}

/** Few large amounts and many small ones, mostly round ones, as in settlements. */
function pickAmount(dice: Dice): number {
  const scale = dice.pick([1_500, 4_000, 12_000, 35_000, 100_000, 700_000]);
  const size = dice.between(scale, scale * 4);
  const step = size > 200_000 ? 25_000 : size > 20_000 ? 2_500 : 250;
  const rounded = Math.max(step, Math.round(size / step) * step);
  if (dice.chance(0.15)) return rounded + dice.between(1, 249);
  return dice.chance(0.03) ? -rounded : rounded;
}

function makeParty(dice: Dice, isCompany: boolean): Party {
  const given = dice.pick(GIVEN_NAMES);
  const family = dice.pick(FAMILY_NAMES);
  const name = isCompany ? dice.pick(COMPANIES) : `${given} ${family}`;
  const shortName = isCompany ? (name.split(' ')[0] ?? name) : family;
  return {
    name,
    shortName,
    isCompany,
    email: makeEmail(dice, isCompany ? 'office' : given, shortName),
    phone: `${dice.pick(AREA_CODES)}55501${String(dice.between(0, 99)).padStart(2, '0')}`,
    address: makeAddress(dice),
    born: dice.between(dayOf(1938, 1, 1), dayOf(2004, 12, 31)),
  };
}

function makeEmail(dice: Dice, first: string, last: string): string {
  const host = dice.pick(['example.com', 'example.com', 'example.org', 'example.net']);
  return `${toPlainLetters(first)}.${toPlainLetters(last)}@${host}`;
}

export function toPlainLetters(text: string): string {
  return text
    .normalize('NFD')
    .replace(/[^A-Za-z]/gu, '')
    .toLowerCase();
}

function makeAddress(dice: Dice): Address {
  const [suffix, shortSuffix] = dice.pick(STREET_SUFFIXES);
  const [town, state, zip] = dice.pick(TOWNS);
  return {
    number: dice.between(1, 2400),
    street: dice.pick(STREETS),
    suffix,
    shortSuffix,
    unit: dice.chance(0.3) ? dice.between(1, 40) : null,
    town,
    state,
    zip: `${zip}${String(dice.between(1, 99)).padStart(2, '0')}`,
  };
}

export function dayOf(year: number, month: number, day: number): Day {
  return Date.UTC(year, month - 1, day) / 86_400_000;
}

export function isoDate(day: Day): string {
  return new Date(day * 86_400_000).toISOString().slice(0, 10);
}

function timestamp(day: Day, dice: Dice): string {
  const ms = day * 86_400_000 + dice.between(8 * 3600, 18 * 3600) * 1000;
  return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}
