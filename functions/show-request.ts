import { findWorkflow } from '../agents/index.ts';
import { mayRemember } from '../shared/operations/may-remember.ts';
import { isOver, LinkSecret, openLink } from '../shared/operations/open-link.ts';
import {
  isNewCodeRequest,
  renderExpiredPage,
  renderNewCodePage,
  renderRequestPage,
  renderSettledPage,
  renderUnknownPage,
} from '../shared/pages/index.ts';
import { withAnswering } from './people/answering.ts';
import { draftOf, filledWith } from './people/draft.ts';
import { signedInOf } from './triggers/browser.ts';
import { fromHttp } from './triggers/http.ts';
import { asAnswer } from './triggers/pages.ts';
import { cases, clock, people, publicUrl, requests, signIn, telemetry } from './wiring.ts';

const ports = {
  findWorkflow,
  cases: cases(),
  requests: requests(),
  people: people(),
  signIn: signIn(),
  publicUrl: publicUrl(),
  clock,
};

/** Shows and changes nothing, so that whoever follows links for safety's sake decides nothing. */
export const handler = fromHttp('show-request', telemetry(), async (request) => {
  const secret = LinkSecret.safeParse(request.pathParameters?.['id']);
  const opened = secret.success ? await openLink.run(ports, { secret: secret.data }) : null;
  if (opened === null) return asAnswer(renderUnknownPage());
  const signedIn = await signedInOf(ports, request);
  const view = withAnswering(opened.view, { signedIn, stampKey: opened.link.codeHash, root: '..' });
  if (isOver(view)) return asAnswer(renderExpiredPage(view));
  if (view.state !== 'open')
    return asAnswer(renderSettledPage({ ...view, mayRemember: mayRemember(opened.loaded, view) }));
  const draft = await draftOf(ports, request, view.requestId);
  if (draft !== null && isNewCodeRequest(draft)) return asAnswer(renderNewCodePage(view, draft));
  return asAnswer(renderRequestPage(view, filledWith(draft)));
});
