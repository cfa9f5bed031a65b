import { describe, expect, onTestFinished, test } from 'vitest';
import { contentOf, findOption, valueOf } from '../../src/model/field.ts';
import { verifyRun } from '../../src/operations/record/verify.ts';
import type { Account } from '../../src/sandbox/account.ts';
import { type Behaviour, parseOptions } from '../../src/sandbox/options.ts';
import { readAccount } from '../support/read-account.ts';
import { aDefinition, aMatter, anOption, aRow, smallAccount } from '../support/sandbox.ts';
import { Pipeline } from './pipeline.ts';

/**
 * How the way back ends where Clio behaves so: everything as it was; or with values that Clio does not give back as they were, each of
 * them told; or with fields without a row where there was an empty one, or the other way round (`rowed`), each of them noted. `unreadable`: the inventory says why it cannot be taken.
 */
type End = 'restored' | 'told' | 'emptier' | 'rowed' | 'unreadable';

/** Every behaviour of Clio that nobody has documented, the other way; a new option does not compile without its line. */
const OTHER_WAYS: { readonly [K in keyof Behaviour]: readonly (readonly [Behaviour[K], End])[] } = {
  etagMovesOnValueWrite: [[false, 'restored']],
  updatedAtMovesOnValueWrite: [[false, 'restored']],
  decimals: [
    ['refuse', 'restored'],
    ['round', 'restored'],
  ],
  amountsReadAs: [
    ['number', 'restored'],
    ['formatted', 'restored'],
  ],
  picklistReadAs: [
    ['string', 'restored'],
    ['mixed', 'restored'],
  ],
  matterShownIn: [['nested', 'restored']],
  stripsValues: [[true, 'restored']],
  picklistOptionShowsText: [[true, 'restored']],
  customFieldShowsEtag: [[false, 'restored']],
  hollowCustomField: [[true, 'restored']],
  listsDisplayedWithoutRow: [[false, 'restored']],
  listsSoftDeletedValues: [[false, 'restored']],
  listsDeletedDefinitions: [[false, 'restored']],
  listsRetiredOptions: [
    ['always', 'restored'],
    // A retired option that is never listed cannot be brought back for the values that held it.
    ['never', 'told'],
  ],
  restoresOptions: [
    [false, 'restored'],
    ['ignored', 'restored'],
  ],
  unnamedOptions: [['retired', 'restored']],
  takesEqualOptions: [[false, 'restored']],
  takesRetiredOptions: [[true, 'restored']],
  writesSoftDeletedValues: [[true, 'restored']],
  foreignValueIdStatus: [[404, 'restored']],
  invisibleStatus: [[403, 'restored']],
  badParameterStatus: [[400, 'restored']],
  checksEmailAndUrl: [[true, 'told']],
  textLineLimit: [
    [null, 'restored'],
    [12, 'restored'],
  ],
  textAreaLimit: [[12, 'restored']],
  requiredStays: [[false, 'restored']],
  requiredCheckedOnEveryWrite: [[true, 'restored']],
  writesAllOrNothing: [[false, 'restored']],
  emptyTextClears: [['all', 'restored']],
  keepsEmptyText: [[true, 'restored']],
  takesOnlyText: [[true, 'restored']],
  unknownKeys: [['refused', 'restored']],
  createsBlankRows: [[true, 'restored']],
  takesNull: [[false, 'emptier']],
  nullRemovesRow: [[true, 'emptier']],
  destroyedDisplayedShows: [
    ['entry', 'restored'],
    ['row', 'rowed'],
  ],
  reusesRowIds: [[true, 'restored']],
  trimsText: [[true, 'told']],
  composesText: [[true, 'told']],
  lineEnds: [
    ['lf', 'told'],
    ['crlf', 'restored'],
  ],
  echoesValues: [[false, 'restored']],
  isAdministrator: [[false, 'restored']],
  usersPermission: [[false, 'restored']],
  customFieldsPermission: [[false, 'unreadable']],
  mattersPermission: [
    ['read', 'restored'],
    ['none', 'unreadable'],
  ],
  contactsPermission: [['none', 'restored']],
  // Of documents alone: see the tests of uploads.
  documentsPermission: [],
  optionTextLimit: [
    [null, 'restored'],
    [3, 'restored'],
  ],
  pageTokenLifetimeMs: [[0, 'restored']],
  putUrlLifetimeMs: [],
  putUrlOnRead: [],
  uploadTimeouts: [],
  listsUncompletedDocuments: [],
};

