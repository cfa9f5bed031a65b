import { Command, Option } from 'commander';
import type { ExitCode } from '../errors.ts';
import { readVersion } from '../version.ts';
import type { Surroundings } from './context.ts';
import { addAccount } from './groups/account.ts';
import { addHelp } from './groups/help.ts';
import { addPipeline } from './groups/pipeline.ts';
import { addPractice } from './groups/practice.ts';
import { addRecord } from './groups/record.ts';
import { addRules } from './groups/rules.ts';
import { helpLook, helpOutput } from './help.ts';
import { refuseUnclearFormat } from './report-format.ts';
import { makeRunner } from './runner.ts';

/**
 * The command line: every command, flag and word of help. `onEnd` hears the exit code of the command that ran, `say` what help and the
 * version are.
 */
export function buildProgram(
  surroundings: Surroundings,
  onEnd: (code: ExitCode) => void,
  say: (text: string) => void = (text) => void surroundings.stdout.write(text),
): Command {
  const program = new Command('clio-fields')
    .description(
      'Puts custom fields in Clio Manage right, in bulk: inventory, plan, dry-run diff, apply, rollback.',
    )
    .version(readVersion(), '-V, --version', 'print the version')
    .helpOption('-h, --help', 'show help')
    .exitOverride()
    .configureOutput(helpOutput(surroundings, say))
    .configureHelp(helpLook(surroundings))
    .addHelpText('after', FIRST_STEPS);
  for (const option of globalOptions()) program.addOption(option);
  program.hook('preAction', (_, command) =>
    // What \`report\` writes is a file, and so stdout can tell of it as JSON.
    refuseUnclearFormat(command.optsWithGlobals(), command.name() !== 'report'),
  );

  const run = makeRunner(surroundings, onEnd);
  addPipeline(program, run);
  addRules(program, run);
  addRecord(program, run);
  addAccount(program, run);
  addPractice(program, run);
  addHelp(program, run);
  return program;
}

const FIRST_STEPS = `
First steps, with no account at all:
  clio-fields demo               the whole pipeline on an embedded Clio
With one:
  clio-fields setup              a walk from the sign-in to a first dry run
  clio-fields login              sign in to Clio in the browser
  clio-fields inventory          read every field and value
  clio-fields init               write a rules file to start from
  clio-fields plan --dry-run     see every change before anything is written
  clio-fields apply              approve and write
  clio-fields rollback RUN-ID    put everything back
At any time:
  clio-fields                    where you stand, and the next step`;

function globalOptions(): Option[] {
  return [
    new Option('--json', 'print one JSON document to stdout').default(false),
    new Option('--journal <file>', 'the journal (CLIO_FIELDS_JOURNAL)'),
    new Option('--rules <file>', 'the rules file (CLIO_FIELDS_RULES)'),
    new Option('--region <region>', 'us, ca, eu or au (CLIO_REGION)'),
    new Option('--base-url <url>', 'the host to talk to (CLIO_BASE_URL)'),
    new Option('--profile <name>', 'the sign-in to use, one a firm (CLIO_FIELDS_PROFILE)'),
    new Option(
      '--shared-limit <url>',
      'a Redis where programs with one token keep to its limit together (CLIO_FIELDS_SHARED_LIMIT)',
    ),
    new Option('--no-color', 'no colour (NO_COLOR)'),
    new Option('--quiet', 'no progress and no advice; results, warnings and errors stay').default(
      false,
    ),
    new Option('--debug', 'print stack traces').default(false),
  ];
}
