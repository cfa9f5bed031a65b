import type { Command } from 'commander';
import { examples, formatOption } from '../arguments.ts';
import type { Runner } from '../runner.ts';

/** What the journal tells of what was planned and done. */
export function addRecord(program: Command, run: Runner): void {
  program.commandsGroup('Looking back:');

  program
    .command('runs')
    .description('list every run, newest first')
    .addHelpText('after', examples('runs', 'runs --json'))
    .action(run(async () => (await import('../commands/runs.ts')).runs));

  program
    .command('show')
    .description('show the diff of a plan, or what a run did')
    .argument('<plan-id|run-id>')
    .addOption(formatOption())
    .option('--out <file>', 'write the report to a file')
    .addHelpText('after', examples('show plan-1', 'show run-1 --format csv --out run-1.csv'))
    .action(run(async () => (await import('../commands/show.ts')).show));

  program
    .command('verify')
    .description('read again what a run wrote, and say what still stands; writes nothing')
    .argument('<run-id>')
    .addOption(formatOption())
    .option('--out <file>', 'write the report to a file')
    .addHelpText(
      'after',
      `\n200 records a request. Exits with 0 where all of it stands, with 3 where not.\n${examples('verify run-1', 'verify run-1 --format csv --out moved.csv')}`,
    )
    .action(run(async () => (await import('../commands/verify.ts')).verify));
}
