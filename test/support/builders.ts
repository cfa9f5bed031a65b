import {
  actionFor,
  type Change,
  type Edit,
  type Flag,
  type Guard,
  type OptionChange,
  type Plan,
  type Planned,
  type Written,
} from '../../src/model/change.ts';
import type {
  Content,
  Definition,
  PicklistOption,
  RecordSnapshot,
  Value,
} from '../../src/model/field.ts';
import type { Intent, Outcome, Run, SettledStatus } from '../../src/model/run.ts';

/**
 * Builders of the model's nouns for tests: say what the test is about, the rest is filled in and fits together.
 *
 *     definition({ name: 'Court' })
 *     picklist(['SDNY', { label: 'EDNY', retired: true }])
 *     snapshot({ values: { '501': 'sdny', '502': BLANK, '503': UNREAD } })
 *     change({ before: 'sdny', after: 'SDNY' })
 *     move({ before: '$5k', after: '5000' })
 *
 * A text stands for a value with that content; BLANK, ABSENT and UNREAD of src/model/field.ts stand for themselves.
 */
type Held = string | Exclude<Content, { state: 'value' }>;

/** A one-line text field on matters, id 501. */
export function definition(overrides: Partial<Definition> = {}): Definition {
  return {
    id: '501',
    name: 'Court',
    parentType: 'matter',
    fieldType: 'text_line',
    required: false,
    deleted: false,
    options: [],
    ...overrides,
  };
}

/** A picklist whose options have the ids 9001, 9002 and so on, in the order given. */
export function picklist(
  labels: readonly (string | { readonly label: string; readonly retired: true })[],
  overrides: Partial<Definition> = {},
): Definition {
  const options = labels.map((option, index): PicklistOption => ({
    id: String(9001 + index),
    label: typeof option === 'string' ? option : option.label,
    retired: typeof option !== 'string',
  }));
  return definition({ fieldType: 'picklist', options, ...overrides });
}

/** A matter, id 1001, that holds what is given by definition id and was read in full. */
export function snapshot({
  values = {},
  ...overrides
}: Partial<Omit<RecordSnapshot, 'values'>> & {
  readonly values?: Readonly<Record<string, Held | Value>>;
} = {}): RecordSnapshot {
  return {
    parentType: 'matter',
    recordId: '1001',
    label: '00001-Notreal',
    etag: '"e1"',
    unlisted: 'absent',
    ...overrides,
    values: new Map(Object.entries(values).map(([id, held]) => [id, asValue(id, held)])),
  };
}

/** As many matters as asked for: ids from 1001, labels from `00001-Notreal`, each with the values that `valuesOf` gives it. */
export function snapshots(
  count: number,
  valuesOf: (index: number) => Readonly<Record<string, Held | Value>>,
): RecordSnapshot[] {
  return Array.from({ length: count }, (_, index) =>
    snapshot({
      recordId: String(1001 + index),
      label: `${String(index + 1).padStart(5, '0')}-Notreal`,
      values: valuesOf(index),
    }),
  );
}

/** The id of the row that `snapshot` and `edit` give a definition. */
export function valueIdOf(definitionId: string): string {
  return `text_line-7${definitionId}`;
}

/** From one content to another; action, row id and the texts that people see follow from these, unless given. */
export function edit({
  before = 'sdny',
  after = 'SDNY',
  ...overrides
}: Partial<Omit<Edit, 'before' | 'after'>> & { before?: Held; after?: Held | Planned } = {}): Edit {
  const definitionId = overrides.definitionId ?? '501';
  const [from, to] = [asContent(before), asPlanned(after)];
  return {
    definitionId,
    fieldName: 'Court',
    fieldType: 'text_line',
    valueId: from.state === 'absent' ? null : valueIdOf(definitionId),
    action: actionFor(from, to),
    before: from,
    after: to,
    beforeText: textOf(from),
    afterText: textOf(to),
    ...overrides,
  };
}

type EditOverrides = NonNullable<Parameters<typeof edit>[0]>;
type ChangeOverrides = Partial<Omit<Change, 'edits'>>;

/** One edit of one matter's field; the change's id follows from record and definition. */
export function change(overrides: ChangeOverrides & EditOverrides = {}): Change {
  return changeOf([edit(editPart(overrides))], overrides);
}

/**
 * A result that goes from definition 501 into 502 and clears the first (`into` with `source: clear`):
 * `before` is what 501 holds, `after` what 502 gets, which holds nothing yet.
 */
export function move(
  overrides: ChangeOverrides & {
    before?: Held;
    after?: Held | Planned;
    /** Of the target's edit, and of the source's. */
    target?: EditOverrides;
    source?: EditOverrides;
  } = {},
): Change {
  const { before = '$5k', after = '5000', target, source, ...rest } = overrides;
  return changeOf(
    [
      edit({
        definitionId: '502',
        fieldName: 'Settlement Amount',
        fieldType: 'currency',
        before: { state: 'absent' },
        after,
        ...target,
      }),
      edit({ fieldName: 'Settlement (old)', before, after: { state: 'blank' }, ...source }),
    ],
    { rule: 'currency', ...rest },
  );
}

