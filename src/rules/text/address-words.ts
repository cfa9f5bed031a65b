/** How a word of an address is spelled out, and its standard short form; other short forms in use follow. */
export interface PostalWord {
  readonly long: string;
  readonly short: string;
}

/** Street suffixes of USPS Publication 28, appendix C1, as far as they are common; Canada Post uses the same words. */
export const SUFFIXES = table(`
Alley|Aly|Allee|Ally
Avenue|Ave|Av|Aven|Avenu
Boulevard|Blvd|Boul|Boulv
Bridge|Brg
Bypass|Byp
Center|Ctr|Cent|Cntr
Centre|Ctr
Circle|Cir|Circ|Crcl
Commons|Cmns
Court|Ct|Crt
Cove|Cv
Creek|Crk
Crescent|Cres|Crsent
Crossing|Xing|Crssng
Crossroad|Xrd
Drive|Dr|Driv|Drv
Estates|Ests
Expressway|Expy|Expwy
Extension|Ext
Freeway|Fwy
Garden|Gdn
Gardens|Gdns
Heights|Hts
Highway|Hwy|Hiway|Hgwy
Hill|Hl
Hills|Hls
Junction|Jct
Landing|Lndg
Lane|Ln
Manor|Mnr
Meadows|Mdws
Mountain|Mtn
Parkway|Pkwy|Pkway|Pky|Parkwy
Place|Pl
Plaza|Plz
Point|Pt
Ridge|Rdg
Road|Rd
Route|Rte
Square|Sq|Sqr
Station|Sta|Stn
Street|St|Str|Strt
Summit|Smt
Terrace|Ter|Terr
Trail|Trl
Turnpike|Tpke|Trnpk
Valley|Vly
View|Vw
Village|Vlg
Vista|Vis
Way|Wy
`);

export const DIRECTIONS = table(`
North|N
South|S
East|E
West|W
Northeast|NE
Northwest|NW
Southeast|SE
Southwest|SW
`);

/** USPS Publication 28, appendix C2. */
export const UNITS = table(`
Apartment|Apt
Building|Bldg
Department|Dept
Floor|Fl
Room|Rm
Suite|Ste
Trailer|Trlr
Unit|Unit
`);

export const STATE_CODES = codes(`
AL Alabama|AK Alaska|AZ Arizona|AR Arkansas|CA California|CO Colorado|CT Connecticut|DE Delaware|DC District of Columbia
FL Florida|GA Georgia|HI Hawaii|ID Idaho|IL Illinois|IN Indiana|IA Iowa|KS Kansas|KY Kentucky|LA Louisiana|ME Maine
MD Maryland|MA Massachusetts|MI Michigan|MN Minnesota|MS Mississippi|MO Missouri|MT Montana|NE Nebraska|NV Nevada
NH New Hampshire|NJ New Jersey|NM New Mexico|NY New York|NC North Carolina|ND North Dakota|OH Ohio|OK Oklahoma|OR Oregon
PA Pennsylvania|RI Rhode Island|SC South Carolina|SD South Dakota|TN Tennessee|TX Texas|UT Utah|VT Vermont|VA Virginia
WA Washington|WV West Virginia|WI Wisconsin|WY Wyoming|PR Puerto Rico|GU Guam|VI Virgin Islands|AS American Samoa
`);

export const PROVINCE_CODES = codes(`
AB Alberta|BC British Columbia|MB Manitoba|NB New Brunswick|NL Newfoundland and Labrador|NS Nova Scotia
NT Northwest Territories|NU Nunavut|ON Ontario|PE Prince Edward Island|QC Quebec|QC Québec|SK Saskatchewan|YT Yukon
`);

function table(lines: string): ReadonlyMap<string, PostalWord> {
  const words = new Map<string, PostalWord>();
  for (const line of lines.trim().split('\n')) {
    const [long = '', short = '', ...others] = line.split('|');
    for (const spelled of [long, short, ...others]) {
      const key = spelled.toLowerCase();
      // "Ctr" is Center and Centre: the first one listed, which is not touched when it is spelled out already.
      if (!words.has(key)) words.set(key, { long, short });
    }
  }
  return words;
}

function codes(lines: string): ReadonlyMap<string, string> {
  const entries = lines
    .trim()
    .split(/[|\n]/)
    .map((entry): [string, string] => [entry.slice(3).toLowerCase(), entry.slice(0, 2)]);
  return new Map([
    ...entries,
    ...entries.map(([, code]): [string, string] => [code.toLowerCase(), code]),
  ]);
}
