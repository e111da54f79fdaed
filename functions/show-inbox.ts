import { findWorkflow, workflows } from '../agents/index.ts';
import { RequestId } from '../shared/contracts/index.ts';
import { type SignedIn, signedInOf } from './triggers/browser.ts';
import { fromHttp, type HttpAnswer } from './triggers/http.ts';
import { asAnswer, unknownAnswer } from './triggers/pages.ts';
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
  if (!(isList || id.success)) return unknownAnswer();
  const signedIn = await signedInOf(ports, request);
  if (signedIn === null) {
    const { redirectToSignIn } = await import('./people/sign-in-redirect.ts');
    return redirectToSignIn(ports, { returnTo: isList ? '/inbox' : `/inbox/${id.data}`, isFresh: false });
  }
  if (!id.success) return list(signedIn);
  const { inboxQuestion } = await import('./people/inbox-question.ts');
  return inboxQuestion(ports, request, { signedIn, requestId: id.data });
});

async function list(signedIn: SignedIn): Promise<HttpAnswer> {
  const { listInbox } = await import('../shared/operations/list-inbox.ts');
  const { inboxPage } = await import('./people/inbox.ts');
  const listed = await listInbox.run(ports, { person: signedIn.session.email });
  return asAnswer(await inboxPage(ports, signedIn, listed));
}
