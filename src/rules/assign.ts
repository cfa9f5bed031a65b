import type { Definition } from '../model/field.ts';
import { type Entry, type Path, type RulesFile, rulesFileError } from './file.ts';
import { ruleNamed, type RuleName } from './index.ts';
import { nearestNames } from './nearest-names.ts';
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
  /** Another one. */
  readonly newColumn: () => Column;
  readonly retirements: readonly Retirement[];
}

/** What in a rules file does not fit an account's fields. */
export interface Misfit {
  readonly kind:
    | 'noField'
    | 'severalFields'
    | 'deletedField'
    | 'twoEntries'
    | 'chain'
    | 'type'
    | 'options';
  readonly entry: Entry;
  readonly path: Path;
  readonly message: string;
}

/** A rules file held against an account's fields. */
export interface Fitting {
  readonly assignments: readonly Assignment[];
  readonly misfits: readonly Misfit[];
  /** What optional entries name and the account does not have. */
  readonly passedOver: readonly Misfit[];
}

/**
 * Which entry decides for which field of the account. Throws `UserError` that names every mistake with line and column:
 * an unknown or deleted field, a name that fits two fields, a field that two entries name, a rule that does not fit a type,
 * a result that goes into a field whose own value goes on into another.
 * `restorable`: ids of retired options that a plan may restore where an entry lets options be added.
 */
export function assignRules(
  file: RulesFile,
  definitions: readonly Definition[],
  restorable: ReadonlySet<string> = NONE,
): Assignment[] {
  const { assignments, misfits } = fitRules(file, definitions, restorable);
  if (misfits.length > 0)
    throw rulesFileError(misfits.map(({ path, message }) => file.at(path, message)));
  return [...assignments];
}

/** As `assignRules`, with mistakes as data. */
export function fitRules(
  file: RulesFile,
  definitions: readonly Definition[],
  restorable: ReadonlySet<string> = NONE,
): Fitting {
  const takenBy = new Map<string, Entry>();
  const assignments: Assignment[] = [];
  const misfits: Misfit[] = [];
  const passedOver: Misfit[] = [];
  for (const entry of file.entries) {
    const report = (misfit: Omit<Misfit, 'entry'>): void => {
      const isPassedOver = entry.isOptional && misfit.kind === 'noField';
      (isPassedOver ? passedOver : misfits).push({ entry, ...misfit });
    };
    for (const source of matchedFields(entry, definitions, report)) {
      if (isSkippedInsteadOf(entry, source, file, definitions)) continue;
      const earlier = takenBy.get(source.id);
      if (earlier !== undefined) {
        if (earlier !== entry) {
          const message = twoEntries(source, earlier, file);
          report({ kind: 'twoEntries', path: [...entry.path, 'match'], message });
        }
        continue;
      }
      takenBy.set(source.id, entry);
      const assignment = assign(entry, source, file, { definitions, restorable }, report);
      if (assignment !== undefined) assignments.push(assignment);
    }
  }
  misfits.push(...chainedMoves(assignments, file));
  return { assignments, misfits: withoutRepeats(misfits), passedOver: withoutRepeats(passedOver) };
}

/** How an entry's `match` names a field. */
export interface Way {
  readonly kind: 'name' | 'id' | 'pattern';
  readonly text: string;
}

/** How an entry names a field, whether or not it then decides for it; null where it does not. */
export function wayTo(
  { match }: Entry,
  field: Definition,
  definitions: readonly Definition[],
): Way | null {
  for (const text of match) {
    if (text.includes('*')) {
      if (!field.deleted && matchesPattern(field.name, text)) return { kind: 'pattern', text };
    } else if (text === field.name) {
      return { kind: 'name', text };
    } else if (text === field.id && !definitions.some(({ name }) => name === text)) {
      return { kind: 'id', text };
    }
  }
  return null;
}

/** Whether an entry takes a field by a pattern alone that another one names outright, to skip it. */
export function isSkippedInsteadOf(
  entry: Entry,
  field: Definition,
  file: RulesFile,
  definitions: readonly Definition[],
): boolean {
  return (
    !isNamedOutright(entry, field, definitions) &&
    file.entries.some(
      (other) =>
        other.rule === 'skip' &&
        (other.parent === undefined || other.parent === field.parentType) &&
        isNamedOutright(other, field, definitions),
    )
  );
}

/** Whether an entry names a field by its name or id, and not only by a pattern. */
function isNamedOutright(
  entry: Entry,
  field: Definition,
  definitions: readonly Definition[],
): boolean {
  const match = entry.match.filter((text) => !text.includes('*'));
  return wayTo({ ...entry, match }, field, definitions) !== null;
}

const NONE: ReadonlySet<string> = new Set();

type Report = (misfit: Omit<Misfit, 'entry'>) => void;

function withoutRepeats(misfits: readonly Misfit[]): Misfit[] {
  const keyed = misfits.map(
    (misfit) => [JSON.stringify([misfit.path, misfit.message]), misfit] as const,
  );
  return [...new Map(keyed).values()];
}

