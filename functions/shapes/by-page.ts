import * as z from 'zod';
import { RequestId, ShapeId } from '../../shared/contracts/index.ts';
import { REMEMBER_PROOF } from '../../shared/operations/may-remember.ts';
import { type Rememberable, readRememberable } from '../../shared/operations/read-rememberable.ts';
import { readShape } from '../../shared/operations/read-shape.ts';
import { type RememberShapePorts, rememberShape } from '../../shared/operations/remember-shape.ts';
import { RevokeShape, revokeShape } from '../../shared/operations/revoke-shape.ts';
import type { BeginSignInPorts } from '../../shared/operations/sign-in/begin-sign-in.ts';
import { readSubmitted } from '../../shared/pages/read-answer-form.ts';
import { readRememberForm } from '../../shared/pages/remember/read-remember-form.ts';
import {
  type RememberSent,
  type RememberView,
  renderNotRememberedPage,
  renderRememberPage,
} from '../../shared/pages/remember/remember-page.ts';
import { renderRememberedPage } from '../../shared/pages/remember/remembered-page.ts';
import { renderForeignFormPage } from '../../shared/pages/sign-in-pages.ts';
import { renderUnknownPage } from '../../shared/pages/unknown-page.ts';
import { frameOf } from '../people/frame.ts';
import { goOnToSignIn, redirectToSignIn } from '../people/sign-in-redirect.ts';
import { type BrowserPorts, formOf, isOwnForm, type SignedIn, signedInOf } from '../triggers/browser.ts';
import type { HttpAnswer, HttpRequest } from '../triggers/http.ts';
import { asAnswer, seeOther } from '../triggers/pages.ts';
import { readerOf } from '../triggers/signed-in.ts';

export type ShapePagePorts = RememberShapePorts & BrowserPorts & BeginSignInPorts;

/** Somebody who is signed in, and what they sent: the form of a page of ours, or null where they only look. */
interface Asked {
  readonly id: string;
  readonly signedIn: SignedIn;
  readonly body: string | null;
}

/**
 * - `/remember/{id}`, of a request: a yes is chosen, shown, and remembered where just that is agreed to.
 * - `/remembered/{id}`, of what is remembered: it is shown, and taken back.
 */
export async function answerByPage(ports: ShapePagePorts, request: HttpRequest): Promise<HttpAnswer> {
  const [method, route] = request.routeKey.split(' ');
  const isOfRequest = route === '/remember/{id}';
  const id = (isOfRequest ? RequestId : ShapeId).safeParse(request.pathParameters?.['id']);
  if (!id.success) return asAnswer(renderUnknownPage());
  const isSent = method === 'POST';
  const signedIn = await signedInOf(ports, request);
  if (signedIn === null) {
    const returnTo = `/${isOfRequest ? 'remember' : 'remembered'}/${id.data}`;
    return isSent ? goOnToSignIn(ports, returnTo) : redirectToSignIn(ports, { returnTo, isFresh: false });
  }
  if (isSent && !isOwnForm(request, signedIn, ports.publicUrl))
    return asAnswer(renderForeignFormPage(request.routeKey));
  const asked = { id: id.data, signedIn, body: isSent ? formOf(request) : null };
  return isOfRequest ? remember(ports, asked) : takeBack(ports, asked);
}

async function remember(ports: ShapePagePorts, { id, signedIn, body }: Asked): Promise<HttpAnswer> {
  const requestId = RequestId.parse(id);
  const by = z.email().safeParse(signedIn.session.email);
  const found = by.success ? await readRememberable.run(ports, { requestId, person: by.data }) : null;
  if (found === null || !by.success) return asAnswer(renderUnknownPage());
  const view = viewOf(ports, signedIn, found);
  if (found.problem !== null) return asAnswer(renderNotRememberedPage(view, found.problem));
  if (body === null) return asAnswer(renderRememberPage(view));
  const submitted = readSubmitted(body);
  const again = (sent: Partial<RememberSent> & Pick<RememberSent, 'status'>): HttpAnswer =>
    asAnswer(
      renderRememberPage(view, { submitted, problems: [], marked: [], preview: null, isChanged: false, ...sent }),
    );
  const form = readRememberForm(submitted, found);
  if ('problems' in form) return again({ status: 422, ...form });
  const remembered = await rememberShape.run(ports, { requestId, by: by.data, proof: REMEMBER_PROOF, ...form });
  switch (remembered.kind) {
    case 'preview':
      return again({ status: 200, preview: remembered.preview });
    case 'changed':
      return again({ status: 409, preview: remembered.preview, isChanged: true });
    case 'remembered':
      return seeOther(`${ports.publicUrl}/remembered/${remembered.shape.id}`);
    case 'unfit':
      return again({ status: 422, problems: [remembered.problem] });
    // It was found just now, and to be this person's yes.
    case 'not-approved':
    case 'not-allowed':
    case 'unknown':
      return asAnswer(renderUnknownPage());
  }
}

function viewOf(
  ports: ShapePagePorts,
  signedIn: SignedIn,
  { request, workflow, leaves, labels, amount }: Rememberable,
): RememberView {
  return {
    ...frameOf(ports, signedIn, '..'),
    ...{ requestId: request.id, question: request.question, answeredAtMs: request.answer?.atMs ?? 0 },
    ...{ workflow: { title: workflow.title, team: workflow.team.name }, leaves, labels, amount },
  };
}

async function takeBack(ports: ShapePagePorts, { id, signedIn, body }: Asked): Promise<HttpAnswer> {
  const reader = readerOf(signedIn.session);
  const shown = await readShape.run(ports, { shapeId: id, reader });
  if (shown === null) return asAnswer(renderUnknownPage());
  const { shape, workflow, mayRead, mayRevoke } = shown;
  const page = (problem = ''): HttpAnswer =>
    asAnswer(
      renderRememberedPage(
        {
          ...frameOf(ports, signedIn, '..'),
          ...{ workflow: { id: workflow.id, title: workflow.title, team: workflow.team.name }, mayRead },
          remembered: { ...shape, mayRevoke },
        },
        problem,
      ),
    );
  if (body === null) return page();
  const reason = RevokeShape.shape.reason.safeParse(readSubmitted(body).get('reason')?.[0]);
  if (!reason.success) return page('Please say why, in a few words.');
  const revoked = await revokeShape.run(ports, { shapeId: id, by: reader.person, reason: reason.data });
  if (revoked.kind === 'revoked') return seeOther(`${ports.publicUrl}/remembered/${id}`);
  return revoked.kind === 'unknown' ? asAnswer(renderUnknownPage()) : { ...page(revoked.problem), statusCode: 403 };
}
