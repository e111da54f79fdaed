import { findWorkflow } from '../agents/index.ts';
import { type SeedReceipt, SeedReview, seedReview } from '../shared/operations/seed-review.ts';
import { fromSignedIn } from './triggers/from-signed-in.ts';
import { type HttpAnswer, json } from './triggers/http.ts';
import { readBody } from './triggers/read-body.ts';
import { askExecutions, cases, clock, ids, settings, telemetry, versionsOf } from './wiring.ts';

const ports = {
  findWorkflow,
  cases: cases(),
  settings: settings(),
  versionsOf: versionsOf(),
  askExecutions: askExecutions(),
  ids,
  clock,
};

const Body = SeedReview.omit({ workflow: true, by: true }).strict();

/** Puts a question with a known answer among those of a workflow. */
export const handler = fromSignedIn('seed-review', telemetry(), async (request, person) => {
  const body = readBody(request, Body);
  const workflow = request.pathParameters?.['id'] ?? '';
  return answerTo(await seedReview.run(ports, { ...body, workflow, by: person.email }));
});

function answerTo(receipt: SeedReceipt): HttpAnswer {
  switch (receipt.kind) {
    case 'seeded':
      return json(201, { caseId: receipt.caseId });
    case 'not-allowed':
      return json(403, { message: receipt.problem });
    case 'incomplete':
      return json(400, { message: receipt.problem });
    case 'unknown':
      return json(404, { message: 'There is no such workflow.' });
  }
}
