import { EXIT, UserError } from './errors.ts';

/** The error for a port that cannot be listened on; `cause` is the system's. */
export function portTaken(port: number, cause: unknown): UserError {
  return new UserError(
    'port',
    `Port ${port} cannot be had: another program has it, or it is not allowed.`,
    'Leave --port out to take a free one.',
    EXIT.wrongInput,
    { cause },
  );
}
