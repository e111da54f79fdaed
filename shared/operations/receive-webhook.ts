import * as z from 'zod';
import type { Workflow } from '../authoring/index.ts';
import { type CaseId, Slug } from '../contracts/index.ts';
import { caseIdOf } from '../domain/case-id.ts';
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
  | { readonly kind: 'unknown-workflow' | 'too-large' | 'bad-signature' | 'not-json'; readonly problem: string };

export interface ReceiveWebhookPorts {
  readonly findWorkflow: (id: string) => Workflow | null;
  readonly secrets: Secrets;
  readonly intake: Intake;
  readonly clock: Clock;
  readonly telemetry: Telemetry;
}

/** Checks a signed webhook and puts it on the intake queue. The same webhook id always answers with the same case. */
export const receiveWebhook = operation({
  name: 'receive-webhook',
  input: ReceivedWebhook,
  async run(ports: ReceiveWebhookPorts, webhook): Promise<WebhookReceipt> {
    const workflow = ports.findWorkflow(webhook.workflow);
    const trigger = workflow === null ? null : webhookTrigger(workflow, webhook.trigger);
    if (workflow === null || trigger === null) return unknownWorkflow(webhook.workflow);
    if (webhook.body.byteLength > LARGEST_BODY_BYTES) return tooLarge(webhook.body.byteLength);

    const nowMs = ports.clock.nowMs();
    const check = await checkWithLiveSecrets(ports.secrets, workflow.id, signedPart(webhook), nowMs);
    if (!check.ok) {
      ports.telemetry.count('SignaturesRefused', 1, workflow.id);
      return { kind: 'bad-signature', problem: check.problem };
    }
    const parsed = parseUntrustedJson(webhook.body);
    if (!parsed.ok) return { kind: 'not-json', problem: parsed.problem };

    const event = { workflow: workflow.id, trigger, eventId: check.id };
    await ports.intake.send([{ ...event, receivedAt: new Date(nowMs).toISOString(), body: parsed.value }]);
    ports.telemetry.count('TriggersAccepted', 1, workflow.id);
    return { kind: 'accepted', caseId: caseIdOf(event) };
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

function webhookTrigger(workflow: Workflow, wanted: string | null): string | null {
  const webhooks = workflow.triggers.filter((trigger) => trigger.kind === 'webhook');
  const trigger = wanted === null ? webhooks[0] : webhooks.find(({ id }) => id === wanted);
  return trigger?.id ?? null;
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
