import * as z from 'zod';
import type { WebhookTrigger, Workflow } from '../authoring/index.ts';
import { type CaseId, Slug } from '../contracts/index.ts';
import { caseIdOf } from '../domain/case-id.ts';
import { type ReadBody, readFileBody } from '../domain/file-body.ts';
import { eventIdByKey, readInput } from '../domain/trigger-input.ts';
import { parseUntrustedJson } from '../domain/untrusted-json.ts';
import { checkSignature, type SignatureCheck } from '../domain/webhook-signature.ts';
import type { Clock, Intake, Secrets, Telemetry } from '../ports/index.ts';
import { operation } from './operation.ts';

/** Above this the trigger might not fit through the state machine (262,144 bytes) with what is added on the way. */
export const LARGEST_BODY_BYTES = 200_000;

export const ReceivedWebhook = z.object({
  workflow: z.string(),
  /** Which of the workflow's webhook triggers; null for its first. */
  trigger: Slug.nullable(),
  webhookId: z.string().optional(),
  webhookTimestamp: z.string().optional(),
  webhookSignature: z.string().optional(),
  /** The bytes as they came. */
  body: z.custom<Uint8Array>((value) => value instanceof Uint8Array),
});

export type WebhookReceipt =
  | { readonly kind: 'accepted'; readonly caseId: CaseId }
  /** A file of many lines, each of which becomes a case. */
  | { readonly kind: 'accepted-batch'; readonly batchId: CaseId }
  | { readonly kind: 'unknown-workflow' | 'too-large' | 'bad-signature' | 'not-json'; readonly problem: string };

export interface ReceiveWebhookPorts {
  readonly findWorkflow: (id: string) => Workflow | null;
  readonly secrets: Secrets;
  readonly intake: Intake;
  readonly clock: Clock;
  readonly telemetry: Telemetry;
}

/** Checks a signed webhook and puts it on the intake queue. The same webhook always answers with the same case. */
export const receiveWebhook = operation({
  name: 'receive-webhook',
  input: ReceivedWebhook,
  async run(ports: ReceiveWebhookPorts, webhook): Promise<WebhookReceipt> {
    const workflow = ports.findWorkflow(webhook.workflow);
    const definition = workflow === null ? null : webhookTrigger(workflow, webhook.trigger);
    if (workflow === null || definition === null) return unknownWorkflow(webhook.workflow);
    if (webhook.body.byteLength > LARGEST_BODY_BYTES) return tooLarge(webhook.body.byteLength);

    const nowMs = ports.clock.nowMs();
    const check = await checkWithLiveSecrets(ports.secrets, workflow.id, signedPart(webhook), nowMs);
    if (!check.ok) {
      ports.telemetry.count('SignaturesRefused', 1, workflow.id);
      return { kind: 'bad-signature', problem: check.problem };
    }
    const body: ReadBody = definition.batch === null ? parseUntrustedJson(webhook.body) : readFileBody(webhook.body);
    if (!body.ok) return { kind: body.isTooLarge === true ? 'too-large' : 'not-json', problem: body.problem };

    // A workflow may know its events by a name of their own, and then a new webhook with a known event is that event.
    const isKeyed = definition.batch === null && definition.key !== null;
    const known = isKeyed ? eventIdByKey(definition, readInput(workflow, definition, body.value)) : null;
    const event = { workflow: workflow.id, trigger: definition.id, eventId: known ?? check.id };
    await ports.intake.send([{ ...event, receivedAt: new Date(nowMs).toISOString(), body: body.value }]);
    ports.telemetry.count('TriggersAccepted', 1, workflow.id);
    const id = caseIdOf(event);
    return definition.batch === null ? { kind: 'accepted', caseId: id } : { kind: 'accepted-batch', batchId: id };
  },
});

/** A good signature by a secret that was rotated a moment ago is not refused. */
async function checkWithLiveSecrets(
  secrets: Secrets,
  workflow: string,
  signed: Parameters<typeof checkSignature>[0],
  nowMs: number,
): Promise<SignatureCheck> {
  const known = await secrets.webhookSecrets(workflow);
  const check = checkSignature(signed, known, nowMs);
  if (check.ok) return check;
  const current = await secrets.webhookSecrets(workflow, { afterMismatch: true });
  return current.join() === known.join() ? check : checkSignature(signed, current, nowMs);
}

function webhookTrigger(workflow: Workflow, wanted: string | null): WebhookTrigger | null {
  const webhooks = workflow.triggers.filter((trigger) => trigger.kind === 'webhook');
  const trigger = wanted === null ? webhooks[0] : webhooks.find(({ id }) => id === wanted);
  return trigger ?? null;
}

function signedPart(webhook: z.infer<typeof ReceivedWebhook>): Parameters<typeof checkSignature>[0] {
  return {
    id: webhook.webhookId,
    timestamp: webhook.webhookTimestamp,
    signature: webhook.webhookSignature,
    body: webhook.body,
  };
}

function unknownWorkflow(id: string): WebhookReceipt {
  return { kind: 'unknown-workflow', problem: `There is no workflow "${id}" with such a webhook.` };
}

function tooLarge(bytes: number): WebhookReceipt {
  return { kind: 'too-large', problem: `The body has ${bytes} bytes; at most ${LARGEST_BODY_BYTES} are taken.` };
}
