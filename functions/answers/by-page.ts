import type { Proof } from '../../shared/contracts/index.ts';
import { proofOf } from '../../shared/domain/session-proof.ts';
import { keptForm } from '../../shared/operations/editable-schema.ts';
import { checkCode, isOver, LinkSecret, type OpenedLink, openLink } from '../../shared/operations/open-link.ts';
import { isNewCodeRequest, isSignInRequest, readAnswerForm } from '../../shared/pages/read-answer-form.ts';
import { renderProblemsPage, renderTooManyTriesPage, renderWrongCodePage } from '../../shared/pages/refusal-pages.ts';
import { renderExpiredPage, renderSettledPage } from '../../shared/pages/settled-page.ts';
import { renderForeignFormPage } from '../../shared/pages/sign-in-pages.ts';
import { renderUnknownPage } from '../../shared/pages/unknown-page.ts';
import { withAnswering } from '../people/answering.ts';
import { signInFromForm } from '../people/sign-in-redirect.ts';
import { type BrowserPorts, formOf, isOwnForm, type SignedIn, senderOf, signedInOf } from '../triggers/browser.ts';
import type { HttpAnswer, HttpRequest } from '../triggers/http.ts';
import { asAnswer, sameAt } from '../triggers/pages.ts';
import { answerFromPage, type PageAnswerPorts } from './page-answer.ts';

export type ByPagePorts = PageAnswerPorts & BrowserPorts;

/** The answer form of a mailed link, proved by the code from the mail or by a sign-in of the same person. */
export async function answerByPage(ports: ByPagePorts, request: HttpRequest): Promise<HttpAnswer> {
  const secret = LinkSecret.safeParse(request.pathParameters?.['id']);
  const found = secret.success ? await openLink.run(ports, { secret: secret.data }) : null;
  if (found === null || !secret.success) return asAnswer(renderUnknownPage());
  const signedIn = await signedInOf(ports, request);
  const opened = { ...found, view: withAnswering(found.view, stampOf(found, signedIn)) };
  if (isOver(opened.view)) return asAnswer(renderExpiredPage(opened.view));
  if (opened.view.state !== 'open') return asAnswer(renderSettledPage(opened.view, 409));
  if (senderOf(request, ports.publicUrl) === 'foreign') return asAnswer(renderForeignFormPage(request.routeKey));
  const body = formOf(request);
  const isStale = opened.view.answering.kind === 'sign-in' && opened.view.answering.because === 'stale';
  const way = { returnTo: `/r/${secret.data}`, isFresh: isStale, requestId: opened.view.requestId, body };
  if (isSignInRequest(body)) return signInFromForm(ports, way);
  // Another function mails; the browser sends it the same form.
  if (isNewCodeRequest(body)) return sameAt(`${ports.publicUrl}/r/${secret.data}/code`);
  const proof = await proofFor(ports, request, opened, signedIn);
  if ('answer' in proof) return proof.answer;
  if (proof.proof === null) return signInFromForm(ports, way);
  return answer(ports, opened, { body, signedIn, proof: proof.proof, path: way.returnTo });
}

function stampOf({ link }: OpenedLink, signedIn: SignedIn | null) {
  return { signedIn, stampKey: link.codeHash, root: '..' as const };
}

/** What proves who sends the form; null where they have to sign in for it; an answer where it is not proved. */
async function proofFor(
  ports: ByPagePorts,
  request: HttpRequest,
  opened: OpenedLink,
  signedIn: SignedIn | null,
): Promise<{ readonly proof: Proof | null } | { readonly answer: HttpAnswer }> {
  const { view, link, loaded } = opened;
  const body = formOf(request);
  const hasCode = (new URLSearchParams(body).get('code') ?? '') !== '';
  const { kind } = view.answering;
  if (kind === 'signed-in' && signedIn !== null && isOwnForm(request, signedIn, ports.publicUrl)) {
    return { proof: proofOf(signedIn.session.signedInAtMs, view.nowMs) };
  }
  // A page from before the sign-in, with a code typed in it, still counts for what a code is enough for.
  if (kind === 'code' || (hasCode && view.proof === 'mail-code')) {
    const read = readAnswerForm(body, keptForm(loaded.request), readOptions(opened));
    if ('problems' in read) return { answer: asAnswer(renderProblemsPage(view, { body, ...read })) };
    const code = await checkCode(ports.requests, link, read.code);
    if (code.kind === 'right') return { proof: 'mail-code' };
    const page = code.kind === 'dead' ? renderTooManyTriesPage({ canSend: true }) : null;
    const triesLeft = code.kind === 'wrong' ? code.triesLeft : 0;
    return { answer: asAnswer(page ?? renderWrongCodePage(view, { body, triesLeft })) };
  }
  if (kind !== 'signed-in') return { proof: null };
  const problems = ['You signed in since this page was shown. Look at it once more, and press again.'];
  return { answer: asAnswer(renderProblemsPage(view, { body, problems, marked: [], status: 403 })) };
}

function readOptions({ loaded }: OpenedLink) {
  return { draft: loaded.request.draft, labels: loaded.workflow.labels, kind: loaded.request.kind };
}

function answer(
  ports: ByPagePorts,
  opened: OpenedLink,
  { body, signedIn, proof, path }: { body: string; signedIn: SignedIn | null; proof: Proof; path: string },
): Promise<HttpAnswer> | HttpAnswer {
  const { loaded, link, view } = opened;
  const needsCode = proof === 'mail-code';
  const form = readAnswerForm(body, keptForm(loaded.request), { ...readOptions(opened), needsCode });
  if ('problems' in form) return asAnswer(renderProblemsPage(view, { body, ...form }));
  return answerFromPage(ports, opened, {
    ...{ form, body, by: link.person, proof, channel: 'page', path, stampKey: link.codeHash },
    asShown: (now) => withAnswering(now, stampOf(opened, signedIn)),
  });
}
