/** Word lists for invented people and places. The family names are made of words that say what they are. */

export type Words = readonly [string, ...string[]];

export const GIVEN_NAMES: Words = [
  'Amber', 'Aspen', 'Basil', 'Brook', 'Cedar', 'Clay', 'Clementine', 'Coral', 'Dale', 'Daisy', 'Fern', 'Flint',
  'Forrest', 'Garnet', 'Ginger', 'Glen', 'Hazel', 'Heath', 'Heather', 'Ivy', 'Jade', 'Jasper', 'Juniper', 'Laurel',
  'Linden', 'Marigold', 'Olive', 'Opal', 'Pearl', 'Reed', 'River', 'Robin', 'Rowan', 'Ruby', 'Sage', 'Sorrel',
  'Sterling', 'Summer', 'Violet', 'Willow', 'Wren', 'Zoë', 'René', 'Begoña',
]; // prettier-ignore

export const FAMILY_NAMES: Words = [
  'Fauxley', 'Mockford', 'Placeholder', 'Samplewood', 'Testerly', 'Exampleton', 'Dummond', 'Fixture', 'Notreal',
  'Pretendly', 'Madeupson', 'Inventine', 'Fictionby', 'Stubbington', 'Specimen', 'Trialworth', 'Demoford',
  'Prototypo', 'Seedling', 'Anyperson', 'Nobodyne', 'Whoeverly', 'Standinger', 'Proxyham', 'McSample', 'McMockery',
  "O'Sample", "O'Testa", 'Fauxley-Mockford', 'de la Muestra', 'van Voorbeeld', 'Beispiël', 'Échantillon', 'Muñestra',
]; // prettier-ignore

export const COMPANIES: Words = [
  'Placeholder Holdings, LLC', 'Samplewood & Mockford LLP', 'Fixture Hardware Inc.', 'Testerly Trucking Co.',
  'Demoford Dental, P.C.', 'Exampleton Savings Bank, N.A.', 'Notreal Realty Corp.', 'Stubbington Foods, Inc.',
  'Prototypo Motors LLC', 'Pretendly Properties, L.P.', 'Specimen Laboratories PLLC', 'Trialworth Staffing LLC',
]; // prettier-ignore

export const STREETS: Words = [
  'Example', 'Sample', 'Placeholder', 'Specimen', 'Fixture', 'Mockingbird', 'Old Template', 'Testers', 'Demo', 'Nowhere',
  'Invented', 'Prototype', 'McSample', 'Fifth', '42nd', 'Martin Placeholder',
]; // prettier-ignore

/** The suffix in full, and how it is shortened by hand. */
export const STREET_SUFFIXES: readonly [
  readonly [string, string],
  ...(readonly [string, string])[],
] = [
  ['Street', 'St.'],
  ['Avenue', 'Ave.'],
  ['Boulevard', 'Blvd'],
  ['Road', 'Rd.'],
  ['Drive', 'Dr.'],
  ['Lane', 'Ln'],
  ['Court', 'Ct.'],
  ['Place', 'Pl.'],
];

/** Invented towns; the states and the first three digits of their ZIP codes are real. */
export const TOWNS: readonly [readonly [string, string, string], ...(readonly [string, string, string])[]] = [
  ['New Exampleton', 'NY', '100'],
  ['Mockford Heights', 'NY', '112'],
  ['Sampleton', 'NJ', '073'],
  ['Fixture Falls', 'IL', '606'],
  ['Demo Beach', 'CA', '900'],
  ['San Modelo', 'CA', '941'],
  ['Testerville', 'TX', '770'],
  ['Fort Specimen', 'FL', '331'],
]; // prettier-ignore

export const AREA_CODES: Words = ['212', '718', '201', '312', '213', '415', '713', '305'];

export const CARRIERS: Words = [
  'Exampleton Mutual', 'Samplewood Casualty', 'Placeholder Insurance', 'Fixture & Home Assurance', 'Mockford Indemnity',
  'Testerly Auto', 'Demo General', 'Specimen Specialty',
]; // prettier-ignore

export const COUNTRIES: Words = [
  'Mexico', 'India', 'Philippines', 'China', 'El Salvador', 'Brazil', 'South Korea', 'United Kingdom', 'Nigeria', 'Canada',
]; // prettier-ignore

export const CHARGES: Words = [
  'Driving While Intoxicated', 'Petit Larceny', 'Assault in the Third Degree', 'Criminal Mischief', 'Trespass',
  'Possession of a Controlled Substance', 'Disorderly Conduct', 'Grand Larceny in the Fourth Degree',
]; // prettier-ignore

/** Sentences of case notes; a note is some of them, in one or more paragraphs. */
export const NOTE_SENTENCES: Words = [
  'Spoke to client, will send the records by Friday.',
  'Left voicemail for adjuster; no answer.',
  'Client prefers e-mail and asked us not to call at work.',
  'Conference adjourned to the next term on consent.',
  'Offer received and relayed; client wants to think about it.',
  'Need copy of the police report & the photographs.',
  'Client’s spouse will drop off the signed retainer.',
  'Opposing counsel asked for two more weeks – agreed.',
  'Medical bills are incomplete, lien letters went out.',
  'Interpreter needed for all hearings.',
  'File was moved from the old system; check the dates.',
  'Discovery responses are due, see calendar.',
  'Fee arrangement “as discussed” with the partner.',
  'Client moved, the new address is in the contact.',
  'Biometrics appointment rescheduled once already.',
  'Please do not close this file before the lien is resolved.',
  'Court clerk says that the order was entered.',
  'Follow-up with the résumé of the expert.',
];
