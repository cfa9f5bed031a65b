import { type Pack, readTable } from './pack.ts';

const MONTHS = `
January; Jan
February; Feb; Febr
March; Mar
April; Apr
May
June; Jun
July; Jul
August; Aug
September; Sep; Sept
October; Oct
November; Nov
December; Dec
`;

export const months: Pack = readTable('months', MONTHS, {
  forms: [],
  onlyInCapitals: [],
  onlyOnRequest: [],
});
