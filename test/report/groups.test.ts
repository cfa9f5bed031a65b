import { expect, test } from 'vitest';
import type { Change } from '../../src/model/change.ts';
import { groupChanges, withoutOutcome } from '../../src/report/groups.ts';

/** A text that goes into a picklist and stays where it is. */
function moved(recordId: string, from: string): Change {
  return {
    changeId: `matter:${recordId}:502`,
    parentType: 'matter',
    recordId,
    recordLabel: recordId,
    edits: [
      {
        definitionId: '502',
        fieldName: 'Court',
        fieldType: 'picklist',
        valueId: null,
        action: 'create',
        before: { state: 'absent' },
        after: { state: 'value', content: '9001' },
        beforeText: null,
        afterText: 'S.D.N.Y.',
      },
    ],
    guards: [
      {
        definitionId: '501',
        fieldName: 'Court (old)',
        expected: { state: 'value', content: from },
      },
    ],
    rule: 'picklist',
    reason: `from "${from}" in "Court (old)": the rules file maps it to "S.D.N.Y."`,
  };
}

test('changes that were read from different texts are not shown as one kind', () => {
  const changes = [moved('1', 'SDNY'), moved('2', 'So. Dist.'), moved('3', 'SDNY')];
  const [field] = groupChanges(withoutOutcome(changes));
  expect(field?.groups.map(({ first, records }) => [first.reason, records])).toEqual([
    ['from "SDNY" in "Court (old)": the rules file maps it to "S.D.N.Y."', 2],
    ['from "So. Dist." in "Court (old)": the rules file maps it to "S.D.N.Y."', 1],
  ]);
});
