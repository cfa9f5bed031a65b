import type {
  Account,
  AccountDefinition,
  AccountOption,
  AccountRecord,
  AccountRow,
} from './account.ts';

export type Kind = AccountRecord['parentType'];

/**
 * Finds things in an account by id. The account stays open to changes from outside (other people at work): what is
 * added or removed is noticed by the lists' lengths, what is edited in place needs no notice.
 */
export class Directory {
  readonly account: Account;
  #records: Record<Kind, RecordIndex>;
  #recordCount: number;
  #definitions = new Map<number, AccountDefinition>();
  #definitionsOf: Record<Kind, readonly AccountDefinition[]> = { Matter: [], Contact: [] };
  readonly #destroyed = new WeakMap<AccountRecord, Map<number, number>>();
  #nextRowId: number;
  #nextOptionId: number;

  constructor(account: Account) {
    this.account = account;
    this.#records = indexRecords(account.records);
    this.#recordCount = account.records.length;
    this.#indexDefinitions();
    this.#nextRowId = firstFreeRowId(account);
    this.#nextOptionId = firstFreeOptionId(account);
  }

  definition(id: number): AccountDefinition | undefined {
    this.#refreshDefinitions();
    return this.#definitions.get(id);
  }

  /** In the account's own order. */
  definitionsOf(kind: Kind): readonly AccountDefinition[] {
    this.#refreshDefinitions();
    return this.#definitionsOf[kind];
  }

  record(kind: Kind, id: number): AccountRecord | undefined {
    return this.#recordsOf(kind).byId.get(id);
  }

  /** Ascending by id. */
  records(kind: Kind): readonly AccountRecord[] {
    return this.#recordsOf(kind).sorted;
  }

  newRowId(): number {
    const id = this.#nextRowId;
    this.#nextRowId += 1;
    return id;
  }

  noteDestroyed(record: AccountRecord, { id, definitionId }: AccountRow): void {
    const ofRecord = this.#destroyed.get(record) ?? new Map<number, number>();
    this.#destroyed.set(record, ofRecord.set(definitionId, id));
  }

  /** The id of the row that the record had for a definition; null where it never had one. */
  destroyedRowId(record: AccountRecord, { id }: AccountDefinition): number | null {
    return this.#destroyed.get(record)?.get(id) ?? null;
  }

  newOptionId(): number {
    const id = this.#nextOptionId;
    this.#nextOptionId += 1;
    return id;
  }

  #recordsOf(kind: Kind): RecordIndex {
    if (this.#recordCount !== this.account.records.length) {
      this.#records = indexRecords(this.account.records);
      this.#recordCount = this.account.records.length;
    }
    return this.#records[kind];
  }

  #refreshDefinitions(): void {
    if (this.#definitions.size !== this.account.definitions.length) this.#indexDefinitions();
  }

  #indexDefinitions(): void {
    const { definitions } = this.account;
    this.#definitions = new Map(definitions.map((definition) => [definition.id, definition]));
    this.#definitionsOf = {
      Matter: definitions.filter(({ parentType }) => parentType === 'Matter'),
      Contact: definitions.filter(({ parentType }) => parentType === 'Contact'),
    };
  }
}

interface RecordIndex {
  readonly sorted: readonly AccountRecord[];
  readonly byId: ReadonlyMap<number, AccountRecord>;
}

function indexRecords(records: readonly AccountRecord[]): Record<Kind, RecordIndex> {
  return { Matter: indexKind(records, 'Matter'), Contact: indexKind(records, 'Contact') };
}

function indexKind(records: readonly AccountRecord[], kind: Kind): RecordIndex {
  const sorted = records
    .filter((record) => record.parentType === kind)
    .toSorted((left, right) => left.id - right.id);
  return { sorted, byId: new Map(sorted.map((record) => [record.id, record])) };
}

/** Rows are numbered in a space that overlaps the definitions' ids, so that mixing the two up is noticed. */
function firstFreeRowId(account: Account): number {
  const definitionIds = account.definitions.map(({ id }) => id);
  let highest = definitionIds.length === 0 ? 0 : Math.min(...definitionIds) - 1;
  for (const record of account.records) {
    for (const row of record.rows) highest = Math.max(highest, row.id);
  }
  return highest + 1;
}

function firstFreeOptionId(account: Account): number {
  let highest = 0;
  for (const { options } of account.definitions) {
    for (const option of options) highest = Math.max(highest, option.id);
  }
  return highest + 1;
}

export function optionOf(
  definition: AccountDefinition,
  optionId: number,
): AccountOption | undefined {
  return definition.options.find((option) => option.id === optionId);
}
