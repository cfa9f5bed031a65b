import type { Journal } from '../../journal/index.ts';
import type { Definition } from '../../model/field.ts';
import type { RulesCheck, RulesFinding } from '../../model/rules-check.ts';
import { type Assignment, fitRules, type Misfit } from '../../rules/assign.ts';
import { type Entry, parseRulesFile, type Path, type RulesFile } from '../../rules/file.ts';
import type { RulesText } from './clusters.ts';
import { matchField } from './match-field.ts';

/**
 * Holds a rules file against the fields of an inventory, of this firm or another: what a plan would refuse, what only works here,
 * what is passed over. Throws `UserError` for a file that cannot be read at all.
 */
export function checkRules(
  journal: Journal,
  { rules, inventoryId }: { readonly rules: RulesText; readonly inventoryId: string | undefined },
): RulesCheck {
  const inventory = journal.inventories.find(inventoryId);
  const definitions = journal.inventories.definitions(inventory.inventoryId);
  const file = parseRulesFile(rules.text, rules.fileName);
  const { assignments, misfits, passedOver } = fitRules(file, definitions);
  const findings = [
    ...misfits.map((misfit) => findingOf(misfit, file, 'error', misfit.kind)),
    ...file.entries.flatMap((entry) => findIds(entry, file, definitions)),
    ...assignments.flatMap((assignment) => findEmptied(assignment, file)),
    ...passedOver.map(({ path, message }) =>
      findingOf({ path, message: `passed over: ${message}` }, file, 'note', 'passedOver'),
    ),
  ];
  const decided = new Set(assignments.map(({ source }) => source.id));
  return {
    rulesFile: rules.fileName,
    inventoryId: inventory.inventoryId,
    origin: inventory.origin,
    entries: file.entries.length,
    findings: findings.toSorted(
      (left, right) => left.line - right.line || left.column - right.column,
    ),
    decided: decided.size,
    leftAlone: definitions
      .filter(({ id, deleted }) => !deleted && !decided.has(id))
      .map(({ id, name, parentType, fieldType }) => ({
        definitionId: id,
        name,
        parentType,
        fieldType,
      })),
  };
}

function findingOf(
  { path, message }: Pick<Misfit, 'path' | 'message'>,
  file: RulesFile,
  level: RulesFinding['level'],
  kind: RulesFinding['kind'],
): RulesFinding {
  return { level, kind, ...file.placeOf(path), message };
}

/** A required field that is to be left empty, which the platform refuses. */
function findEmptied({ entry, source, clearsSource }: Assignment, file: RulesFile): RulesFinding[] {
  if (!clearsSource || !source.required) return [];
  const path = [...entry.path, 'source'];
  const message = `"${source.name}" is required, and Clio leaves no required field empty: its moves are likely to be refused; source: keep copies instead`;
  return [findingOf({ path, message }, file, 'warning', 'required')];
}

/** Fields that an entry names by ids: right here, and nothing at all in another account. */
function findIds(
  entry: Entry,
  file: RulesFile,
  definitions: readonly Definition[],
): RulesFinding[] {
  const named: readonly (readonly [Path, string])[] = [
    ...entry.match.map((text) => [[...entry.path, 'match'], text] as const),
    ...(entry.into === undefined ? [] : [[[...entry.path, 'into'], entry.into] as const]),
  ];
  return named.flatMap(([path, text]) => {
    const field = definitions.find(({ id }) => id === text);
    const isName = definitions.some(({ name }) => name === text);
    if (field === undefined || isName) return [];
    const message = `${text} is the id of "${field.name}", which no other account has; ${remedyFor(field, definitions)}`;
    return [findingOf({ path, message }, file, 'warning', 'id')];
  });
}

function remedyFor(field: Definition, definitions: readonly Definition[]): string {
  const { match, parent } = matchField(field, definitions);
  if (match !== field.name)
    return 'its name can mean other fields as well: rename it in Clio to travel by name';
  return parent === undefined ? 'match its name' : `match its name, with parent: ${parent}`;
}
