/**
 * Words that a title keeps in lower case unless they begin or end it. "is" is among them because the case names of
 * Free Law Project are written so (juriscraper, lib/string_utils.py); "nor" and "per" are added.
 */
export const SMALL = wordSet(
  'a an and as at but by en for if in is nor of on or per the to v v. via vs vs.',
);

/** Particles inside Spanish, Portuguese and Italian names, in lower case in all three languages. */
export const PARTICLES = wordSet('de da do dos das del della y e');

/** What follows "de" in such names ("de la Cruz", "de los Santos"). */
export const AFTER_DE = wordSet('la las los lo');

/** Particles that families write either way: asked about unless the column shows how. */
export const UNSURE_PARTICLES = wordSet(
  'van von der den ter ten zu zum zur vom di du le la el al bin ibn dela delos',
);

/** Written like this wherever they stand; keys in lower case. */
export const FIXED = new Map<string, string>([
  ...capitals(
    'llc llp lllp pllc plc lp pc psc usa fbi irs doj epa nasa nlrb eeoc hipaa erisa osha ssa ssi ssdi ibm aig hsbc bmw cpa dds dmd dvm rn md jd llm mba esop ira hoa po ii iii vii viii usps fdic hud dhs uscis dmv aarp naacp aclu ymca ywca atm dba aka fka nka nypd lapd fdny sdny edny ndny wdny atf cdc fcc fda fmla ftc nih uspto eoir ncaa nfl nhl mlb ucla ucsf ucsd unlv kpmg geico usaa dhl cvs gmc mri',
  ),
  ['dba', 'dba'],
  ['aka', 'aka'],
  ['fka', 'fka'],
  ['nka', 'nka'],
  ['jpmorgan', 'JPMorgan'],
  ['fedex', 'FedEx'],
  ['paypal', 'PayPal'],
  ['phd', 'PhD'],
  ['ph.d', 'Ph.D'],
  ['gmbh', 'GmbH'],
  ['inc', 'Inc'],
  ['ltd', 'Ltd'],
  ['corp', 'Corp'],
  ['jr', 'Jr'],
  ['sr', 'Sr'],
  ['mr', 'Mr'],
  ['mrs', 'Mrs'],
  ['ms', 'Ms'],
  ['dr', 'Dr'],
  ['st', 'St'],
  ['ft', 'Ft'],
  ['mt', 'Mt'],
  ['rd', 'Rd'],
  ['ln', 'Ln'],
  ['pl', 'Pl'],
  ['ct', 'Ct'],
  ['sq', 'Sq'],
  ['blvd', 'Blvd'],
  ['pkwy', 'Pkwy'],
  ['hwy', 'Hwy'],
  ['fwy', 'Fwy'],
  ['ng', 'Ng'],
  ['lt', 'Lt'],
  ['sgt', 'Sgt'],
  ['cpl', 'Cpl'],
  ['cpt', 'Cpt'],
  ['twp', 'Twp'],
  ['br', 'Br'],
  ['dept', 'Dept'],
  ['bldg', 'Bldg'],
  ['attn', 'Attn'],
  ['etal', 'etal'],
  ['iv', 'IV'],
  ['ix', 'IX'],
]);

/** States that are no words, so that a title knows them anywhere. */
export const STATES_ONLY = wordSet('ny nj nc nd nh nm nv tx tn ky wv vt fl il az');

/** Letters that are neither words nor states in a title; in a name they may be one (Abc, Pip). */
export const TITLE_CAPITALS = wordSet(
  'abc nyc usdc usbc usaid ime pip um uim er icu ems tbi suv dui dwi eob poa rfa',
);

/** Never words or names: where they stand as "Llc", a machine wrote them. */
export const CAPITALS_ONLY = wordSet('llc llp lllp pllc usa iii vii viii');

/** Latin and short words that a name keeps in lower case too. */
export const SMALL_IN_NAMES = wordSet('and or of at the for as by');

/** Known by their letters, but words as well: only asked about. */
export const ACRONYM_OR_WORD = new Map<string, readonly string[]>([
  ['us', ['US', 'Us']],
  ['it', ['IT', 'It']],
  ['sec', ['SEC', 'Sec']],
  ['who', ['WHO', 'Who']],
  ['ups', ['UPS', 'Ups']],
  ['na', ['NA', 'Na']],
  ['vi', ['VI', 'Vi']],
  ['xi', ['XI', 'Xi']],
]);

/** Dotted letters that stay in lower case. */
export const LOWER_DOTTED = wordSet('a.k.a d.b.a f.k.a n.k.a i.e e.g a.m p.m');

/** Letters with slashes that stay in lower case. */
export const LOWER_SLASHED = wordSet(
  'c/o d/b/a a/k/a f/k/a n/k/a p/k/a w/o a/s/o o/b/o a/n/f i/s/h/a',
);

/** Latin of case names that is written small; capitals elsewhere in a column say nothing of it. */
export const LATIN = wordSet('et al ex rel');

/** Scottish names with a capital inside or not, as the family likes it. */
export const MAC_NAMES = wordSet(
  'macalister macallister macarthur macaulay macbeth macbride maccallum maccarthy macdonald macdonnell macdougall macduff macfarlane macgregor macinnes macinnis macintosh macintyre macisaac maciver mackay mackenzie mackinnon mackintosh maclachlan maclaren maclean maclellan maclennan macleod macmahon macmanus macmaster macmillan macmurray macnamara macnaughton macneil macneill macpherson macqueen macrae macritchie mactavish macwilliams',
);

/** What stands before the article "a"; after anything else a lone A may be an initial. */
export const BEFORE_ARTICLE = wordSet(
  'with is of for to in as by at and or not such on from under over into was be are than like if has have had per',
);

export const STATES = wordSet(
  'al ak az ar ca co ct de fl ga hi id il in ia ks ky la me md ma mi mn ms mo mt ne nv nh nj nm ny nc nd oh ok or pa ri sc sd tn tx ut vt va wa wv wi wy dc pr gu vi',
);

export const PROVINCES = wordSet('ab bc mb nb nl ns nt nu on pe qc sk yt');

function wordSet(words: string): ReadonlySet<string> {
  return new Set(words.split(' '));
}

function capitals(words: string): [string, string][] {
  return words.split(' ').map((word) => [word, word.toUpperCase()]);
}
