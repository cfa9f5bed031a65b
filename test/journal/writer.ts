import { setTimeout as sleep } from 'node:timers/promises';
import { Journal } from '../../src/journal/index.ts';
import { change, intent, outcome, snapshots } from '../support/builders.ts';
import { makePlan, NOON, ORIGIN } from './stock.ts';

/** A process to be killed: works on the journal named by its first argument, and says what is done, until it is. */

const [path = '', task = ''] = process.argv.slice(2);
const journal = Journal.open(path, {
  access: 'write',
  command: `clio-fields ${task}`,
  now: () => new Date(NOON),
});

switch (task) {
  case 'hold':
    say('held');
    break;
  case 'inventory': {
    const inventoryId = journal.inventories.begin({
      origin: ORIGIN,
      takenAt: NOON,
      scope: { parents: ['matter'], definitionIds: null, recordIds: null, status: null },
    });
    for (;;) {
      journal.inventories.addRecords(
        inventoryId,
        snapshots(200, () => ({ '501': 'sdny' })),
      );
      say('a page');
      await sleep(0);
    }
  }
  case 'plan':
    say('begun');
    makePlan(journal, { changes: endlessChanges() });
    break;
  case 'run':
    for (;;) {
      for (const { changes } of journal.runs.nextRecords('run-1', 200)) {
        for (const each of changes) {
          journal.runs.beginChanges('run-1', [intent(each.change)]);
          journal.runs.settle('run-1', [outcome(each.change)]);
          say(each.change.changeId);
          await sleep(0);
        }
      }
    }
  case 'begin': {
    const [record] = journal.runs.nextRecords('run-1', 1);
    for (const each of record?.changes ?? []) {
      journal.runs.beginChanges('run-1', [intent(each.change)]);
      say(each.change.changeId);
    }
    break;
  }
  default:
    throw new Error(`no such task: ${task}`);
}
await sleep(60_000);

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function* endlessChanges() {
  for (let recordId = 1; ; recordId += 1) yield change({ recordId: String(recordId) });
}
