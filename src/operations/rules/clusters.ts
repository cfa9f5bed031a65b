import type { Journal } from '../../journal/index.ts';
import { type Definition, findOption, type PicklistOption } from '../../model/field.ts';
import { type Assignment, assignRules } from '../../rules/assign.ts';
import {
  type Cluster,
  cluster,
  type ClusterMember,
  type Strictness,
} from '../../rules/clusters.ts';
import { parseRulesFile } from '../../rules/file.ts';
import { fold, squash } from '../../rules/fold.ts';
import { addTo, type Counts, countValues } from '../inventory/count-values.ts';
import { findField } from '../plan/find-field.ts';

export interface ClustersRequest {
  /** A name or an id. */
  readonly field: string;
  /** The newest where undefined. */
  readonly inventoryId?: string | undefined;
  readonly strictness: Strictness;
  /** Null where there is no rules file yet. */
  readonly rules: RulesText | null;
}

export interface RulesText {
  readonly text: string;
  readonly fileName: string;
}

/** A cluster under the number that a person accepts it by. */
export interface NumberedCluster extends Cluster {
  readonly number: number;
}

/** The like values of one field. The same inventory, rules and strictness give the same numbers. */
export interface FieldClusters {
  readonly inventoryId: string;
  readonly field: Definition;
  readonly strictness: Strictness;
  /** Different texts that were compared. */
  readonly distinct: number;
  /** Whether the field may hold more than were compared. */
  readonly isCapped: boolean;
  /** What the rules file says of the field; null where it says nothing. */
  readonly assignment: Assignment | null;
  readonly clusters: readonly NumberedCluster[];
}

/** Groups the values of one field that may mean the same. Throws `UserError` for an unknown field and a rules file that is wrong. */
export function findClusters(
  journal: Journal,
  { field: name, inventoryId: wanted, strictness, rules }: ClustersRequest,
): FieldClusters {
  const { inventoryId } = journal.inventories.find(wanted);
  const definitions = journal.inventories.definitions(inventoryId);
  const field = findField(name, definitions);
  const assignment = rules === null ? null : assignmentOf(field, rules, definitions);
  const counts = countValues(journal, inventoryId, [field], MOST_DISTINCT).get(field.id);
  const texts = textsOf(field, counts ?? new Map());
  const found = cluster(texts, { strictness });
  return {
    inventoryId,
    field,
    strictness,
    distinct: texts.size,
    isCapped: counts?.size === MOST_DISTINCT,
    assignment,
    clusters: (assignment?.rule === 'picklist' ? leadToOptions(found, assignment) : found).map(
      (each, index) => ({ number: index + 1, ...each }),
    ),
  };
}

/** Different values of the field that are held in memory and compared. */
const MOST_DISTINCT = 50_000;

function assignmentOf(
  field: Definition,
  { text, fileName }: RulesText,
  definitions: readonly Definition[],
): Assignment | null {
  const assignments = assignRules(parseRulesFile(text, fileName), definitions);
  return assignments.find(({ source }) => source.id === field.id) ?? null;
}

/** What people see of the contents: a picklist's options by their text, without those that it no longer has. */
function textsOf(field: Definition, counts: Counts): Counts {
  if (field.fieldType !== 'picklist') return counts;
  const texts = new Map<string, number>();
  for (const [id, count] of counts) {
    const label = findOption(field, id)?.label;
    if (label !== undefined) addTo(texts, label, count, MOST_DISTINCT);
  }
  return texts;
}

/** Clusters that lead to the target's options where they can; one that is left with a single value is none. */
function leadToOptions(
  clusters: readonly Cluster[],
  { target, isMove }: Assignment,
): readonly Cluster[] {
  const options = new OptionTexts(target.options);
  return clusters
    .map((each) => leadToOption(each, options, isMove))
    .filter(({ members }) => members.length > 1);
}

/**
 * A cluster whose canonical value is an option, where one of its members is or folds to one: the most frequent such.
 * A member of another field that is a different option means that option, and leaves the cluster.
 */
function leadToOption(found: Cluster, options: OptionTexts, isMove: boolean): Cluster {
  const option =
    firstOf(found.members, ({ value }) => options.findExact(value)) ??
    firstOf(found.members, ({ value }) => options.findAlike(value));
  if (option === undefined) return found;
  const members = isMove
    ? found.members.filter(({ value }) => (options.find(value) ?? option) === option)
    : found.members;
  return { ...found, canonical: option, members, count: totalOf(members) };
}

function firstOf(
  members: readonly ClusterMember[],
  find: (member: ClusterMember) => string | undefined,
): string | undefined {
  for (const member of members) {
    const found = find(member);
    if (found !== undefined) return found;
  }
  return undefined;
}

function totalOf(members: readonly ClusterMember[]): number {
  return members.reduce((sum, { count }) => sum + count, 0);
}

/** A picklist's live options by their texts. */
class OptionTexts {
  readonly #exact: ReadonlySet<string>;
  /** Null where two options are alike. */
  readonly #alike = new Map<string, string | null>();

  constructor(options: readonly PicklistOption[]) {
    const labels = options.filter(({ retired }) => !retired).map(({ label }) => label);
    this.#exact = new Set(labels);
    for (const label of this.#exact) {
      const key = keyOf(label);
      this.#alike.set(key, this.#alike.has(key) ? null : label);
    }
  }

  find(text: string): string | undefined {
    return this.findExact(text) ?? this.findAlike(text);
  }

  findExact(text: string): string | undefined {
    return this.#exact.has(text) ? text : undefined;
  }

  findAlike(text: string): string | undefined {
    return this.#alike.get(keyOf(text)) ?? undefined;
  }
}

function keyOf(text: string): string {
  return squash(fold(text));
}
