import * as z from 'zod';
import {
  type BackTestPorts,
  BackTestRule,
  backTestRule,
  ProposeRules,
  proposeWorkflowRules,
} from '../../shared/operations/back-test.ts';
import { type HttpAnswer, type HttpRequest, json } from '../triggers/http.ts';
import { readBody } from '../triggers/read-body.ts';
import type { TokenHolder } from '../triggers/signed-in.ts';

const BackTestBody = z.strictObject(BackTestRule.omit({ workflow: true, reader: true }).shape);

/** `POST /api/workflows/{id}/back-test`: what a change would have meant, item by item. */
export async function backTestByApi(
  ports: BackTestPorts,
  request: HttpRequest,
  person: TokenHolder,
): Promise<HttpAnswer> {
  const body = readBody(request, BackTestBody);
  const workflow = request.pathParameters?.['id'] ?? '';
  const report = await backTestRule.run(ports, { ...body, workflow, reader: person.email });
  switch (report.kind) {
    case 'tested': {
      const { kind: _kind, ...found } = report;
      return json(200, found);
    }
    case 'unknown':
      return json(404, { message: report.problem });
    case 'unfit':
      return json(400, { message: report.problem });
  }
}

const Query = z.object({ days: z.coerce.number().optional(), maximumCases: z.coerce.number().optional() });

/** `GET /api/workflows/{id}/proposed-rules` */
export async function proposedRulesByApi(ports: BackTestPorts, request: HttpRequest): Promise<HttpAnswer> {
  const workflow = request.pathParameters?.['id'] ?? '';
  const wanted = Query.transform((query) => ({ ...query, workflow }))
    .pipe(ProposeRules)
    .safeParse(request.queryStringParameters ?? {});
  if (!wanted.success) return json(400, { message: z.prettifyError(wanted.error) });
  const proposed = await proposeWorkflowRules.run(ports, wanted.data);
  if (proposed === null) return json(404, { message: 'There is no such workflow.' });
  const { rules, ...rest } = proposed;
  return json(200, { items: rules, ...rest });
}
