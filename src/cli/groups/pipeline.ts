import { type Command, Option } from 'commander';
import {
  collect,
  collectIds,
  count,
  examples,
  fileName,
  formatOption,
  interval,
  percent,
  personName,
  positive,
  since,
  status,
} from '../arguments.ts';
import type { Runner } from '../runner.ts';
import { readWindowFlag } from '../window.ts';
import { addReview } from './review.ts';

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
    .addOption(
      new Option(
        '--since <last|inventory-id|date>',
        'read only what changed since an earlier inventory, and take over the rest',
      )
        .argParser(since)
        .conflicts(['parent', 'field', 'record', 'status']),
    )
    .addOption(formatOption())
    .option('--out <file>', 'write the report to a file')
    .addHelpText(
      'after',
      examples(
        'inventory',
        'inventory --parent matter --status open',
        'inventory --out inventory.html',
        'inventory --field "Date of Loss" --json',
        'inventory --since last',
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
    .option('--group', 'print the whole diff, like changes together', false)
    .option('--field <id|name>', 'only this field (repeat for more)', collect, [])
    .option('--record <id>', 'only this record (repeat for more)', collectIds, [])
    .addOption(formatOption())
    .option('--out <file>', 'write the whole diff to a file, and print the counts')
    .option('--expect-no-changes', 'exit with 3 where there are changes but skipped ones', false)
    .option('--two-person', 'somebody else than whoever plans must approve', false)
    .option('--by <name>', 'who plans; the system’s user where none is given', personName)
    .addOption(
      new Option(
        '--explain <id|name>',
        'make no plan: say which entry of the rules file decides for this field, and why',
      ).conflicts([
        'dryRun',
        'group',
        'field',
        'record',
        'format',
        'out',
        'expectNoChanges',
        'twoPerson',
        'by',
      ]),
    )
    .addHelpText(
      'after',
      examples(
        'plan --dry-run',
        'plan --format html --out plan.html',
        'plan --expect-no-changes --quiet',
        'plan --explain "Date of Loss"',
      ),
    )
    .action(run(async () => (await import('../commands/plan.ts')).plan));

  addReview(program, run);

  program
    .command('approve')
    .description('record who approved a plan, and when')
    .argument('<plan-id>')
    .option('--digest <digest>', 'the digest of the plan that was looked at')
    .option('--by <name>', 'who approves; the system’s user where none is given', personName)
    .option('--two-person', 'refuse an approver who planned, or edited at the review', false)
    .addHelpText(
      'after',
      examples('approve plan-1', 'approve plan-1 --digest 5f3c… --by "Ann Example"'),
    )
    .action(run(async () => (await import('../commands/approve.ts')).approve));

  const apply = program
    .command('apply')
    .description('carry out an approved plan: re-read, compare, one write a record, journaled')
    .argument('[plan-id]', 'the newest where none is given')
    .option('--resume', 'go on with the unfinished run', false)
    .option('--approve <digest>', 'approve the plan of this digest and run it')
    .option('--by <name>', 'who approves; the system’s user where none is given', personName)
    .option('--two-person', 'refuse an approver who planned, or edited at the review', false)
    .option('--max-changes <n>', 'refuse a plan with more changes', count)
    .option(
      '--max-percent <p>',
      'refuse a plan that changes more than so many per cent of the values that its fields hold (empty ones do not count)',
      percent,
    )
    .addHelpText(
      'after',
      LIMITS_HELP +
        examples(
          'apply',
          'apply --resume',
          'apply plan-1 --approve 5f3c… --max-percent 10 --canary 5',
        ),
    )
    .action(run(async () => (await import('../commands/apply.ts')).apply));
  addLimits(apply);

  const rollback = program
    .command('rollback')
    .description('restore what a run changed, and only that')
    .argument('<run-id>')
    .option('--record <id>', 'only this record (repeat for more)', collectIds, [])
    .option('--field <id|name>', 'only this field (repeat for more)', collect, [])
    .addOption(
      new Option('--dry-run', 'show what would be restored, write nothing')
        .default(false)
        .conflicts(['resume', 'approve', ...LIMITS]),
    )
    .option('--force', 'restore even what was changed since; asks on a terminal', false)
    .option('--yes', 'do not ask', false)
    .option('--approve <digest>', 'refuse another rollback than the one that --dry-run showed')
    .option('--resume', 'go on with the unfinished rollback', false)
    .addHelpText(
      'after',
      LIMITS_HELP +
        examples(
          'rollback run-1 --dry-run',
          'rollback run-1',
          'rollback run-1 --record 1234567',
          'rollback run-1 --force --approve 5f3c…',
        ),
    )
    .action(run(async () => (await import('../commands/rollback.ts')).rollback));
  addLimits(rollback);

  program
    .command('watch')
    .description(
      'tell of values that came since the newest inventory and break the rules; writes nothing',
    )
    .addOption(
      new Option('--every <time>', 'how often to look: 15m, 2h')
        .argParser(interval)
        .default(15 * 60_000, '15m'),
    )
    .addOption(
      new Option('--once', 'look once, and exit with 3 where something was found')
        .default(false)
        .conflicts('every'),
    )
    .addHelpText(
      'after',
      `
Reads only what Clio says changed: one request for the fields, one for each kind
of record and for each 200 records that changed. A finding is told once, on a
line of its own. Without --once, --json prints a document for each look, each on
a line of its own; Ctrl-C ends it with 0, a lost sign-in with 5.
${examples('watch', 'watch --every 1h', 'watch --once --json')}`,
    )
    .action(run(async () => (await import('../commands/watch.ts')).watch));
}

/** Names of the flags below. */
const LIMITS = [
  'stopAfter',
  'stopAfterProblems',
  'canary',
  'leaveFailing',
  'pauseFile',
  'window',
  'rate',
];

/** What keeps a run from doing more than a person can look after. */
function addLimits(command: Command): void {
  command
    .option('--stop-after <n>', 'stop cleanly after so many records', positive)
    .option(
      '--stop-after-problems <n>',
      'stop after so many records in a row that could not be changed as planned; 0 for never (default: 25)',
      count,
    )
    .option(
      '--canary <n>',
      'write so many records first, read them again, and go on only after a yes (without a terminal: after --resume)',
      positive,
    )
    .option(
      '--leave-failing',
      'give up on what comes last where its writes keep failing, instead of stopping again and again',
      false,
    )
    .option(
      '--pause-file <file>',
      'stop while this file is there (default: JOURNAL.pause)',
      fileName,
    )
    .option(
      '--window <hours|off-peak|any>',
      'write only in these hours (19:00-04:00, by the clock of the region, or of a time zone: "19:00-04:00 Europe/London"), or off-peak, when Clio allows more; waits outside them',
      readWindowFlag,
    )
    .option('--rate <n>', 'send at most so many requests a minute', positive);
}

const LIMITS_HELP = `
A run keeps what it began with: --resume holds to its --canary, --window,
--stop-after-problems, --pause-file and --rate until others are given (--window
any: at any time again). --stop-after and --leave-failing are for one command.

While the pause file is there, nothing is written: a run that meets it stops
within a second or so, with code 4, and none starts. Whoever can create the file
can stop a run, whoever started it:
  touch .clio-fields/journal.sqlite.pause
`;
