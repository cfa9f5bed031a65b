import { afterEach, describe, expect, test } from 'vitest';
import type { Content, Definition, RecordSnapshot } from '../../src/model/field.ts';
import { ABSENT, BLANK, UNREAD, valueOf } from '../../src/model/field.ts';
import type { Platform, PlatformError, RecordQuery } from '../../src/platforms/types.ts';

/**
 * The account that a stage sets up, for any platform: matters named `A`, `B`, `C` and so on, and what they hold by field name.
 * A is filled, B has empty rows where the platform knows such rows, C has nothing; D cannot be written and E cannot be seen.
 */
export const FIELDS = [
  { name: 'Court', fieldType: 'text_line' },
  { name: 'Notes', fieldType: 'text_area' },
  { name: 'Amount', fieldType: 'currency' },
  { name: 'Count', fieldType: 'numeric' },
  { name: 'Due', fieldType: 'date' },
  { name: 'Urgent', fieldType: 'checkbox' },
  { name: 'Kind', fieldType: 'picklist' },
  { name: 'Mail', fieldType: 'email' },
  { name: 'Site', fieldType: 'url' },
] as const;

export type FieldName = (typeof FIELDS)[number]['name'];

/** A's values; a picklist's is an option's label. */
export const FILLED: Readonly<Record<FieldName, string>> = {
  Court: '  sdny ',
  Notes: 'first\nsecond \u2014 "quoted"',
  Amount: '1500.5',
  Count: '42',
  Due: '2019-05-01',
  Urgent: 'true',
  Kind: 'Alpha',
  Mail: 'someone@example.com',
  Site: 'https://example.com/a',
};

export const OPTIONS = ['Alpha', 'Beta'] as const;
export const RETIRED_OPTION = 'Gamma';

/** What can go wrong once, with the next request. */
export type Trouble =
  | 'serverError'
  | 'lostBefore'
  | 'lostAfter'
  | 'garbled'
  | 'throttled'
  | 'movedMeanwhile'
  | 'unchanged';

/** An account on a platform, as a contract test sees it. */
export interface Stage {
  readonly platform: Platform;
  readonly stop: AbortController;
  /** Strikes the next read or write, once. */
  readonly trouble: (what: Trouble, on: 'reads' | 'writes') => void;
  /** Requests that reached the platform. */
  readonly received: () => number;
  readonly close: () => Promise<void>;
}

