import * as z from 'zod';
import { CaseId } from '../../shared/contracts/index.ts';
import {
  OverturnCase,
  type Overturned,
  type OverturnPorts,
  overturnCase,
} from '../../shared/operations/overturn-case.ts';
import { type HttpAnswer, type HttpRequest, json } from '../triggers/http.ts';
import { readBody } from '../triggers/read-body.ts';
import type { TokenHolder } from '../triggers/signed-in.ts';

/** What is left out of an action is of the case itself. */
const Body = z.strictObject({
  ...OverturnCase.pick({ reason: true, digest: true, decision: true, carryOut: true }).shape,
  takeBack: z
    .array(z.union([z.string(), z.strictObject({ caseId: CaseId, actionId: z.string() })]))
    .max(100)
    .default([]),
});

/** A past decision is overturned by somebody who is signed in. */
export async function overturnByApi(
  ports: OverturnPorts,
  request: HttpRequest,
  person: TokenHolder,
): Promise<HttpAnswer> {
  const caseId = CaseId.safeParse(request.pathParameters?.['id']);
  if (!caseId.success) return json(404, { message: 'There is no such case.' });
  const body = readBody(request, Body);
  const takeBack = body.takeBack.map((wanted) =>
    typeof wanted === 'string' ? { caseId: caseId.data, actionId: wanted } : wanted,
  );
  const command = { ...body, takeBack, caseId: caseId.data, by: person.email };
  return answerTo(await overturnCase.run(ports, { ...command, proof: 'sign-in', channel: 'api' }));
}

function answerTo(overturned: Overturned): HttpAnswer {
  switch (overturned.kind) {
    case 'overturned': {
      const { id, state, outcome, decision, decidedBy } = overturned.case;
      return json(200, { caseId: id, state, outcome, decision, decidedBy });
    }
    case 'changed':
      return json(409, {
        message: 'More was done, or somebody was first, since you looked.',
        consequences: overturned.consequences,
      });
    case 'incomplete':
      return json(400, { message: overturned.problem });
    case 'not-allowed':
      return json(403, { message: overturned.problem });
    case 'unknown':
      return json(404, { message: 'There is no such case.' });
  }
}
