import type { Refusal } from '../protocol.ts';

/** What the server would not do, in its words; `hint` says what to do next. */
export class Refused extends Error {
  readonly hint: string;
  /** Whether nobody answers any more. */
  readonly isGone: boolean;

  constructor(message: string, hint: string, isGone: boolean) {
    super(message);
    this.hint = hint;
    this.isGone = isGone;
  }
}

/** Asks the server. Everything goes by POST, so that no value of a client stands in an address. Rejects with `Refused`. */
export async function ask<Answer>(name: string, body: object = {}): Promise<Answer> {
  const response = await whileBusy(() => send(name, body));
  if (!response.headers.get('content-type')?.startsWith('application/json')) throw gone();
  const answer: unknown = await response.json();
  if (response.ok) return answer as Answer;
  const { error } = answer as Refusal;
  throw new Refused(error.message, error.hint, false);
}

let pending = 0;

/** The page shows that it waits: a decision about a hundred thousand items takes some seconds. */
async function whileBusy<Result>(work: () => Promise<Result>): Promise<Result> {
  pending += 1;
  document.body.setAttribute('aria-busy', 'true');
  try {
    return await work();
  } finally {
    pending -= 1;
    if (pending === 0) document.body.removeAttribute('aria-busy');
  }
}

async function send(name: string, body: object): Promise<Response> {
  try {
    return await fetch(name, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  } catch {
    throw gone();
  }
}

function gone(): Refused {
  return new Refused(
    'The review is no longer running.',
    'What was decided is kept. Start it again in the terminal: clio-fields review --web',
    true,
  );
}