const ways = Object.entries(OTHER_WAYS).flatMap(([name, values]) =>
  values.map(([value, end]) => ({ name, value, end })),
);

/** Of the changes that this sign-in may make, those that a behaviour keeps from being made; all others are made in spite of it. */
const UNMADE: ReadonlyMap<string, number> = new Map([
  ['decimals refuse', 4],
  ['decimals round', 4],
  ['stripsValues true', 24],
  ['textLineLimit 12', 8],
  ['textAreaLimit 12', 4],
  ['lineEnds lf', 4],
  ['isAdministrator false', 1],
  ['mattersPermission read', 24],
  ['optionTextLimit 3', 1],
]);
const CHANGES = 24;

/** Updates, moves that create, update and clear, options that are added and one that is retired but held. */
const RULES = `version: 1
locale: en-US
fields:
  - { match: Line, rule: text }
  - { match: Area, rule: text }
  - { match: Mail, rule: email }
  - { match: Old amount, rule: currency, with: { decimals: 2 }, into: Amount, source: clear }
  - { match: Court, rule: picklist, into: Court option, existing: overwrite, with: { unknown: add-option } }
  - { match: Agreed, rule: checkbox, into: Agreed box }
`;

const LONG_AGO = '2020-01-01T00:00:00Z';
const MATTERS = 8;
/** Of the first matters; the others can be written. */
const ACCESS = ['write', 'read', 'none', 'redacted', 'stripped'] as const;

function stage(): Account {
  return smallAccount({
    definitions: [
      aDefinition(101, 'text_line', { name: 'Line', required: true }),
      aDefinition(102, 'text_area', { name: 'Area', displayed: true }),
      aDefinition(103, 'email', { name: 'Mail' }),
      aDefinition(104, 'text_line', { name: 'Old amount', displayed: true }),
      aDefinition(105, 'currency', { name: 'Amount', displayed: true }),
      aDefinition(106, 'text_line', { name: 'Court' }),
      aDefinition(107, 'picklist', {
        name: 'Court option',
        options: [anOption(901, 'North'), anOption(902, 'South'), anOption(903, 'Old', LONG_AGO)],
      }),
      aDefinition(108, 'text_line', { name: 'Agreed' }),
      aDefinition(109, 'checkbox', { name: 'Agreed box', displayed: true }),
      aDefinition(110, 'text_line', { name: 'Deleted', deleted: true }),
      aDefinition(111, 'matter', { name: 'Related' }),
    ],
    records: Array.from({ length: MATTERS }, (_, index) => {
      const row = 10_000 + index * 20;
      return aMatter(1_001 + index, {
        access: ACCESS[index] ?? 'write',
        rows: [
          aRow(row, 101, `  example  text ${index} `),
          aRow(row + 1, 102, `Two\r\nlines  of cafe\u0301 ${index} `),
          aRow(row + 2, 103, ` a b@example.com`.replace(' b', index % 2 === 0 ? '' : 'b')),
          aRow(row + 3, 104, `$${index + 1},500.50`),
          ...(index % 2 === 0 ? [aRow(row + 4, 105, null)] : []),
          aRow(row + 5, 106, ['north', 'East', 'South'][index % 3] ?? ''),
          ...(index % 3 === 0 ? [] : [aRow(row + 6, 107, index % 3 === 1 ? 903 : 901)]),
          aRow(row + 7, 108, index % 2 === 0 ? 'yes' : 'No'),
          ...(index % 2 === 0 ? [] : [aRow(row + 10, 109, null)]),
          aRow(row + 8, 110, '  old '),
          aRow(row + 9, 111, 1_001),
        ],
      });
    }),
  });
}

