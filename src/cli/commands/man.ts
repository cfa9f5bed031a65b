import type { Command } from 'commander';
import { EXIT } from '../../errors.ts';
import type { Action } from '../context.ts';
import { manPage } from '../man/page.ts';

/** Prints the manual page of the program that it is a command of. */
export function manOf(program: Command): Action<object> {
  return async ({ output }) => {
    const roff = manPage(program);
    if (output.isJson) await output.json({ roff });
    else await output.result([roff]);
    return EXIT.done;
  };
}
