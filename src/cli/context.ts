import type { Command } from 'commander';
import {
  type CommonFlags,
  type Environment,
  readSettings,
  type Settings,
  unknownVariables,
} from '../config.ts';
import { Profiles } from '../credentials/profiles.ts';
import { type ExitCode, UserError } from '../errors.ts';
import type { PlatformOptions } from '../platforms/index.ts';
import type { Look } from '../report/types.ts';
import { canDraw } from './can-draw.ts';
import { Output } from './output.ts';

/** The process as commands see it; everything that differs between a terminal, a pipe and a test comes in here. */
export interface Surroundings {
  readonly environment: Environment;
  readonly folder: string;
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
  readonly now: () => Date;
  /** Aborted by the first SIGINT or SIGTERM: finish what is under way, write the journal, end with code 4. */
  readonly stop: AbortSignal;
}

export interface GlobalFlags extends CommonFlags {
  readonly json: boolean;
  readonly color: boolean;
  readonly quiet: boolean;
  readonly debug: boolean;
}

/** What one command works with. */
export interface Context extends Surroundings {
  readonly flags: GlobalFlags;
  readonly settings: Settings;
  readonly output: Output;
  /** Whether a person can be asked. */
  readonly isInteractive: boolean;
  /** How results look on stdout, and messages on stderr. */
  readonly stdoutLook: Look;
  readonly stderrLook: Look;
  /** The gate that requests share with other programs; without it this program has its own. */
  readonly openGate?: PlatformOptions['openGate'];
}

/** What a command does: one call, one report; answers with the exit code. */
export type Action<Flags> = (
  context: Context,
  flags: Flags,
  ...values: string[]
) => Promise<ExitCode> | ExitCode;

/** The widest that a table becomes, however wide the terminal is. */
const WIDEST = 160;
const NARROWEST = 40;
const WITHOUT_TERMINAL = 80;

/** Whether a command works with a profile that is there, or may name one that is yet to be. */
export type ProfileUse = 'stored' | 'any';

/** Throws `UserError` for settings that cannot be used, and for a profile that is not there. */
export async function makeContext(
  surroundings: Surroundings,
  command: Command,
  profileUse: ProfileUse,
): Promise<Context> {
  const flags = command.optsWithGlobals<GlobalFlags>();
  const { environment, stdin, stdout, stderr } = surroundings;
  const look = (stream: NodeJS.WriteStream): Look => ({
    hasColor: flags.color && !environment['NO_COLOR'] && canDraw(stream, environment),
    columns: stream.isTTY
      ? Math.min(Math.max(stream.columns, NARROWEST), WIDEST)
      : WITHOUT_TERMINAL,
    isScreen: stream.isTTY,
  });
  const output = new Output(stdout, stderr, {
    isJson: flags.json,
    isQuiet: flags.quiet,
    isDrawn: canDraw(stderr, environment),
  });
  for (const warning of unknownVariables(environment)) output.warn(warning);
  return {
    ...surroundings,
    flags,
    settings: await settingsFor(profileUse, flags, surroundings),
    output,
    isInteractive: stdin.isTTY && stderr.isTTY && !flags.json,
    stdoutLook: look(stdout),
    stderrLook: look(stderr),
  };
}

async function settingsFor(
  use: ProfileUse,
  flags: GlobalFlags,
  { environment, folder }: Surroundings,
): Promise<Settings> {
  const settings = await readSettings(flags, environment, folder, (configFolder, name) => {
    const profiles = new Profiles(configFolder);
    return use === 'any' ? profiles.findSound(name) : profiles.find(name);
  });
  const { profile, profileName, isProfileNamed, configFolder } = settings;
  if (use === 'any' || profile !== null || !isProfileNamed) return settings;
  const known = new Profiles(configFolder).names();
  throw new UserError(
    'unknown_profile',
    `There is no profile "${profileName}" on this machine.`,
    known.length === 0
      ? `Sign in under that name: \`clio-fields login --profile ${profileName}\`.`
      : `There are: ${known.join(', ')}. \`clio-fields login --profile ${profileName}\` makes another.`,
  );
}
