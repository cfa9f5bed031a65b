import { type Command, Option } from 'commander';
import { clusterNumbers, collect, examples } from '../arguments.ts';
import type { Runner } from '../runner.ts';

/** Writing a rules file, and trying what it would make of values. */
export function addRules(program: Command, run: Runner): void {
  program.commandsGroup('Rules:');

  program
    .command('init')
    .description('write a commented rules file proposed from the newest inventory')
    .option('--force', 'replace a rules file that is there', false)
    .addHelpText('after', examples('init', 'init --rules smith-llp.yaml'))
    .action(run(async () => (await import('../commands/init.ts')).init));

  program
    .command('check')
    .description('hold the rules file against the fields of an inventory, of this firm or another')
    .argument('[inventory-id]', 'the newest where none is given')
    .addHelpText(
      'after',
      `
Ends with 0 where all of it fits, 3 where something would not fit another firm
(a field named by its id) or may be refused by Clio (a required field that is to
be left empty), 2 where a plan would be refused.
${examples('check', 'check --rules shared.yaml --journal smith-llp/journal.sqlite', 'check --json')}`,
    )
    .action(run(async () => (await import('../commands/check.ts')).check));

  program
    .command('clusters')
    .description('group the values of a field that may mean the same, for a person to accept')
    .argument('<field>', 'its name or id')
    .argument('[inventory-id]', 'the newest where none is given')
    .addOption(
      new Option('--strictness <how>', 'how alike values must be')
        .choices(['strict', 'medium', 'lax'])
        .default('medium'),
    )
    .option('--accept <numbers|all>', 'write these into the map of the rules file', clusterNumbers)
    .addHelpText(
      'after',
      examples(
        'clusters "Court (old)"',
        'clusters "Court (old)" --strictness lax --json',
        'clusters "Court (old)" inventory-1 --accept 1,3',
      ),
    )
    .action(run(async () => (await import('../commands/clusters.ts')).clusters));

  program
    .command('try')
    .description('what a rule makes of values, without a platform or a journal')
    .argument('<rule>')
    .argument('[values...]', 'values; lines of standard input where none is given')
    .option(
      '--with <key=value>',
      'an option of the rules file, or locale; picklist: options=[A, B] (repeat for more)',
      collect,
      [],
    )
    .option('--column', 'take all values as one field, so that what the column shows counts', false)
    .addHelpText(
      'after',
      examples(
        'try date "3/4/2019" "25/4/2019" --column',
        'try currency "$1,200.00"',
        'try picklist sdny --with "options=[S.D.N.Y., E.D.N.Y.]"',
      ),
    )
    .action(run(async () => (await import('../commands/try.ts')).tryRule));
}
