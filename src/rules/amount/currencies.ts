/** The currencies that a sign, code or word can stand for. */
export interface CurrencyMark {
  /** As people know it: "$", "EUR". */
  readonly label: string;
  /** ISO 4217; several where the sign is shared ("$" fits every dollar and peso). The likeliest first. */
  readonly codes: readonly string[];
}

/** Money has this many decimals in a currency's smallest unit; undefined for a code that ISO 4217 does not know. */
export function minorUnits(code: string): number | undefined {
  if (!CODES.has(code)) return undefined;
  if (NO_DECIMALS.has(code)) return 0;
  return THREE_DECIMALS.has(code) ? 3 : 2;
}

/** Whether the countries of a currency usually write a decimal comma. */
export function usesDecimalComma(code: string): boolean {
  return DECIMAL_COMMA.has(code);
}

/** Whether lakhs and crores are counted in this currency. */
export function countsInCrores(code: string): boolean {
  return CRORES.has(code);
}

/** The currency that a text names, alone: "US$", "Kč", "eur", "u.s. dollars". Undefined where it names none. */
export function findCurrency(text: string): CurrencyMark | undefined {
  const exact = BY_MARK.get(text);
  if (exact !== undefined || text.length > LONGEST_MARK) return exact;
  const folded = foldMark(text);
  return (
    (folded === text ? undefined : BY_MARK.get(text.replace(FINAL_DOT, ''))) ??
    BY_FOLDED_MARK.get(folded)
  );
}

/** The codes that fit both marks; a code and its sign ("USD $", "$ ... CAD") agree where one is left. */
export function commonCodes(left: readonly string[], right: readonly string[]): readonly string[] {
  return left.filter((code) => right.includes(code));
}

const codes = (list: string): readonly string[] => list.trim().split(/\s+/);

/** ISO 4217 list one (active codes, 2024) and the codes that the euro and redenominations replaced, which old files hold. */
const CODES = new Set(
  codes(`
  AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP CNH
  CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR
  ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT
  MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD
  SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VES VND
  VUV WST XAF XCD XOF XPF YER ZAR ZMW ZWL
  ATS BEF CYP DEM EEK ESP FIM FRF GRD HRK IEP ITL LTL LUF LVL MTL NLG PTE SIT SKK`),
);
/** Currencies without cents (ISO 4217, minor unit 0), and the old ones that had none in practice. */
const NO_DECIMALS = new Set(
  codes('BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF ITL ESP PTE GRD BEF LUF'),
);
const THREE_DECIMALS = new Set(codes('BHD IQD JOD KWD LYD OMR TND'));
/** Source: Unicode CLDR 45, the decimal mark of the currency's main locale. */
const DECIMAL_COMMA = new Set(
  codes(`
  ALL AOA ARS AZN BAM BGN BRL BYN CLP COP CVE CZK DKK DZD EUR GEL HRK HUF IDR ISK KGS KZT MAD MDL MKD MZN NOK PLN PYG
  RON RSD RUB SEK TJS TMT TND TRY UAH UYU UZS VES VND XAF XOF XPF
  ATS BEF DEM EEK ESP FIM FRF GRD ITL LTL LUF LVL NLG PTE SIT SKK`),
);
const CRORES = new Set(codes('INR PKR BDT NPR LKR'));

const DOLLARS = codes(`
  USD CAD AUD NZD SGD HKD MXN TWD BBD BMD BND BSD BZD FJD GYD JMD KYD LRD NAD SBD SRD TTD XCD ZWL ARS CLP COP CUP DOP
  UYU NIO TOP WST BRL BOB MOP PHP`);
const PESOS = codes('MXN ARS CLP COP CUP DOP UYU PHP');
const POUNDS = codes('GBP EGP GIP FKP SHP LBP SYP SSP SDG IEP CYP');
const CROWNS = codes('SEK NOK DKK ISK EEK');
const RUPEES = codes('INR PKR LKR NPR MUR SCR');
const FRANCS = codes('CHF XOF XAF XPF RWF BIF DJF GNF KMF CDF FRF BEF LUF');

