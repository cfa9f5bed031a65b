import { type Command, Option } from 'commander';
import { collect, count, examples, portOrAny, positive } from '../arguments.ts';
import type { Runner } from '../runner.ts';

/** The embedded Clio, and a tour on it. */
export function addPractice(program: Command, run: Runner): void {
  program.commandsGroup('To practise:');

  program
    .command('sandbox')
    .description('serve an embedded Clio on this machine until stopped')
    .option('--port <n>', 'a port of your choice; 0 for any that is free', portOrAny, 0)
    .option('--seed <n>', 'another seed is another firm', count, 1)
    .option('--matters <n>', 'how many matters the firm has', count, 500)
    .option('--contacts <n>', 'how many contacts the firm has', count, 200)
    .option('--fields <n>', 'how many fields the firm has, at least', positive)
    .option('--rate <n>', 'requests a window; 0 for no limit', count, 50)
    .option('--window <seconds>', 'how long a window of the rate limit is', positive, 60)
    .addOption(
      new Option(
        '--csv <file>',
        'serve your own table: one matter a row, one text field a column',
      ).conflicts(['fromJournal', ...FIRM]),
    )
    .addOption(
      new Option(
        '--from-journal',
        'serve the newest inventory of the journal, to rehearse on a copy',
      )
        .default(false)
        .conflicts(FIRM),
    )
    .option('--latency <ms>', 'how long an answer takes', count, 0)
    .option('--fault <kind:probability>', 'a fault to inject (repeat for more)', collect, [])
    .option(
      '--behave <key=value>',
      'a behaviour of Clio that nobody has documented (repeat for more)',
      collect,
      [],
    )
    .option(
      '--redirect-uri <uri>',
      'a redirect URI that its app is registered with (repeat for more)',
      collect,
      [],
    )
    .option('--token-lifetime <seconds>', 'how long an access token of a sign-in is good', positive)
    .addHelpText(
      'after',
      examples(
        'sandbox',
        'sandbox --csv my-matters.csv',
        'sandbox --from-journal',
        'sandbox --fault reset-after:0.1 --rate 0',
      ),
    )
    .action(run(async () => (await import('../commands/sandbox.ts')).sandbox));

  program
    .command('demo')
    .description('the whole pipeline on the embedded Clio, in a temporary journal')
    .addOption(new Option('--matters <n>', 'how many matters').argParser(positive).default(2000))
    .addHelpText('after', examples('demo', 'demo --matters 200'))
    .action(run(async () => (await import('../commands/demo.ts')).demo));
}

/** Names of the flags that make a firm up. */
const FIRM = ['seed', 'matters', 'contacts', 'fields'];
