/** What a process can end with; the contract says when. */
export const EXIT = {
  done: 0,
  failed: 1,
  wrongInput: 2,
  leftOver: 3,
  stopped: 4,
  notSignedIn: 5,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/**
 * An error for the person at the keyboard: `message` says what happened and to what, `hint` what to do next.
 * Neither holds a token; clients' values only where the person just typed them.
 */
export class UserError extends Error {
  override readonly name = 'UserError';
  /** Short, stable, for scripts: `rules_file`, `plan_stale`. */
  readonly code: string;
  readonly hint: string;
  readonly exitCode: ExitCode;

  constructor(
    code: string,
    message: string,
    hint: string,
    exitCode: ExitCode = EXIT.wrongInput,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.code = code;
    this.hint = hint;
    this.exitCode = exitCode;
  }
}