/** What people see: each value in words, and an empty row as such. */
function seen(account: Account): Map<string, string> {
  const { definitions, records } = readAccount(account);
  return new Map(
    records.flatMap(({ recordId, values }) =>
      [...values].map(([definitionId, value]): [string, string] => {
        const definition = definitions.find(({ id }) => id === definitionId);
        if (value.state !== 'value' || definition === undefined)
          return [`${recordId}:${definitionId}`, value.state];
        const option = findOption(definition, value.content);
        return [`${recordId}:${definitionId}`, `is ${option?.label ?? value.content}`];
      }),
    ),
  );
}

function choice({ definitions }: Account): string[] {
  return definitions.flatMap(({ options }) =>
    options.flatMap(({ option, deletedAt }) => (deletedAt === null ? [option] : [])),
  );
}

function expectJournalToHold(pipeline: Pipeline, runId: string): void {
  const { records } = readAccount(pipeline.sandbox.account);
  for (const { change, outcome } of pipeline.journal.runs.changes(runId)) {
    const record = records.find(({ recordId }) => recordId === change.recordId);
    for (const { definitionId, after, valueId } of outcome?.written ?? []) {
      if (record === undefined) throw new Error(`${change.changeId} was written, but is not there`);
      const value = valueOf(record, definitionId);
      expect(contentOf(value), change.changeId).toEqual(after);
      expect('valueId' in value ? value.valueId : null, change.changeId).toBe(valueId);
    }
  }
  for (const { rows } of pipeline.sandbox.account.records)
    expect(new Set(rows.map(({ definitionId }) => definitionId)).size).toBe(rows.length);
}

describe('the way there and back', () => {
  test.each(ways)('where Clio has $name: $value ends $end', async ({ name, value, end }) => {
    const options = { behaviour: { [name]: value } };
    expect(parseOptions({}).behaviour).not.toEqual(parseOptions(options).behaviour);
    const pipeline = await Pipeline.start(stage(), options);
    onTestFinished(async () => pipeline.close());
    const { account } = pipeline.sandbox;
    if (end === 'unreadable') {
      await expect(pipeline.plan(RULES)).rejects.toMatchObject({ kind: 'forbidden' });
      return;
    }
    await pipeline.plan(RULES);
    const before = { values: seen(account), choice: choice(account) };

    const { run } = await pipeline.apply();
    expect(run.counts.pending).toBe(0);
    expectJournalToHold(pipeline, run.runId);
    const remarks = [...pipeline.journal.runs.applied(run.runId)].flatMap(({ outcome }) =>
      outcome.status === 'applied' && outcome.reason !== null ? [outcome.reason] : [],
    );
    expect(remarks).toEqual([]);
    expect(CHANGES - run.counts.applied).toBe(UNMADE.get(`${name} ${value}`) ?? 0);

    const undone = await pipeline.rollback(run.runId);
    expect(undone.run.counts).toMatchObject({ pending: 0, conflict: 0 });
    expectJournalToHold(pipeline, undone.run.runId);
    const after = seen(account);
    const moved = [...new Set([...before.values.keys(), ...after.keys()])].filter(
      (key) => before.values.get(key) !== after.get(key),
    );
    const told = new Set(
      [...pipeline.journal.runs.problems(undone.run.runId)].map(({ recordId }) => recordId),
    );
    const noted = [...pipeline.journal.runs.applied(undone.run.runId)].flatMap(
      ({ change, outcome }) =>
        outcome.reason?.includes('is empty as before') === true ? [change.recordId] : [],
    );
    expect(noted.length).toBe(end === 'emptier' || end === 'rowed' ? moved.length : 0);
    const verification = await verifyRun(pipeline.executor, undone.run.runId);
    expect(verification.rowsNotKept).toBe(end === 'emptier' ? noted.length : 0);
    // Null stands for an option: one that values still hold stays, and is told as well.
    if (end !== 'told' || !told.has(null))
      expect(choice(account).toSorted()).toEqual(before.choice.toSorted());
    if (end === 'restored') expect(moved).toEqual([]);
    else expect(moved).not.toEqual([]);
    for (const key of moved) {
      if (end === 'emptier' || end === 'rowed') expect(noted).toContain(key.split(':')[0]);
      const kinds = [before.values.get(key), after.get(key)];
      if (end === 'told') expect(told).toContain(key.split(':')[0]);
      else expect(kinds).toEqual(end === 'rowed' ? [undefined, 'blank'] : ['blank', undefined]);
    }
  });
});