/** The promises of `Platform`, which every adapter keeps. `manyRecords` sets up so many further matters that hold nothing. */
export function describePlatform(
  name: string,
  arrange: (setup: { readonly manyRecords: number }) => Promise<Stage>,
): void {
  let stage: Stage | null = null;

  afterEach(async () => {
    await stage?.close();
    stage = null;
  });

  async function setUp(
    manyRecords = 0,
  ): Promise<{ stage: Stage; definitions: readonly Definition[] }> {
    stage = await arrange({ manyRecords });
    return { stage, definitions: await stage.platform.readDefinitions('matter') };
  }

  describe(`${name} keeps the contract of a platform:`, () => {
    test('definitions come with type, parent and options, retired ones marked', async () => {
      const { definitions } = await setUp();
      for (const { name: fieldName, fieldType } of FIELDS) {
        expect(find(definitions, fieldName)).toMatchObject({ fieldType, parentType: 'matter' });
      }
      const { options } = find(definitions, 'Kind');
      expect(options.filter(({ retired }) => !retired).map(({ label }) => label)).toEqual(OPTIONS);
      for (const { label, retired } of options) expect(retired).toBe(label === RETIRED_OPTION);
    });

    test('values are read in canonical form', async () => {
      const {
        stage: { platform },
        definitions,
      } = await setUp();
      const record = await readOne(platform, definitions, 'A');
      for (const { name: fieldName } of FIELDS) {
        expect(contentOf(record, definitions, fieldName), fieldName).toEqual(
          toContent(definitions, fieldName, FILLED[fieldName]),
        );
      }
    });

    test('blank, absent and not asked for are kept apart', async () => {
      const {
        stage: { platform },
        definitions,
      } = await setUp();
      const court = find(definitions, 'Court').id;
      expect(valueOf(await readOne(platform, definitions, 'B'), court).state).toBe('blank');
      expect(valueOf(await readOne(platform, definitions, 'C'), court).state).toBe('absent');
      const partly = await readOne(platform, definitions, 'A', { definitionIds: [court] });
      expect(valueOf(partly, court).state).toBe('value');
      expect(valueOf(partly, find(definitions, 'Notes').id)).toEqual(UNREAD);
    });

    test('all records come, once each, in ascending order, in as few requests as can be', async () => {
      const {
        stage: { platform },
        definitions,
      } = await setUp(450);
      const before = platform.requests.reads;
      const records = await readAll(platform, definitions);
      const ids = records.map(({ recordId }) => Number(recordId));
      expect(ids).toEqual(ids.toSorted((left, right) => left - right));
      expect(new Set(ids).size).toBe(454);
      const pages = Math.ceil(454 / platform.capabilities.recordsPerRead);
      expect(platform.requests.reads - before).toBe(pages);
    });

    test('only the records asked for come, and none that cannot be seen', async () => {
      const {
        stage: { platform },
        definitions,
      } = await setUp(450);
      const all = await readAll(platform, definitions);
      expect(all.map(({ label }) => label)).not.toContain('E');
      const wanted = all.filter((_, index) => index % 2 === 0).map(({ recordId }) => recordId);
      const read = await readAll(platform, definitions, { recordIds: [...wanted, '999999999999'] });
      expect(read.map(({ recordId }) => recordId)).toEqual(wanted);
    });

    test('each kind of value can be written where there was one, where the row was empty, and where none was', async () => {
      const {
        stage: { platform },
        definitions,
      } = await setUp();
      for (const label of ['A', 'B', 'C']) {
        const current = await readOne(platform, definitions, label);
        const values = FIELDS.map(({ name: fieldName }) => ({
          definitionId: find(definitions, fieldName).id,
          after: toContent(definitions, fieldName, CHANGED[fieldName]),
        }));
        const answer = await platform.writeRecord({ current, values }, definitions);
        expect(answer.kind, label).toBe('written');
        const fresh = await readOne(platform, definitions, label);
        for (const { definitionId, after } of values) {
          expect(withoutId(valueOf(fresh, definitionId)), label).toEqual(after);
          if (answer.kind !== 'written' || !platform.capabilities.writeAnswersValues) continue;
          expect(withoutId(valueOf(answer.record, definitionId)), label).toEqual(after);
        }
      }
    });

    test('a value is emptied to the kind of empty that is asked for', async () => {
      const {
        stage: { platform },
        definitions,
      } = await setUp();
      const current = await readOne(platform, definitions, 'A');
      const [court, notes] = [find(definitions, 'Court').id, find(definitions, 'Notes').id];
      const values = [
        { definitionId: court, after: BLANK },
        { definitionId: notes, after: ABSENT },
      ];
      expect(await platform.writeRecord({ current, values }, definitions)).toMatchObject({
        kind: 'written',
      });
      const fresh = await readOne(platform, definitions, 'A');
      expect(valueOf(fresh, court).state).toBe('blank');
      expect(valueOf(fresh, notes).state).toBe('absent');
      expect(contentOf(fresh, definitions, 'Amount')).toEqual({
        state: 'value',
        content: '1500.5',
      });
    });

    test('a change of a record is one request, and emptying what is empty is none', async () => {
      const {
        stage: { platform },
        definitions,
      } = await setUp();
      const current = await readOne(platform, definitions, 'C');
      const definitionId = find(definitions, 'Court').id;
      const nothing = { current, values: [{ definitionId, after: ABSENT }] };
      expect(await platform.writeRecord(nothing, definitions)).toMatchObject({ kind: 'written' });
      expect(platform.requests.writes).toBe(0);
      await platform.writeRecord(courtWrite(current, definitions), definitions);
      expect(platform.requests.writes).toBe(1);
    });

    test('a record that moved since it was read is not written', async () => {
      const {
        stage: { platform, trouble },
        definitions,
      } = await setUp();
      if (!platform.capabilities.conditionalWrites) return;
      const current = await readOne(platform, definitions, 'A');
      trouble('movedMeanwhile', 'writes');
      const write = courtWrite(current, definitions);
      expect(await platform.writeRecord(write, definitions)).toEqual({ kind: 'stale' });
    });

    test('what does not fit is refused, and the reason holds nothing of it', async () => {
      const {
        stage: { platform },
        definitions,
      } = await setUp();
      const current = await readOne(platform, definitions, 'A');
      const after: Content = { state: 'value', content: 'Jane Placeholder\u001B[2J' };
      const values = [{ definitionId: find(definitions, 'Due').id, after }];
      const answer = await platform.writeRecord({ current, values }, definitions);
      expect(answer.kind).toBe('refused');
      expect(JSON.stringify(answer)).not.toMatch(/Jane|u001b/i);
      const fresh = await readOne(platform, definitions, 'A');
      expect(contentOf(fresh, definitions, 'Due')).toEqual({ state: 'value', content: FILLED.Due });
    });

    test('a record that may not be written, or cannot be seen, is no access', async () => {
      const {
        stage: { platform },
        definitions,
      } = await setUp();
      const readOnly = await readOne(platform, definitions, 'D');
      const hidden: RecordSnapshot = { ...readOnly, recordId: '999999999999', etag: null };
      for (const current of [readOnly, hidden]) {
        const answer = await platform.writeRecord(courtWrite(current, definitions), definitions);
        expect(answer.kind).toBe('noAccess');
      }
    });

    for (const trouble of [
      'serverError',
      'lostBefore',
      'lostAfter',
      'garbled',
      'throttled',
    ] as const) {
      test(`a read goes through in spite of one "${trouble}"`, async () => {
        const {
          stage: { platform, ...play },
          definitions,
        } = await setUp();
        play.trouble(trouble, 'reads');
        expect(await readOne(platform, definitions, 'A')).toMatchObject({ label: 'A' });
      });
    }

    for (const trouble of ['serverError', 'lostBefore', 'lostAfter', 'garbled'] as const) {
      test(`a write that met "${trouble}" is unknown, and is not sent twice`, async () => {
        const {
          stage: { platform, ...play },
          definitions,
        } = await setUp();
        const current = await readOne(platform, definitions, 'A');
        play.trouble(trouble, 'writes');
        const answer = await platform.writeRecord(courtWrite(current, definitions), definitions);
        expect(answer.kind).toBe('unknown');
        expect(platform.requests.writes).toBe(1);
      });
    }

    test('a write that was throttled is told as not taken, and then sent again', async () => {
      const {
        stage: { platform, trouble },
        definitions,
      } = await setUp();
      const current = await readOne(platform, definitions, 'A');
      trouble('throttled', 'writes');
      const told: string[] = [];
      const answer = await platform.writeRecord(
        {
          ...courtWrite(current, definitions),
          onSend: () => told.push('sent'),
          onNotTaken: () => told.push('not taken'),
        },
        definitions,
      );
      expect(answer.kind).toBe('written');
      expect(told).toEqual(['sent', 'not taken', 'sent']);
      expect(platform.requests).toMatchObject({ writes: 2, throttled: 1 });
    });

    test('an answer shows what the record really holds, not what was sent', async () => {
      const {
        stage: { platform, trouble },
        definitions,
      } = await setUp();
      if (!platform.capabilities.writeAnswersValues) return;
      const current = await readOne(platform, definitions, 'A');
      trouble('unchanged', 'writes');
      const answer = await platform.writeRecord(courtWrite(current, definitions), definitions);
      if (answer.kind !== 'written') throw new Error(answer.kind);
      expect(contentOf(answer.record, definitions, 'Court')).toEqual({
        state: 'value',
        content: FILLED.Court,
      });
    });

    test('many records are read and written at once', async () => {
      const {
        stage: { platform },
        definitions,
      } = await setUp(40);
      const records = (await readAll(platform, definitions)).filter(({ label }) => label !== 'D');
      const answers = await Promise.all(
        records.map(async (current) =>
          platform.writeRecord(courtWrite(current, definitions), definitions),
        ),
      );
      expect(new Set(answers.map(({ kind }) => kind))).toEqual(new Set(['written']));
      for (const record of await readAll(platform, definitions)) {
        if (record.label === 'D') continue;
        expect(contentOf(record, definitions, 'Court')).toMatchObject({ content: NEW_COURT });
      }
    });

    test('options are added and retired, and the answer lists them all', async () => {
      const {
        stage: { platform },
        definitions,
      } = await setUp();
      if (!platform.capabilities.editableOptions) return;
      const kind = find(definitions, 'Kind');
      const alpha = kind.options.find(({ label }) => label === 'Alpha');
      const answer = await platform.writeOptions({
        definitionId: kind.id,
        add: ['Delta'],
        retireIds: alpha === undefined ? [] : [alpha.id],
        restoreIds: [],
      });
      if (answer.kind !== 'written') throw new Error(answer.reason);
      const active = answer.definition.options.filter(({ retired }) => !retired);
      expect(active.map(({ label }) => label)).toEqual(['Beta', 'Delta']);
      const again = find(await platform.readDefinitions(), 'Kind');
      expect(again).toEqual(answer.definition);
      const record = await readOne(platform, [again], 'A');
      expect(valueOf(record, kind.id)).toMatchObject({ content: alpha?.id });
    });

    test('after a stop no request leaves', async () => {
      const {
        stage: { platform, stop, received },
        definitions,
      } = await setUp();
      const current = await readOne(platform, definitions, 'A');
      const before = received();
      stop.abort();
      const errors = await Promise.all(
        [
          platform.whoAmI(),
          platform.readDefinitions(),
          readAll(platform, definitions),
          platform.writeRecord(courtWrite(current, definitions), definitions),
        ].map(async (work) =>
          work.then(
            () => null,
            (error: PlatformError) => error.kind,
          ),
        ),
      );
      expect(errors).toEqual(['aborted', 'aborted', 'aborted', 'aborted']);
      expect(received()).toBe(before);
    });

    test('who is signed in, and to which account, is told', async () => {
      const {
        stage: { platform },
      } = await setUp();
      const user = await platform.whoAmI();
      expect(user.id).not.toBe('');
      expect(user.accountId).not.toBeNull();
    });
  });
}

