import type { RequestId } from '../../shared/contracts/index.ts';
import { mayRemember } from '../../shared/operations/may-remember.ts';
import { openInboxRequest } from '../../shared/operations/open-inbox-request.ts';
import { isOver, type OpenLinkPorts } from '../../shared/operations/open-link.ts';
import { renderRequestPage } from '../../shared/pages/request-page.ts';
import { renderExpiredPage, renderSettledPage } from '../../shared/pages/settled-page.ts';
import { renderUnknownPage } from '../../shared/pages/unknown-page.ts';
import type { SignedIn } from '../triggers/browser.ts';
import type { HttpAnswer, HttpRequest } from '../triggers/http.ts';
import { asAnswer } from '../triggers/pages.ts';
import { withAnswering } from './answering.ts';
import { type DraftPorts, draftOf, filledWith } from './draft.ts';

/** One question that is put to whoever is signed in. */
export async function inboxQuestion(
  ports: OpenLinkPorts & DraftPorts,
  request: HttpRequest,
  { signedIn, requestId }: { readonly signedIn: SignedIn; readonly requestId: RequestId },
): Promise<HttpAnswer> {
  const opened = await openInboxRequest.run(ports, { requestId, person: signedIn.session.email });
  if (opened === null) return asAnswer(renderUnknownPage());
  const view = withAnswering(opened.view, { signedIn, stampKey: signedIn.token, root: '..' });
  if (isOver(view)) return asAnswer(renderExpiredPage(view));
  if (view.state !== 'open')
    return asAnswer(renderSettledPage({ ...view, mayRemember: mayRemember(opened.loaded, view) }));
  return asAnswer(renderRequestPage(view, filledWith(await draftOf(ports, request, requestId))));
}
