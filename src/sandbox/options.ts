import { z } from 'zod';
import type { Account } from './account.ts';
import { faultSpec } from './fault-spec.ts';

/** One request as the log and the `onRequest` hook see it. */
export interface RequestNote {
  /** Counted from 1 over everything that reached the server. */
  readonly number: number;
  readonly method: string;
  /** Path and query, as they were sent. */
  readonly url: string;
}

const permission = z.enum(['write', 'read', 'none']).default('write');

const behaviour = z.strictObject({
  /** Whether a value write moves the record's etag, and its `updated_at`. Unknown of the real one. */
  etagMovesOnValueWrite: z.boolean().default(true),
  updatedAtMovesOnValueWrite: z.boolean().default(true),
  /** What becomes of decimals in currency and numeric fields. `round` is silent: half away from zero, to a whole number. */
  decimals: z.enum(['accept', 'refuse', 'round']).default('accept'),
  /** `formatted`: a currency as people write it, "$1,234.50". */
  amountsReadAs: z.enum(['string', 'number', 'formatted']).default('string'),
  /** Some saw numbers, some texts; `mixed`: the one for some rows, the other for others. */
  picklistReadAs: z.enum(['number', 'string', 'mixed']).default('number'),
  /** Where the id of a matter that a value names is shown: in `value`, or only in the matter nested beside it. */
  matterShownIn: z.enum(['value', 'nested']).default('value'),
  /** Every record's values are shown by their ids alone, as some accounts saw it beside a 403 for custom fields. */
  stripsValues: z.boolean().default(false),
  /** Whether a bare `picklist_option` carries the option's text beside id and etag. */
  picklistOptionShowsText: z.boolean().default(false),
  customFieldShowsEtag: z.boolean().default(true),
  /** `custom_field` comes back without an id, as one contact sign-in saw it. */
  hollowCustomField: z.boolean().default(false),
  /** Whether displayed definitions without a row are listed as entries with `id: null`. */
  listsDisplayedWithoutRow: z.boolean().default(true),
  listsSoftDeletedValues: z.boolean().default(true),
  /** Whether a list of definitions shows deleted ones when `deleted` is not asked for. */
  listsDeletedDefinitions: z.boolean().default(true),
  /** `asked`: retired options are shown only where `deleted_at` is among the braces' names. */
  listsRetiredOptions: z.enum(['always', 'asked', 'never']).default('asked'),
  /** Whether a retired option can be brought back: with `false` it is refused, with `ignored` accepted and not done. */
  restoresOptions: z.union([z.boolean(), z.literal('ignored')]).default(true),
  /** What becomes of the options that a write of some does not name. */
  unnamedOptions: z.enum(['stay', 'retired']).default('stay'),
  /** Whether a new option may have the text of one that can be chosen. Accounts hold such twins, so it was possible once. */
  takesEqualOptions: z.boolean().default(true),
  /** Whether a value may name a retired option. */
  takesRetiredOptions: z.boolean().default(false),
  /** Whether values of deleted definitions can be written. */
  writesSoftDeletedValues: z.boolean().default(false),
  foreignValueIdStatus: z.union([z.literal(404), z.literal(422)]).default(422),
  invisibleStatus: z.union([z.literal(403), z.literal(404)]).default(404),
  /** What a malformed filter, limit or page token is answered with. */
  badParameterStatus: z.union([z.literal(400), z.literal(422)]).default(422),
  /** Whether malformed e-mail and web addresses are refused. Off: accounts hold such values, so they were taken once. */
  checksEmailAndUrl: z.boolean().default(false),
  textLineLimit: z.int().positive().nullable().default(255),
  textAreaLimit: z.int().positive().nullable().default(null),
  /** A required definition's value can be neither blanked nor removed. */
  requiredStays: z.boolean().default(true),
  /** Any write is refused while another required definition of the record has no value. */
  requiredCheckedOnEveryWrite: z.boolean().default(false),
  /** What becomes of the entries before a refused one: with `true` nothing is written, with `false` they stay written. */
  writesAllOrNothing: z.boolean().default(true),
  /** Which fields an empty text clears: proven for texts only; elsewhere it is a value of the wrong type. For null see `takesNull`. */
  emptyTextClears: z.enum(['texts', 'all']).default('texts'),
  /** Whether an empty text that clears a text is kept as such, and read back as "" instead of null. */
  keepsEmptyText: z.boolean().default(false),
  /** Whether a value must be sent as text or null, as the OpenAPI document has it; numbers and booleans were seen to be taken. */
  takesOnlyText: z.boolean().default(false),
  /** What a body's key that the OpenAPI document does not have does: nothing, or the write is refused. Of values, options and definitions. */
  unknownKeys: z.enum(['ignored', 'refused']).default('ignored'),
  /** Whether the create shape may make a row without a value. */
  createsBlankRows: z.boolean().default(false),
  /** Whether null clears a value: seen of one field whose type is not known. Otherwise it is a value of the wrong type. */
  takesNull: z.boolean().default(true),
  /** Whether null takes a value's row away as `_destroy` does. Once it was seen to stay, of a field whose type is not known. */
  nullRemovesRow: z.boolean().default(false),
  /**
   * What `_destroy` leaves of a displayed definition's value: nothing, as was seen once; an entry with `id: null`, as of any
   * displayed definition without a row; or a new empty row, as accounts have them that nobody made.
   */
  destroyedDisplayedShows: z.enum(['nothing', 'entry', 'row']).default('nothing'),
  /** Whether a value that is made anew after `_destroy` gets the id that it had. */
  reusesRowIds: z.boolean().default(false),
  trimsText: z.boolean().default(false),
  /** Whether texts are kept in Unicode's composed form (NFC), whatever was sent. */
  composesText: z.boolean().default(false),
  /** How the lines of a text area end when they are kept. */
  lineEnds: z.enum(['asSent', 'lf', 'crlf']).default('asSent'),
  /** Whether a 422 repeats what was sent, clients' data included. */
  echoesValues: z.boolean().default(true),
  /** The signed-in user: an administrator may change definitions; the permissions are the app's. */
  isAdministrator: z.boolean().default(true),
  usersPermission: z.boolean().default(true),
  customFieldsPermission: z.boolean().default(true),
  mattersPermission: permission,
  contactsPermission: permission,
  documentsPermission: z.boolean().default(true),
  /** The longest text of a picklist's option; often said of Clio, documented nowhere. Null for any. */
  optionTextLimit: z.int().positive().nullable().default(55),
  /** How long a page token is good for; null for ever. */
  pageTokenLifetimeMs: z.number().nonnegative().nullable().default(null),
  /** How long bytes can be put to an upload's address: the schema says ten minutes, prose says eight hours. */
  putUrlLifetimeMs: z.number().nonnegative().default(600_000),
  /** Whether reading a document makes its upload's address good for another while, or shows the one that it had. */
  putUrlOnRead: z.enum(['same', 'renewed']).default('same'),
  /** How often a document's completion is answered with UploadTimeoutError before its bytes are found. */
  uploadTimeouts: z.int().nonnegative().default(0),
  /** Whether a list shows documents that were not fully uploaded where `show_uncompleted` asks for them. */
  listsUncompletedDocuments: z.boolean().default(true),
});

