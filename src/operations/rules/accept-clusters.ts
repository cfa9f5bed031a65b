import { UserError } from '../../errors.ts';
import type { Journal } from '../../journal/index.ts';
import type { Definition } from '../../model/field.ts';
import { type Assignment, assignRules } from '../../rules/assign.ts';
import { extendMap } from '../../rules/extend-map.ts';
import { parseRulesFile } from '../../rules/file.ts';
import { findKept } from '../../rules/picklist/merge.ts';
import { type PicklistOptions, picklistOptions } from '../../rules/picklist/schema.ts';
import type { FieldClusters, NumberedCluster, RulesText } from './clusters.ts';
import { matchField } from './match-field.ts';

/** What accepting clusters makes of the rules file. */
export interface Acceptance {
  /** The whole rules file, to be written in place of the one that was read. */
  readonly text: string;
  /** The new keys of the map, each with the option that it becomes; empty where all of them stood there already. */
  readonly added: ReadonlyMap<string, string>;
  /** Other fields that the same entry decides for, by name: the map is theirs, too. */
  readonly sharedWith: readonly string[];
}

/**
 * Puts the members of accepted clusters into the `map` of the rules file's entry for the field. Throws `UserError` where that
 * entry is no picklist's, a number is no cluster's, a key stands there with another option, or the file would not hold.
 */
export function acceptClusters(
  journal: Journal,
  found: FieldClusters,
  numbers: readonly number[] | 'all',
  { text, fileName }: RulesText,
): Acceptance {
  const definitions = journal.inventories.definitions(found.inventoryId);
  const assignment = picklistAssignment(found, definitions);
  const options = picklistOptions.parse(assignment.entry.options);
  const accepted = choose(found, numbers);
  refuseWithoutOption(accepted, assignment, options);
  const added = newKeys(accepted, options.map);
  const extended = added.size === 0 ? text : extendMap(text, assignment.entry.path, added);
  const assignments = checkRules({ text: extended, fileName }, definitions);
  return {
    text: extended,
    added,
    sharedWith: assignments
      .filter(
        ({ entry, source }) =>
          entry.path[1] === assignment.entry.path[1] && source.id !== found.field.id,
      )
      .map(({ source }) => source.name),
  };
}

function picklistAssignment(
  { field, assignment }: FieldClusters,
  definitions: readonly Definition[],
): Assignment {
  if (assignment?.rule === 'picklist') return assignment;
  const { match, parent } = matchField(field, definitions);
  const keys = [
    `match: ${JSON.stringify(match)}`,
    ...(parent === undefined ? [] : [`parent: ${parent}`]),
    'rule: picklist',
    ...(field.fieldType === 'picklist' ? [] : ['into: NAME OF THE PICKLIST FIELD', 'source: keep']),
  ];
  const parts = `{ ${keys.join(', ')} }`;
  if (assignment === null) {
    throw new UserError(
      'no_entry',
      `No entry of the rules file names "${field.name}", so there is no map to write into. Nothing was written.`,
      `Make the entry first: - ${parts}`,
    );
  }
  throw new UserError(
    'no_map',
    `The rules file's entry for "${field.name}" is of the rule ${assignment.rule}, and a map belongs to the rule picklist. Nothing was written.`,
    field.fieldType === 'picklist'
      ? `Make it a picklist entry: - ${parts}`
      : `To bring the values of a ${field.fieldType} field under a list of options, make a picklist field in Clio, run \`clio-fields inventory\`, and put in place of that entry: - ${parts}`,
  );
}

function choose(
  { clusters, field }: FieldClusters,
  numbers: readonly number[] | 'all',
): readonly NumberedCluster[] {
  if (numbers === 'all') return clusters;
  return [...new Set(numbers)].map((wanted) => {
    const chosen = clusters.find(({ number }) => number === wanted);
    if (chosen !== undefined) return chosen;
    throw new UserError(
      'unknown_cluster',
      clusters.length === 0
        ? `"${field.name}" has no clusters, so there is no number ${wanted}.`
        : `"${field.name}" has clusters 1 to ${clusters.length}, and no number ${wanted}.`,
      'List them with the same inventory and --strictness, but without --accept: the numbers depend on both.',
    );
  });
}

/** A map may only lead to a live option, unless the entry lets new ones be made. */
function refuseWithoutOption(
  clusters: readonly NumberedCluster[],
  { target }: Assignment,
  { unknown }: PicklistOptions,
): void {
  if (unknown === 'add-option') return;
  const isGood = ({ canonical }: NumberedCluster): boolean =>
    findKept(canonical, target.options) !== undefined;
  const bad = clusters.filter((each) => !isGood(each)).map(({ number }) => number);
  if (bad.length === 0) return;
  const good = clusters.filter(isGood).map(({ number }) => number);
  throw new UserError(
    'no_option',
    `No value of ${bad.length === 1 ? 'cluster' : 'clusters'} ${bad.join(', ')} is a live option of "${target.name}", so the map would lead nowhere. Nothing was written.`,
    `Add the option in Clio and run \`clio-fields inventory\`, or put unknown: add-option into the entry's with.${good.length === 0 ? '' : ` The others can be accepted: --accept ${good.join(',')}`}`,
  );
}

function newKeys(
  clusters: readonly NumberedCluster[],
  map: PicklistOptions['map'],
): ReadonlyMap<string, string> {
  const added = new Map<string, string>();
  for (const { number, canonical, members } of clusters) {
    for (const { value } of members) {
      const held = Object.hasOwn(map, value) ? map[value] : undefined;
      if (held !== undefined && held !== canonical) {
        throw new UserError(
          'map_key_exists',
          `The map already sends "${value}" to "${held}"; cluster ${number} would send it to "${canonical}". Nothing was written.`,
          'Take the key out of the rules file to accept the cluster, or accept the others only.',
        );
      }
      if (held === undefined && value !== canonical) added.set(value, canonical);
    }
  }
  return added;
}

/** What is written must be a file that `plan` takes. */
function checkRules(
  { text, fileName }: RulesText,
  definitions: Parameters<typeof assignRules>[1],
): readonly Assignment[] {
  try {
    return assignRules(parseRulesFile(text, fileName), definitions);
  } catch (cause) {
    if (!(cause instanceof UserError)) throw cause;
    throw new UserError(
      cause.code,
      `With these keys the rules file would not hold, so nothing was written:\n${cause.message}`,
      'Correct the map in the rules file by hand, or accept the other clusters only. Lines are counted as if the keys were there.',
      cause.exitCode,
      { cause },
    );
  }
}
