/** The app that a firm registered with the platform: what its developer portal calls key and secret. */
export interface App {
  readonly key: string;
  readonly secret: string;
}

/** What a platform hands out for a sign-in. */
export interface Grant {
  readonly accessToken: string;
  /** Gets the next access token; null where the platform gave none. */
  readonly refreshToken: string | null;
  /** When the access token ends, in milliseconds since the epoch by this machine's clock; null where the platform does not say. */
  readonly endsAtMs: number | null;
}

export type GrantAnswer =
  | { readonly kind: 'granted'; readonly grant: Grant }
  /** Key or secret are not known at this host: mistyped, or of another region. */
  | { readonly kind: 'unknownApp' }
  /** The code or the refresh token is not good: used, too old, revoked, or got for another address. */
  | { readonly kind: 'refused' };

/**
 * Where a platform hands out sign-ins: OAuth 2.0, authorization code.
 *
 * Promises of every adapter: secrets go to `origin` only, in the body, and no redirect is followed; an error holds none of them.
 * Throws `PlatformError` `unavailable` or `unexpectedAnswer`.
 */
export interface Authority {
  readonly origin: string;
  /** The page where a person says yes or no. */
  pageAddress(request: {
    readonly appKey: string;
    readonly redirectUri: string;
    readonly state: string;
  }): string;
  /** A code is good once, so that this is sent once. */
  exchange(app: App, code: string, redirectUri: string): Promise<GrantAnswer>;
  /** Sent again where the answer was lost. */
  refresh(app: App, refreshToken: string): Promise<GrantAnswer>;
  /** Ends an access token, at once; `ended` where it was over already. */
  revoke(accessToken: string): Promise<'revoked' | 'ended'>;
}