export const REFUSALS = ['retry-after', 'date', 'body', 'base64'] as const;

/** How a 429 says how long to wait. */
export type Refusal = (typeof REFUSALS)[number];

const rateLimit = z.strictObject({
  /** Requests a window and token; null for no limit. */
  perWindow: z.int().positive().nullable().default(null),
  windowMs: z.number().positive().default(60_000),
  /** What another program with the same token takes out of each window, evenly over it. */
  otherPerWindow: z.int().nonnegative().default(0),
  refusal: z.enum([...REFUSALS, 'mixed']).default('retry-after'),
  /** New limits from a given request on. */
  changes: z
    .array(z.strictObject({ atRequest: z.int().positive(), perWindow: z.int().positive() }))
    .default([]),
});

const oauth = z.strictObject({
  clientId: z.string().default('sandbox-app'),
  clientSecret: z.string().default('sandbox-secret'),
  /** Registered addresses, matched to the letter; null takes any loopback address. */
  redirectUris: z.array(z.string()).nullable().default(null),
  /** Lifetime of an access token; Clio's default is 30 days. */
  expiresInSeconds: z.number().positive().default(2_592_000),
  /** What a refresh says of the refresh token: nothing, the same again, or a new one, and then the old is good no longer. */
  refreshAnswers: z.enum(['nothing', 'same', 'new']).default('nothing'),
  /** Whether a refresh ends the access token of before at once. */
  refreshEndsToken: z.boolean().default(false),
  /** Whether who declines is sent back with the state that the app gave. */
  declineNamesState: z.boolean().default(true),
});

const optionsSchema = z.strictObject({
  /** 0 takes a free one. */
  port: z.int().min(0).max(65_535).default(0),
  seed: z.int().default(1),
  /** The access token that is good from the start; made up where none is given. */
  token: z.string().min(1).optional(),
  /** Before every answer: milliseconds, or a range to draw from. */
  latencyMs: z
    .union([
      z.number().nonnegative(),
      z.strictObject({ min: z.number().nonnegative(), max: z.number().nonnegative() }),
    ])
    .default(0),
  /** How far the server's clock is ahead. */
  clockSkewMs: z.number().default(0),
  now: z.custom<() => number>((value) => typeof value === 'function').default(() => Date.now),
  /** How long a `slow` fault holds an answer back. */
  slowMs: z.number().nonnegative().default(30_000),
  /** The wait that a played 429 asks for. */
  faultRetryAfterSeconds: z.int().nonnegative().default(1),
  faults: z.array(faultSpec).default([]),
  /** The values of `X-API-VERSION` that are neither invalid nor retired; the last is the default. */
  apiVersions: z
    .array(z.string())
    .min(1)
    .default(['4.0.9', '4.0.10', '4.0.11', '4.0.12', '4.0.13']),
  /** How many of the last requests the log keeps. */
  logLimit: z.int().nonnegative().default(1_000),
  /** Called before a request is looked at: a place to play other people at work. */
  onRequest: z
    .custom<(request: RequestNote, account: Account) => void>(
      (value) => typeof value === 'function',
    )
    .optional(),
  rateLimit: rateLimit.prefault({}),
  behaviour: behaviour.prefault({}),
  oauth: oauth.prefault({}),
});

/** All optional: how the embedded Clio is set up. Where Clio's behaviour is unknown, `behaviour` chooses. */
export type SandboxOptions = z.input<typeof optionsSchema>;
export type Settings = z.output<typeof optionsSchema>;
export type Behaviour = Settings['behaviour'];
/** What `behaviour` can choose. */
export const BEHAVIOURS: readonly string[] = Object.keys(behaviour.shape);

/** Throws ZodError for an option that does not exist or does not fit. */
export function parseOptions(options: SandboxOptions): Settings {
  return optionsSchema.parse(options);
}
