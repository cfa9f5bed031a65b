import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contentOf, type RecordSnapshot, valueOf } from '../../src/model/field.ts';
import { decideRecord, withRivals } from '../../src/operations/plan/decide.ts';
import { assignRules, type Assignment, fitRules } from '../../src/rules/assign.ts';
import { parseRulesFile } from '../../src/rules/file.ts';
import type { Account } from '../../src/sandbox/account.ts';
import { readAccount } from '../support/read-account.ts';
import { aDefinition, aMatter, aRow, smallAccount } from '../support/sandbox.ts';
import { Pipeline } from './pipeline.ts';

const FIELDS = [101, 102, 103, 104] as const;

interface DrawnEntry {
  readonly field: number;
  readonly into: number | null;
  readonly words: string;
}

/** What becomes of each field: nothing, its own rule, or a move into another. */
const drawnEntries: fc.Arbitrary<readonly DrawnEntry[]> = fc
  .tuple(
    ...FIELDS.map((field) =>
      fc.oneof(
        fc.constant(null),
        fc.constantFrom('text', 'skip').map((rule) => ({ field, into: null, words: rule })),
        fc
          .record({
            into: fc.constantFrom(...FIELDS.filter((other) => other !== field)),
            source: fc.constantFrom('keep', 'clear'),
            existing: fc.constantFrom('flag', 'keep', 'overwrite'),
          })
          .map(({ into, source, existing }) => ({
            field,
            into,
            words: `text, into: ${into}, source: ${source}, existing: ${existing}`,
          })),
      ),
    ),
  )
  .chain((entries) => {
    const present = entries.filter((entry) => entry !== null);
    return fc.shuffledSubarray(present, { minLength: present.length });
  });

/** As a person types the same thing twice, and other things; null is a row without a value, undefined no row. */
const drawnMatters = fc.array(
  fc.array(fc.constantFrom('alpha', '  alpha ', 'beta', 'beta  ', null, undefined), {
    minLength: FIELDS.length,
    maxLength: FIELDS.length,
  }),
  { minLength: 1, maxLength: 3 },
);

function rulesOf(entries: readonly DrawnEntry[]): string {
  const lines = entries.map(({ field, words }) => `  - { match: ${field}, rule: ${words} }\n`);
  return `version: 1\nfields:${lines.length === 0 ? ' []' : ''}\n${lines.join('')}`;
}

function accountOf(matters: readonly (readonly (string | null | undefined)[])[]): Account {
  return smallAccount({
    definitions: FIELDS.map((id) => aDefinition(id, 'text_line')),
    records: matters.map((values, index) =>
      aMatter(1_001 + index, {
        rows: values.flatMap((value, at) =>
          value === undefined ? [] : [aRow(10_000 + index * 10 + at, FIELDS[at] ?? 0, value)],
        ),
      }),
    ),
  });
}

function isChain(entries: readonly DrawnEntry[]): boolean {
  return entries.some(({ into }) =>
    entries.some((other) => other.into !== null && other.field === into),
  );
}

const { definitions } = readAccount(accountOf([]));

function assign(entries: readonly DrawnEntry[]): Assignment[] {
  return assignRules(parseRulesFile(rulesOf(entries), 'rules.yaml'), definitions);
}

/** Rules that a plan takes, and an account's matters. */
const drawn = fc.record({
  entries: drawnEntries.filter((entries) => !isChain(entries)),
  matters: drawnMatters,
});

function textsOf(record: RecordSnapshot): Map<string, string> {
  return new Map(
    definitions.flatMap(({ id }): [string, string][] => {
      const content = contentOf(valueOf(record, id));
      return content.state === 'value' ? [[id, content.content]] : [];
    }),
  );
}

/** Every value of an account, and every row without one. */
function seen(account: Account): unknown {
  return account.records.map(({ rows }) =>
    rows
      .map(({ definitionId, value }) => [definitionId, value] as const)
      .toSorted(([left], [right]) => left - right),
  );
}

