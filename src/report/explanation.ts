import type { Example, Explanation, NamingEntry, OptionInForce } from '../model/explanation.ts';
import { number, Page } from './text/page.ts';
import type { Look } from './types.ts';
import { visible } from './visible.ts';

/** Why a field's values become what they become, for scripts. */
export function explanationAsJson({ field, options, ...explanation }: Explanation): object {
  const { id, ...rest } = field;
  return {
    field: { definitionId: id, ...rest },
    ...explanation,
    options: options.map((option) => ({ ...option, value: option.value ?? null })),
  };
}

/** The same for people: the entry that decides, what is in force, what the column showed, an example of each outcome. */
export function* explanationAsText(explanation: Explanation, look: Look): Iterable<string> {
  const page = new Page(look);
  yield* heading(page, explanation);
  yield* decisionLines(page, explanation);
  yield* otherLines(page, explanation);
  yield* problemLines(page, explanation);
  if (explanation.decides === null) return;
  yield* optionLines(page, explanation);
  yield* valueLines(page, explanation);
}

function* heading(page: Page, { field, inventoryId, rulesFile }: Explanation): Iterable<string> {
  const deleted = field.deleted ? ', deleted' : '';
  yield `${page.paint.bold(visible(field.name))} (${field.parentType}, ${field.fieldType}, ${field.id}${deleted})\n`;
  yield* page.indented(`by ${visible(rulesFile)} and ${inventoryId}`, 0, page.paint.dim);
}

function* decisionLines(page: Page, explanation: Explanation): Iterable<string> {
  const { decides, into, rulesFile, isInInventory } = explanation;
  yield '\n';
  if (decides === null) {
    yield* page.indented(
      `No entry of ${visible(rulesFile)} names this field: it is left alone.`,
      0,
    );
    return;
  }
  yield* page.indented(`Decided by the entry ${whereOf(decides)}, ${wayInWords(decides)}.`, 0);
  yield* page.indented(`Rule ${decides.rule}: ${uncapped(decides.summary)}`, 0);
  if (into !== null) {
    yield* page.indented(
      `Its result goes into "${visible(into.fieldName)}" (${into.fieldType}, ${into.definitionId}); the value read is ${into.source === 'keep' ? 'kept' : 'cleared'} (source: ${into.source}, ${saidBy(into.sourceFrom)}); ${EXISTING[into.existing]} (existing: ${into.existing}, ${saidBy(into.existingFrom)}).`,
      0,
    );
  }
  if (!isInInventory) {
    yield* page.indented(
      `${explanation.inventoryId} did not read this field: a plan of it leaves the field alone.`,
      0,
      page.paint.yellow,
    );
  }
}

const EXISTING = {
  flag: 'a target that already holds something else is flagged',
  keep: 'a target that already holds something else keeps it',
  overwrite: 'a target that already holds something else is overwritten',
} as const;

function* otherLines(page: Page, { others, filledFrom }: Explanation): Iterable<string> {
  for (const other of others)
    yield* page.indented(
      `The entry ${whereOf(other)}, rule ${other.rule}, names it too (${other.by.kind} "${visible(other.by.text)}"): ${visible(other.why)}.`,
      0,
    );
  for (const filling of filledFrom)
    yield* page.indented(
      `The entry ${whereOf(filling)}, rule ${filling.rule}, fills it from "${visible(filling.fieldName)}".`,
      0,
    );
}

function* problemLines(page: Page, { problems, otherProblems }: Explanation): Iterable<string> {
  for (const { line, column, message } of problems)
    yield* page.indented(`line ${line}, column ${column}: ${visible(message)}`, 0, page.paint.red);
  if (otherProblems > 0) {
    yield* page.indented(
      `${number(otherProblems)} other ${otherProblems === 1 ? 'place' : 'places'} of the file must be corrected before a plan: \`clio-fields check\` lists them.`,
      0,
      page.paint.yellow,
    );
  }
}

function* optionLines(page: Page, { options, locale }: Explanation): Iterable<string> {
  yield `\n${page.paint.bold('Options in force')}\n`;
  const rows = options.map((option) => [option.name, valueInWords(option), sayer(option)]);
  yield* page.table(
    [
      { title: 'Option', align: 'left' },
      { title: 'Value', align: 'left', isElastic: true },
      { title: 'From', align: 'left' },
    ],
    [...rows, ['locale', locale.value, locale.from === 'file' ? 'the file' : 'default']],
  );
}

function* valueLines(page: Page, explanation: Explanation): Iterable<string> {
  const { values, evidence, examples } = explanation;
  if (values === null) return;
  if (evidence.length > 0) yield `\n${page.paint.bold('What the column shows')}\n`;
  for (const sentence of evidence) yield* page.indented(visible(sentence), 2);
  const { unchanged, changed, flagged, unread, empty } = values;
  yield `\n${page.paint.bold('What comes of it')}\n`;
  const parts = [
    `${number(changed)} changed, ${number(flagged)} flagged, ${number(unchanged)} unchanged`,
    unread > 0 && `${number(unread)} could not be read`,
    `${number(empty)} without a value, which no rule sees`,
  ].filter((part) => part !== false);
  yield* page.indented(`${parts.join('; ')}.`, 2);
  yield* exampleLines(page, 'Unchanged', examples.unchanged);
  yield* exampleLines(page, 'Changed', examples.changed);
  yield* exampleLines(page, 'Flagged', examples.flagged);
}

function* exampleLines(page: Page, title: string, example: Example | null): Iterable<string> {
  if (example === null) return;
  const { recordId, recordLabel, before, after, reason, suggestions } = example;
  const { dim, green, red, yellow } = page.paint;
  yield* page.indented(`${title}, as in ${visible(recordLabel)} (${recordId})`, 2);
  if (title === 'Changed') yield* page.indented(`- ${visible(before)}`, 4, red);
  else if (title === 'Flagged') yield* page.indented(`? ${visible(before)}`, 4, yellow);
  else yield* page.indented(visible(before), 4);
  if (after !== null) yield* page.indented(`+ ${visible(after)}`, 4, green);
  if (reason !== null) yield* page.indented(visible(reason), 4, dim);
  if (suggestions.length > 0)
    yield* page.indented(`perhaps: ${suggestions.map(visible).join(' | ')}`, 4, dim);
}

function whereOf({ place: { line, column } }: NamingEntry): string {
  return `at line ${line}, column ${column}`;
}

function wayInWords({ by: { kind, text }, parent, isOptional }: NamingEntry): string {
  const ways = {
    name: 'which names it',
    id: `which names it by its id ${visible(text)}`,
    pattern: `whose pattern "${visible(text)}" fits its name`,
  } as const satisfies Record<NamingEntry['by']['kind'], string>;
  const only = parent === null ? '' : `, for ${parent}s only`;
  return `${ways[kind]}${only}${isOptional ? ', and is optional' : ''}`;
}

function saidBy(from: 'file' | 'default'): string {
  return from === 'file' ? 'said by the file' : 'the default';
}

function valueInWords({ value }: OptionInForce): string {
  if (value === undefined) return 'not set';
  return visible(typeof value === 'string' ? value : JSON.stringify(value));
}

function sayer({ place }: OptionInForce): string {
  return place === null ? 'default' : `line ${place.line}`;
}

function uncapped(sentence: string): string {
  const text = sentence.replace(/\.$/u, '');
  return `${text.slice(0, 1).toLowerCase()}${text.slice(1)}.`;
}
