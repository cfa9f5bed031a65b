import { Chalk } from 'chalk';
import type { Definition } from '../model/field.ts';
import { table, wrap } from './table.ts';
import type { Cluster, FlagClusters, Look } from './types.ts';
import { visible } from './visible.ts';

/** The like values of one field, for people and for scripts. */
export interface ClustersView {
  readonly inventoryId: string;
  readonly field: Definition;
  readonly strictness: string;
  readonly distinct: number;
  readonly isCapped: boolean;
  readonly clusters: readonly (Cluster & { readonly number: number })[];
}

/** What accepting wrote into which file; `added` is empty where all of it stood there already. */
export interface AcceptanceView {
  readonly file: string;
  readonly added: ReadonlyMap<string, string>;
  readonly sharedWith: readonly string[];
}

/** A row a cluster with what its values would become, then a row a value: nobody should accept what is not shown. */
export function* clustersAsText(view: ClustersView, look: Look): Iterable<string> {
  const { inventoryId, field, distinct, isCapped, clusters } = view;
  const { bold, dim } = paintFor(look);
  yield `${bold(visible(field.name))} ${dim(`(${field.parentType}, ${field.fieldType})`)} of ${inventoryId}: ${isCapped ? 'the first ' : ''}${count(distinct, 'different value')}, ${count(clusters.length, 'cluster')}\n`;
  if (clusters.length === 0) return;
  yield '\n';
  yield* table(
    [
      { title: 'No', align: 'right' },
      { title: 'Method', align: 'left' },
      { title: 'Count', align: 'right' },
      { title: 'Values -> what they become', align: 'left', isElastic: true },
    ],
    clusters.flatMap(({ number, method, canonical, count: total, members }) => [
      [String(number), method, total.toLocaleString('en-US'), `-> ${visible(canonical)}`],
      ...members.map((member) => [
        '',
        '',
        member.count.toLocaleString('en-US'),
        visible(member.value),
      ]),
    ]),
    look.columns,
    bold,
  );
  const again = commandFor(field.id, field.name, inventoryId);
  const strictness = view.strictness === 'medium' ? '' : ` --strictness ${view.strictness}`;
  yield '\n';
  yield* lines(
    'These are proposals: nothing is decided. To write some into the map of the field’s picklist entry:',
    look,
    0,
  );
  yield `  ${again}${strictness} --accept ${clusters.length === 1 ? '1' : '1,2'}\n`;
}

export function clustersAsJson({ inventoryId, field, clusters }: ClustersView) {
  const { id, name, parentType, fieldType } = field;
  return {
    inventoryId,
    field: { definitionId: id, name, parentType, fieldType },
    clusters: clusters.map(({ number, canonical, method, count: total, members }) => ({
      number,
      canonical,
      method,
      count: total,
      members,
    })),
  };
}

/** Every key that was written, and what it leads to. */
export function* acceptanceAsText(
  { file, added, sharedWith }: AcceptanceView,
  look: Look,
): Iterable<string> {
  if (added.size === 0) {
    yield* lines(`Nothing to write: the map in ${file} holds all of it already.`, look, 0);
    return;
  }
  yield* lines(`Wrote ${count(added.size, 'key')} into the map in ${file}:`, look, 0);
  for (const [value, canonical] of added)
    yield* lines(`${visible(value)} -> ${visible(canonical)}`, look, 2);
  if (sharedWith.length > 0)
    yield* lines(
      `The entry decides for other fields, too, and its map with it: ${sharedWith.map(visible).join(', ')}`,
      look,
      0,
    );
  yield 'See what it would do: clio-fields plan --dry-run\n';
}

export function acceptanceAsJson(view: ClustersView, { file, added, sharedWith }: AcceptanceView) {
  const { inventoryId, field } = clustersAsJson(view);
  return {
    inventoryId,
    field,
    file,
    added: [...added].map(([value, canonical]) => ({ value, canonical })),
    sharedWith,
  };
}

/** Among a plan's flags, values that may mean the same: many flags are often a few decisions. */
export function* flagClustersAsText(
  fields: readonly FlagClusters[],
  inventoryId: string,
  look: Look,
): Iterable<string> {
  const { bold, dim } = paintFor(look);
  if (fields.length > 0) yield `\n${bold('Flagged values that may mean the same')}\n`;
  for (const { definitionId, fieldName, clusters, total } of fields) {
    yield* lines(visible(fieldName), look, 2);
    for (const { members } of clusters) {
      const shown = members
        .slice(0, MEMBERS_SHOWN)
        .map((member) => `${member.count.toLocaleString('en-US')} × ${visible(member.value)}`);
      const more = members.length - shown.length;
      yield* lines(`${shown.join(' | ')}${more > 0 ? ` | … ${more} more` : ''}`, look, 4);
    }
    if (total > clusters.length) yield `    … and ${total - clusters.length} more\n`;
    yield `    ${dim(commandFor(definitionId, fieldName, inventoryId))}\n`;
  }
}

/** Of one cluster in a line; the command shows all. */
const MEMBERS_SHOWN = 6;

/** The field by its name, where any shell takes that between quotes as it stands. */
function commandFor(definitionId: string, fieldName: string, inventoryId: string): string {
  const isPlain = /^[\p{L}\p{N} ()/,.&'+:-]+$/u.test(fieldName);
  return `clio-fields clusters ${isPlain ? `"${fieldName}"` : definitionId} ${inventoryId}`;
}

function* lines(text: string, { columns }: Look, indent: number): Iterable<string> {
  for (const line of wrap(text, columns - indent)) yield `${' '.repeat(indent)}${line}\n`;
}

function count(number: number, noun: string): string {
  return `${number.toLocaleString('en-US')} ${noun}${number === 1 ? '' : 's'}`;
}

function paintFor({ hasColor }: Look) {
  return new Chalk({ level: hasColor ? 1 : 0 });
}
