import * as z from 'zod';
import { findWorkflow } from '../agents/index.ts';
import { DeployedSet, EvaluationId, EvaluationWish } from '../shared/contracts/index.ts';
import {
  type EvaluationReceipt,
  goOnWithEvaluation,
  startEvaluation,
} from '../shared/operations/evaluations/start-evaluation.ts';
import { fromSignedIn } from './triggers/from-signed-in.ts';
import { type HttpAnswer, json } from './triggers/http.ts';
import { readBody } from './triggers/read-body.ts';
import {
  assets,
  cases,
  clock,
  evaluationExecutions,
  evaluations,
  ids,
  settings,
  telemetry,
  versionsOf,
} from './wiring.ts';

const ports = {
  findWorkflow,
  versionsOf: versionsOf(),
  setsOf,
  cases: cases(),
  settings: settings(),
  evaluations: evaluations(),
  executions: evaluationExecutions(),
  clock,
  ids,
};

const reason = z.string().max(2_000).default('');
const Start = EvaluationWish.extend({ reason });
const GoOn = z.strictObject({ maxUsd: EvaluationWish.shape.maxUsd.unwrap().nullable().default(null), reason });

/** Has a workflow measured on the stack, or goes on with a measurement that broke off. */
export const handler = fromSignedIn('start-evaluation', telemetry(), async (request, person) => {
  const who = { by: person.email, proof: 'sign-in' as const };
  const id = request.pathParameters?.['id'];
  if (id === undefined) {
    const { reason: why, ...wish } = readBody(request, Start);
    return answerTo(await startEvaluation.run(ports, { ...who, reason: why, wish }));
  }
  const evaluationId = EvaluationId.parse(id);
  const { reason: why, maxUsd } = readBody(request, GoOn);
  return answerTo(await goOnWithEvaluation.run(ports, { ...who, reason: why, evaluationId, maxUsd }));
});

function answerTo(receipt: EvaluationReceipt): HttpAnswer {
  if (receipt.kind === 'started') {
    const { kind: _kind, ...started } = receipt;
    return json(202, started);
  }
  const status = { 'not-allowed': 403, unknown: 404, unfit: 400, 'in-the-way': 409 } as const;
  return json(status[receipt.kind], { message: receipt.problem });
}

/** Written at build time, beside the code: what there is, without the examples. */
async function setsOf(workflow: string): Promise<readonly DeployedSet[]> {
  const bytes = await assets().read(`agents/${workflow}/sets.json`);
  return bytes === null ? [] : z.array(DeployedSet).parse(JSON.parse(Buffer.from(bytes).toString('utf8')));
}
