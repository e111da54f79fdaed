import { mayRemember } from '../../shared/operations/may-remember.ts';
import { isOver, type OpenedLink } from '../../shared/operations/open-link.ts';
import { isNewCodeRequest } from '../../shared/pages/read-answer-form.ts';
import { renderNewCodePage } from '../../shared/pages/refusal-pages.ts';
import { renderRequestPage } from '../../shared/pages/request-page.ts';
import { renderExpiredPage, renderSettledPage } from '../../shared/pages/settled-page.ts';
import { type BrowserPorts, signedInOf } from '../triggers/browser.ts';
import type { HttpAnswer, HttpRequest } from '../triggers/http.ts';
import { asAnswer } from '../triggers/pages.ts';
import { withAnswering } from './answering.ts';
import { type DraftPorts, draftOf, filledWith } from './draft.ts';

/** What the link of a mail shows, as it stands. */
export async function mailedQuestion(
  ports: BrowserPorts & DraftPorts,
  request: HttpRequest,
  opened: OpenedLink,
): Promise<HttpAnswer> {
  const signedIn = await signedInOf(ports, request);
  const view = withAnswering(opened.view, { signedIn, stampKey: opened.link.codeHash, root: '..' });
  if (isOver(view)) return asAnswer(renderExpiredPage(view));
  if (view.state !== 'open')
    return asAnswer(renderSettledPage({ ...view, mayRemember: mayRemember(opened.loaded, view) }));
  const draft = await draftOf(ports, request, view.requestId);
  if (draft !== null && isNewCodeRequest(draft)) return asAnswer(renderNewCodePage(view, draft));
  return asAnswer(renderRequestPage(view, filledWith(draft)));
}
