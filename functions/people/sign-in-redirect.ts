import { type BeginSignInPorts, beginSignIn, PendingSignIn } from '../../shared/operations/sign-in/begin-sign-in.ts';
import { renderGoOnPage } from '../../shared/pages/sign-in-pages.ts';
import type { RequestStore } from '../../shared/ports/index.ts';
import { formOf, senderOf } from '../triggers/browser.ts';
import { cookieOf, setCookie } from '../triggers/cookies.ts';
import type { HttpAnswer, HttpRequest } from '../triggers/http.ts';
import { asAnswer, seeOther } from '../triggers/pages.ts';
import { keepDraft } from './draft.ts';

export interface Way {
  /** A page of ours. */
  readonly returnTo: string;
  readonly isFresh: boolean;
}

/** From a page that was opened, straight to the sign-in. */
export async function redirectToSignIn(ports: BeginSignInPorts, way: Way): Promise<HttpAnswer> {
  const { url, cookie } = await begin(ports, way);
  return seeOther(url, [cookie]);
}

/** From a form, by a page in between; what was typed is kept until the person comes back. */
export async function signInFromForm(
  ports: BeginSignInPorts & { readonly requests: RequestStore },
  { requestId, body, ...way }: Way & { readonly requestId: string; readonly body: string },
): Promise<HttpAnswer> {
  const { url, cookie } = await begin(ports, way);
  const draft = await keepDraft(ports, requestId, body);
  return asAnswer(renderGoOnPage(url, 'Sign in'), draft === null ? [cookie] : [cookie, draft]);
}

/**
 * From a form whose session has ended: by a page in between, too. Where it is `about` a question or a case that there is, and a
 * page of ours sent it, what was typed is kept; the page that shows the form again fills it in, with a token of the new session.
 */
export async function signInAgain(
  ports: BeginSignInPorts & { readonly requests: RequestStore },
  request: HttpRequest,
  {
    returnTo,
    about,
  }: { readonly returnTo: string; readonly about: { readonly id: string; readonly isThere: boolean } },
): Promise<HttpAnswer> {
  if (!about.isThere || senderOf(request, ports.publicUrl) !== 'ours') return goOnToSignIn(ports, returnTo);
  return signInFromForm(ports, { returnTo, isFresh: false, requestId: about.id, body: formOf(request) });
}

/** From a form of which nothing is kept. */
export async function goOnToSignIn(ports: BeginSignInPorts, returnTo: string): Promise<HttpAnswer> {
  const { url, cookie } = await begin(ports, { returnTo, isFresh: false });
  return asAnswer(renderGoOnPage(url, 'Sign in'), [cookie]);
}

/** The sign-in that was begun in this browser; null for none. */
export function pendingOf(request: HttpRequest, publicUrl: string): PendingSignIn | null {
  const value = cookieOf(request, 'sign-in', publicUrl);
  if (value === null) return null;
  try {
    return PendingSignIn.safeParse(JSON.parse(Buffer.from(value, 'base64url').toString('utf8'))).data ?? null;
  } catch {
    return null;
  }
}

async function begin(ports: BeginSignInPorts, way: Way): Promise<{ url: string; cookie: string }> {
  const { url, pending } = await beginSignIn.run(ports, beginSignIn.input.parse(way));
  const value = Buffer.from(JSON.stringify(pending)).toString('base64url');
  const seconds = (pending.expiresAtMs - ports.clock.nowMs()) / 1_000;
  return { url, cookie: setCookie('sign-in', value, ports.publicUrl, seconds) };
}
