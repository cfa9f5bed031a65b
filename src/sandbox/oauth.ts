import { timingSafeEqual } from 'node:crypto';
import type { Account } from './account.ts';
import { jsonAnswer, type Answer } from './exchange.ts';
import type { Settings } from './options.ts';
import { bearerOf, newSecret, type Tokens } from './tokens.ts';

interface OAuthRequest {
  readonly method: string;
  /** `/oauth/token` */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly authorization: string | undefined;
  readonly contentType: string | undefined;
  readonly text: string;
}

interface Code {
  readonly redirectUri: string;
  readonly expiresAtMs: number;
}

/** A code is good for ten minutes (Clio's documentation on authorization). */
const CODE_LIFETIME_MS = 600_000;

/** The sign-in pages: consent, the exchange of a code or a refresh token, and the end of a token. */
export class OAuth {
  readonly #settings: Settings['oauth'];
  readonly #account: Account;
  readonly #tokens: Tokens;
  readonly #codes = new Map<string, Code>();

  constructor(settings: Settings['oauth'], account: Account, tokens: Tokens) {
    this.#settings = settings;
    this.#account = account;
    this.#tokens = tokens;
  }

  /** Null for a path that is no page of its own. */
  answer(request: OAuthRequest, nowMs: number): Answer | null {
    switch (`${request.method} ${request.path}`) {
      case 'GET /oauth/authorize':
        return this.#askConsent(request.query);
      case 'POST /oauth/authorize':
        return this.#decide(new URLSearchParams(request.text), nowMs);
      case 'POST /oauth/token':
        return this.#exchange(request, nowMs);
      case 'POST /oauth/deauthorize':
        return this.#deauthorize(request, nowMs);
      default:
        return null;
    }
  }

