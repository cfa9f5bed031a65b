import { writeSync } from 'node:fs';
import { Chalk } from 'chalk';
import { type Command, CommanderError } from 'commander';
import { EXIT, type ExitCode, UserError } from '../errors.ts';
import { didYouMean, nearest } from '../nearest.ts';
import { PlatformError } from '../platforms/types.ts';
import { canDraw } from './can-draw.ts';
import type { Surroundings } from './context.ts';
import { fold } from './fold.ts';
import { hintAtId } from './missing-id.ts';
import { buildProgram } from './program.ts';
import { endProcess, stopOnSignal } from './signals.ts';
import { flush, outliveStreams } from './streams.ts';

const whyLost = outliveStreams(process.stdin, process.stdout, process.stderr);
const exitCode = await main(process.argv, {
  environment: process.env,
  get folder() {
    return currentFolder();
  },
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  now: () => new Date(),
  stop: stopOnSignal(sayStoppedAtOnce),
});
// What waited for its turn and was held back may have left a timer: the end must not wait for it.
for (const stream of [process.stdout, process.stderr]) await flush(stream);
endProcess(heard(exitCode));

/** Runs one command line, and turns whatever happens into a message and an exit code. */
async function main(argv: readonly string[], surroundings: Surroundings): Promise<ExitCode> {
  try {
    return await run(argv, surroundings);
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return EXIT.done;
    return report(describe(error), error, argv, surroundings);
  }
}

async function run(argv: readonly string[], surroundings: Surroundings): Promise<ExitCode> {
  let code: ExitCode = EXIT.done;
  const said: string[] = [];
  const program = buildProgram(
    surroundings,
    (result) => {
      code = result;
    },
    (text) => said.push(text),
  );
  try {
    await program.parseAsync(helpInFront(argv));
    return code;
  } catch (error) {
    if (said.length > 0) tell(said.join(''), error, argv, surroundings);
    // Commander shows its help, as an error, where a command is missing, and where `help` is asked for one that is none.
    const isLost =
      error instanceof CommanderError && error.code === 'commander.help' && error.exitCode !== 0;
    if (!isLost) throw error;
    const [, topic] = program.args;
    if (topic !== undefined) throw noSuchCommand(topic, program);
    // A bare command line asks where one stands.
    return run([...argv, 'status'], surroundings);
  }
}

/** `help review export` as `review export --help`: commander's own help knows commands of the first level alone. */
function helpInFront(argv: readonly string[]): readonly string[] {
  const [node = '', program = '', first, ...words] = argv;
  const isDeep = first === 'help' && words.filter((word) => !word.startsWith('-')).length > 1;
  return isDeep ? [node, program, ...words, '--help'] : argv;
}

/** What was asked of the program itself: its help, or its version. */
function tell(
  text: string,
  error: unknown,
  argv: readonly string[],
  { stdout }: Surroundings,
): void {
  const what =
    error instanceof CommanderError && error.code === 'commander.version'
      ? { version: text.trim() }
      : { help: text };
  stdout.write(isJsonAsked(argv) ? `${JSON.stringify({ formatVersion: 1, ...what })}\n` : text);
}

/** Also where a value was given with it, which is refused. */
function isJsonAsked(argv: readonly string[]): boolean {
  return argv.some((word) => word === '--json' || word.startsWith('--json='));
}

function noSuchCommand(name: string, { commands }: Command): UserError {
  const names = commands.map((command) => command.name());
  return new UserError(
    'usage',
    `There is no command "${name}".${didYouMean(name, names)}`,
    'All commands: clio-fields --help',
  );
}

/** A folder that was deleted meanwhile has no name. */
function currentFolder(): string {
  try {
    return process.cwd();
  } catch (cause) {
    throw new UserError(
      'no_folder',
      'The folder that you are in is no longer there.',
      'Change into another one, then run the command again.',
      EXIT.wrongInput,
      { cause },
    );
  }
}

/** How it ends where nobody could hear the result: as a failure, unless the code says more. */
function heard(code: ExitCode): ExitCode {
  const lost = whyLost();
  if (lost === null) return code;
  process.stderr.write(
    told(lost, process.argv, { stderr: process.stderr, environment: process.env }),
  );
  return code === EXIT.done ? lost.exitCode : code;
}

interface Failure {
  readonly code: string;
  readonly message: string;
  readonly hint: string;
  readonly exitCode: ExitCode;
}

