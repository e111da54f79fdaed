import { findWorkflow, workflows } from '../agents/index.ts';
import { RequestId } from '../shared/contracts/index.ts';
import { listInbox } from '../shared/operations/list-inbox.ts';
import { mayRemember } from '../shared/operations/may-remember.ts';
import { openInboxRequest } from '../shared/operations/open-inbox-request.ts';
import { isOver } from '../shared/operations/open-link.ts';
import { renderExpiredPage, renderRequestPage, renderSettledPage, renderUnknownPage } from '../shared/pages/index.ts';
import { withAnswering } from './people/answering.ts';
import { draftOf, filledWith } from './people/draft.ts';
import { inboxPage } from './people/inbox.ts';
import { redirectToSignIn } from './people/sign-in-redirect.ts';
import { type SignedIn, signedInOf } from './triggers/browser.ts';
import { fromHttp, type HttpAnswer, type HttpRequest } from './triggers/http.ts';
import { asAnswer } from './triggers/pages.ts';
import { cases, clock, ids, people, publicUrl, requests, signIn, telemetry } from './wiring.ts';

const ports = {
  findWorkflow,
  workflows,
  cases: cases(),
  requests: requests(),
  people: people(),
  signIn: signIn(),
  publicUrl: publicUrl(),
  clock,
  ids,
};

/** What is put to somebody who is signed in: the list, and each question. Shows and changes nothing. */
export const handler = fromHttp('show-inbox', telemetry(), async (request) => {
  const isList = request.routeKey === 'GET /inbox';
  const id = RequestId.safeParse(request.pathParameters?.['id']);
  if (!(isList || id.success)) return asAnswer(renderUnknownPage());
  const signedIn = await signedInOf(ports, request);
  if (signedIn === null) {
    return redirectToSignIn(ports, { returnTo: isList ? '/inbox' : `/inbox/${id.data}`, isFresh: false });
  }
  return id.success ? one(request, signedIn, id.data) : asAnswer(await list(signedIn));
});

async function list(signedIn: SignedIn) {
  const listed = await listInbox.run(ports, { person: signedIn.session.email });
  return inboxPage(ports, signedIn, listed);
}

async function one(request: HttpRequest, signedIn: SignedIn, requestId: RequestId): Promise<HttpAnswer> {
  const opened = await openInboxRequest.run(ports, { requestId, person: signedIn.session.email });
  if (opened === null) return asAnswer(renderUnknownPage());
  const view = withAnswering(opened.view, { signedIn, stampKey: signedIn.token, root: '..' });
  if (isOver(view)) return asAnswer(renderExpiredPage(view));
  if (view.state !== 'open')
    return asAnswer(renderSettledPage({ ...view, mayRemember: mayRemember(opened.loaded, view) }));
  return asAnswer(renderRequestPage(view, filledWith(await draftOf(ports, request, requestId))));
}
