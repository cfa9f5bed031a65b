import { UserError } from '../errors.ts';
import { failpoint } from '../failpoints.ts';
import type { Store } from './store.ts';

/** "clio" in ASCII: tells this program's files from other SQLite files. */
const APPLICATION_ID = 0x63_6c_69_6f;

/**
 * The journal's tables, a migration a version; a released one is never edited.
 *
 * Keys are whole numbers that only grow, and decide every order: a clock that jumps changes nothing.
 * `record_id` holds a whole number where the platform's id is one, so that records sort as people count, and text elsewhere.
 * Columns named `body`, `intent`, `summary` or `rules_text` hold clients' values, written by the codec.
 */
export const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE cipher (salt BLOB NOT NULL, check_text BLOB NOT NULL) STRICT;

  CREATE TABLE inventories (
    inventory_key INTEGER PRIMARY KEY AUTOINCREMENT,
    origin TEXT NOT NULL,
    taken_at TEXT NOT NULL,
    scope TEXT NOT NULL,
    is_finished INTEGER NOT NULL DEFAULT 0,
    matters INTEGER NOT NULL DEFAULT 0,
    contacts INTEGER NOT NULL DEFAULT 0,
    requests INTEGER NOT NULL DEFAULT 0,
    coverage TEXT NOT NULL DEFAULT '[]',
    purged_at TEXT
  ) STRICT;

  CREATE TABLE definitions (
    definition_key INTEGER PRIMARY KEY,
    inventory_key INTEGER NOT NULL REFERENCES inventories ON DELETE CASCADE,
    body ANY NOT NULL
  ) STRICT;
  CREATE INDEX definitions_of_inventory ON definitions (inventory_key);

  CREATE TABLE records (
    record_key INTEGER PRIMARY KEY,
    inventory_key INTEGER NOT NULL REFERENCES inventories ON DELETE CASCADE,
    parent_type TEXT NOT NULL,
    record_id ANY NOT NULL,
    body ANY
  ) STRICT;
  CREATE UNIQUE INDEX records_in_order ON records (inventory_key, parent_type, record_id);

  CREATE TABLE plans (
    plan_key INTEGER PRIMARY KEY AUTOINCREMENT,
    inventory_key INTEGER NOT NULL REFERENCES inventories,
    rolls_back INTEGER REFERENCES runs,
    origin TEXT NOT NULL,
    created_at TEXT NOT NULL,
    rules_text ANY,
    is_forced INTEGER NOT NULL,
    digest TEXT NOT NULL DEFAULT '',
    summary ANY,
    content_hash TEXT NOT NULL DEFAULT '',
    last_change INTEGER NOT NULL DEFAULT 0,
    changes INTEGER NOT NULL DEFAULT 0,
    last_flag INTEGER NOT NULL DEFAULT 0,
    flags INTEGER NOT NULL DEFAULT 0,
    option_changes INTEGER NOT NULL DEFAULT 0,
    purged_at TEXT
  ) STRICT;
  CREATE INDEX plans_by_digest ON plans (digest);

  CREATE TABLE changes (
    change_key INTEGER PRIMARY KEY,
    plan_key INTEGER NOT NULL REFERENCES plans,
    parent_type TEXT NOT NULL,
    record_id ANY NOT NULL,
    change_id TEXT NOT NULL,
    body ANY
  ) STRICT;
  CREATE UNIQUE INDEX changes_of_record ON changes (plan_key, parent_type, record_id, change_id);

  CREATE TABLE flags (
    flag_key INTEGER PRIMARY KEY,
    plan_key INTEGER NOT NULL REFERENCES plans,
    record_id ANY NOT NULL,
    body ANY
  ) STRICT;

  CREATE TABLE option_changes (
    option_key INTEGER PRIMARY KEY,
    plan_key INTEGER NOT NULL REFERENCES plans,
    body ANY
  ) STRICT;
  CREATE INDEX option_changes_of_plan ON option_changes (plan_key);

  CREATE TABLE runs (
    run_key INTEGER PRIMARY KEY AUTOINCREMENT,
    plan_key INTEGER NOT NULL REFERENCES plans,
    rolls_back INTEGER REFERENCES runs,
    started_at TEXT NOT NULL,
    ended_at TEXT,
    status TEXT NOT NULL,
    applied INTEGER NOT NULL DEFAULT 0,
    already_there INTEGER NOT NULL DEFAULT 0,
    conflict INTEGER NOT NULL DEFAULT 0,
    rejected INTEGER NOT NULL DEFAULT 0,
    no_access INTEGER NOT NULL DEFAULT 0,
    options_settled INTEGER NOT NULL DEFAULT 0,
    position_parent TEXT,
    position_record ANY,
    reads INTEGER NOT NULL DEFAULT 0,
    writes INTEGER NOT NULL DEFAULT 0,
    retries INTEGER NOT NULL DEFAULT 0,
    throttled INTEGER NOT NULL DEFAULT 0,
    purged_at TEXT
  ) STRICT;

  -- A row without a status is an intent: begun, not settled.
  CREATE TABLE outcomes (
    run_key INTEGER NOT NULL REFERENCES runs,
    change_key INTEGER NOT NULL REFERENCES changes,
    begun_at TEXT,
    intent ANY,
    settled_at TEXT,
    status TEXT,
    body ANY,
    body_hash TEXT,
    PRIMARY KEY (run_key, change_key)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX problems ON outcomes (run_key, change_key)
    WHERE status IN ('conflict', 'rejected', 'noAccess');

  CREATE TABLE option_outcomes (
    run_key INTEGER NOT NULL REFERENCES runs,
    option_key INTEGER NOT NULL REFERENCES option_changes,
    begun_at TEXT,
    settled_at TEXT,
    status TEXT,
    body ANY,
    body_hash TEXT,
    PRIMARY KEY (run_key, option_key)
  ) STRICT, WITHOUT ROWID;

  -- The chain. An outcome's text is made from its row, so that nothing stands twice; the others carry theirs.
  CREATE TABLE entries (
    entry_key INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    plan_key INTEGER,
    run_key INTEGER,
    change_key INTEGER,
    option_key INTEGER,
    text TEXT,
    hash TEXT NOT NULL
  ) STRICT;
  CREATE INDEX approvals ON entries (plan_key) WHERE kind = 'approval';

  CREATE TABLE chain_head (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    entry_key INTEGER NOT NULL,
    hash TEXT NOT NULL
  ) STRICT;
  `,
  // What was planned, approved, begun and ended, to be found among a million outcomes.
  `
  DROP INDEX approvals;
  CREATE INDEX acts ON entries (kind, plan_key, run_key) WHERE text IS NOT NULL;
  `,
  `
  ALTER TABLE runs ADD COLUMN canary INTEGER;
  ALTER TABLE runs ADD COLUMN canary_passed INTEGER NOT NULL DEFAULT 0;
  `,
  // What an inventory took over from an earlier one: its row says which row holds the body, so that nothing stands twice.
  `
  ALTER TABLE inventories ADD COLUMN as_of TEXT;
  ALTER TABLE inventories ADD COLUMN since TEXT;
  ALTER TABLE records ADD COLUMN body_of INTEGER;
  CREATE INDEX records_taken_over ON records (body_of) WHERE body_of IS NOT NULL;
  `,
  `
  ALTER TABLE plans ADD COLUMN review_of INTEGER REFERENCES plans;
  ALTER TABLE plans ADD COLUMN is_two_person INTEGER NOT NULL DEFAULT 0;

  -- What makes a fingerprint impossible to guess without the file: a value can be short.
  CREATE TABLE review_key (body ANY NOT NULL) STRICT;

  -- Decided at once, and undone at once.
  CREATE TABLE decision_batches (
    batch_key INTEGER PRIMARY KEY AUTOINCREMENT,
    plan_key INTEGER NOT NULL REFERENCES plans,
    decided_by TEXT NOT NULL,
    how TEXT NOT NULL,
    decided_at TEXT NOT NULL,
    undone_at TEXT
  ) STRICT;
  CREATE INDEX decision_batches_of_plan ON decision_batches (plan_key);

  CREATE TABLE decisions (
    decision_key INTEGER PRIMARY KEY,
    batch_key INTEGER NOT NULL REFERENCES decision_batches,
    item_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    fingerprint TEXT,
    body ANY,
    body_hash TEXT NOT NULL
  ) STRICT;
  CREATE INDEX decisions_of_batch ON decisions (batch_key);
  CREATE INDEX decisions_by_fingerprint ON decisions (fingerprint);
  `,
  // Reports that are put into clients' files, a step after the other. The address of the upload is a key, and stands nowhere.
  `
  CREATE TABLE uploads (
    upload_key INTEGER PRIMARY KEY AUTOINCREMENT,
    run_key INTEGER NOT NULL REFERENCES runs,
    what TEXT NOT NULL,
    format TEXT NOT NULL,
    parent_type TEXT NOT NULL,
    record_id ANY NOT NULL,
    is_whole INTEGER NOT NULL,
    name TEXT NOT NULL,
    marker TEXT NOT NULL,
    begun_at TEXT NOT NULL,
    begun_by TEXT NOT NULL,
    document_id TEXT,
    version_id TEXT,
    sha256 TEXT,
    bytes INTEGER,
    stage TEXT NOT NULL
  ) STRICT;
  CREATE INDEX uploads_of_run ON uploads (run_key);
  `,
  // Which account of the platform an inventory is of; null where the sign-in may not know.
  `
  ALTER TABLE inventories ADD COLUMN account_id TEXT;
  ALTER TABLE inventories ADD COLUMN account_name TEXT;
  `,
  // The last run that had begun before: a clock that jumps must not turn the two around.
  `
  ALTER TABLE inventories ADD COLUMN after_run INTEGER;
  `,
  // What a run was limited by when it began, for its resumes.
  `
  ALTER TABLE runs ADD COLUMN limits TEXT;
  `,
  // Who writes, until all of it is out of the log and in the file.
  `
  CREATE TABLE writing (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    command TEXT NOT NULL,
    since TEXT NOT NULL
  ) STRICT;
  `,
];

/**
 * Whether the file, which this program wrote, is of the last version or must be migrated first. Throws `UserError` for one that is none
 * of its own or newer, and for one to be read that holds nothing; changes nothing.
 */
export function checkVersion(store: Store, access: 'read' | 'write'): 'current' | 'older' {
  const version = Number(store.pragma('user_version'));
  const isOurs = Number(store.pragma('application_id')) === APPLICATION_ID;
  const isEmpty =
    version === 0 && store.all('SELECT 1 FROM sqlite_schema LIMIT 1').at(0) === undefined;
  if (!isOurs && !isEmpty) {
    throw new UserError(
      'not_a_journal',
      `${store.path} is not a journal of clio-fields: another program made it.`,
      'Name the journal with --journal.',
    );
  }
  if (version > MIGRATIONS.length) {
    throw new UserError(
      'journal_newer',
      `The journal ${store.path} was written by a newer clio-fields (its version is ${version}, this program knows ${MIGRATIONS.length}).`,
      'Update clio-fields: `npm install -g clio-fields`.',
    );
  }
  if (access === 'read' && version === 0) {
    throw new UserError(
      'journal_empty',
      `The journal ${store.path} holds nothing yet.`,
      'Run `clio-fields inventory` first.',
    );
  }
  return version === MIGRATIONS.length ? 'current' : 'older';
}

/**
 * Brings the file to the last version, a transaction a version: killed at any moment, it is at one version or the next.
 * Needs the right to write.
 */
export function migrate(store: Store, migrations: readonly string[] = MIGRATIONS): void {
  for (const [from, sql] of migrations.entries()) {
    if (Number(store.pragma('user_version')) > from) continue;
    store.transaction(() => {
      store.exec(sql);
      failpoint('during migration');
      store.exec(`PRAGMA application_id = ${APPLICATION_ID}`);
      store.exec(`PRAGMA user_version = ${from + 1}`);
    });
  }
}
