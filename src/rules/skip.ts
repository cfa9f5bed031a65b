import { z } from 'zod';
import { FIELD_TYPES } from '../model/field.ts';
import { defineRule, UNCHANGED } from './types.ts';

/** Names a field and leaves it alone, so that a pattern of another entry cannot take it. */
export const skip = defineRule({
  summary: 'leaves the field alone, on purpose and in writing',
  reads: FIELD_TYPES,
  writes: FIELD_TYPES,
  options: z.strictObject({}),
  column: () => ({
    observe: () => undefined,
    evidence: () => [],
    decide: () => UNCHANGED,
  }),
});
