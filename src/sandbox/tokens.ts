import { randomBytes } from 'node:crypto';

interface Grant {
  readonly refreshToken: string;
  readonly expiresAtMs: number;
}

/** The access and refresh tokens of one sandbox. Refresh tokens do not expire. */
export class Tokens {
  readonly #grants = new Map<string, Grant>();
  readonly #refreshTokens = new Set<string>();

  /** Makes `accessToken` good, from a new sign-in; answers the refresh token that goes with it. */
  signIn(accessToken: string, expiresAtMs: number): string {
    const refreshToken = newSecret();
    this.#refreshTokens.add(refreshToken);
    this.#grants.set(accessToken, { refreshToken, expiresAtMs });
    return refreshToken;
  }

  /** A new access token for a refresh token; null where that is not known. The old access token stays good unless `endsFormer`. */
  refresh(
    refreshToken: string,
    expiresAtMs: number,
    { isReplaced, endsFormer }: { readonly isReplaced: boolean; readonly endsFormer: boolean },
  ): { readonly accessToken: string; readonly refreshToken: string } | null {
    if (!this.#refreshTokens.has(refreshToken)) return null;
    if (isReplaced) this.#refreshTokens.delete(refreshToken);
    if (endsFormer) this.#endTokensOf(refreshToken);
    const next = isReplaced ? newSecret() : refreshToken;
    this.#refreshTokens.add(next);
    const accessToken = newSecret();
    this.#grants.set(accessToken, { refreshToken: next, expiresAtMs });
    return { accessToken, refreshToken: next };
  }

  #endTokensOf(refreshToken: string): void {
    for (const [accessToken, grant] of this.#grants)
      if (grant.refreshToken === refreshToken) this.#grants.delete(accessToken);
  }

  isGood(accessToken: string, nowMs: number): boolean {
    const grant = this.#grants.get(accessToken);
    return grant !== undefined && grant.expiresAtMs > nowMs;
  }

  /** Ends an access token; its refresh token can still get another. */
  end(accessToken: string): void {
    this.#grants.delete(accessToken);
  }

  /** Ends the whole sign-in, refresh token included. */
  endForGood(accessToken: string): void {
    const grant = this.#grants.get(accessToken);
    this.#grants.delete(accessToken);
    if (grant !== undefined) this.#refreshTokens.delete(grant.refreshToken);
  }
}

export function newSecret(): string {
  return randomBytes(24).toString('base64url');
}

/** The token of an `Authorization: Bearer …` header; null where there is none. */
export function bearerOf(authorization: string | undefined): string | null {
  return /^Bearer (?<token>\S+)$/.exec(authorization ?? '')?.groups?.['token'] ?? null;
}
