import { findWorkflow } from '../agents/index.ts';
import { LinkSecret, openLink } from '../shared/operations/open-link.ts';
import { fromHttp } from './triggers/http.ts';
import { unknownAnswer } from './triggers/pages.ts';
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
  if (opened === null) return unknownAnswer();
  const { mailedQuestion } = await import('./people/mailed-question.ts');
  return mailedQuestion(ports, request, opened);
});
