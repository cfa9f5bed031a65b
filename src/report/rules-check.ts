import { counted } from '../counted.ts';
import type { RulesCheck, RulesFinding } from '../model/rules-check.ts';
import { number, Page } from './text/page.ts';
import type { Look } from './types.ts';
import { visible } from './visible.ts';

/** A line a finding, as `file:line:column`, so that editors jump there; then what is decided and what is left alone. */
export function* rulesCheckAsText(check: RulesCheck, look: Look): Iterable<string> {
  const page = new Page(look);
  const { rulesFile, inventoryId, origin, entries, findings, decided, leftAlone } = check;
  const file = visible(rulesFile);
  for (const { level, line, column, message } of findings) {
    yield* page.indented(
      `${file}:${line}:${column}: ${level}: ${visible(message)}`,
      0,
      paintOf(page, level),
    );
  }
  if (findings.length > 0) yield '\n';
  yield* page.indented(
    `${entries === 1 ? '1 entry' : `${number(entries)} entries`}, held against ${inventoryId} of ${origin}: ${entries === 1 ? 'it decides' : 'they decide'} for ${counted(decided, 'field')} and ${entries === 1 ? 'leaves' : 'leave'} ${number(leftAlone.length)} alone.`,
    0,
  );
  if (leftAlone.length > 0) {
    const names = leftAlone.map((field) => nameIn(leftAlone, field)).join(', ');
    yield* page.indented(`Left alone: ${names}`, 0, page.paint.dim);
  }
  yield* page.indented(verdictOf(findings), 0);
}

/** A name in a list: in quotes where it holds a comma, and with its kind of record where the list has two of that name. */
function nameIn(
  fields: RulesCheck['leftAlone'],
  { name, parentType }: RulesCheck['leftAlone'][number],
): string {
  const shown = name.includes(',') ? `"${visible(name)}"` : visible(name);
  return fields.filter((other) => other.name === name).length > 1
    ? `${shown} (${parentType})`
    : shown;
}

function paintOf({ paint }: Page, level: RulesFinding['level']): (text: string) => string {
  return { error: paint.red, warning: paint.yellow, note: paint.dim }[level];
}

function verdictOf(findings: readonly RulesFinding[]): string {
  const errors = findings.filter(({ level }) => level === 'error').length;
  if (errors > 0) return `A plan would be refused: correct ${places(errors)} of the file.`;
  const count = (kind: RulesFinding['kind']): number =>
    findings.filter((finding) => finding.kind === kind).length;
  const sentences = [
    'A plan can be made.',
    ...(count('id') > 0 ? [`${places(count('id'))} would not fit another firm.`] : []),
    ...(count('required') > 0
      ? [`${places(count('required'))} may ask for what Clio refuses.`]
      : []),
  ];
  return sentences.join(' ');
}

function places(count: number): string {
  return `${number(count)} ${count === 1 ? 'place' : 'places'}`;
}
