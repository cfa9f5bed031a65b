import { z } from 'zod';
import { keyed } from '../keyed.ts';
import { PACK_NAMES } from './packs.ts';

/** The `with` block of the picklist rule. */
export const picklistOptions = z.strictObject({
  map: keyed(z.string())
    .prefault({})
    .describe(
      'Values and the option that each becomes: { SDNY: "Southern District of New York" }. Matched to the letter first, then without regard to capitals, spaces and punctuation.',
    ),
  unknown: z
    .enum(['flag', 'add-option'])
    .default('flag')
    .describe(
      'What becomes of a value that no option fits: flag leaves it to a person, add-option makes it a new option, up to 55 characters, or restores one that a rollback of such a plan retired.',
    ),
  abbreviations: z
    .union([z.literal('auto'), z.array(z.enum(PACK_NAMES))])
    .default('auto')
    .describe(
      'Lists whose usual short forms and other names count: auto takes those that the options themselves show (nearly all of them US states, say); [] takes none.',
    ),
  merge: keyed(z.array(z.string()))
    .prefault({})
    .describe(
      'Options to keep and, for each, the duplicate or retired options whose values move to it: { Settled: ["settled ", Setled] }. The moved options are retired as part of the plan.',
    ),
});

export type PicklistOptions = z.infer<typeof picklistOptions>;
