import { type Pack, readTable } from './pack.ts';

/**
 * The states, the District and the territories: name, postal code, then other usual short forms
 * (the Bluebook's T10 and those of newspapers and addresses).
 * Postal codes: United States Postal Service, Publication 28, appendix B.
 */
const STATES = `
Alabama; AL; Ala
Alaska; AK
Arizona; AZ; Ariz
Arkansas; AR; Ark
California; CA; Cal; Calif
Colorado; CO; Colo
Connecticut; CT; Conn
Delaware; DE; Del
District of Columbia; DC; Washington DC; Washington District of Columbia; Wash DC
Florida; FL; Fla
Georgia; GA
Hawaii; HI; Haw
Idaho; ID
Illinois; IL; Ill
Indiana; IN; Ind
Iowa; IA
Kansas; KS; Kan; Kans
Kentucky; KY
Louisiana; LA
Maine; ME
Maryland; MD
Massachusetts; MA; Mass
Michigan; MI; Mich
Minnesota; MN; Minn
Mississippi; MS; Miss
Missouri; MO
Montana; MT; Mont
Nebraska; NE; Neb; Nebr
Nevada; NV; Nev
New Hampshire; NH
New Jersey; NJ
New Mexico; NM; N Mex
New York; NY; New York State; NY State
North Carolina; NC; N Car
North Dakota; ND; N Dak
Ohio; OH
Oklahoma; OK; Okla
Oregon; OR; Ore; Oreg
Pennsylvania; PA; Penn; Penna
Rhode Island; RI; Rhode Island and Providence Plantations
South Carolina; SC; S Car
South Dakota; SD; S Dak
Tennessee; TN; Tenn
Texas; TX; Tex
Utah; UT
Vermont; VT
Virginia; VA
Washington; WA; Wash; Washington State
West Virginia; WV; W Va; W Virginia
Wisconsin; WI; Wis; Wisc
Wyoming; WY; Wyo
Puerto Rico; PR
Guam; GU
American Samoa; AS
Northern Mariana Islands; MP; Commonwealth of the Northern Mariana Islands; CNMI
US Virgin Islands; VI; Virgin Islands; USVI; Virgin Islands of the United States
`;

/** Each state with its names and short forms, its own name first. */
export const STATE_NAMES: readonly (readonly string[])[] = STATES.trim()
  .split('\n')
  .map((line) => line.split(';').map((name) => name.trim()));

export const usStates: Pack = readTable('US states', STATES, {
  // "State of Texas", "Commonwealth of Virginia" in captions and forms.
  forms: ['State of *', 'Commonwealth of *'],
  // In capitals these are codes; otherwise they may be words of English or parts of names.
  onlyInCapitals: [
    'al',
    'as',
    'co',
    'de',
    'hi',
    'id',
    'in',
    'la',
    'ma',
    'me',
    'oh',
    'ok',
    'or',
    'pa',
  ],
  // Los Angeles as often as Louisiana.
  onlyOnRequest: ['LA'],
});
