import { findWorkflow } from '../agents/index.ts';
import { EvaluationId, type Reader } from '../shared/contracts/index.ts';
import { listEvaluations } from '../shared/operations/evaluations/list-evaluations.ts';
import { readEvaluation } from '../shared/operations/evaluations/read-evaluation.ts';
import { reportAnswer } from './evaluations/report-answer.ts';
import { fromSignedIn } from './triggers/from-signed-in.ts';
import { type HttpAnswer, type HttpRequest, json } from './triggers/http.ts';
import { readerOf } from './triggers/signed-in.ts';
import { evaluationExecutions, evaluations, telemetry } from './wiring.ts';

const ports = { findWorkflow, evaluations: evaluations(), executions: evaluationExecutions() };

/**
 * `GET /api/evaluations/{id}`: how it stands. With `?as=report`, all that it showed as JSON; with `?as=page`, or a wish for
 * HTML, as one page.
 */
export const handler = fromSignedIn('read-evaluation', telemetry(), async (request, person) => {
  if (request.pathParameters?.['id'] === undefined) return listed(request, readerOf(person));
  const evaluationId = EvaluationId.parse(request.pathParameters?.['id']);
  const found = await readEvaluation.run(ports, { evaluationId, reader: readerOf(person) });
  switch (found.kind) {
    case 'unknown':
      return json(404, { message: `There is no evaluation ${evaluationId}.` });
    case 'not-allowed':
      return json(403, { message: 'Only people of the team that owns this workflow may see this.' });
    case 'read': {
      const form = formOf(request);
      if (form === null) return json(200, found.run);
      const report = await reportAnswer(ports.evaluations, found.run, form, request);
      return report ?? json(404, { message: found.run.outcome?.problem ?? 'There is no report yet.' });
    }
  }
});

/** `GET /api/evaluations?workflow=`: the newest first. */
async function listed(request: HttpRequest, reader: Reader): Promise<HttpAnswer> {
  const found = await listEvaluations.run(ports, {
    workflow: request.queryStringParameters?.['workflow'] ?? '',
    reader,
  });
  if (found.kind === 'listed') return json(200, { items: found.runs });
  const unknown = { message: 'Say of which workflow: ?workflow=<id>.' };
  const refused = { message: 'Only people of the team that owns this workflow may see this.' };
  return found.kind === 'unknown' ? json(404, unknown) : json(403, refused);
}

function formOf({ queryStringParameters: query = {}, headers }: HttpRequest): 'report' | 'page' | null {
  const { as } = query;
  if (as === 'report' || as === 'page') return as;
  return as === undefined && /\btext\/html\b/.test(headers['accept'] ?? '') ? 'page' : null;
}
