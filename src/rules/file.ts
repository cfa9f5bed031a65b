import { type Document, isMap, isScalar, LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';
import { UserError } from '../errors.ts';
import { PARENT_TYPES, type ParentType } from '../model/field.ts';
import { didYouMean } from '../nearest.ts';
import { RULE_NAMES, ruleNamed, type RuleName } from './index.ts';
import { plainContent } from './keyed.ts';
import { inWords, unknownKey } from './schema-words.ts';
import {
  inOwnWords,
  mistakesIn,
  QUOTE_COLON,
  readNamesAsWritten,
  RULES_YAML,
} from './yaml-mistakes.ts';

/** A rules file, checked against its schema but not yet against an account's fields. */
export interface RulesFile {
  /** BCP 47; `en-US` where the file names none. */
  readonly locale: string;
  /** Whether the file itself names the locale: only then may it decide the order of day and month. */
  readonly localeIsExplicit: boolean;
  readonly entries: readonly Entry[];
  readonly placeOf: (path: Path) => Place;
  /** An error about one place of this file, as `file:line:column: message`. */
  readonly at: (path: Path, message: string) => string;
  /** Whether the file itself says something there, or a default does. */
  readonly says: (path: Path) => boolean;
}

/** A place in a rules file, counted from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** One entry of `fields`. */
export interface Entry {
  /** Its place in the file, for messages. */
  readonly path: Path;
  /** Names (with `*` for any run of characters) or ids. */
  readonly match: readonly string[];
  readonly parent: ParentType | undefined;
  /** Passed over where the account has no such field, so that one file can serve several firms. */
  readonly isOptional: boolean;
  readonly rule: RuleName;
  /** The other field that the result goes into. */
  readonly into: string | undefined;
  readonly source: 'keep' | 'clear';
  /** What happens when the target of `into` already holds something else. */
  readonly existing: 'flag' | 'keep' | 'overwrite';
  /** The rule's own options, parsed by the rule's schema. */
  readonly options: unknown;
}

export type Path = readonly (string | number)[];

const DEFAULT_LOCALE = 'en-US';

/** Reads a rules file. Throws `UserError` that names every mistake with line and column. */
export function parseRulesFile(text: string, fileName: string): RulesFile {
  const lines = new LineCounter();
  const document = parseDocument(text, { ...RULES_YAML, lineCounter: lines });
  const placeOf = (path: Path): Place => {
    const { line, col } = lines.linePos(offsetOf(document, path));
    return { line, column: col };
  };
  const at = (path: Path, message: string): string => {
    const { line, column } = placeOf(path);
    return `${fileName}:${line}:${column}: ${message}`;
  };
  if (document.errors.length > 0) {
    throw rulesFileError(
      document.errors.map((error) => {
        const { line, col } = lines.linePos(error.pos[0]);
        return `${fileName}:${line}:${col}: ${inOwnWords(error, text)}`;
      }),
    );
  }
  readNamesAsWritten(document);
  const mistakes = mistakesIn(document);
  if (mistakes.length > 0) {
    throw rulesFileError(
      mistakes.map(({ offset, message }) => {
        const { line, col } = lines.linePos(offset);
        return `${fileName}:${line}:${col}: ${message}`;
      }),
    );
  }
  const content = contentOf(document, at);
  const parsed = fileSchema.safeParse(content);
  if (!parsed.success) {
    throw rulesFileError(parsed.error.issues.flatMap((issue) => describeIssue(issue, content, at)));
  }
  const { locale, fields } = parsed.data;
  return {
    locale: locale ?? DEFAULT_LOCALE,
    localeIsExplicit: locale !== undefined,
    entries: fields.map((field, index) => ({
      path: ['fields', index],
      match: [field.match].flat().map(String),
      parent: field.parent,
      isOptional: field.optional,
      rule: field.rule,
      into: field.into === undefined ? undefined : String(field.into),
      source: field.source,
      existing: field.existing,
      options: field.with,
    })),
    placeOf,
    at,
    says: (path) => valueAt(content, path) !== undefined,
  };
}

/** One error for all mistakes of a rules file, each a line of its own; one slip can make a thousand of them. */
export function rulesFileError(messages: readonly string[]): UserError {
  const different = [...new Set(messages)];
  const shown = different.slice(0, MISTAKES_SHOWN);
  const more = different.length - shown.length;
  // One place can be wrong in more than one way.
  const places = new Set(different.map((message) => /^.*?:\d+(?=:\d)/u.exec(message)?.[0]));
  return new UserError(
    'rules_file',
    [...shown, ...(more > 0 ? [`and ${more} more`] : [])].join('\n'),
    `Correct ${places.size === 1 ? 'this place' : `these ${places.size} places`} in the rules file and run the command again. \`clio-fields init\` writes a commented example.`,
  );
}

const MISTAKES_SHOWN = 20;

/** The JSON Schema of the rules file, so that editors complete and check it. */
export function rulesFileJsonSchema(): object {
  return z.toJSONSchema(fileSchema, { io: 'input', unrepresentable: 'any' });
}

/** Throws `UserError` for a file without content, and for one whose aliases would fill the memory. */
function contentOf(document: Document, at: RulesFile['at']): unknown {
  if (document.contents === null || document.contents === undefined)
    throw rulesFileError([at([], 'the file is empty')]);
  try {
    return plainContent(document.toJS({ maxAliasCount: MOST_ALIASES, mapAsMap: true }));
  } catch (cause) {
    if (!(cause instanceof ReferenceError)) throw cause;
    throw rulesFileError([at([], 'its aliases (*) stand for too much, or for nothing')]);
  }
}

const MOST_ALIASES = 100;

const nameOrId = z.union([z.string().min(1), z.number().int()]);

function entrySchema<Name extends RuleName>(name: Name) {
  return z.strictObject({
    match: z
      .union([nameOrId, z.array(nameOrId).min(1)])
      .describe(
        'A field: its name (with * for any run of characters), its id, or a list of these.',
      ),
    parent: z
      .enum(PARENT_TYPES)
      .optional()
      .describe('Only where matters and contacts share the name.'),
    optional: z
      .boolean()
      .default(false)
      .describe('Pass the entry over where the account has no such field.'),
    rule: z.literal(name),
    into: nameOrId.optional().describe('The other field that the result goes into.'),
    source: z
      .enum(['keep', 'clear'])
      .default('keep')
      .describe('With into: what becomes of the value that was read.'),
    existing: z
      .enum(['flag', 'keep', 'overwrite'])
      .default('flag')
      .describe('With into: what happens when the target already holds something else.'),
    with: ruleNamed(name).options.prefault({}).describe(`Options of the rule ${name}.`),
  });
}

const [firstRule, ...otherRules] = RULE_NAMES.map((name) => entrySchema(name));
if (firstRule === undefined) throw new Error('there is no rule');

const fileSchema = z.strictObject({
  $schema: z.string().optional(),
  version: z.literal(1),
  locale: z
    .string()
    .refine(isLocale, 'is not a language tag such as en-US')
    .optional()
    .describe(
      'Number format, and the order of day and month, where the column itself does not tell. A language tag such as en-US.',
    ),
  fields: z.array(z.discriminatedUnion('rule', [firstRule, ...otherRules])),
});

/** Whether a text is the BCP 47 tag of a language whose numbers and dates are known: "American" is none. */
export function isLocale(tag: string): boolean {
  try {
    return Intl.NumberFormat.supportedLocalesOf(tag).length === 1;
  } catch {
    return false;
  }
}

function describeIssue(issue: z.core.$ZodIssue, content: unknown, at: RulesFile['at']): string[] {
  const path = issue.path.filter((part) => typeof part !== 'symbol');
  if (issue.code === 'unrecognized_keys') {
    const schema = schemaAt(path, content);
    return issue.keys.map((key) => at([...path, key], unknownKey(key, schema)));
  }
  const value = valueAt(content, path);
  if (value === undefined) return [at(path, `${lastName(path)} is missing`)];
  if (isName(path) && [value].flat().some((each) => typeof each === 'object' && each !== null))
    return [at(path, `${lastName(path)}: ${QUOTE_COLON}`)];
  if (issue.code !== 'invalid_union') return [at(path, `${lastName(path)}: ${inWords(issue)}`)];
  if (path.at(-1) === 'rule' || 'discriminator' in issue) {
    const rules = RULE_NAMES.join(', ');
    const near = typeof value === 'string' ? didYouMean(value, RULE_NAMES) : '';
    const said = `unknown rule ${JSON.stringify(value)}; the rules are ${rules}`;
    return [at(path, near === '' ? said : `${said}.${near}`)];
  }
  return [at(path, `${lastName(path)}: ${inWords(issue)}`)];
}

function isName(path: Path): boolean {
  const key = path[2];
  return path.length >= 3 && (key === 'match' || key === 'into');
}

/** What takes keys at that place: the file, an entry, or the options of its rule. */
function schemaAt(path: Path, content: unknown): z.ZodType {
  const [, index, part] = path;
  if (index === undefined) return fileSchema;
  const rule = RULE_NAMES.find((name) => name === valueAt(content, ['fields', index, 'rule']));
  return part === undefined || rule === undefined ? entrySchema('skip') : ruleNamed(rule).options;
}

function valueAt(content: unknown, path: Path): unknown {
  return path.reduce<unknown>((value, key) => {
    if (value instanceof Map) return value.get(key);
    return typeof value === 'object' && value !== null
      ? Object.getOwnPropertyDescriptor(value, key)?.value
      : undefined;
  }, content);
}

function lastName(path: Path): string {
  return path.findLast((part): part is string => typeof part === 'string') ?? 'the file';
}

/** Where in the text the node at `path` begins; its nearest parent where it does not exist. */
function offsetOf(document: Document, path: Path): number {
  for (let length = path.length; length > 0; length -= 1) {
    const parent: unknown =
      length === 1 ? document.contents : document.getIn(path.slice(0, length - 1), true);
    const key = path[length - 1];
    if (isMap(parent)) {
      const pair = parent.items.find(
        (item) => isScalar(item.key) && String(item.key.value) === String(key),
      );
      if (pair !== undefined && isScalar(pair.key) && pair.key.range) return pair.key.range[0];
    } else {
      const node: unknown = document.getIn(path.slice(0, length), true);
      const range = rangeOf(node);
      if (range !== undefined) return range;
    }
  }
  return rangeOf(document.contents) ?? 0;
}

function rangeOf(node: unknown): number | undefined {
  if (typeof node !== 'object' || node === null || !('range' in node)) return undefined;
  return Array.isArray(node.range) && typeof node.range[0] === 'number' ? node.range[0] : undefined;
}
