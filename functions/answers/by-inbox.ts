import { RequestId } from '../../shared/contracts/index.ts';
import { proofOf } from '../../shared/domain/session-proof.ts';
import { keptForm } from '../../shared/operations/editable-schema.ts';
import { openInboxRequest } from '../../shared/operations/open-inbox-request.ts';
import { isOver } from '../../shared/operations/open-link.ts';
import { isSignInRequest, readAnswerForm } from '../../shared/pages/read-answer-form.ts';
import { renderProblemsPage } from '../../shared/pages/refusal-pages.ts';
import type { RequestView } from '../../shared/pages/request-view.ts';
import { renderExpiredPage, renderSettledPage } from '../../shared/pages/settled-page.ts';
import { renderForeignFormPage } from '../../shared/pages/sign-in-pages.ts';
import { renderUnknownPage } from '../../shared/pages/unknown-page.ts';
import { withAnswering } from '../people/answering.ts';
import { signInAgain, signInFromForm } from '../people/sign-in-redirect.ts';
import { type BrowserPorts, formOf, isOwnForm, signedInOf } from '../triggers/browser.ts';
import type { HttpAnswer, HttpRequest } from '../triggers/http.ts';
import { asAnswer } from '../triggers/pages.ts';
import { answerFromPage, type PageAnswerPorts } from './page-answer.ts';

/** The answer form of a question that was opened from the inbox, by whoever is signed in. */
export async function answerByInbox(ports: PageAnswerPorts & BrowserPorts, request: HttpRequest): Promise<HttpAnswer> {
  const id = RequestId.safeParse(request.pathParameters?.['id']);
  if (!id.success) return asAnswer(renderUnknownPage());
  const path = `/inbox/${id.data}`;
  const signedIn = await signedInOf(ports, request);
  if (signedIn === null) {
    const isThere = (await ports.requests.get(id.data))?.state === 'open';
    return signInAgain(ports, request, { returnTo: path, about: { id: id.data, isThere } });
  }
  if (!isOwnForm(request, signedIn, ports.publicUrl)) return asAnswer(renderForeignFormPage(request.routeKey));
  const by = signedIn.session.email;
  const found = await openInboxRequest.run(ports, { requestId: id.data, person: by });
  if (found === null) return asAnswer(renderUnknownPage());
  const asShown = (now: RequestView): RequestView =>
    withAnswering(now, { signedIn, stampKey: signedIn.token, root: '..' });
  const view = asShown(found.view);
  if (isOver(view)) return asAnswer(renderExpiredPage(view));
  if (view.state !== 'open') return asAnswer(renderSettledPage(view, 409));
  const body = formOf(request);
  if (isSignInRequest(body)) {
    return signInFromForm(ports, { returnTo: path, isFresh: true, requestId: id.data, body });
  }
  const { draft, kind } = found.loaded.request;
  const options = { draft, kind, labels: found.loaded.workflow.labels, needsCode: false };
  const form = readAnswerForm(body, keptForm(found.loaded.request), options);
  if ('problems' in form) return asAnswer(renderProblemsPage(view, { body, ...form }));
  const proof = proofOf(signedIn.session.signedInAtMs, ports.clock.nowMs());
  return answerFromPage(ports, found, {
    ...{ form, body, by, proof, channel: 'inbox', path, stampKey: signedIn.token, asShown },
  });
}
