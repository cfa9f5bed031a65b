import { type Pack, readTable } from './pack.ts';

/** The provinces and territories: name, postal code, then other usual short forms, French ones included. */
const PROVINCES = `
Alberta; AB; Alta
British Columbia; BC; Colombie-Britannique
Manitoba; MB; Man
New Brunswick; NB; Nouveau-Brunswick
Newfoundland and Labrador; NL; Newfoundland; Nfld; NFLD and Labrador; Terre-Neuve-et-Labrador
Northwest Territories; NT; NWT; Territoires du Nord-Ouest
Nova Scotia; NS; Nouvelle-Écosse
Nunavut; NU; Nvt
Ontario; ON; Ont
Prince Edward Island; PE; PEI; Île-du-Prince-Édouard
Quebec; QC; PQ; Que; Qué
Saskatchewan; SK; Sask
Yukon; YT; Yukon Territory; YK
`;

export const caProvinces: Pack = readTable('Canadian provinces', PROVINCES, {
  forms: ['Province of *'],
  onlyInCapitals: ['on', 'man'],
  onlyOnRequest: [],
});
