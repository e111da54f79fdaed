import { gunzipSync } from 'node:zlib';
import { findWorkflow } from '../agents/index.ts';
import { reportFiles } from '../evals/machine/report-files.ts';
import { EvaluationId } from '../shared/contracts/index.ts';
import { type EvaluationView, readEvaluation } from '../shared/operations/evaluations/read-evaluation.ts';
import { fromSignedIn } from './triggers/from-signed-in.ts';
import { type HttpAnswer, type HttpRequest, json } from './triggers/http.ts';
import { readerOf } from './triggers/signed-in.ts';
import { evaluationExecutions, evaluations, telemetry } from './wiring.ts';

const ports = { findWorkflow, evaluations: evaluations(), executions: evaluationExecutions() };

/**
 * `GET /api/evaluations/{id}`: how it stands. With `?as=report`, or a wish for a page, the whole report as JSON or as one
 * page of HTML.
 */
export const handler = fromSignedIn('read-evaluation', telemetry(), async (request, person) => {
  const evaluationId = EvaluationId.parse(request.pathParameters?.['id']);
  const found = await readEvaluation.run(ports, { evaluationId, reader: readerOf(person) });
  switch (found.kind) {
    case 'unknown':
      return json(404, { message: `There is no evaluation ${evaluationId}.` });
    case 'not-allowed':
      return json(403, { message: 'Only people of the team that owns this workflow may see this.' });
    case 'read': {
      const form = formOf(request);
      return form === 'view' ? json(200, found.run) : reportAs(form, found.run, request);
    }
  }
});

type Form = 'view' | 'report' | 'page';

function formOf({ queryStringParameters: query = {}, headers }: HttpRequest): Form {
  const { as } = query;
  if (as === 'report' || as === 'page') return as;
  return as === undefined && /\btext\/html\b/.test(headers['accept'] ?? '') ? 'page' : 'view';
}

async function reportAs(form: Exclude<Form, 'view'>, run: EvaluationView, request: HttpRequest): Promise<HttpAnswer> {
  const files = reportFiles(run.attempt);
  const bytes = await ports.evaluations.file(run.id, form === 'report' ? files.json : files.page);
  if (bytes === null) {
    return json(404, { message: run.outcome?.problem ?? 'There is no report yet.' });
  }
  const isGzipTaken = /\bgzip\b/.test(request.headers['accept-encoding'] ?? '');
  return {
    statusCode: 200,
    headers: {
      'content-type': form === 'report' ? 'application/json; charset=utf-8' : 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      ...(isGzipTaken ? { 'content-encoding': 'gzip' } : {}),
    },
    body: Buffer.from(isGzipTaken ? bytes : gunzipSync(bytes)).toString('base64'),
    isBase64Encoded: true,
  };
}
