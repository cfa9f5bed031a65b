import { type Command, Option } from 'commander';
import { examples, port, positive } from '../arguments.ts';
import type { Runner } from '../runner.ts';

/** The sign-in, and what it can see. */
export function addAccount(program: Command, run: Runner): void {
  program.commandsGroup('The account:');

  const setup = program
    .command('setup')
    .description('from nothing to a first dry run, step by step: sign-in, inventory, rules')
    .addHelpText('after', examples('setup', 'setup --region eu', 'setup --profile smith'))
    .action(run(async () => (await import('../commands/setup.ts')).setup, 'any'));

  const login = program
    .command('login')
    .description('sign in to Clio in the browser, and keep the sign-in for the next commands')
    .addHelpText(
      'after',
      `${examples(
        'login',
        'login --region eu',
        'login --profile smith --journal smith.sqlite --rules smith.yaml',
        'login --no-browser',
      )}

It says where in Clio to make the app that it needs, and asks for the app's key
and secret, unless CLIO_CLIENT_ID and CLIO_CLIENT_SECRET hold them. With
--profile there is a sign-in for each firm; --journal and --rules given here go
with it.`,
    )
    .action(run(async () => (await import('../commands/login.ts')).login, 'any'));
  for (const command of [setup, login]) addSignInOptions(command);

  program
    .command('logout')
    .description('revoke the access token at Clio, and forget the sign-in here')
    .option('--all', 'every profile', false)
    .addHelpText(
      'after',
      `
Revokes the access token and deletes all of the sign-in here. Its refresh token
stays valid at Clio, which documents no way to revoke it; it works only with the
app's secret. To end it there, give the app a new secret or delete the app.
${examples('logout', 'logout --profile smith', 'logout --all')}`,
    )
    .action(run(async () => (await import('../commands/logout.ts')).logout, 'any'));

  program
    .command('whoami')
    .description('who is signed in, to which firm, and until when')
    .addHelpText('after', examples('whoami', 'whoami --profile smith --json'))
    .action(run(async () => (await import('../commands/whoami.ts')).whoami));

  program
    .command('profiles')
    .description('list the sign-ins of this machine')
    .addHelpText('after', examples('profiles', 'profiles --json'))
    .action(run(async () => (await import('../commands/profiles.ts')).profiles, 'any'));

  program
    .command('doctor')
    .description('check the sign-in, its permissions, what can be read, and the journal')
    .addHelpText(
      'after',
      `\nExits with 0 where all is well, with 5 where nobody is signed in or a permission\nis missing, with 1 where Clio does not answer, with 3 where something else is\namiss.\n${examples('doctor', 'doctor --json')}`,
    )
    .action(run(async () => (await import('../commands/doctor.ts')).doctor));
}

function addSignInOptions(command: Command): void {
  command
    .addOption(new Option('--port <n>', 'the port of the redirect address (18764)').argParser(port))
    .option('--no-browser', 'print the address instead of opening the browser')
    .option('--no-keychain', 'keep the tokens in a file instead of the system’s keychain')
    .addOption(
      new Option('--timeout <seconds>', 'how long to wait for the browser')
        .argParser(positive)
        .default(600),
    );
}
