import type { SigningKeys } from './keys.ts';
import type { PoolSettings } from './pool.ts';
import type { Sessions } from './sessions.ts';

/** One request below `/_local/signin`, read. */
export interface SigninRequest {
  readonly method: string;
  /** `/oauth2/authorize` */
  readonly path: string;
  readonly query: URLSearchParams;
  /** A form's fields; empty for a request without a body. */
  readonly form: URLSearchParams;
  readonly authorization: string | null;
}

export interface SigninAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What the answers are made from. */
export interface SigninParts {
  readonly keys: SigningKeys;
  readonly sessions: Sessions;
  readonly pool: PoolSettings;
  readonly nowSeconds: number;
}

export function jsonAnswer(value: object, status = 200): SigninAnswer {
  return { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify(value) };
}

/** An error in OAuth's form. */
export function oauthError(error: string, description: string, status = 400): SigninAnswer {
  return jsonAnswer({ error, error_description: description }, status);
}

/** The page runs no script, is shown in no frame, and its form may lead the browser back to whoever asked. */
export function htmlAnswer(body: string, status = 200): SigninAnswer {
  const policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'";
  const headers = { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': policy };
  return { status, headers, body };
}

export function redirect(to: string, parameters: Readonly<Record<string, string | null>>): SigninAnswer {
  const url = new URL(to);
  for (const [name, value] of Object.entries(parameters)) if (value !== null) url.searchParams.set(name, value);
  return { status: 302, headers: { location: url.href }, body: '' };
}