/** Signs and abbreviations whose case counts, for in other case they are words or units ("ft", "rm"). */
const EXACT: Readonly<Record<string, readonly string[]>> = {
  R: ['ZAR'],
  Р: ['RUB'],
  Q: ['GTQ'],
  Ft: ['HUF'],
  TL: ['TRY'],
  Fr: ['CHF'],
  SFr: ['CHF'],
  RM: ['MYR'],
  Rp: ['IDR'],
  KD: ['KWD'],
  DM: ['DEM'],
  Kz: ['AOA'],
  Bs: ['BOB', 'VES'],
  Kc: ['CZK'],
  KSh: ['KES'],
  KShs: ['KES'],
  TSh: ['TZS'],
  USh: ['UGX'],
  Sh: ['KES', 'TZS', 'UGX', 'SOS'],
  Nfk: ['ERN'],
  FRw: ['RWF'],
  FBu: ['BIF'],
  Fbu: ['BIF'],
  Fdj: ['DJF'],
  Lek: ['ALL'],
  Dh: ['AED', 'MAD'],
  Br: ['ETB', 'BYN'],
  ZK: ['ZMW'],
  BD: ['BHD'],
  Rf: ['MVR'],
  RF: ['RWF'],
  Db: ['STN'],
  UM: ['MRU'],
  FG: ['GNF'],
  US: ['USD'],
  'U.S.': ['USD'],
  CFA: ['XOF', 'XAF'],
  FCFA: ['XOF', 'XAF'],
  RMB: ['CNY'],
  Dhs: ['AED', 'MAD'],
};

/** Signs, abbreviations and words whose case does not count; the dots of an abbreviation are ignored. */
const ANY_CASE: Readonly<Record<string, readonly string[]>> = {
  // Signs, by the currency that they were made for; shared ones with all that use them.
  $: DOLLARS,
  '£': POUNDS,
  '¥': ['JPY', 'CNY'],
  円: ['JPY'],
  圓: ['JPY', 'TWD', 'HKD'],
  圆: ['CNY'],
  元: ['CNY', 'TWD', 'HKD'],
  '₨': RUPEES,
  '₩': ['KRW', 'KPW'],
  ƒ: ['AWG', 'NLG'],
  '€': ['EUR'],
  '₹': ['INR'],
  '₽': ['RUB'],
  '₺': ['TRY'],
  '₴': ['UAH'],
  '₪': ['ILS'],
  '₫': ['VND'],
  '₱': ['PHP'],
  '₦': ['NGN'],
  '฿': ['THB'],
  '₡': ['CRC'],
  '₭': ['LAK'],
  '₮': ['MNT'],
  '₲': ['PYG'],
  '₵': ['GHS'],
  '₸': ['KZT'],
  '₼': ['AZN'],
  '₾': ['GEL'],
  '֏': ['AMD'],
  '৳': ['BDT'],
  '៛': ['KHR'],
  '؋': ['AFN'],
  '﷼': ['IRR', 'OMR', 'YER'],
  '₣': ['FRF'],
  '₯': ['GRD'],
  '₧': ['ESP'],
  // Dollars, pesos and reais with the country before or behind.
  US$: ['USD'],
  'US $': ['USD'],
  U$S: ['USD'],
  $US: ['USD'],
  '$U.S.': ['USD'],
  C$: ['CAD'],
  CA$: ['CAD'],
  CAN$: ['CAD'],
  CDN$: ['CAD'],
  $CDN: ['CAD'],
  $CA: ['CAD'],
  A$: ['AUD'],
  AU$: ['AUD'],
  AUS$: ['AUD'],
  NZ$: ['NZD'],
  S$: ['SGD'],
  HK$: ['HKD'],
  NT$: ['TWD'],
  MX$: ['MXN'],
  Mex$: ['MXN'],
  R$: ['BRL'],
  BZ$: ['BZD'],
  BS$: ['BSD'],
  Bds$: ['BBD'],
  BD$: ['BMD'],
  B$: ['BND', 'BSD'],
  FJ$: ['FJD'],
  GY$: ['GYD'],
  G$: ['GYD'],
  J$: ['JMD'],
  JA$: ['JMD'],
  CI$: ['KYD'],
  L$: ['LRD'],
  N$: ['NAD'],
  SI$: ['SBD'],
  TT$: ['TTD'],
  EC$: ['XCD'],
  Z$: ['ZWL'],
  T$: ['TOP'],
  WS$: ['WST'],
  RD$: ['DOP'],
  $U: ['UYU'],
  MOP$: ['MOP'],
  $b: ['BOB'],
  'GH₵': ['GHS'],
  'GH¢': ['GHS'],
  'PH₱': ['PHP'],
  'E£': ['EGP'],
  'IR£': ['IEP'],
  'R₣': ['RWF'],
  'B/': ['PAB'],
  'S/': ['PEN'],
  'S/.': ['PEN'],
  // Abbreviations in daily use.
  kr: CROWNS,
  kroner: ['NOK', 'DKK'],
  kronor: ['SEK'],
  lei: ['RON', 'MDL'],
  Rs: RUPEES,
  zł: ['PLN'],
  zl: ['PLN'],
  Kč: ['CZK'],
  лв: ['BGN'],
  ден: ['MKD'],
  дин: ['RSD'],
  руб: ['RUB'],
  р: ['RUB'],
  рубль: ['RUB'],
  рубля: ['RUB'],
  рублей: ['RUB'],
  грн: ['UAH'],
  NIS: ['ILS'],
  'ש״ח': ['ILS'],
  'ש"ח': ['ILS'],
  ብር: ['ETB'],
  ናቕፋ: ['ERN'],
  "so'm": ['UZS'],
  บาท: ['THB'],
  ரூ: ['INR'],
  ლ: ['GEL'],
  'د.إ': ['AED'],
  'د.ك': ['KWD'],
  'د.ب': ['BHD'],
  'ر.س': ['SAR'],
  'ر.ع': ['OMR'],
  'ر.ق': ['QAR'],
  'د.م': ['MAD'],
  'د.ت': ['TND'],
  'د.ج': ['DZD'],
  دج: ['DZD'],
  'د.ا': ['JOD'],
  'ع.د': ['IQD'],
  'ل.د': ['LYD'],
  'ج.م': ['EGP'],
  جنيه: ['EGP'],
  'ل.ل': ['LBP'],
  'ل.س': ['SYP'],
  ریال: ['IRR'],
  'دينار كويتي': ['KWD'],
  'دينار أردني': ['JOD'],
  // Names in English.
  dollar: DOLLARS,
  dollars: DOLLARS,
  pound: POUNDS,
  pounds: POUNDS,
  'pounds sterling': ['GBP'],
  sterling: ['GBP'],
  stg: ['GBP'],
  peso: PESOS,
  pesos: PESOS,
  rupee: RUPEES,
  rupees: RUPEES,
  franc: FRANCS,
  francs: FRANCS,
  euro: ['EUR'],
  euros: ['EUR'],
  yen: ['JPY'],
  yuan: ['CNY'],
  renminbi: ['CNY'],
  baht: ['THB'],
  rand: ['ZAR'],
  zloty: ['PLN'],
  zlotys: ['PLN'],
  forint: ['HUF'],
  shekel: ['ILS'],
  shekels: ['ILS'],
  dirhams: ['AED', 'MAD'],
  reais: ['BRL'],
  ringgit: ['MYR'],
  'U.S. dollars': ['USD'],
  'U.S. dollar': ['USD'],
  'Canadian dollars': ['CAD'],
  'Canadian dollar': ['CAD'],
  'Australian dollars': ['AUD'],
  'Australian dollar': ['AUD'],
  'New Zealand dollars': ['NZD'],
  'Swiss francs': ['CHF'],
  'Indian rupees': ['INR'],
  'British pounds': ['GBP'],
  'Mexican pesos': ['MXN'],
};

