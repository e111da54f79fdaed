import * as z from 'zod';
import { findWorkflow, workflows } from '../agents/index.ts';
import { shownBy } from '../evals/machine/evidence-of.ts';
import { DeployedSet, EvaluationId, type EvaluationRun, EvaluationWish } from '../shared/contracts/index.ts';
import { type MeasuredReceipt, recordMeasured } from '../shared/operations/evaluations/record-measured.ts';
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
  workflows,
  findWorkflow,
  shownBy: async (run: EvaluationRun) => {
    const workflow = findWorkflow(run.wish.workflow);
    const problem = `There is no workflow ${run.wish.workflow}.`;
    return workflow === null ? { kind: 'none' as const, problem } : shownBy(ports.evaluations, workflow, run);
  },
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
/** `setDigest`: of the set as whoever asks has it. */
const Start = EvaluationWish.extend({ setDigest: z.string().nullable().default(null), reason });
const Record = z.strictObject({ reason });
const GoOn = z.strictObject({ maxUsd: EvaluationWish.shape.maxUsd.unwrap().nullable().default(null), reason });

/** Has a workflow measured on the stack, goes on with a measurement that broke off, or puts on record what one showed. */
export const handler = fromSignedIn('start-evaluation', telemetry(), async (request, person) => {
  const who = { by: person.email, proof: 'sign-in' as const };
  const id = request.pathParameters?.['id'];
  if (id === undefined) {
    const { reason: why, setDigest, ...wish } = readBody(request, Start);
    return answerTo(await startEvaluation.run(ports, { ...who, reason: why, setDigest, wish }));
  }
  const evaluationId = EvaluationId.parse(id);
  if (request.routeKey.endsWith('/evidence')) {
    return answerTo(await recordMeasured.run(ports, { ...who, ...readBody(request, Record), evaluationId }));
  }
  const { reason: why, maxUsd } = readBody(request, GoOn);
  return answerTo(await goOnWithEvaluation.run(ports, { ...who, reason: why, evaluationId, maxUsd }));
});

function answerTo(receipt: EvaluationReceipt | MeasuredReceipt): HttpAnswer {
  if (receipt.kind === 'recorded') {
    const { kind: _kind, ...recorded } = receipt;
    return json(200, recorded);
  }
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
