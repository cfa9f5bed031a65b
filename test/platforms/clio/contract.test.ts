import { openPlatform } from '../../../src/platforms/index.ts';
import type { Account, AccountDefinition, AccountRecord } from '../../../src/sandbox/account.ts';
import type { FaultKind } from '../../../src/sandbox/fault-spec.ts';
import type { SandboxOptions } from '../../../src/sandbox/options.ts';
import { startSandbox } from '../../../src/sandbox/server.ts';
import { describePlatform, FIELDS, FILLED, OPTIONS, RETIRED_OPTION } from '../contract.ts';
import type { Stage, Trouble } from '../contract.ts';
import { QUICK_TIMING } from './scripted-clio.ts';

/** Where it is not known how Clio behaves, the adapter keeps its contract under either. */
const BEHAVIOURS: readonly (readonly [string, SandboxOptions['behaviour']])[] = [
  ['as it is by default', {}],
  [
    'with hollow custom fields, ids and amounts in the other type, and etags that stay',
    {
      hollowCustomField: true,
      picklistReadAs: 'string',
      amountsReadAs: 'number',
      etagMovesOnValueWrite: false,
      listsDisplayedWithoutRow: false,
    },
  ],
  [
    'with retired options unlisted, and option texts beside values',
    { listsRetiredOptions: 'never', picklistOptionShowsText: true, invisibleStatus: 403 },
  ],
  [
    'with amounts as people write them, and options that go where a write does not name them',
    { amountsReadAs: 'formatted', unnamedOptions: 'retired', reusesRowIds: true },
  ],
];

for (const [name, behaviour] of BEHAVIOURS) {
  describePlatform(`Clio ${name}`, async ({ manyRecords }) => openStage(manyRecords, behaviour));
}

async function openStage(
  manyRecords: number,
  behaviour: SandboxOptions['behaviour'],
): Promise<Stage> {
  const sandbox = await startSandbox(makeAccount(manyRecords), {
    faultRetryAfterSeconds: 0,
    ...(behaviour !== undefined && { behaviour }),
  });
  const stop = new AbortController();
  const platform = openPlatform({
    name: 'clio',
    baseUrl: sandbox.baseUrl,
    tokens: { current: async () => sandbox.token, renew: async () => null },
    stop: stop.signal,
    timing: QUICK_TIMING,
    random: () => 0,
  });
  return {
    platform,
    stop,
    trouble: (what, on) => {
      sandbox.setFaults([{ kind: FAULTS[what], on, at: [1] }]);
    },
    received: () => sandbox.counters.requests,
    close: async () => sandbox.close(),
  };
}

const FAULTS: Readonly<Record<Trouble, FaultKind>> = {
  serverError: '503',
  lostBefore: 'reset-before',
  lostAfter: 'reset-after',
  garbled: 'truncated',
  throttled: '429',
  movedMeanwhile: '412',
  unchanged: 'unchanged',
};

const NOW = '2026-01-05T10:00:00Z';

function makeAccount(manyRecords: number): Account {
  const definitions = FIELDS.map(({ name, fieldType }, index): AccountDefinition => ({
    id: 501 + index,
    name,
    parentType: 'Matter',
    fieldType,
    displayed: false,
    required: false,
    deleted: false,
    displayOrder: index,
    createdAt: NOW,
    updatedAt: NOW,
    options:
      fieldType === 'picklist'
        ? [...OPTIONS, RETIRED_OPTION].map((option, number) => ({
            id: 9_001 + number,
            option,
            deletedAt: option === RETIRED_OPTION ? NOW : null,
            createdAt: NOW,
            updatedAt: NOW,
          }))
        : [],
  }));
  const further = Array.from({ length: manyRecords }, (_, index) =>
    makeRecord(2_001 + index, `Further ${index}`, 'write'),
  );
  const records = [
    makeRecord(1_001, 'A', 'write', definitions, (field) => wireValue(field.name, field.fieldType)),
    makeRecord(1_002, 'B', 'write', definitions, () => null),
    makeRecord(1_003, 'C', 'write'),
    makeRecord(1_004, 'D', 'read'),
    makeRecord(1_005, 'E', 'none'),
    ...further,
  ];
  return {
    account: { id: 1, name: 'Placeholder LLP' },
    user: { id: 7, name: 'Sam Sample', email: 'sam@example.com' },
    definitions,
    records,
  };
}

function makeRecord(
  id: number,
  label: string,
  access: AccountRecord['access'],
  definitions: readonly AccountDefinition[] = [],
  valueOf: (field: AccountDefinition) => string | number | boolean | null = () => null,
): AccountRecord {
  return {
    id,
    parentType: 'Matter',
    label,
    description: null,
    status: 'Open',
    access,
    createdAt: NOW,
    updatedAt: NOW,
    // Row numbers from the definitions' own range: neither may be taken for the other.
    rows: definitions.map((field, index) => ({
      id: 502 + index + (id - 1_001) * 20,
      definitionId: field.id,
      value: valueOf(field),
      createdAt: NOW,
      updatedAt: NOW,
    })),
  };
}

function wireValue(name: string, fieldType: string): string | number | boolean {
  const field = FIELDS.find((each) => each.name === name);
  if (field === undefined) throw new Error(`no field ${name}`);
  if (fieldType === 'picklist') return 9_001;
  return fieldType === 'checkbox' ? true : FILLED[field.name];
}
