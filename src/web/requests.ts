import { z } from 'zod';
import { RULING_KINDS } from '../model/decision.ts';
import { badRequest } from './answer.ts';
import type { Decision, Listing } from './protocol.ts';

/** More than fit on the pages that one selects from; decisions about more go by group or by filter. */
const ITEMS_MAX = 10_000;
/** Longer than any field holds. */
const TEXT_MAX = 100_000;

/** Rows of a page, each a target at most. */
const PLACES_MAX = 100;

const text = z.string().max(TEXT_MAX);
const texts = z.array(text).max(ITEMS_MAX);

const filter = z.strictObject({
  states: z.array(z.enum(['undecided', ...RULING_KINDS])).max(RULING_KINDS.length + 1),
  kinds: z.array(z.enum(['change', 'flag'])).max(2),
  fieldIds: texts,
  reasons: texts,
  text,
  groupId: text.nullable(),
});

const place = z.int().nonnegative().nullable();

const listing = z.strictObject({
  filter,
  view: z.enum(['groups', 'items']),
  after: place,
  before: place,
});

const decision = z.strictObject({
  targets: z
    .array(
      z.discriminatedUnion('kind', [
        z.strictObject({ kind: z.literal('items'), itemIds: texts.min(1) }),
        z.strictObject({ kind: z.literal('groups'), groupIds: texts.min(1), filter }),
        z.strictObject({ kind: z.literal('filter'), filter, expected: z.int().positive() }),
        z.strictObject({
          kind: z.literal('batch'),
          batch: z.int().positive(),
          groupIds: texts.min(1),
        }),
      ]),
    )
    .min(1)
    .max(PLACES_MAX),
  ruling: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('accept') }),
    z.strictObject({ kind: z.literal('skip') }),
    z.strictObject({ kind: z.literal('clear') }),
    z.strictObject({ kind: z.literal('later') }),
    z.strictObject({ kind: z.literal('edit'), value: text }),
  ]),
});

/** Throws `UserError` for what the page never sends. */
export function parseListing(body: unknown): Listing {
  return parse(listing, body);
}

/** As `parseListing`. */
export function parseDecision(body: unknown): Decision {
  return parse(decision, body);
}

/** As `parseListing`; of what takes nothing. */
export function parseNothing(body: unknown): void {
  parse(z.strictObject({}), body);
}

function parse<Parsed>(schema: z.ZodType<Parsed>, body: unknown): Parsed {
  const result = schema.safeParse(body);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw badRequest(`${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`);
}
