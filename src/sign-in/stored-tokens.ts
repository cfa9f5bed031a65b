import type { Profile, Secret } from '../credentials/profile.ts';
import { withLock } from '../credentials/refresh-lock.ts';
import type { Secrets } from '../credentials/secrets.ts';
import type { Authority } from '../platforms/authority.ts';
import { PlatformError, type TokenSource } from '../platforms/types.ts';

/** A token is refreshed this long before it ends, so that none ends on its way. */
const AHEAD_MS = 5 * 60_000;
/** Neither a refresh that failed although the token is still good, nor a token of a short life, asks for one with every request. */
const TRY_AGAIN_MS = 30_000;

/**
 * The token that `login` kept, refreshed before it ends and once after a 401. Processes that share it take turns: whoever comes second
 * takes what the first one got. Throws `PlatformError` `signIn` where nothing good is kept any more.
 */
export class StoredTokens implements TokenSource {
  readonly #profile: Profile;
  readonly #secrets: Secrets;
  readonly #authority: Authority;
  readonly #now: () => number;
  #secret: Secret | null = null;
  #notBeforeMs = 0;

  constructor(profile: Profile, secrets: Secrets, authority: Authority, now: () => number) {
    this.#profile = profile;
    this.#secrets = secrets;
    this.#authority = authority;
    this.#now = now;
  }

  async current(): Promise<string> {
    const secret = (this.#secret ??= await this.#read());
    const { accessToken, endsAtMs } = secret.grant;
    const leftMs = endsAtMs === null ? Number.POSITIVE_INFINITY : endsAtMs - this.#now();
    if (leftMs > AHEAD_MS || this.#now() < this.#notBeforeMs) return accessToken;
    this.#notBeforeMs = this.#now() + TRY_AGAIN_MS;
    try {
      const fresh = await this.#refresh(accessToken);
      if (fresh !== null) return fresh;
    } catch (error) {
      if (leftMs <= 0) throw error;
    }
    if (leftMs <= 0) throw this.#over();
    return accessToken;
  }

  async renew(): Promise<string> {
    const secret = (this.#secret ??= await this.#read());
    const fresh = await this.#refresh(secret.grant.accessToken);
    if (fresh === null) throw this.#over();
    return fresh;
  }

  /** Null where the platform gives no other token for what is kept. */
  async #refresh(refused: string): Promise<string | null> {
    return withLock(`${this.#secrets.pathOf(this.#profile.name)}.lock`, async () => {
      const kept = await this.#read();
      if (kept.grant.accessToken !== refused) return this.#take(kept);
      const { refreshToken } = kept.grant;
      if (refreshToken === null) return null;
      const answer = await this.#authority.refresh(kept.app, refreshToken);
      if (answer.kind !== 'granted') return null;
      const { grant } = answer;
      // An answer without a refresh token leaves the old one good.
      const fresh = {
        app: kept.app,
        grant: { ...grant, refreshToken: grant.refreshToken ?? refreshToken },
      };
      await this.#secrets.keep(this.#profile.name, fresh, this.#profile.keptIn);
      return this.#take(fresh);
    });
  }

  #take(secret: Secret): string {
    this.#secret = secret;
    return secret.grant.accessToken;
  }

  async #read(): Promise<Secret> {
    const secret = await this.#secrets.read(this.#profile);
    if (secret === null) throw this.#over();
    return secret;
  }

  #over(): PlatformError {
    const { name, baseUrl } = this.#profile;
    const flag = name === 'default' ? '' : ` --profile ${name}`;
    return new PlatformError(
      'signIn',
      `The sign-in to ${baseUrl} (profile ${name}) is over.`,
      `Sign in again: \`clio-fields login${flag}\`.`,
    );
  }
}