/** Any edits, the first of which names the change. */
export function changeOf(
  edits: readonly [Edit, ...Edit[]],
  overrides: ChangeOverrides = {},
): Change {
  const { parentType = 'matter', recordId = '1001' } = overrides;
  return {
    changeId: overrides.changeId ?? `${parentType}:${recordId}:${edits[0].definitionId}`,
    parentType,
    recordId,
    recordLabel: overrides.recordLabel ?? '00001-Notreal',
    edits,
    guards: overrides.guards ?? [],
    rule: overrides.rule ?? 'text',
    reason: overrides.reason ?? 'spelled as the option',
  };
}

export function guard(
  overrides: Partial<Omit<Guard, 'expected'>> & { expected?: Held } = {},
): Guard {
  const { expected = 'sdny', ...rest } = overrides;
  return { definitionId: '501', fieldName: 'Court', ...rest, expected: asContent(expected) };
}

export function flag(overrides: Partial<Flag> = {}): Flag {
  const { parentType = 'matter', recordId = '1001', definitionId = '501' } = overrides;
  return {
    flagId: `${parentType}:${recordId}:${definitionId}`,
    parentType,
    recordId,
    recordLabel: '00001-Notreal',
    definitionId,
    fieldName: 'Court',
    fieldType: 'text_line',
    valueId: valueIdOf(definitionId),
    value: 'SD?',
    rule: 'picklist',
    reason: 'no option fits',
    suggestions: ['SDNY'],
    ...overrides,
  };
}

/** A new option of a picklist. */
export function newOption(
  label = 'NDNY',
  overrides: Partial<Omit<OptionChange, 'action' | 'label'>> = {},
): OptionChange {
  const definitionId = overrides.definitionId ?? '501';
  return {
    changeId: `option:${definitionId}:add:${label}`,
    definitionId,
    fieldName: 'Court',
    label,
    reason: '3 values have no option',
    action: 'add',
    ...overrides,
  };
}

/** An empty plan of the inventory i1. */
export function plan(overrides: Partial<Plan> = {}): Plan {
  return {
    planId: 'p1',
    digest: '0'.repeat(64),
    createdAt: '2026-01-05T10:00:00.000Z',
    origin: 'https://app.clio.com',
    inventoryId: 'i1',
    rollsBack: null,
    reviewOf: null,
    isForced: false,
    madeBy: 'A. Nobody',
    isTwoPerson: false,
    review: null,
    counts: { unchanged: 0, changed: 0, flagged: 0, unread: 0 },
    fields: [],
    needs: { reads: 0, writes: 0, minutes: 0 },
    ...overrides,
  };
}

/** A completed run of the plan p1 that did nothing. */
export function run({
  counts,
  requests,
  ...overrides
}: Partial<Omit<Run, 'counts' | 'requests'>> & {
  counts?: Partial<Run['counts']>;
  requests?: Partial<Run['requests']>;
} = {}): Run {
  return {
    runId: 'r1',
    planId: 'p1',
    rollsBack: null,
    startedAt: '2026-01-05T11:00:00.000Z',
    endedAt: '2026-01-05T11:05:00.000Z',
    status: 'completed',
    canary: null,
    limits: null,
    ...overrides,
    counts: {
      applied: 0,
      alreadyThere: 0,
      conflict: 0,
      rejected: 0,
      noAccess: 0,
      pending: 0,
      ...counts,
    },
    requests: { reads: 0, writes: 0, retries: 0, throttled: 0, ...requests },
  };
}

/** What is journaled before `of` is sent: its values as the plan saw them. */
export function intent(of: Change): Intent {
  return {
    changeId: of.changeId,
    before: Object.fromEntries(of.edits.map((each) => [each.definitionId, each.before])),
  };
}

/** How `of` ended: applied as planned, unless another status is given. */
export function outcome(
  of: Change,
  status: SettledStatus = 'applied',
  reason: string | null = null,
): Outcome {
  return {
    changeId: of.changeId,
    status,
    reason,
    written: status === 'applied' ? of.edits.map((each) => written(each)) : [],
  };
}

/** What carrying out `of` leaves; a new option is taken to have the id 9999. */
export function written(of: Edit): Written {
  const after: Content =
    of.after.state === 'newOption' ? { state: 'value', content: '9999' } : of.after;
  return {
    definitionId: of.definitionId,
    before: of.before,
    after,
    valueId: after.state === 'absent' ? null : (of.valueId ?? valueIdOf(of.definitionId)),
  };
}

function asValue(definitionId: string, held: Held | Value): Value {
  if (typeof held === 'string') {
    return { state: 'value', valueId: valueIdOf(definitionId), content: held };
  }
  return held.state === 'blank' ? { valueId: valueIdOf(definitionId), ...held } : held;
}

function asContent(held: Held): Content {
  return typeof held === 'string' ? { state: 'value', content: held } : held;
}

function asPlanned(held: Held | Planned): Planned {
  return typeof held === 'string' ? { state: 'value', content: held } : held;
}

function textOf(content: Planned): string | null {
  if (content.state === 'newOption') return content.label;
  return content.state === 'value' ? content.content : null;
}

function editPart(overrides: ChangeOverrides & EditOverrides): EditOverrides {
  const {
    changeId: _changeId,
    parentType: _parentType,
    recordId: _recordId,
    recordLabel: _recordLabel,
    guards: _guards,
    rule: _rule,
    reason: _reason,
    ...part
  } = overrides;
  return part;
}
