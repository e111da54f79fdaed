import { findWorkflow } from '../agents/index.ts';
import { LinkSecret, openLink } from '../shared/operations/open-link.ts';
import { type Page, renderRequestPage, renderSettledPage, renderUnknownPage } from '../shared/pages/index.ts';
import { fromHttp, type HttpAnswer } from './triggers/http.ts';
import { cases, clock, requests, telemetry } from './wiring.ts';

const ports = { findWorkflow, cases: cases(), requests: requests(), clock };

/** Shows and changes nothing, so that whoever follows links for safety's sake decides nothing. */
export const handler = fromHttp('show-request', telemetry(), async (request) => {
  const secret = LinkSecret.safeParse(request.pathParameters?.['id']);
  const opened = secret.success ? await openLink.run(ports, { secret: secret.data }) : null;
  if (opened === null) return asAnswer(renderUnknownPage());
  const { view } = opened;
  return asAnswer(view.state === 'open' ? renderRequestPage(view) : renderSettledPage(view));
});

function asAnswer({ status, headers, body }: Page): HttpAnswer {
  return { statusCode: status, headers: { ...headers }, body };
}
