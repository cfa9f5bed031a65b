import { type Codec, hashOf } from './codec.ts';
import type { Cell } from './connection.ts';
import { DecisionHash } from './decision-hash.ts';
import { idOf } from './ids.ts';
import { pages, type Store } from './store.ts';

interface BatchRow {
  readonly batch_key: number;
  readonly plan_key: number;
  readonly decided_by: string;
  readonly how: string;
  readonly decided_at: string;
  readonly undone_at: string | null;
  /** When the values of their plan were purged, and those of the decisions with it. */
  readonly purged_at: string | null;
}

interface Said {
  readonly planId: string;
  readonly batch: number;
  readonly by: string;
  readonly how: string;
  readonly at: string;
  readonly count: number;
  readonly decisionsHash: string;
}

/** What the decisions say that the chain says otherwise; null where there is nothing. */
export function contradictionOfDecisions(store: Store, codec: Codec): string | null {
  const batches = store.all<BatchRow>(BATCHES);
  const said = entriesOf(store, 'decision');
  const undone = entriesOf(store, 'decisionUndone');
  if (said.size !== batches.length) return 'decisions are missing';
  for (const batch of batches) {
    const entry = said.get(batch.batch_key);
    const isSame =
      entry !== undefined &&
      entry.planId === idOf('plan', batch.plan_key) &&
      entry.by === batch.decided_by &&
      entry.how === batch.how &&
      entry.at === batch.decided_at &&
      (undone.get(batch.batch_key)?.at ?? null) === batch.undone_at;
    if (!isSame || !holds(store, codec, batch, entry)) {
      return `what was decided of ${idOf('plan', batch.plan_key)} was changed`;
    }
  }
  return null;
}

const BATCHES = `
  SELECT b.*, plans.purged_at FROM decision_batches AS b JOIN plans USING (plan_key)
  ORDER BY batch_key`;

function entriesOf(store: Store, kind: string): ReadonlyMap<number, Said> {
  return new Map(
    store
      .all<{ text: string }>('SELECT text FROM entries WHERE kind = ? ORDER BY entry_key', kind)
      .map(({ text }) => {
        const said: Said = JSON.parse(text);
        return [said.batch, said];
      }),
  );
}

function holds(
  store: Store,
  codec: Codec,
  { batch_key: batchKey, purged_at: purgedAt }: BatchRow,
  said: Said,
): boolean {
  const hash = new DecisionHash();
  const rows = pages<{
    key: number;
    itemId: string;
    kind: string;
    fingerprint: string | null;
    body: Cell;
    bodyHash: string;
  }>((last, limit) =>
    store.all(
      `SELECT decision_key AS key, item_id AS itemId, kind, fingerprint, body, body_hash AS bodyHash
       FROM decisions WHERE batch_key = ? AND decision_key > ? ORDER BY decision_key LIMIT ?`,
      batchKey,
      last?.key ?? 0,
      limit,
    ),
  );
  for (const { itemId, kind, fingerprint, body, bodyHash } of rows) {
    hash.add(itemId, kind, bodyHash);
    if (body === null) {
      if (purgedAt === null) return false;
      continue;
    }
    const text = codec.decode(body);
    const written: { fingerprint: string } = JSON.parse(text);
    if (hashOf(text) !== bodyHash || written.fingerprint !== fingerprint) return false;
  }
  const { count, decisionsHash } = hash.end();
  return count === said.count && decisionsHash === said.decisionsHash;
}
