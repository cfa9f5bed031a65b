import { Command, InvalidArgumentError, Option } from 'commander';
import type { ExitCode } from '../errors.ts';
import { readVersion } from '../version.ts';
import { type Action, makeContext, type Surroundings } from './context.ts';

/** The command line: every command, flag and word of help. `onEnd` hears the exit code of the command that ran. */
export function buildProgram(surroundings: Surroundings, onEnd: (code: ExitCode) => void): Command {
  /** A command's module is loaded when it runs, so that `--help` answers at once. */
  const run =
    <Flags>(load: () => Promise<Action<Flags>>) =>
    async (...parts: unknown[]): Promise<void> => {
      const command = parts.at(-1) as Command;
      const values = parts.slice(0, -2) as string[];
      const action = await load();
      onEnd(
        await action(makeContext(surroundings, command), command.opts<Flags & object>(), ...values),
      );
    };

  const program = new Command('clio-fields')
    .description(
      'Puts custom fields in Clio Manage right, in bulk: inventory, plan, dry-run diff, apply, rollback.',
    )
    .version(readVersion(), '-V, --version', 'print the version')
    .helpOption('-h, --help', 'show help')
    .helpCommand('help [command]', 'show help for a command')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => surroundings.stdout.write(text),
      // An error is told once, by whoever catches it.
      writeErr: () => undefined,
    })
    .configureHelp({ showGlobalOptions: true })
    .addHelpText('after', FIRST_STEPS);
  for (const option of globalOptions()) program.addOption(option);

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
    .action(run(async () => (await import('./commands/inventory.ts')).inventory));

  program
    .command('init')
    .description('write a commented rules file proposed from the newest inventory')
    .option('--force', 'replace a rules file that is there', false)
    .addHelpText('after', examples('init', 'init --rules smith-llp.yaml'))
    .action(run(async () => (await import('./commands/init.ts')).init));

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
        'clusters Court',
        'clusters Court --strictness lax --json',
        'clusters Court inventory-1 --accept 1,3',
      ),
    )
    .action(run(async () => (await import('./commands/clusters.ts')).clusters));

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
    .action(run(async () => (await import('./commands/plan.ts')).plan));

  program
    .command('show')
    .description('show the diff of a plan, or what a run did')
    .argument('<plan-id|run-id>')
    .addOption(formatOption())
    .option('--out <file>', 'write the report to a file')
    .addHelpText('after', examples('show plan-1', 'show run-1 --format csv --out run-1.csv'))
    .action(run(async () => (await import('./commands/show.ts')).show));

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
    .action(run(async () => (await import('./commands/approve.ts')).approve));

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
    .action(run(async () => (await import('./commands/apply.ts')).apply));

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
    .action(run(async () => (await import('./commands/rollback.ts')).rollback));

  program
    .command('runs')
    .description('list every run, newest first')
    .addHelpText('after', examples('runs', 'runs --json'))
    .action(run(async () => (await import('./commands/runs.ts')).runs));

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
    .action(run(async () => (await import('./commands/try.ts')).tryRule));

  program
    .command('doctor')
    .description('check the sign-in, its permissions, what can be read, and the journal')
    .addHelpText('after', examples('doctor', 'doctor --json'))
    .action(run(async () => (await import('./commands/doctor.ts')).doctor));

  program
    .command('sandbox')
    .description('serve an embedded Clio on this machine until stopped')
    .option('--port <n>', 'a port of your choice', count, 0)
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
      ).conflicts('fromJournal'),
    )
    .option(
      '--from-journal',
      'serve the newest inventory of the journal, to rehearse on a copy',
      false,
    )
    .option('--latency <ms>', 'how long an answer takes', count, 0)
    .option('--fault <kind:probability>', 'a fault to inject (repeat for more)', collect, [])
    .option(
      '--behave <key=value>',
      'a behaviour of Clio that nobody has documented (repeat for more)',
      collect,
      [],
    )
    .addHelpText(
      'after',
      examples(
        'sandbox',
        'sandbox --csv my-matters.csv',
        'sandbox --from-journal',
        'sandbox --fault reset-after:0.1 --rate 0',
      ),
    )
    .action(run(async () => (await import('./commands/sandbox.ts')).sandbox));

  program
    .command('demo')
    .description('the whole pipeline on the embedded Clio, in a temporary journal')
    .addOption(new Option('--matters <n>', 'how many matters').argParser(positive).default(2000))
    .addHelpText('after', examples('demo', 'demo --matters 200'))
    .action(run(async () => (await import('./commands/demo.ts')).demo));

  return program;
}

const FIRST_STEPS = `
First steps, with no account at all:
  clio-fields demo               the whole pipeline on an embedded Clio
With one:
  clio-fields inventory          read every field and value
  clio-fields init               write a rules file to start from
  clio-fields plan --dry-run     see every change before anything is written
  clio-fields apply              approve and write
  clio-fields rollback RUN-ID    put everything back`;

function globalOptions(): Option[] {
  return [
    new Option('--json', 'print one JSON document to stdout').default(false),
    new Option('--journal <file>', 'the journal (CLIO_FIELDS_JOURNAL)'),
    new Option('--rules <file>', 'the rules file (CLIO_FIELDS_RULES)'),
    new Option('--region <region>', 'us, ca, eu or au (CLIO_REGION)'),
    new Option('--base-url <url>', 'the host to talk to (CLIO_BASE_URL)'),
    new Option('--no-color', 'no colour (NO_COLOR)'),
    new Option('--quiet', 'no progress, no notes').default(false),
    new Option('--debug', 'print stack traces').default(false),
  ];
}

function formatOption(): Option {
  return new Option('--format <format>', 'how the report looks').choices([
    'text',
    'json',
    'csv',
    'html',
  ]);
}

function examples(...commands: readonly string[]): string {
  return `\nExamples:\n${commands.map((command) => `  clio-fields ${command}`).join('\n')}`;
}

function collect(value: string, earlier: readonly string[]): string[] {
  return [...earlier, value];
}

function collectIds(value: string, earlier: readonly string[]): string[] {
  if (!/^\d+$/u.test(value))
    throw new InvalidArgumentError(
      'The id of a record is the number in its address in the browser.',
    );
  return collect(value, earlier);
}

function count(text: string): number {
  if (!/^\d{1,9}$/u.test(text)) throw new InvalidArgumentError('It must be a whole number.');
  return Number(text);
}

function positive(text: string): number {
  const number = count(text);
  if (number === 0) throw new InvalidArgumentError('It must be at least 1.');
  return number;
}

function status(text: string): string[] {
  const known = ['open', 'pending', 'closed'];
  const parts = text
    .toLowerCase()
    .split(',')
    .map((part) => part.trim());
  const wrong = parts.find((part) => !known.includes(part));
  if (wrong !== undefined)
    throw new InvalidArgumentError(`"${wrong}" is none of ${known.join(', ')}.`);
  return parts;
}

function clusterNumbers(text: string): readonly number[] | 'all' {
  if (text === 'all') return text;
  if (!/^[1-9]\d{0,8}(?:,[1-9]\d{0,8})*$/u.test(text))
    throw new InvalidArgumentError('It must be numbers of clusters such as 1,3, or all.');
  return text.split(',').map(Number);
}
