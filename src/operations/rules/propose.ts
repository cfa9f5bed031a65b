import { stringify } from 'yaml';
import { counted } from '../../counted.ts';
import type { Journal } from '../../journal/index.ts';
import type { Definition } from '../../model/field.ts';
import { usualCurrency } from '../../rules/amount/usual-currency.ts';
import { cluster } from '../../rules/clusters.ts';
import { ruleNamed, type RuleName } from '../../rules/index.ts';
import { type Counts, countValues } from '../inventory/count-values.ts';
import { currencyOptions, type Kind, likeliestKind } from '../inventory/likeliest-kind.ts';
import { RULE_BY_TYPE } from '../inventory/summarize.ts';
import { matchField } from './match-field.ts';
import { namesake } from './namesake.ts';

/**
 * A commented rules file for one inventory. What is active in it is safe to run as it stands: each field under the plain rule
 * of its type. What would be bolder (moving free text into a typed field, merging spellings) is written out as comments,
 * with the counts that speak for it, for a person to take up.
 */
export function proposeRulesFile(
  journal: Journal,
  inventoryId: string,
  schemaPath: string,
): string {
  const { takenAt, origin } = journal.inventories.find(inventoryId);
  const fields = journal.inventories.definitions(inventoryId).filter(({ deleted }) => !deleted);
  const columns = countValues(journal, inventoryId, fields, DISTINCT_KEPT);
  const proposals = fields.map((field) =>
    propose(field, columns.get(field.id) ?? new Map(), fields, columns),
  );
  return [
    `# yaml-language-server: $schema=${schemaPath}`,
    `# Rules for ${origin}, proposed from ${inventoryId} of ${takenAt.slice(0, 10)}.`,
    '# Everything that is active here is safe to run: a rule that cannot be sure changes nothing and flags the value.',
    '# Look at what it would do with `clio-fields plan --dry-run`. A field that no entry names is left alone.',
    'version: 1',
    '# The number format, and the order of day and month, where a field’s own values do not tell. Take the # away to state yours:',
    '# locale: en-US',
    'fields:',
    ...proposals.filter(({ lines }) => lines.length > 0).flatMap(({ lines }) => ['', ...lines]),
    ...emptyNote(proposals),
    '',
  ].join('\n');
}

interface Proposal {
  readonly field: Definition;
  /** None for a field without a value, or of a type that no rule is for. */
  readonly lines: readonly string[];
}

/** Distinct values kept of one field: enough to know what the field is like. */
const DISTINCT_KEPT = 5_000;

function propose(
  field: Definition,
  counts: Counts,
  fields: readonly Definition[],
  columns: ReadonlyMap<string, Counts>,
): Proposal {
  const rule = RULE_BY_TYPE[field.fieldType];
  if (counts.size === 0 || rule === 'skip') return { field, lines: [] };
  const isText = field.fieldType === 'text_line' || field.fieldType === 'text_area';
  const kind = isText ? likeliestKind(field, counts) : null;
  // E-mail addresses and phone numbers are text fields in every firm; their rules only ever tidy them.
  const active = kind !== null && (kind.rule === 'email' || kind.rule === 'url') ? kind.rule : rule;
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
  return {
    field,
    lines: [
      `  # ${field.fieldType}, ${counted(total, 'value')}, ${counts.size === DISTINCT_KEPT ? 'at least ' : ''}${counts.size} different: ${samplesOf(field, counts)}`,
      ...entry(field, fields, active, currencyOptions(active)),
      ...(kind === null || kind.rule === active ? [] : proposeMove(field, kind, counts, fields)),
      ...(isText && kind === null ? proposeClusters(field, counts, fields, columns) : []),
    ],
  };
}

/** The commonest job of all: free text into a field of the type that its values really have. */
function proposeMove(
  field: Definition,
  { rule, read, total, evidence }: Kind,
  counts: Counts,
  fields: readonly Definition[],
): string[] {
  const fitting = fields.filter(
    (other) => other.parentType === field.parentType && RULE_BY_TYPE[other.fieldType] === rule,
  );
  const target = namesake(field, fitting);
  const what = `  # ${read} of its ${counted(total, 'value')} can be read as ${rule}.`;
  const said = evidence.map((sentence) => `  # ${sentence}.`);
  if (rule === 'phone') {
    return [
      what,
      ...said,
      '  # To write them alike, take this entry in place of the one above:',
      ...commented(entry(field, fields, rule)),
    ];
  }
  if (target === undefined)
    return [
      what,
      ...said,
      ...(fitting.length === 0 ? [] : [`  # Fields of that type: ${listed(fitting)}.`]),
      '  # To keep them in a field of that type, name it with into, or make one in Clio.',
    ];
  return [
    what,
    ...said,
    `  # To move them into ${quoted(target.name)}, take this entry in place of the one above:`,
    ...commented(entry(field, fields, rule, moveOptions(rule, counts), target)),
  ];
}

/** An amount loses its sign on the way into a typed field: what the column's currency is must stand in the rules. */
function moveOptions(
  rule: RuleName,
  counts: Counts,
): Readonly<Record<string, unknown>> | undefined {
  const options = currencyOptions(rule);
  const currency = options === undefined ? null : usualCurrency(counts);
  return currency === null ? options : { ...options, currency };
}