  #askConsent(query: URLSearchParams): Answer {
    const wrong = this.#wrongApplication(query);
    if (wrong !== null) return page(400, wrong, '');
    if (query.get('response_type') !== 'code') return page(400, 'Unknown response type', '');
    const hidden = ['client_id', 'redirect_uri', 'state', 'redirect_on_decline']
      .map((name) => [name, query.get(name)] as const)
      .filter(([, value]) => value !== null)
      .map(
        ([name, value]) =>
          `<input type="hidden" name="${name}" value="${escapeHtml(value ?? '')}">`,
      )
      .join('');
    return page(
      200,
      'Allow access?',
      `<p>The app <strong>${escapeHtml(this.#settings.clientId)}</strong> asks for access to
<strong>${escapeHtml(this.#account.account.name)}</strong> on behalf of ${escapeHtml(this.#account.user.name)}: its matters, contacts,
custom fields, users and documents.</p>
<form method="post" action="/oauth/authorize">${hidden}
<button class="allow" name="decision" value="approve">Allow access</button>
<button name="decision" value="decline">Decline</button></form>
<p class="soft">This is the embedded Clio of clio-fields, on this computer: a made-up firm, to practise with.</p>`,
    );
  }

  #decide(form: URLSearchParams, nowMs: number): Answer {
    const wrong = this.#wrongApplication(form);
    if (wrong !== null) return page(400, wrong, '');
    const redirectUri = form.get('redirect_uri') ?? '';
    const target = new URL(redirectUri);
    if (form.get('decision') === 'approve') {
      const code = newSecret();
      this.#codes.set(code, { redirectUri, expiresAtMs: nowMs + CODE_LIFETIME_MS });
      target.searchParams.set('code', code);
    } else {
      if (form.get('redirect_on_decline') !== 'true') return page(200, 'Access was declined', '');
      target.searchParams.set('error', 'access_denied');
    }
    const state = form.get('state');
    const isNamed = form.get('decision') === 'approve' || this.#settings.declineNamesState;
    if (state !== null && isNamed) target.searchParams.set('state', state);
    return { status: 302, headers: { Location: target.toString() }, body: '' };
  }

  #exchange({ contentType, text }: OAuthRequest, nowMs: number): Answer {
    if (!/^application\/x-www-form-urlencoded\b/i.test(contentType ?? '')) {
      return oauthError(400, 'invalid_request');
    }
    const form = new URLSearchParams(text);
    const { clientId, clientSecret, expiresInSeconds, refreshAnswers, refreshEndsToken } =
      this.#settings;
    if (
      form.get('client_id') !== clientId ||
      !isSameSecret(form.get('client_secret') ?? '', clientSecret)
    ) {
      return oauthError(401, 'invalid_client');
    }
    const expiresAtMs = nowMs + expiresInSeconds * 1000;
    const token = { token_type: 'bearer', expires_in: expiresInSeconds };
    switch (form.get('grant_type') ?? '') {
      case 'authorization_code': {
        if (!this.#takeCode(form, nowMs)) return oauthError(400, 'invalid_grant');
        const accessToken = newSecret();
        const refreshToken = this.#tokens.signIn(accessToken, expiresAtMs);
        return jsonAnswer(200, {
          ...token,
          access_token: accessToken,
          refresh_token: refreshToken,
        });
      }
      case 'refresh_token': {
        const refreshToken = form.get('refresh_token') ?? '';
        const refreshed = this.#tokens.refresh(refreshToken, expiresAtMs, {
          isReplaced: refreshAnswers === 'new',
          endsFormer: refreshEndsToken,
        });
        if (refreshed === null) return oauthError(400, 'invalid_grant');
        return jsonAnswer(200, {
          ...token,
          access_token: refreshed.accessToken,
          ...(refreshAnswers === 'nothing' ? {} : { refresh_token: refreshed.refreshToken }),
        });
      }
      default:
        return oauthError(400, 'unsupported_grant_type');
    }
  }

  /** A code is good once, and for the address that it was asked for. */
  #takeCode(form: URLSearchParams, nowMs: number): boolean {
    const code = form.get('code') ?? '';
    const known = this.#codes.get(code);
    this.#codes.delete(code);
    return (
      known !== undefined &&
      known.redirectUri === form.get('redirect_uri') &&
      known.expiresAtMs > nowMs
    );
  }

  #deauthorize({ authorization, text, query }: OAuthRequest, nowMs: number): Answer {
    const bearer = bearerOf(authorization);
    if (bearer === null || !this.#tokens.isGood(bearer, nowMs)) {
      return oauthError(401, 'invalid_token');
    }
    const token = new URLSearchParams(text).get('token') ?? query.get('token');
    if (token === null) return oauthError(400, 'invalid_request');
    this.#tokens.end(token);
    return jsonAnswer(200, {});
  }

  /** Why the application's part of a request is not to be trusted; null where it is. Nothing is redirected before that is known. */
  #wrongApplication(parameters: URLSearchParams): string | null {
    if (parameters.get('client_id') !== this.#settings.clientId) return 'Unknown application';
    const redirectUri = parameters.get('redirect_uri') ?? '';
    const isRegistered =
      this.#settings.redirectUris?.includes(redirectUri) ??
      /^http:\/\/127\.0\.0\.1:\d+\/[^#]*$/.test(redirectUri);
    return isRegistered ? null : 'The redirect address is not registered';
  }
}

function oauthError(status: number, error: string): Answer {
  return jsonAnswer(status, { error });
}

function page(status: number, title: string, content: string): Answer {
  return {
    status,
    headers: {
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy': "default-src 'none'; style-src 'unsafe-inline'",
    },
    body: `<!doctype html><html lang="en"><meta charset="utf-8"><title>${title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><style>${STYLE}</style>
<main><h1>${title}</h1>${content}</main></html>`,
  };
}

const STYLE = `:root{color-scheme:light dark}
body{font:16px/1.55 system-ui,sans-serif;margin:0;min-height:100vh;display:grid;place-content:center;padding:1rem}
main{max-width:28rem;padding:2rem;border:1px solid #8885;border-radius:.9rem}
h1{margin:0 0 .8rem;font-size:1.35rem}
button{font:inherit;padding:.5rem 1rem;border:1px solid #8888;border-radius:.5rem;background:none;color:inherit;cursor:pointer}
.allow{background:#1a66d0;border-color:#1a66d0;color:#fff}
.soft{margin:1.5rem 0 0;font-size:.9rem;opacity:.7}`;

function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

function isSameSecret(left: string, right: string): boolean {
  const [one, other] = [Buffer.from(left), Buffer.from(right)];
  return one.length === other.length && timingSafeEqual(one, other);
}