function assign(
  entry: Entry,
  source: Definition,
  file: RulesFile,
  {
    definitions,
    restorable,
  }: {
    readonly definitions: readonly Definition[];
    readonly restorable: ReadonlySet<string>;
  },
  report: Report,
): Assignment | undefined {
  const rule = ruleNamed(entry.rule);
  const target =
    entry.into === undefined ? source : targetField(entry, entry.into, source, definitions, report);
  if (target === undefined) return undefined;
  const fits = (
    types: readonly string[],
    field: Definition,
    verb: string,
    key: string,
  ): boolean => {
    if (types.includes(field.fieldType)) return true;
    report({
      kind: 'type',
      path: [...entry.path, key],
      message: `rule ${entry.rule} cannot ${verb} "${field.name}", ${withArticle(field.fieldType)} field (it can: ${types.join(', ')})`,
    });
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
  const isMove = target.id !== source.id;
  if (isMove && entry.rule === 'skip') {
    const message = `skip leaves "${source.name}" alone and moves nothing: leave out into, or name another rule`;
    report({ kind: 'type', path: [...entry.path, 'into'], message });
    return undefined;
  }
  const clearsSource = isMove && entry.source === 'clear';
  const setting: Setting = {
    locale: file.locale,
    localeIsExplicit: file.localeIsExplicit,
    source,
    target,
    restorable,
    clearsSource,
  };
  for (const message of rule.check?.(entry.options, setting) ?? []) {
    report({ kind: 'options', path: [...entry.path, 'with'], message });
  }
  const newColumn = (): Column => rule.column(entry.options, setting);
  return {
    entry,
    source,
    target,
    rule: entry.rule,
    isMove,
    clearsSource,
    existing: entry.existing,
    column: newColumn(),
    newColumn,
    retirements: rule.retirements?.(entry.options, setting) ?? [],
  };
}

/** As people say it: "an email field", "a url field". */
function withArticle(fieldType: string): string {
  return `${/^[aeio]/u.test(fieldType) ? 'an' : 'a'} ${fieldType}`;
}

function matchedFields(
  entry: Entry,
  definitions: readonly Definition[],
  report: Report,
): Definition[] {
  const here = definitions.filter(
    ({ parentType }) => entry.parent === undefined || parentType === entry.parent,
  );
  return entry.match.flatMap((pattern) => {
    const path = [...entry.path, 'match'];
    if (pattern.includes('*')) {
      const found = here.filter((field) => !field.deleted && matchesPattern(field.name, pattern));
      if (found.length === 0)
        report({ kind: 'noField', path, message: `no field's name fits "${pattern}"` });
      return found;
    }
    const found = fieldNamed(pattern, here, definitions, path, report);
    return found === undefined ? [] : [found];
  });
}

function targetField(
  entry: Entry,
  into: string,
  source: Definition,
  definitions: readonly Definition[],
  report: Report,
): Definition | undefined {
  const path = [...entry.path, 'into'];
  const ofParent = definitions.filter(({ parentType }) => parentType === source.parentType);
  const target = fieldNamed(into, ofParent, definitions, path, report);
  if (target?.id === source.id) {
    const message = `"${target.name}" cannot go into itself; leave out into`;
    report({ kind: 'type', path, message });
    return undefined;
  }
  return target;
}

/** The one field with that name or id; says what is wrong where there is none, or more than one. */
function fieldNamed(
  nameOrId: string,
  definitions: readonly Definition[],
  ofAccount: readonly Definition[],
  path: Path,
  report: Report,
): Definition | undefined {
  const byName = definitions.filter(({ name }) => name === nameOrId);
  const living = byName.filter(({ deleted }) => !deleted);
  const found = living.length > 0 ? living : byName;
  const candidates = found.length > 0 ? found : definitions.filter(({ id }) => id === nameOrId);
  const [field, second] = candidates;
  if (field === undefined) {
    const guess = guessed(nameOrId, definitions, ofAccount);
    report({ kind: 'noField', path, message: `unknown field "${nameOrId}"${guess}` });
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
    const message = `"${nameOrId}" fits ${candidates.length} fields: ${both.join(', ')}; ${remedy}`;
    report({ kind: 'severalFields', path, message });
    return undefined;
  }
  if (field.deleted) {
    const message = `"${field.name}" is deleted on the platform: its values can be read, but not written`;
    report({ kind: 'deletedField', path, message });
    return undefined;
  }
  return field;
}

function twoEntries(field: Definition, earlier: Entry, file: RulesFile): string {
  return `two entries name "${field.name}" (${field.parentType}); the other is at ${placeOf(earlier, file)}`;
}

function placeOf({ path }: Entry, file: RulesFile): string {
  return file.at([...path, 'match'], '').replace(/: $/u, '');
}

/** Moves into a field whose own value is moved on: both would be made from what the fields hold now, and one value be lost on the way. */
function chainedMoves(assignments: readonly Assignment[], file: RulesFile): Misfit[] {
  const moves = new Map(
    assignments.filter(({ isMove }) => isMove).map((move) => [move.source.id, move]),
  );
  return [...moves.values()].flatMap(({ entry, source, target }) => {
    const next = moves.get(target.id);
    if (next === undefined) return [];
    const message = `"${source.name}" cannot go into "${target.name}" in the same plan in which "${target.name}" goes into "${next.target.name}" (${placeOf(next.entry, file)}): take this entry out, plan and apply; then put it back in place of the other`;
    return [{ kind: 'chain', entry, path: [...entry.path, 'into'], message }];
  });
}

/** Whether a name fits a pattern in which `*` stands for any run of characters. */
function matchesPattern(name: string, pattern: string): boolean {
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

/** Where a field that is not among these may be meant: among the other kind of record, or under a name like it. */
function guessed(
  nameOrId: string,
  definitions: readonly Definition[],
  ofAccount: readonly Definition[],
): string {
  const elsewhere = ofAccount.find(({ name, id }) => name === nameOrId || id === nameOrId);
  if (elsewhere !== undefined) {
    return elsewhere.parentType === 'contact'
      ? ' among matters: it is a field of contacts'
      : ' among contacts: it is a field of matters';
  }
  const [near] = nearestNames(
    nameOrId,
    definitions.map(({ name }) => name),
  );
  return near === undefined ? '' : `; did you mean "${near}"?`;
}