function describe(error: unknown): Failure {
  if (error instanceof UserError) return error;
  if (error instanceof PlatformError)
    return { ...describePlatformError(error), message: error.message, hint: error.hint };
  if (error instanceof CommanderError) {
    return {
      code: 'usage',
      message: withFitSuggestion(error.message.replace(/^error: /u, '')),
      hint: hintFor(error),
      exitCode: EXIT.wrongInput,
    };
  }
  return {
    code: 'internal',
    message: `Something went wrong that should not have: ${error instanceof Error ? error.message : String(error)}`,
    hint: 'Nothing that the journal holds is lost. Run it again with --debug and report what it prints.',
    exitCode: EXIT.failed,
  };
}

/** Commander suggests a command for nearly every word. */
function withFitSuggestion(message: string): string {
  const [, word, suggested] = /'(.+)'\n\(Did you mean (\S+)\?\)$/u.exec(message) ?? [];
  if (word === undefined || suggested === undefined || nearest(word, [suggested]) !== null)
    return message;
  return message.replace(/\n.*$/u, '');
}

function hintFor({ code, message }: CommanderError): string {
  if (code === 'commander.unknownCommand') return '`clio-fields --help` lists the commands.';
  const whatToDo = 'Run the command with --help to see what it takes.';
  return code === 'commander.missingArgument' ? (hintAtId(message) ?? whatToDo) : whatToDo;
}

function describePlatformError({ kind }: PlatformError): { code: string; exitCode: ExitCode } {
  switch (kind) {
    case 'signIn':
      return { code: 'not_signed_in', exitCode: EXIT.notSignedIn };
    case 'forbidden':
      return { code: 'no_permission', exitCode: EXIT.notSignedIn };
    case 'unavailable':
      return { code: 'platform_unavailable', exitCode: EXIT.failed };
    case 'unexpectedAnswer':
      return { code: 'unexpected_answer', exitCode: EXIT.failed };
    case 'aborted':
    case 'heldBack':
      return { code: 'stopped', exitCode: EXIT.stopped };
  }
}

/** Tells a failure where it is looked for: on stdout as JSON for a script, on stderr for a person. */
function report(
  failure: Failure,
  error: unknown,
  argv: readonly string[],
  { stdout, stderr, environment }: Surroundings,
): ExitCode {
  if (isJsonAsked(argv)) stdout.write(asJson(failure));
  else stderr.write(told(failure, argv, { stderr, environment }));
  if (argv.includes('--debug')) stderr.write(`${stackOf(error)}\n`);
  return failure.exitCode;
}

/** The second Ctrl-C leaves no time for a stream: what is to be heard is written to where it leads. */
function sayStoppedAtOnce(): void {
  const { argv, stdout, stderr, env: environment } = process;
  const failure = {
    code: 'stopped',
    message:
      'Stopped at once. What was written is in the journal, and what was under way is read again.',
    hint: 'A run goes on with `clio-fields apply --resume`, a rollback with `clio-fields rollback RUN-ID --resume`; `clio-fields status` names the command.',
  };
  writeNow(2, told(failure, argv, { stderr, environment }));
  // Half a document is not made whole by another.
  if (isJsonAsked(argv) && !(stdout.bytesWritten > 0)) writeNow(1, asJson(failure));
}

/** As much as is taken without waiting. */
function writeNow(descriptor: number, text: string): void {
  try {
    writeSync(descriptor, text);
  } catch {
    // Whoever should hear it is gone, or does not listen.
  }
}

function asJson({ code, message, hint }: Pick<Failure, 'code' | 'message' | 'hint'>): string {
  return `${JSON.stringify({ formatVersion: 1, error: { code, message, hint } })}\n`;
}

function told(
  { message, hint }: Pick<Failure, 'message' | 'hint'>,
  argv: readonly string[],
  screen: Pick<Surroundings, 'stderr' | 'environment'>,
): string {
  const text = fold(`error: ${message}\n${hint}\n`, screen.stderr);
  return text.replace('error', errorLabel(argv, screen));
}

function errorLabel(
  argv: readonly string[],
  { stderr, environment }: Pick<Surroundings, 'stderr' | 'environment'>,
): string {
  const isWanted = !environment['NO_COLOR'] && !argv.includes('--no-color');
  const hasColor = isWanted && canDraw(stderr, environment);
  return new Chalk({ level: hasColor ? 1 : 0 }).red('error');
}

function stackOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause === undefined ? '' : `\ncaused by ${stackOf(error.cause)}`;
  return `${error.stack ?? error.message}${cause}`;
}
