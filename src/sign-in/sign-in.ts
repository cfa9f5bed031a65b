import { randomBytes } from 'node:crypto';
import { EXIT, UserError } from '../errors.ts';
import type { App, Authority, Grant, GrantAnswer } from '../platforms/authority.ts';
import { type Callback, readPasted } from './callback.ts';
import type { Landing } from './landing-page.ts';
import { listenForCallback, type Loopback } from './loopback.ts';

export interface SignInRequest {
  readonly authority: Authority;
  readonly app: App;
  readonly port: number;
  readonly timeoutMs: number;
  readonly stop: AbortSignal;
  /** Told the page where a person says yes or no, once everything waits for the answer. */
  readonly show: (pageAddress: string) => Promise<void>;
  /** Addresses that a person pasted, for a browser on another machine. */
  readonly pasted: AsyncIterable<string>;
  /** Told when something pasted is of no use. */
  readonly onUselessPaste: () => void;
}

/**
 * Lets a person say yes in the browser, and gets the tokens for it: OAuth 2.0 with a loopback redirect (RFC 8252).
 * Throws `UserError` where nobody says yes in time, and `PlatformError` where the platform cannot be reached.
 */
export async function signIn(request: SignInRequest): Promise<Grant> {
  const { authority, app, port } = request;
  const state = randomBytes(32).toString('base64url');
  const loopback = await listenForCallback(port, state);
  const { redirectUri } = loopback;
  try {
    await request.show(authority.pageAddress({ appKey: app.key, redirectUri, state }));
    const { callback, answer } = await waitForCallback(request, loopback, state);
    try {
      const grant = await redeem(request, callback, redirectUri);
      await answer({
        isGood: true,
        title: 'You are signed in',
        text: 'clio-fields has what it needs.',
      });
      return grant;
    } catch (error) {
      await answer(failureLanding(error));
      throw error;
    }
  } finally {
    loopback.close();
  }
}

/** A timer that is set for longer fires at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

interface Arrival {
  readonly callback: Callback;
  readonly answer: (landing: Landing) => Promise<void>;
}

async function waitForCallback(
  { timeoutMs, stop, pasted, onUselessPaste }: SignInRequest,
  { arrival, redirectUri }: Loopback,
  state: string,
): Promise<Arrival> {
  const over = new AbortController();
  try {
    return await Promise.race([
      arrival,
      firstUseful(pasted, redirectUri, state, onUselessPaste),
      endOfPatience(timeoutMs, over.signal, redirectUri),
      endOfWish(stop, over.signal),
    ]);
  } finally {
    over.abort();
  }
}

async function firstUseful(
  pasted: AsyncIterable<string>,
  redirectUri: string,
  state: string,
  onUselessPaste: () => void,
): Promise<Arrival> {
  for await (const text of pasted) {
    if (text.trim() === '') continue;
    const callback = readPasted(text, redirectUri, state);
    if (callback !== null) return { callback, answer: async () => undefined };
    onUselessPaste();
  }
  // Whoever has nothing to paste goes on waiting for the browser.
  return new Promise(() => undefined);
}

function endOfPatience(timeoutMs: number, over: AbortSignal, redirectUri: string): Promise<never> {
  return new Promise((_resolve, reject) => {
    const end = (): void => reject(timedOut(timeoutMs, redirectUri));
    const timer = setTimeout(end, Math.min(timeoutMs, LONGEST_TIMER_MS));
    over.addEventListener('abort', () => clearTimeout(timer), { once: true });
  });
}

function endOfWish(stop: AbortSignal, over: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    const end = (): void => reject(signInStopped());
    if (stop.aborted) end();
    stop.addEventListener('abort', end, { once: true, signal: over });
  });
}

async function redeem(
  { authority, app }: SignInRequest,
  callback: Callback,
  redirectUri: string,
): Promise<Grant> {
  switch (callback.kind) {
    case 'declined':
      throw new UserError(
        'sign_in_declined',
        'Access was declined in the browser. Nothing was kept.',
        'Run the command again, and choose to allow it.',
        EXIT.notSignedIn,
      );
    case 'foreign':
      throw new UserError(
        'sign_in_state',
        'What came back from the browser is not the answer to this sign-in (its state is another). Nothing was kept.',
        'Close old tabs of earlier tries and run the command again. If you did not start a sign-in yourself, somebody else may have tried to sign you in to an account of theirs.',
        EXIT.notSignedIn,
      );
    case 'code':
      return granted(await authority.exchange(app, callback.code, redirectUri), authority.origin);
  }
}

function granted(answer: GrantAnswer, origin: string): Grant {
  switch (answer.kind) {
    case 'granted':
      return answer.grant;
    case 'unknownApp':
      throw unknownApp(origin);
    case 'refused':
      throw new UserError(
        'sign_in_code',
        `${origin} did not take the code that the browser brought: a code is good once, and for ten minutes. Nothing was kept.`,
        'Run the command again, and say yes within ten minutes.',
        EXIT.notSignedIn,
      );
  }
}

/** Key or secret are wrong, or of another region: nobody can tell which. */
export function unknownApp(origin: string): UserError {
  return new UserError(
    'sign_in_app',
    `${origin} does not know this app key with this secret (invalid_client).`,
    'Copy key and secret again from the app in the developer portal. Each region has apps of its own: where yours was made in another, say so with --region us|ca|eu|au.',
    EXIT.notSignedIn,
  );
}

function timedOut(timeoutMs: number, redirectUri: string): UserError {
  return new UserError(
    'sign_in_timeout',
    `Nobody answered in the browser within ${Math.round(timeoutMs / 1_000)} seconds. Nothing was kept.`,
    `Run the command again. If the browser showed an error instead of a question, the app key is of another region, or ${redirectUri} is not among the app's redirect URIs to the letter.`,
    EXIT.notSignedIn,
  );
}

/** The person at the keyboard gave up. */
export function signInStopped(): UserError {
  return new UserError(
    'sign_in_stopped',
    'The sign-in was stopped. Nothing was kept.',
    'Run the command again when you are ready.',
    EXIT.stopped,
  );
}

function failureLanding(error: unknown): Landing {
  const isKnown = error instanceof UserError;
  return {
    isGood: false,
    title: isKnown && error.code === 'sign_in_declined' ? 'Access was declined' : 'Not signed in',
    text:
      isKnown && error.code === 'sign_in_declined'
        ? 'clio-fields was given no access, and keeps nothing.'
        : 'Something went wrong with this sign-in. The terminal says what, and what to do.',
  };
}