/** Spellings of few things: proposed as a map into the picklist of a like name, or shown with their counts. */
function proposeClusters(
  field: Definition,
  counts: Counts,
  fields: readonly Definition[],
  columns: ReadonlyMap<string, Counts>,
): string[] {
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
  if (counts.size < 2 || counts.size > total / 3 || counts.size > 500) return [];
  const picklist = namesake(
    field,
    fields.filter(
      (other) => other.parentType === field.parentType && other.fieldType === 'picklist',
    ),
  );
  const clusters = cluster(counts, { strictness: 'medium' }).slice(0, CLUSTERS_SHOWN);
  const shown = clusters.map(
    ({ canonical, members }) =>
      `  #   ${quoted(canonical)}: ${members.map(({ value, count }) => `${count} × ${quoted(value)}`).join(', ')}`,
  );
  const spellings =
    shown.length === 0
      ? []
      : ['  # Values that may be the same, each with how often it stands there:', ...shown];
  if (picklist === undefined) return spellings;
  const { map, unsure } = readMap(field, picklist, counts);
  return [
    ...spellings,
    `  # To move them into the picklist ${quoted(picklist.name)} (${columns.get(picklist.id)?.size ?? 0} options in use), take this entry in place of the one above, after reading its map:`,
    ...commented(
      entry(
        field,
        fields,
        'picklist',
        Object.keys(map).length === 0 ? undefined : { map },
        picklist,
      ),
    ),
    ...(unsure.size === 0
      ? []
      : ['  #   # Not sure, and so flagged until somebody adds them to the map:']),
    ...[...unsure].map(
      ([value, options]) => `  #   # ${quoted(value)}: ? ${options.map(quoted).join(' or ')}`,
    ),
  ];
}

const CLUSTERS_SHOWN = 12;

/** What the picklist's rule would only suggest: what is near one option alone, and what may mean one or another. */
function readMap(
  field: Definition,
  picklist: Definition,
  counts: Counts,
): {
  readonly map: Readonly<Record<string, string>>;
  readonly unsure: ReadonlyMap<string, readonly string[]>;
} {
  const rule = ruleNamed('picklist');
  const column = rule.column(rule.options.parse({}), {
    locale: 'en-US',
    source: field,
    target: picklist,
  });
  for (const value of counts.keys()) column.observe(value);
  const map = new Map<string, string>();
  const unsure = new Map<string, readonly string[]>();
  for (const value of counts.keys()) {
    const verdict = column.decide(value);
    if (verdict.outcome !== 'flagged') continue;
    const { suggestions, mess } = verdict;
    const [suggestion, ...others] = suggestions;
    if (suggestion === undefined) continue;
    if (others.length === 0 && !mess.includes('impossible')) map.set(value, suggestion);
    else unsure.set(value, suggestions);
  }
  return { map: Object.fromEntries(map), unsure };
}

function entry(
  field: Definition,
  fields: readonly Definition[],
  rule: RuleName,
  options?: Readonly<Record<string, unknown>>,
  into?: Definition,
): string[] {
  const body = {
    ...matchField(field, fields),
    rule,
    ...(into !== undefined && { into: intoName(into, fields), source: 'keep' }),
    ...(options !== undefined && { with: options }),
  };
  return [
    ...(field.name === body.match ? [] : [`  # ${quoted(field.name)}`]),
    ...written([body])
      .trimEnd()
      .split('\n')
      .map((line) => `  ${line}`),
  ];
}

/** As YAML, with what nobody sees of a name (the order of writing, say) written out: the file is read before it is run. */
function written(body: unknown): string {
  const plain = stringify(body, { lineWidth: 0 });
  if (!HIDDEN.test(plain)) return plain;
  return stringify(body, {
    lineWidth: 0,
    defaultStringType: 'QUOTE_DOUBLE',
    defaultKeyType: 'PLAIN',
  }).replaceAll(HIDDEN_ALL, (hidden) => `\\U${hexOf(hidden).padStart(8, '0')}`);
}

const HIDDEN = /[\p{Cf}\u0080-\u009F\u2028\u2029]/u;
const HIDDEN_ALL = new RegExp(HIDDEN, 'gu');

function hexOf(sign: string): string {
  return sign.codePointAt(0)?.toString(16) ?? '';
}

function intoName(target: Definition, fields: readonly Definition[]): string {
  const namesakes = fields.filter(
    ({ name, parentType }) => name === target.name && parentType === target.parentType,
  );
  return namesakes.length === 1 ? target.name : target.id;
}

function commented(lines: readonly string[]): string[] {
  return lines.map((line) => `  # ${line.slice(2)}`);
}

function samplesOf(field: Definition, counts: Counts): string {
  return [...counts]
    .toSorted(([, left], [, right]) => right - left)
    .slice(0, 3)
    .map(([value]) => quoted(field.options.find(({ id }) => id === value)?.label ?? value))
    .join(', ');
}

/** A value or a name inside a comment: on one line, with nothing hidden in it, and not longer than one cares to read. */
function quoted(value: string): string {
  const shown = value.length > 60 ? `${value.slice(0, 59)}…` : value;
  return JSON.stringify(shown).replace(
    /[\p{Cc}\p{Cf}\u2028\u2029]/gu,
    (hidden) => `\\u{${hexOf(hidden).padStart(4, '0')}}`,
  );
}

function listed(fields: readonly Definition[]): string {
  const names = fields.slice(0, FIELDS_SHOWN).map(({ name }) => quoted(name));
  const more = fields.length - names.length;
  return [...names, ...(more > 0 ? [`${more} more`] : [])].join(', ');
}

const FIELDS_SHOWN = 5;

function emptyNote(proposals: readonly Proposal[]): string[] {
  const names = proposals
    .filter(({ lines }) => lines.length === 0)
    .map(({ field }) => quoted(field.name));
  if (names.length === 0) return [];
  if (names.length === proposals.length) return ['  []'];
  return [
    '',
    `  # Left out, for they hold nothing or no rule is for their type: ${names.join(', ')}`,
  ];
}
