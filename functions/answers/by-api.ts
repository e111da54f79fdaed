import * as z from 'zod';
import { JsonObject, RequestId, Verb } from '../../shared/contracts/index.ts';
import { proofOf } from '../../shared/domain/session-proof.ts';
import { type AnswerReceipt, type AnswerRequestPorts, answerRequest } from '../../shared/operations/answer-request.ts';
import { type HttpAnswer, type HttpRequest, json } from '../triggers/http.ts';
import { readBody } from '../triggers/read-body.ts';
import type { TokenHolder } from '../triggers/signed-in.ts';

const Body = z.strictObject({
  verb: Verb,
  digest: z.string(),
  edits: JsonObject.nullable().default(null),
  reason: z.string().max(2_000).default(''),
});

/** An answer of somebody who is signed in. */
export async function answerByApi(
  ports: AnswerRequestPorts,
  request: HttpRequest,
  person: TokenHolder,
): Promise<HttpAnswer> {
  const requestId = RequestId.safeParse(request.pathParameters?.['id']);
  if (!requestId.success) return json(404, { message: 'There is no such request.' });
  const body = readBody(request, Body);
  const command = { ...body, requestId: requestId.data, by: person.email, seen: body.digest, onPageMs: null };
  const proof = person.signedInAtMs === null ? 'sign-in' : proofOf(person.signedInAtMs, ports.clock.nowMs());
  return answerTo(await answerRequest.run(ports, { ...command, proof, channel: 'api' }));
}

function answerTo(receipt: AnswerReceipt): HttpAnswer {
  switch (receipt.kind) {
    case 'answered':
    case 'counted':
    case 'voted':
      return json(200, receipt.request);
    case 'proof-needed':
      return json(403, { message: receipt.problem, proof: receipt.proof });
    case 'settled':
    case 'changed':
      return json(409, { message: 'It was answered or changed meanwhile.', request: receipt.request });
    case 'expired':
      return json(410, { message: 'It expired; the answer taken was no.', request: receipt.request });
    case 'incomplete':
      return json(400, { message: receipt.problem });
    case 'not-allowed':
      return json(403, { message: receipt.problem });
    case 'unknown':
      return json(404, { message: 'There is no such request.' });
  }
}
