import type { Definition } from '../model/field.ts';
import { type Entry, type RulesFile, rulesFileError } from './file.ts';
import { ruleNamed, type RuleName } from './index.ts';
import { editDistance } from './picklist/distance.ts';
import type { Column, Retirement, Setting } from './types.ts';

/** One field of the account under one entry of the rules file. */
export interface Assignment {
  readonly entry: Entry;
  readonly source: Definition;
  /** The same as `source` unless the entry says `into`. */
  readonly target: Definition;
  readonly rule: RuleName;
  readonly isMove: boolean;
  readonly clearsSource: boolean;
  readonly existing: Entry['existing'];
  /** A fresh column, nothing observed yet. */
  readonly column: Column;
  readonly retirements: readonly Retirement[];
}

/**
 * Which entry decides for which field of the account. Throws `UserError` that names every mistake with line and column:
 * an unknown or deleted field, a name that fits two fields, a field that two entries name, a rule that does not fit a type.
 */
export function assignRules(file: RulesFile, definitions: readonly Definition[]): Assignment[] {
  const problems: string[] = [];
  const takenBy = new Map<string, Entry>();
  const assignments: Assignment[] = [];
  for (const entry of file.entries) {
    for (const source of matchedFields(entry, file, definitions, problems)) {
      const earlier = takenBy.get(source.id);
      if (earlier !== undefined) {
        if (earlier !== entry)
          problems.push(file.at([...entry.path, 'match'], twoEntries(source, earlier, file)));
        continue;
      }
      takenBy.set(source.id, entry);
      const assignment = assign(entry, source, file, definitions, problems);
      if (assignment !== undefined) assignments.push(assignment);
    }
  }
  if (problems.length > 0) throw rulesFileError([...new Set(problems)]);
  return assignments;
}

function assign(
  entry: Entry,
  source: Definition,
  file: RulesFile,
  definitions: readonly Definition[],
  problems: string[],
): Assignment | undefined {
  const rule = ruleNamed(entry.rule);
  const target =
    entry.into === undefined
      ? source
      : targetField(entry, entry.into, source, file, definitions, problems);
  if (target === undefined) return undefined;
  const fits = (
    types: readonly string[],
    field: Definition,
    verb: string,
    key: string,
  ): boolean => {
    if (types.includes(field.fieldType)) return true;
    problems.push(
      file.at(
        [...entry.path, key],
        `rule ${entry.rule} cannot ${verb} "${field.name}", a ${field.fieldType} field (it can: ${types.join(', ')})`,
      ),
    );
    return false;
  };
  const reads = fits(rule.reads, source, 'read', 'rule');
  const writes = fits(
    rule.writes,
    target,
    'write into',
    entry.into === undefined ? 'rule' : 'into',
  );
  if (!reads || !writes) return undefined;
  const setting: Setting = {
    locale: file.locale,
    localeIsExplicit: file.localeIsExplicit,
    source,
    target,
  };
  for (const message of rule.check?.(entry.options, setting) ?? []) {
    problems.push(file.at([...entry.path, 'with'], message));
  }
  return {
    entry,
    source,
    target,
    rule: entry.rule,
    isMove: target.id !== source.id,
    clearsSource: target.id !== source.id && entry.source === 'clear',
    existing: entry.existing,
    column: rule.column(entry.options, setting),
    retirements: rule.retirements?.(entry.options, setting) ?? [],
  };
}

function matchedFields(
  entry: Entry,
  file: RulesFile,
  definitions: readonly Definition[],
  problems: string[],
): Definition[] {
  const here = definitions.filter(
    ({ parentType }) => entry.parent === undefined || parentType === entry.parent,
  );
  return entry.match.flatMap((pattern) => {
    const place = [...entry.path, 'match'];
    if (pattern.includes('*')) {
      const found = here.filter((field) => !field.deleted && matchesPattern(field.name, pattern));
      if (found.length === 0) problems.push(file.at(place, `no field's name fits "${pattern}"`));
      return found;
    }
    const found = fieldNamed(pattern, here, (message) => problems.push(file.at(place, message)));
    return found === undefined ? [] : [found];
  });
}

function targetField(
  entry: Entry,
  into: string,
  source: Definition,
  file: RulesFile,
  definitions: readonly Definition[],
  problems: string[],
): Definition | undefined {
  const place = [...entry.path, 'into'];
  const ofParent = definitions.filter(({ parentType }) => parentType === source.parentType);
  const target = fieldNamed(into, ofParent, (message) => problems.push(file.at(place, message)));
  if (target?.id === source.id) {
    problems.push(file.at(place, `"${target.name}" cannot go into itself; leave out into`));
    return undefined;
  }
  return target;
}

/** The one field with that name or id; says what is wrong where there is none, or more than one. */
function fieldNamed(
  nameOrId: string,
  definitions: readonly Definition[],
  complain: (message: string) => void,
): Definition | undefined {
  const byName = definitions.filter(({ name }) => name === nameOrId);
  const living = byName.filter(({ deleted }) => !deleted);
  const found = living.length > 0 ? living : byName;
  const candidates = found.length > 0 ? found : definitions.filter(({ id }) => id === nameOrId);
  const [field, second] = candidates;
  if (field === undefined) {
    const near = nearestName(nameOrId, definitions);
    complain(`unknown field "${nameOrId}"${near === undefined ? '' : `; did you mean "${near}"?`}`);
    return undefined;
  }
  if (second !== undefined) {
    const both = candidates.map(
      ({ id, parentType, fieldType }) => `${id} (${parentType}, ${fieldType})`,
    );
    const remedy =
      field.parentType === second.parentType
        ? 'name it by its id'
        : 'say which with parent: matter or contact';
    complain(`"${nameOrId}" fits ${candidates.length} fields: ${both.join(', ')}; ${remedy}`);
    return undefined;
  }
  if (field.deleted) {
    complain(`"${field.name}" is deleted on the platform: its values can be read, but not written`);
    return undefined;
  }
  return field;
}

function twoEntries(field: Definition, earlier: Entry, file: RulesFile): string {
  const where = file.at([...earlier.path, 'match'], '').replace(/: $/u, '');
  return `two entries name "${field.name}" (${field.parentType}); the other is at ${where}`;
}

/** Whether a name fits a pattern in which `*` stands for any run of characters. */
export function matchesPattern(name: string, pattern: string): boolean {
  const [head = '', ...rest] = pattern.split('*');
  if (!name.startsWith(head)) return false;
  if (rest.length === 0) return name === head;
  const tail = rest.pop() ?? '';
  let position = head.length;
  for (const part of rest) {
    const found = name.indexOf(part, position);
    if (found === -1) return false;
    position = found + part.length;
  }
  return name.length - tail.length >= position && name.endsWith(tail);
}

function nearestName(name: string, definitions: readonly Definition[]): string | undefined {
  const wanted = name.toLowerCase();
  const limit = Math.max(2, Math.floor(wanted.length / 3));
  let best: { name: string; distance: number } | undefined;
  for (const definition of definitions) {
    const distance = editDistance(wanted, definition.name.toLowerCase(), limit);
    if (distance <= (best === undefined ? limit : best.distance - 1))
      best = { name: definition.name, distance };
  }
  return best?.name;
}
