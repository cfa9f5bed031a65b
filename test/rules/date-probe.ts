import { decideAlone } from './date-column.ts';

/** Run by itself under other time zones: prints the verdicts on its arguments. */
process.stdout.write(JSON.stringify(process.argv.slice(2).map((value) => decideAlone(value, {}))));
