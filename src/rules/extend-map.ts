import { isDeepStrictEqual } from 'node:util';
import {
  type Document,
  isCollection,
  isMap,
  isNode,
  isPair,
  parseDocument,
  stringify,
  type YAMLMap,
} from 'yaml';
import { UserError } from '../errors.ts';
import type { Path } from './file.ts';
import { RULES_YAML } from './yaml-mistakes.ts';

/**
 * A rules file's text with more keys in the `map` of the entry at `path`. Everything that stood there stays to the letter,
 * comments and blank lines among it: text is only put in. Throws `UserError` where the file would then mean anything
 * but what it meant and these keys (parts that entries share by an anchor, say).
 */
export function extendMap(
  text: string,
  path: Path,
  additions: ReadonlyMap<string, string>,
): string {
  const document = parseDocument(text, RULES_YAML);
  const { collection, rest } = deepestMap(document, path);
  if (collection === undefined) throw notByTool();
  const missing = rest.reduceRight<unknown>((inner, key) => new Map([[key, inner]]), additions);
  const isPlain = ![...additions].flat().some((each) => /[\p{Cc}\u2028\u2029\ufeff]/u.test(each));
  const writing = isPlain ? WRITING : { ...WRITING, ...QUOTED };
  const extended = insert(text, collection, missing, writing);
  const reread = parseDocument(extended, RULES_YAML);
  const wanted = withKeys(plain(document), [...path, 'with', 'map'], additions);
  if (reread.errors.length > 0 || !isDeepStrictEqual(plain(reread), wanted)) throw notByTool();
  return extended;
}

/** A text on one line, whatever is in it. */
const WRITING = {
  lineWidth: 0,
  blockQuote: false,
  singleQuote: false,
  doubleQuotedAsJSON: true,
} as const;
/** Where a text has line ends or other control characters. */
const QUOTED = { defaultStringType: 'QUOTE_DOUBLE', defaultKeyType: 'QUOTE_DOUBLE' } as const;
type Writing = typeof WRITING & Partial<typeof QUOTED>;

/** The innermost of entry, `with` and `map` that is there, and the keys that are not. */
function deepestMap(
  document: Document,
  path: Path,
): { readonly collection: YAMLMap | undefined; readonly rest: readonly string[] } {
  const keys = ['with', 'map'];
  for (let there = keys.length; there >= 0; there -= 1) {
    const place = [...path, ...keys.slice(0, there)];
    if (there > 0 && !document.hasIn(place)) continue;
    const node: unknown = document.getIn(place, true);
    return { collection: isMap(node) ? node : undefined, rest: keys.slice(there) };
  }
  return { collection: undefined, rest: keys };
}

function insert(text: string, collection: YAMLMap, pairs: unknown, writing: Writing): string {
  return collection.flow === true
    ? insertIntoFlow(text, collection, pairs, writing)
    : insertIntoBlock(text, collection, pairs, writing);
}

/** `{ a: b }` becomes `{ a: b, c: d }`. */
function insertIntoFlow(
  text: string,
  collection: YAMLMap,
  pairs: unknown,
  writing: Writing,
): string {
  const written = stringify(pairs, { ...writing, collectionStyle: 'flow' });
  const inner = withoutEnd(written)
    .slice(1, -1)
    .replace(/^ +| +$/gu, '');
  const last = endOf(collection.items.at(-1));
  if (last !== undefined) return splice(text, last, `, ${inner}`);
  const start = collection.range?.[0];
  if (start === undefined) throw notByTool();
  return splice(text, start + 1, ` ${inner} `);
}

/** Lines of their own below the last one, as far in as the first. */
function insertIntoBlock(
  text: string,
  collection: YAMLMap,
  pairs: unknown,
  writing: Writing,
): string {
  const key: unknown = collection.items[0]?.key;
  const start = isNode(key) ? key.range?.[0] : undefined;
  const last = endOf(collection.items.at(-1));
  if (start === undefined || last === undefined) throw notByTool();
  const indent = ' '.repeat(start - (text.lastIndexOf('\n', start - 1) + 1));
  const lineEnd = text.includes('\r\n') ? '\r\n' : '\n';
  const lines = withoutEnd(stringify(pairs, writing))
    .split('\n')
    .map((line) => `${indent}${line}${lineEnd}`)
    .join('');
  if (text[last - 1] === '\n') return splice(text, last, lines);
  const newline = text.indexOf('\n', last);
  return newline === -1 ? `${text}${lineEnd}${lines}` : splice(text, newline + 1, lines);
}

/** Without the last line's end; other space there may be a value's own. */
function withoutEnd(written: string): string {
  return written.replace(/\n$/u, '');
}

/** Where the text of a node or pair ends, comments after it left out. */
function endOf(item: unknown): number | undefined {
  if (isPair(item)) return endOf(item.value) ?? endOf(item.key);
  if (isCollection(item) && item.flow !== true) return endOf(item.items.at(-1));
  return isNode(item) ? item.range?.[1] : undefined;
}

function splice(text: string, at: number, added: string): string {
  return text.slice(0, at) + added + text.slice(at);
}

/** What a document says, with nothing shared between its parts. */
function plain(document: Document): unknown {
  return JSON.parse(JSON.stringify(document.toJS({ maxAliasCount: 100 })));
}

function withKeys(value: unknown, path: Path, additions: ReadonlyMap<string, string>): unknown {
  const [key, ...rest] = path;
  if (key === undefined)
    return { ...(value as object | undefined), ...Object.fromEntries(additions) };
  if (Array.isArray(value))
    return value.map((each: unknown, at) => (at === key ? withKeys(each, rest, additions) : each));
  const held = (value ?? {}) as Readonly<Record<string, unknown>>;
  return { ...held, [key]: withKeys(held[key], rest, additions) };
}

function notByTool(): UserError {
  return new UserError(
    'rules_file',
    'The entry is written in a way that cannot be added to without changing more than its map (an anchor or alias, say). Nothing was written.',
    'Write the map into the rules file by hand; `clio-fields clusters FIELD --json` gives the values.',
  );
}