/** Codes that are English words as well: small letters are the word, and "ALL" always is. */
const WORD_CODES = new Set(
  codes('all try top pen cup mad cop cad bam sos mop nad gel lak din pap sit ron mop std'),
);

/** Small letters, without the dots of an abbreviation. */
function foldMark(text: string): string {
  const small = text.toLowerCase();
  return small.includes('.') ? small.replace(ABBREVIATION_DOT, '') : small;
}

const ABBREVIATION_DOT = /(?<=\p{L})\.|^\.(?=\p{L})/gu;
const FINAL_DOT = /(?<=\p{L})\.$/u;

const BY_MARK = new Map<string, CurrencyMark>([
  ...[...CODES]
    .filter((code) => code !== 'ALL')
    .map((code): [string, CurrencyMark] => [code, { label: code, codes: [code] }]),
  ...Object.entries(ANY_CASE).map(toEntry),
  ...Object.entries(EXACT).map(toEntry),
]);

const BY_FOLDED_MARK = new Map<string, CurrencyMark>([
  ...[...CODES]
    .map((code) => [code.toLowerCase(), { label: code, codes: [code] }] as const)
    .filter(([mark]) => !WORD_CODES.has(mark)),
  ...Object.entries(ANY_CASE).map(([mark, fits]): [string, CurrencyMark] => [
    foldMark(mark),
    toMark(mark, fits),
  ]),
]);

function toEntry([mark, fits]: [string, readonly string[]]): [string, CurrencyMark] {
  return [mark, toMark(mark, fits)];
}

function toMark(mark: string, fits: readonly string[]): CurrencyMark {
  return { label: fits.length === 1 ? (fits[0] ?? mark) : mark, codes: fits };
}

const LONGEST_MARK = 24;
