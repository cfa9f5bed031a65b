import { type Command, Option } from 'commander';
import { examples, personName, portOrAny, positive } from '../arguments.ts';
import type { Runner } from '../runner.ts';

/** How people decide a plan's changes and flags: on the terminal, in a spreadsheet, in a browser. */
export function addReview(program: Command, run: Runner): void {
  const review = program
    .command('review')
    .helpCommand(false)
    .description('decide a plan’s changes and flags: accept, skip, edit, clear, or leave for later')
    .argument('[plan-id]', 'the newest where none is given')
    .option('--web', 'in the browser, on a page that this machine alone can open', false)
    .option('--port <n>', 'of the page; any free one where none is given', portOrAny)
    .option('--no-browser', 'print the address of the page instead of opening the browser')
    .option('--idle <minutes>', 'end the page when nobody uses it for so long (120)', positive)
    .option('--by <name>', WHO, personName)
    .addHelpText(
      'after',
      `
What is decided stands in the journal at once, and holds for later plans that
propose the same. \`review finish\` makes the plan of what was accepted,
edited and cleared: that one is approved and applied.
${examples('review', 'review --web', 'review export changes.xlsx', 'review import changes.xlsx --by "Ann Example"', 'review finish')}`,
    )
    .action(run(async () => (await import('../commands/review.ts')).review));

  // Where the page is served matters to no command below; who decides does, and is declared there again for their help.
  const look = { ...review.configureHelp(), showGlobalOptions: false };

  review
    .command('export')
    .configureHelp(look)
    .description('write the changes and flags into a spreadsheet to decide in')
    .argument('<file>', 'a name that ends with .xlsx or .csv')
    .argument('[plan-id]', 'the newest where none is given')
    .addOption(
      new Option('--prefill <word>', 'what stands at changes that nobody has decided yet')
        .choices(['nothing', 'accept'])
        .default('nothing'),
    )
    .option('--force', 'replace a file that is there, and what was decided in it', false)
    .addHelpText(
      'after',
      examples('review export changes.xlsx', 'review export changes.csv plan-3 --prefill accept'),
    )
    .action(run(async () => (await import('../commands/review-export.ts')).exportReview));

  review
    .command('import')
    .configureHelp(look)
    .description('take over what was decided in a spreadsheet; all of it or nothing')
    .argument('<file>', 'one that review export wrote, filled in')
    .option('--dry-run', 'check the file and say what it would decide', false)
    .option('--by <name>', WHO, personName)
    .addHelpText(
      'after',
      `\nRefuses a file that was damaged, and says which cells.\n${examples('review import changes.xlsx --dry-run', 'review import changes.xlsx --by "Ann Example"')}`,
    )
    .action(run(async () => (await import('../commands/review-import.ts')).importReview));

  review
    .command('finish')
    .configureHelp(look)
    .description('make the plan of what was decided')
    .argument('[plan-id]', 'the newest where none is given')
    .addOption(
      new Option('--rest <word>', 'decide changes that nobody has decided yet').choices([
        'accept',
        'skip',
      ]),
    )
    .option('--by <name>', WHO, personName)
    .addHelpText('after', examples('review finish', 'review finish plan-3 --rest accept'))
    .action(run(async () => (await import('../commands/review-finish.ts')).finishReview));

  review
    .command('undo')
    .configureHelp(look)
    .description('take back what was last decided at once: an answer, a group, an import')
    .argument('[plan-id]', 'the newest where none is given')
    .option('--by <name>', WHO, personName)
    .addHelpText('after', examples('review undo'))
    .action(run(async () => (await import('../commands/review-undo.ts')).undoReview));
}

const WHO = 'who decides; the system’s user where none is given';
