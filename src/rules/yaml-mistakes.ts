import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  Scalar,
  visit,
  type YAMLParseError,
} from 'yaml';

/**
 * How a rules file is read, wherever it is: as YAML 1.2, with the merge keys (`<<`) of 1.1, which people know from other files.
 * Every key is the text that stands there: of a code such as 01 in a map, YAML itself would make the number 1.
 */
export const RULES_YAML = {
  version: '1.2',
  uniqueKeys: true,
  merge: true,
  stringKeys: true,
} as const;

/** What a rules file's YAML says and cannot mean. */
export interface YamlMistake {
  readonly offset: number;
  readonly message: string;
}

export const QUOTE_COLON = 'a name or text with a colon and a space in it stands in quotes';

const SECOND_FILE =
  'a second rules file begins here (---): put its entries under the fields of the first, or into a file of its own';
const MISPLACED =
  'the next line does not belong here: begin it below the first letter of its neighbours, or, within { }, put a comma before it';

/** What the parser of YAML objects to, for people who have never heard of its grammar. */
export function inOwnWords({ code, pos, message }: YAMLParseError, text: string): string {
  const [line = ''] = text.slice(pos[0]).split('\n', 1);
  const hasColon = /:\s/u.test(line);
  if (code === 'MULTIPLE_DOCS') return SECOND_FILE;
  if (code === 'MULTILINE_IMPLICIT_KEY') return MISPLACED;
  if (code === 'BLOCK_AS_IMPLICIT_KEY') return hasColon ? QUOTE_COLON : MISPLACED;
  if (code === 'BLOCK_IN_FLOW' && hasColon) return QUOTE_COLON;
  const [said = message] = message.split('\n');
  return said.replace(/ at line \d+, column \d+:?$/u, '');
}

/** Makes the names and ids of fields the texts that stand there: 007 is not field 7. */
export function readNamesAsWritten(document: Document): void {
  const entries = isMap(document.contents) ? document.contents.get('fields') : undefined;
  if (!isSeq(entries)) return;
  for (const entry of entries.items) {
    if (!isMap(entry)) continue;
    for (const key of ['match', 'into']) {
      const names = entry.get(key, true);
      for (const name of isSeq(names) ? names.items : [names])
        if (isScalar(name) && typeof name.value === 'number') name.value = name.source;
    }
  }
}

/** Where keys stand that would silently be lost, or that take over the keys of what has none. */
export function mistakesIn(document: Document): YamlMistake[] {
  const mistakes: YamlMistake[] = [];
  visit(document, {
    Pair: (_, { key, value }) => {
      if (!isScalar(key)) return;
      const offset = key.range?.[0] ?? 0;
      if (key.value === LOST_KEY) mistakes.push({ offset, message: `${LOST_KEY} cannot be a key` });
      if (isMerge(key) && !sourcesOf(value).every((each) => isKeys(document, each)))
        mistakes.push({ offset, message: NO_KEYS });
    },
  });
  return mistakes;
}

/** The one key that JavaScript's own objects do not hold: what stands under it would silently be left out. */
const LOST_KEY = '__proto__';
const NO_KEYS =
  '<< takes over the keys of another place: name it by an alias, such as *name where &name stands before keys further up';

/** A quoted "<<" is a text like any other. */
function isMerge({ value, type }: Scalar): boolean {
  return value === '<<' && type === Scalar.PLAIN;
}

function sourcesOf(value: unknown): readonly unknown[] {
  return isSeq(value) ? value.items : [value];
}

function isKeys(document: Document, source: unknown): boolean {
  return isMap(isAlias(source) ? source.resolve(document) : source);
}
