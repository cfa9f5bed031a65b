import { capitalise } from './letter-case.ts';

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
  'van von der den ter ten zu zum zur vom di du des le la el al bin ibn dela delos af aan op auf degli dei dello dalla',
);

/** Those of them that are hardly ever words of a title. */
export const TITLE_PARTICLES = wordSet(
  'van von der zum zur vom di du bin ibn dela delos af degli dei dello dalla della',
);

/** German and Scandinavian particles, small even before a surname alone. */
export const USUALLY_SMALL_PARTICLES = wordSet('von zu zum zur vom af');

/** Written like this wherever they stand; keys in lower case. */
export const FIXED = new Map<string, string>([
  ...capitals(
    'llc llp lllp pllc plc lp pc psc usa fbi irs doj epa nasa nlrb eeoc hipaa erisa osha ssa ssi ssdi ibm aig hsbc bmw cpa dds dmd dvm rn md jd llm mba esop ii iii vii viii usps fdic hud dhs uscis dmv aarp naacp aaa csaa qbe cna bmo bny bbva lpa aplc apc ulc fbo dca dob ssn mva copd emg eeg ceo cfo facs arnp nda flsa fcra tcpa daca adea apo fpo aprn crna emt obe mbe usmc usaf uscg lmft dpt dnp aclu ymca ywca atm dba aka fka nka nypd lapd fdny sdny edny ndny wdny atf cdc fcc fda fmla ftc nih uspto eoir ncaa nfl nhl mlb ucla ucsf ucsd unlv kpmg geico usaa dhl cvs gmc mri',
  ),
  ['dba', 'dba'],
  ['aka', 'aka'],
  ['fka', 'fka'],
  ['nka', 'nka'],
  ['jpmorgan', 'JPMorgan'],
  ['fedex', 'FedEx'],
  ['paypal', 'PayPal'],
  ['phd', 'PhD'],
  ['psyd', 'PsyD'],
  ['edd', 'EdD'],
  ['pharmd', 'PharmD'],
  ['ttee', 'Ttee'],
  ['mgmt', 'Mgmt'],
  ['mgt', 'Mgt'],
  ['svc', 'Svc'],
  ['svcs', 'Svcs'],
  ['grp', 'Grp'],
  ['mfg', 'Mfg'],
  ['mfr', 'Mfr'],
  ['mktg', 'Mktg'],
  ...[
    'acct accts adm admn assn cmnty conf ctry cty distr dtd empl facl govt intl isl natl ofc parq pkg pky rwy twnshp uppr ' +
      'bch bnd brk clb crk frst grv hbr hghts hgts hgt hvn knls lks mdw mdws mls mtn mtns plns prt rch rdg rnch rpds shr ' +
      'shrs spg spgs sprg strm trl vly wls',
  ].flatMap((words) => words.split(' ').map((word): [string, string] => [word, capitalise(word)])),
  ['cnty', 'Cnty'],
  ['bros', 'Bros'],
  ['hldgs', 'Hldgs'],
  ['mtg', 'Mtg'],
  ['mtge', 'Mtge'],
  ['rlty', 'Rlty'],
  ['chtd', 'Chtd'],
  ['pvt', 'Pvt'],
  ['pfc', 'Pfc'],
  ['cst', 'Cst'],
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
  'abc nyc usdc usbc usaid ime pip um uim er icu ems tbi suv dui dwi eob poa rfa acl hoa fein dol tro',
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
  ['sol', ['SOL', 'Sol']],
  ['ada', ['ADA', 'Ada']],
  ['gal', ['GAL', 'Gal']],
  ['dot', ['DOT', 'Dot']],
  ['osc', ['OSC', 'Osc']],
  ['pfa', ['PFA', 'Pfa']],
  ['vw', ['VW', 'Vw']],
  ['sa', ['SA', 'Sa']],
  ['sas', ['SAS', 'Sas']],
  ['sarl', ['SARL', 'Sarl']],
  ['ira', ['IRA', 'Ira']],
  ['bac', ['BAC', 'Bac']],
  ['pob', ['POB', 'Pob']],
  ['vi', ['VI', 'Vi']],
  ['xi', ['XI', 'Xi']],
]);

/** Letters that are given names as well: a name that begins with them, or holds them, is asked about. */
export const ACRONYM_OR_GIVEN_NAME = new Map<string, readonly string[]>([
  ['ira', ['Ira', 'IRA']],
  ['hoa', ['Hoa', 'HOA']],
  ['md', ['MD', 'Md']],
  ['vin', ['Vin', 'VIN']],
  ['nee', ['nee', 'Nee']],
  ['née', ['née', 'Née']],
]);