describe('whatever moves a rules file asks for', () => {
  it('are refused where one goes into a field whose own value is moved on', () => {
    fc.assert(
      fc.property(drawnEntries, (entries) => {
        const file = parseRulesFile(rulesOf(entries), 'rules.yaml');
        const { misfits } = fitRules(file, definitions);
        expect(misfits.some(({ kind }) => kind === 'chain')).toBe(isChain(entries));
      }),
      { numRuns: 300 },
    );
  });

  it('no two changes write one value, and none relies on what another one writes', () => {
    fc.assert(
      fc.property(drawn, ({ entries, matters }) => {
        const assignments = assign(entries);
        for (const record of readAccount(accountOf(matters)).records) {
          const written = new Set<string>();
          const changes = decideRecord(record, assignments).flatMap((decision) =>
            decision.kind === 'change' ? [decision.change] : [],
          );
          for (const { definitionId } of changes.flatMap(({ edits }) => edits)) {
            expect(written).not.toContain(definitionId);
            written.add(definitionId);
          }
          for (const { definitionId } of changes.flatMap(({ guards }) => guards))
            expect(written).not.toContain(definitionId);
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it('what is cleared stands in the field that it was to go into', () => {
    fc.assert(
      fc.property(drawn, ({ entries, matters }) => {
        const assignments = assign(entries);
        for (const record of readAccount(accountOf(matters)).records) {
          const before = textsOf(record);
          const after = new Map(before);
          const decisions = decideRecord(record, assignments);
          for (const decision of decisions) {
            if (decision.kind !== 'change') continue;
            for (const { definitionId, after: planned } of decision.change.edits) {
              if (planned.state === 'value') after.set(definitionId, planned.content);
              else after.delete(definitionId);
            }
          }
          for (const { assignment } of decisions) {
            const { source, target } = assignment;
            if (after.has(source.id)) continue;
            expect(after.get(target.id)).toBe(before.get(source.id)?.trim());
          }
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it('a plan of one field says of it what the whole plan says', () => {
    fc.assert(
      fc.property(drawn, fc.constantFrom(...FIELDS), ({ entries, matters }, field) => {
        const assignments = assign(entries);
        const chosen = assignments.filter(({ source }) => source.id === String(field));
        const judged = withRivals(chosen, assignments);
        for (const record of readAccount(accountOf(matters)).records) {
          const [whole, part] = [assignments, judged].map((each) =>
            decideRecord(record, each).filter(({ assignment }) => chosen.includes(assignment)),
          );
          expect(part).toEqual(whole);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('a source that says something else than another one is never overruled', () => {
    fc.assert(
      fc.property(drawn, ({ entries, matters }) => {
        const assignments = assign(entries);
        for (const record of readAccount(accountOf(matters)).records) {
          const before = textsOf(record);
          for (const decision of decideRecord(record, assignments)) {
            if (decision.kind !== 'change') continue;
            const { target, isMove } = decision.assignment;
            const [{ definitionId, after }] = decision.change.edits;
            const isOwn =
              after.state === 'value' && after.content === before.get(target.id)?.trim();
            if (!isMove || definitionId !== target.id || isOwn) continue;
            const said = assignments
              .filter((each) => each.isMove && each.target.id === target.id)
              .flatMap(({ source }) => before.get(source.id)?.trim() ?? []);
            expect(new Set(said).size).toBe(1);
          }
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it('a rollback brings every value back', async () => {
    await fc.assert(
      fc.asyncProperty(drawn, async ({ entries, matters }) => {
        const pipeline = await Pipeline.start(accountOf(matters));
        try {
          const before = seen(pipeline.sandbox.account);
          const plan = await pipeline.plan(rulesOf(entries));
          const { run } = await pipeline.apply();
          expect(run.counts).toMatchObject({ applied: plan.counts.changed, conflict: 0 });
          const undone = await pipeline.rollback(run.runId);
          expect(undone.run.counts).toMatchObject({ applied: plan.counts.changed, conflict: 0 });
          expect(seen(pipeline.sandbox.account)).toEqual(before);
        } finally {
          await pipeline.close();
        }
      }),
      { numRuns: 15 },
    );
  });
});
