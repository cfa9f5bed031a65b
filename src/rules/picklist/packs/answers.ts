import { type Pack, readTable } from './pack.ts';

/** The two answers by their first letters, where the options are just these. */
export const yesNo: Pack = readTable('yes and no', 'Yes; Y\nNo; N', {
  forms: [],
  onlyInCapitals: [],
  onlyOnRequest: [],
});

export const sexes: Pack = readTable('male and female', 'Male; M\nFemale; F', {
  forms: [],
  onlyInCapitals: [],
  onlyOnRequest: [],
});