const NEW_COURT = 'Southern District (not a real one)';

const CHANGED: Readonly<Record<FieldName, string>> = {
  Court: NEW_COURT,
  Notes: 'third\nfourth',
  Amount: '-2000.75',
  Count: '43',
  Due: '2020-02-29',
  Urgent: 'false',
  Kind: 'Beta',
  Mail: 'someone.else@example.com',
  Site: 'https://example.com/b',
};

function find(definitions: readonly Definition[], name: FieldName): Definition {
  const found = definitions.find((definition) => definition.name === name);
  if (found === undefined) throw new Error(`the stage has no field ${name}`);
  return found;
}

function toContent(definitions: readonly Definition[], name: FieldName, text: string): Content {
  const option = find(definitions, name).options.find(({ label }) => label === text);
  return { state: 'value', content: option?.id ?? text };
}

function courtWrite(
  current: RecordSnapshot,
  definitions: readonly Definition[],
): Parameters<Platform['writeRecord']>[0] {
  const after = { state: 'value', content: NEW_COURT } as const;
  return { current, values: [{ definitionId: find(definitions, 'Court').id, after }] };
}

function contentOf(
  record: RecordSnapshot,
  definitions: readonly Definition[],
  name: FieldName,
): unknown {
  return withoutId(valueOf(record, find(definitions, name).id));
}

function withoutId(value: ReturnType<typeof valueOf>): unknown {
  return value.state === 'value'
    ? { state: value.state, content: value.content }
    : { state: value.state };
}

async function readAll(
  platform: Platform,
  definitions: readonly Definition[],
  query: Partial<RecordQuery> = {},
): Promise<RecordSnapshot[]> {
  const records: RecordSnapshot[] = [];
  for await (const page of platform.readRecords({ parentType: 'matter', ...query }, definitions)) {
    records.push(...page.records);
  }
  return records;
}

async function readOne(
  platform: Platform,
  definitions: readonly Definition[],
  label: string,
  query: Partial<RecordQuery> = {},
): Promise<RecordSnapshot> {
  const records = await readAll(platform, definitions, query);
  const found = records.find((record) => record.label === label);
  if (found === undefined) throw new Error(`no record ${label} was read`);
  return found;
}
