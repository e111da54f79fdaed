import { isFormToken } from '../../shared/domain/session-proof.ts';
import type { Session, SessionTokens } from '../../shared/ports/index.ts';
import { cookieOf } from './cookies.ts';
import { bodyBytes, type HttpRequest } from './http.ts';

/** Somebody who is signed in, in this browser. */
export interface SignedIn {
  readonly token: string;
  readonly session: Session;
}

export interface BrowserPorts {
  readonly signIn: SessionTokens;
  readonly publicUrl: string;
}

/** Who is signed in in the browser that sends this; null for nobody. */
export async function signedInOf({ signIn, publicUrl }: BrowserPorts, request: HttpRequest): Promise<SignedIn | null> {
  const token = cookieOf(request, 'session', publicUrl);
  const session = token === null ? null : await signIn.verify(token);
  return token === null || session === null ? null : { token, session };
}

export function formOf(request: HttpRequest): string {
  return Buffer.from(bodyBytes(request)).toString('utf8');
}

/**
 * Where a form was sent from, as the browser says. Our pages ask it to tell nobody where they are, and it then calls the
 * origin of their forms `null`, as it would for a foreign page; only `sec-fetch-site` tells the two apart.
 * `unknown`: an old browser, or no browser.
 */
export function senderOf({ headers }: HttpRequest, publicUrl: string): 'ours' | 'foreign' | 'unknown' {
  const { origin, 'sec-fetch-site': site } = headers;
  if (site !== undefined && site !== 'same-origin') return 'foreign';
  if (origin !== undefined && origin !== 'null') return origin === new URL(publicUrl).origin ? 'ours' : 'foreign';
  return site === undefined ? 'unknown' : 'ours';
}

/** Whether a form was made by a page of ours for this session, and sent from there. */
export function isOwnForm(request: HttpRequest, { token }: SignedIn, publicUrl: string): boolean {
  const given = new URLSearchParams(formOf(request)).get('csrf') ?? '';
  return senderOf(request, publicUrl) === 'ours' && isFormToken(given, token);
}
