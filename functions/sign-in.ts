import { finishSignIn } from '../shared/operations/sign-in/finish-sign-in.ts';
import {
  renderForeignFormPage,
  renderGoOnPage,
  renderSignedOutPage,
  renderSignInFailedPage,
} from '../shared/pages/sign-in-pages.ts';
import { pendingOf, redirectToSignIn } from './people/sign-in-redirect.ts';
import { isOwnForm, senderOf, signedInOf } from './triggers/browser.ts';
import { dropCookie, setCookie } from './triggers/cookies.ts';
import { fromHttp, type HttpAnswer, type HttpRequest, json } from './triggers/http.ts';
import { asAnswer, seeOther } from './triggers/pages.ts';
import { clock, ids, publicUrl, signIn, telemetry } from './wiring.ts';

const ports = { signIn: signIn(), publicUrl: publicUrl(), clock, ids, telemetry: telemetry() };

const ROUTES: Readonly<Record<string, (request: HttpRequest) => Promise<HttpAnswer>>> = {
  'GET /signin': () => redirectToSignIn(ports, { returnTo: '/inbox', isFresh: false }),
  'GET /signin/callback': finish,
  'POST /signin/out': signOut,
  'GET /signin/out': async () => asAnswer(renderSignedOutPage()),
};

/** Lets people in and out. It reaches no data. */
export const handler = fromHttp('sign-in', ports.telemetry, async (request) =>
  (ROUTES[request.routeKey] ?? (async () => json(404, { message: 'Not Found' })))(request),
);

async function finish(request: HttpRequest): Promise<HttpAnswer> {
  const query = request.queryStringParameters ?? {};
  const pending = pendingOf(request, ports.publicUrl);
  const over = dropCookie('sign-in', ports.publicUrl);
  const given = finishSignIn.input.safeParse({ code: query['code'] ?? null, state: query['state'] ?? null, pending });
  const finished = given.success ? await finishSignIn.run(ports, given.data) : null;
  if (finished === null) return asAnswer(renderSignInFailedPage(), [over]);
  const seconds = (finished.session.expiresAtMs - clock.nowMs()) / 1_000;
  const session = setCookie('session', finished.token, ports.publicUrl, seconds);
  return seeOther(`${ports.publicUrl}${finished.returnTo}`, [session, over]);
}

/** Here and at the sign-in itself, so that the next person at this browser has to prove who they are. */
async function signOut(request: HttpRequest): Promise<HttpAnswer> {
  const signedIn = await signedInOf(ports, request);
  const isOwn =
    signedIn === null ? senderOf(request, ports.publicUrl) === 'ours' : isOwnForm(request, signedIn, ports.publicUrl);
  if (!isOwn) return asAnswer(renderForeignFormPage(request.routeKey));
  const url = await ports.signIn.signOutUrl(`${ports.publicUrl}/signin/out`);
  const cookies = [dropCookie('session', ports.publicUrl), dropCookie('draft', ports.publicUrl)];
  return asAnswer(renderGoOnPage(url, 'Sign out'), cookies);
}
