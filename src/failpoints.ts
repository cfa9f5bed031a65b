/** The places where a crash hurts most: a test names one, and the process dies there as by loss of power. */
export type Failpoint =
  | 'before intent'
  | 'after intent'
  | 'after refusal'
  | 'before outcome'
  | 'after outcome'
  | 'between batches'
  | 'before options'
  | 'after options intent'
  | 'after options answer'
  | 'before retirement'
  | 'before finish'
  | 'while closing'
  | 'after rollback plan'
  | 'during inventory'
  | 'during migration'
  | 'before registration'
  | 'after registration'
  | 'before put'
  | 'after put'
  | 'before completion'
  | 'after completion';

/**
 * Kills this process, with SIGKILL, when it comes here for the n-th time and CLIO_FIELDS_FAILPOINT is `NAME` or `NAME@N`.
 * Without that variable it does nothing. It stays in the published program, so that what is tested is what is shipped; the worst
 * that the variable can do is end the process, which every run survives.
 */
export function failpoint(name: Failpoint): void {
  if (ARMED === undefined || ARMED.name !== name) return;
  ARMED.left -= 1;
  if (ARMED.left === 0) process.kill(process.pid, 'SIGKILL');
}

const ARMED = arm(process.env['CLIO_FIELDS_FAILPOINT']);

function arm(text: string | undefined): { readonly name: string; left: number } | undefined {
  if (text === undefined || text === '') return undefined;
  const [name = '', count = '1'] = text.split('@');
  return { name, left: Number(count) };
}
