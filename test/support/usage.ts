import { parseArgs, type ParseArgsConfig } from 'node:util';

/** The flags and words behind `npm run NAME --`. Prints `usage` and exits where it is asked for, or where they cannot be read. */
export function readArguments<const Config extends ParseArgsConfig>(
  usage: string,
  config: Config,
): ReturnType<typeof parseArgs<Config>> {
  if (process.argv.slice(2).some((each) => each === '--help' || each === '-h')) {
    process.stdout.write(usage);
    process.exit(0);
  }
  try {
    return parseArgs(config);
  } catch (error) {
    return refuse(error instanceof Error ? error.message : String(error), usage);
  }
}

/** The number that a flag holds: whole, 0 or more. */
export function wholeNumber(flag: string, value: string, usage: string): number {
  return /^\d{1,9}$/.test(value)
    ? Number(value)
    : refuse(`--${flag} wants a whole number, not "${value}"`, usage);
}

/** Ends the program with what is wrong and how it is used. */
export function refuse(problem: string, usage: string): never {
  process.stderr.write(`${problem}\n\n${usage}`);
  process.exit(2);
}
