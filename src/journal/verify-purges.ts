import { idOf } from './ids.ts';
import type { Store } from './store.ts';

/**
 * What the tables say of purges that no entry says; null where there is nothing. What was taken out of the file without a purge is
 * missing, whatever the tables call it.
 */
export function contradictionOfPurges(store: Store): string | null {
  const told = new Set(store.all<{ text: string }>(PURGES).flatMap(({ text }) => namedIn(text)));
  for (const [noun, sql] of PURGED) {
    for (const { key, at } of store.all<{ key: number; at: string }>(sql)) {
      const id = idOf(noun, key);
      if (!told.has(`${id} ${at}`)) return `${id}: no purge took its values`;
    }
  }
  for (const sql of EMPTIED) {
    const [emptied] = store.all<{ key: number }>(sql);
    if (emptied !== undefined) return `${idOf('run', emptied.key)}: what it wrote is gone`;
  }
  return null;
}

interface Purge {
  readonly at: string;
  readonly inventoryIds: readonly string[];
  readonly planIds: readonly string[];
  readonly runIds: readonly string[];
}

function namedIn(text: string): string[] {
  const { at, inventoryIds, planIds, runIds }: Purge = JSON.parse(text);
  return [...inventoryIds, ...planIds, ...runIds].map((id) => `${id} ${at}`);
}

const PURGES = `SELECT text FROM entries WHERE kind = 'purge' AND text IS NOT NULL`;

const PURGED = [
  ['plan', 'SELECT plan_key AS key, purged_at AS at FROM plans WHERE purged_at IS NOT NULL'],
  ['run', 'SELECT run_key AS key, purged_at AS at FROM runs WHERE purged_at IS NOT NULL'],
  [
    'inventory',
    'SELECT inventory_key AS key, purged_at AS at FROM inventories WHERE purged_at IS NOT NULL',
  ],
] as const;

const EMPTIED = ['outcomes', 'option_outcomes'].map(
  (table) => `
    SELECT run_key AS key FROM ${table} JOIN runs USING (run_key)
    WHERE ${table}.status IS NOT NULL AND ${table}.body IS NULL AND runs.purged_at IS NULL LIMIT 1`,
);
