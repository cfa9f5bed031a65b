import { type Command, Option } from 'commander';
import {
  collect,
  collectIds,
  count,
  examples,
  formatOption,
  positive,
  status,
} from '../arguments.ts';
import type { Runner } from '../runner.ts';

/** Reading, planning, writing, undoing: the tool's own work, in its order. */
export function addPipeline(program: Command, run: Runner): void {
  program.commandsGroup('The pipeline:');

  program
    .command('inventory')
    .description('read every definition and value, 200 records a request, and store them')
    .addOption(
      new Option('--parent <kind>', 'which records')
        .choices(['matter', 'contact', 'all'])
        .default('all'),
    )
    .option('--field <id|name>', 'only this field (repeat for more)', collect, [])
    .option('--record <id>', 'only this record (repeat for more)', collectIds, [])
    .option('--status <list>', 'only matters of these: open,pending,closed', status)
    .addHelpText(
      'after',
      examples(
        'inventory',
        'inventory --parent matter --status open',
        'inventory --field "Date of Loss" --json',
      ),
    )
    .action(run(async () => (await import('../commands/inventory.ts')).inventory));

  program
    .command('plan')
    .description(
      'propose changes for an inventory, without a request; writes nothing to the platform',
    )
    .argument('[inventory-id]', 'the newest where none is given')
    .option('--dry-run', 'print the whole diff: before and after by record', false)
    .option('--field <id|name>', 'only this field (repeat for more)', collect, [])
    .option('--record <id>', 'only this record (repeat for more)', collectIds, [])
    .addOption(formatOption())
    .option('--out <file>', 'write the report to a file')
    .option('--expect-no-changes', 'exit with 3 where there are changes', false)
    .addHelpText(
      'after',
      examples(
        'plan --dry-run',
        'plan --format html --out plan.html',
        'plan --expect-no-changes --quiet',
      ),
    )
    .action(run(async () => (await import('../commands/plan.ts')).plan));

  program
    .command('approve')
    .description('record who approved a plan, and when')
    .argument('<plan-id>')
    .option('--digest <digest>', 'the digest of the plan that was looked at')
    .option('--by <name>', 'who approves; the system’s user where none is given')
    .addHelpText(
      'after',
      examples('approve plan-1', 'approve plan-1 --digest 5f3c… --by "Ann Example"'),
    )
    .action(run(async () => (await import('../commands/approve.ts')).approve));

  program
    .command('apply')
    .description('carry out an approved plan: re-read, compare, one write a record, journaled')
    .argument('[plan-id]', 'the newest where none is given')
    .option('--resume', 'go on with the unfinished run', false)
    .option('--approve <digest>', 'approve the plan of this digest and run it')
    .option('--by <name>', 'who approves; the system’s user where none is given')
    .option('--max-changes <n>', 'refuse a plan with more changes', count)
    .option('--stop-after <n>', 'stop cleanly after so many records', positive)
    .option('--rate <n>', 'send at most so many requests a minute', positive)
    .addHelpText(
      'after',
      examples('apply', 'apply --resume', 'apply plan-1 --approve 5f3c… --max-changes 500'),
    )
    .action(run(async () => (await import('../commands/apply.ts')).apply));

  program
    .command('rollback')
    .description('restore what a run changed, and only that')
    .argument('<run-id>')
    .option('--record <id>', 'only this record (repeat for more)', collectIds, [])
    .option('--field <id|name>', 'only this field (repeat for more)', collect, [])
    .option('--dry-run', 'show what would be restored, write nothing', false)
    .option('--force', 'restore even what somebody else changed since', false)
    .option('--resume', 'go on with the unfinished rollback', false)
    .option('--stop-after <n>', 'stop cleanly after so many records', positive)
    .option('--rate <n>', 'send at most so many requests a minute', positive)
    .addHelpText(
      'after',
      examples('rollback run-1 --dry-run', 'rollback run-1', 'rollback run-1 --record 1234567'),
    )
    .action(run(async () => (await import('../commands/rollback.ts')).rollback));
}
