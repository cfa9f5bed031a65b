import type { MatterFacts } from '../facts.ts';
import { CRIMINAL_FIELDS } from './criminal.ts';
import { FAMILY_FIELDS } from './family.ts';
import type { FieldOf } from './field.ts';
import { GENERAL_FIELDS } from './general.ts';
import { IMMIGRATION_FIELDS } from './immigration.ts';
import { PERSONAL_INJURY_FIELDS } from './personal-injury.ts';

/** The firm's fields on matters, in the order in which Clio shows them. */
export const MATTER_FIELDS: readonly FieldOf<MatterFacts>[] = [
  ...GENERAL_FIELDS,
  ...PERSONAL_INJURY_FIELDS,
  ...FAMILY_FIELDS,
  ...CRIMINAL_FIELDS,
  ...IMMIGRATION_FIELDS,
];
