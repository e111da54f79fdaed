import { findWorkflow } from '../agents/index.ts';
import { receiveWebhook, type WebhookReceipt } from '../shared/operations/receive-webhook.ts';
import { bodyBytes, fromHttp, type HttpAnswer, json } from './triggers/http.ts';
import { clock, intake, secrets, telemetry } from './wiring.ts';

const ports = { findWorkflow, clock, intake: intake(), secrets: secrets(), telemetry: telemetry() };

const STATUS = { 'unknown-workflow': 404, 'too-large': 413, 'bad-signature': 401, 'not-json': 400 } as const;

export const handler = fromHttp(receiveWebhook.name, ports.telemetry, async (request) => {
  const { headers } = request;
  const receipt = await receiveWebhook.run(ports, {
    workflow: request.pathParameters?.['workflow'] ?? '',
    trigger: request.queryStringParameters?.['trigger'] ?? null,
    webhookId: headers['webhook-id'],
    webhookTimestamp: headers['webhook-timestamp'],
    webhookSignature: headers['webhook-signature'],
    body: bodyBytes(request),
  });
  return answerTo(receipt);
});

function answerTo(receipt: WebhookReceipt): HttpAnswer {
  if (receipt.kind === 'accepted') return json(202, { caseId: receipt.caseId });
  if (receipt.kind === 'accepted-batch') return json(202, { batchId: receipt.batchId });
  return json(STATUS[receipt.kind], { message: receipt.problem });
}