/** Short forms of streets and titles that are a person's initials where a name begins with them. */
export const FIRST_INITIALS = wordSet('rd ln pl ct sq br jr fr mx pt wm');

/** Dotted letters that stay in lower case. */
export const LOWER_DOTTED = wordSet('a.k.a d.b.a f.k.a n.k.a i.e e.g a.m p.m');

/** Letters with slashes that stay in lower case. */
export const LOWER_SLASHED = wordSet(
  'c/o d/b/a a/k/a f/k/a n/k/a p/k/a w/o a/s/o o/b/o f/b/o b/o t/a a/n/f i/s/h/a',
);

/** Latin of case names that is written small; capitals elsewhere in a column say nothing of it. */
export const LATIN = wordSet('et al ux vir ex rel');

/** Scottish names with a capital inside or not, as the family likes it. */
export const MAC_NAMES = wordSet(
  'macalister macallister macarthur macaulay macbeth macbride maccallum maccarthy macdonald macdonnell macdougall macduff macfarlane macgregor macinnes macinnis macintosh macintyre macisaac maciver mackay mackenzie mackinnon mackintosh maclachlan maclaren maclean maclellan maclennan macleod macmahon macmanus macmaster macmillan macmurray macnamara macnaughton macneil macneill macpherson macqueen macrae macritchie mactavish macwilliams ' +
    'macadam macadams macalpine macaskill macavoy maceachern macelroy macewan macewen machale machugh macinerney ' +
    'maciness macilroy macivor macandrew macanally',
);

/** Words and names that only begin like a Scottish one. */
export const PLAIN_MAC_WORDS =
  /^mac(?:k(?:e[nrt]?|ey|eys|ie|le|lem|ler|lin|all|er[a-z]*|o[a-z]*|s|ert|town)|c[aehio][a-z]*|ro[a-z]*|ra[a-z]*|nichol|dill|beth|book|gyver|pac)$/;

/** With what follows one word as often as two: each prefix before each rest, whether or not such a name is known. */
export const GLUED_PREFIXES: readonly string[] = 'del des de di la le du van von'.split(' ');
export const GLUED_RESTS = wordSet(
  'andre angelo angelis bartolo beers bose boer bruin bruyn carlo castro fazio filippo francesco franco fiore felice giorgio ' +
    'giovanni grazia gregorio jesus jong juan kalb laurentis leon lillo lorenzo luca lucia maggio maio marco marcus martino ' +
    'matteo meo mico mille napoli niro palma paolo paul pietro quan ron rosa rossi salvo santis shaun shawn silva simone ' +
    'soto stefano tommaso vito vries walt witt young blanc brun claire clair clerc cour duc febvre fleur fontaine grange ' +
    'marche mont montagne page pointe porte roche rocca croix rue salle sueur tour vallee verne bois charme champ mas page pont ' +
    'pree puis quesne rand vall buren camp dam damme den doren dyke dyk eck eyck gelder gundy hoose hook horn ' +
    'houten hove leer ness nest nostrand patten pelt riper sant sickle slyke syckle tassel vleet vliet winkle wyk zandt ' +
    'zant bene grosso monte piero rio toro vecchio champs chenes jardins jarlais roches rosiers ormeaux gette lauro saulnier ' +
    'gaulle ridder witte groot haan graaf hood lota monica mere mothe motte vigne bron beau fevre strange keisha shonda tanya tasha toya trice donna marr',
);

/** English words behind LA that make it Los Angeles. */
export const ENGLISH_GENERICS = wordSet(
  'county city superior court courts fitness times police metro unified department dept area office care health sheriff dodgers',
);

/** What stands before the article "a"; after anything else a lone A may be an initial. */
export const BEFORE_ARTICLE = wordSet(
  'with is of for to in as by at and or not such on from under over into was be are than like if has have had per',
);

export const STATES = wordSet(
  'al ak az ar ca co ct de fl ga hi id il in ia ks ky la me md ma mi mn ms mo mt ne nv nh nj nm ny nc nd oh ok or pa ri sc sd tn tx ut vt va wa wv wi wy dc pr gu vi ae ap aa',
);

export const PROVINCES = wordSet('ab bc mb nb nl ns nt nu on pe qc sk yt');

function wordSet(words: string): ReadonlySet<string> {
  return new Set(words.split(' '));
}

function capitals(words: string): [string, string][] {
  return words.split(' ').map((word) => [word, word.toUpperCase()]);
}
