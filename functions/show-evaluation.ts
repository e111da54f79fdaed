import { findWorkflow } from '../agents/index.ts';
import { EvaluationId } from '../shared/contracts/index.ts';
import { readEvaluation } from '../shared/operations/evaluations/read-evaluation.ts';
import { renderUnknownPage } from '../shared/pages/unknown-page.ts';
import { reportAnswer } from './evaluations/report-answer.ts';
import { redirectToSignIn } from './people/sign-in-redirect.ts';
import { signedInOf } from './triggers/browser.ts';
import { fromHttp } from './triggers/http.ts';
import { asAnswer } from './triggers/pages.ts';
import { readerOf } from './triggers/signed-in.ts';
import { clock, evaluationExecutions, evaluations, ids, publicUrl, signIn, telemetry } from './wiring.ts';

const ports = {
  findWorkflow,
  evaluations: evaluations(),
  executions: evaluationExecutions(),
  signIn: signIn(),
  publicUrl: publicUrl(),
  clock,
  ids,
};

/** The report of an evaluation as a page, for people of the team and operators. To anybody else there is none. */
export const handler = fromHttp('show-evaluation', telemetry(), async (request) => {
  const id = EvaluationId.safeParse(request.pathParameters?.['id']);
  if (!id.success) return asAnswer(renderUnknownPage());
  const signedIn = await signedInOf(ports, request);
  if (signedIn === null) return redirectToSignIn(ports, { returnTo: `/evaluations/${id.data}`, isFresh: false });
  const found = await readEvaluation.run(ports, { evaluationId: id.data, reader: readerOf(signedIn.session) });
  const report = found.kind === 'read' ? await reportAnswer(ports.evaluations, found.run, 'page', request) : null;
  return report ?? asAnswer(renderUnknownPage());
});
