import { findWorkflow } from '../agents/index.ts';
import { receiveWebhook, type WebhookReceipt } from '../shared/operations/receive-webhook.ts';
import { intake } from './queues/wiring.ts';
import { secrets } from './secrets/wiring.ts';
import { bodyBytes, fromHttp, type HttpAnswer, type HttpRequest, json } from './triggers/http.ts';
import { clock, publicUrl, telemetry } from './wiring.ts';

const ports = { findWorkflow, clock, intake: intake(), secrets: secrets(), telemetry: telemetry() };

const STATUS = { 'unknown-workflow': 404, 'too-large': 413, 'bad-signature': 401, 'not-json': 400 } as const;

export const handler = fromHttp(receiveWebhook.name, ports.telemetry, async (request) => {
  const receipt = await receiveWebhook.run(ports, {
    workflow: request.pathParameters?.['workflow'] ?? '',
    trigger: request.queryStringParameters?.['trigger'] ?? null,
    method: request.requestContext.http.method,
    url: addressOf(request),
    headers: request.headers,
    body: bodyBytes(request),
  });
  return answerTo(receipt);
});

/** Under the name that the world knows, which is what senders sign. */
function addressOf({ rawPath, rawQueryString }: HttpRequest): string {
  return `${publicUrl()}${rawPath}${rawQueryString === '' ? '' : `?${rawQueryString}`}`;
}

function answerTo(receipt: WebhookReceipt): HttpAnswer {
  if (receipt.kind === 'accepted') return json(202, { caseId: receipt.caseId });
  if (receipt.kind === 'accepted-many') return json(202, { caseIds: receipt.caseIds });
  if (receipt.kind === 'challenge') return json(200, { challenge: receipt.challenge });
  if (receipt.kind === 'accepted-batch') return json(202, { batchId: receipt.batchId });
  return json(STATUS[receipt.kind], { message: receipt.problem });
}
