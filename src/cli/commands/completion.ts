import { EXIT, UserError } from '../../errors.ts';
import { type Shell, SHELLS } from '../completion/shells.ts';
import type { Action } from '../context.ts';

export const completion: Action<object> = async ({ output }, _flags, shell = '') => {
  if (!isShell(shell)) {
    throw new UserError(
      'unknown_shell',
      `There is no completion for "${shell}".`,
      `Name one of ${Object.keys(SHELLS).join(', ')}.`,
    );
  }
  const { script } = SHELLS[shell];
  if (output.isJson) await output.json({ shell, script });
  else await output.result([script]);
  return EXIT.done;
};

function isShell(name: string): name is Shell {
  return Object.hasOwn(SHELLS, name);
}
