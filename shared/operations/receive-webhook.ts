import * as z from 'zod';
import type { WebhookTrigger, Workflow } from '../authoring/index.ts';
import { webhookSecretName } from '../authoring/triggers.ts';
import { type CaseId, Slug } from '../contracts/index.ts';
import { type ReadBody, readFileBody } from '../domain/batches/file-body.ts';
import { caseIdOf } from '../domain/case-id.ts';
import { fitsQueue } from '../domain/queue-text.ts';
import { eventIdByKey, readInput } from '../domain/trigger-input.ts';
import { parseUntrustedJson } from '../domain/untrusted-json.ts';
import {
  challengeIn,
  checkSignature,
  eventsIn,
  type SignatureCheck,
  type SignedWebhook,
  type WebhookEvent,
} from '../domain/webhooks/index.ts';
import type { Clock, Intake, Secrets, Telemetry } from '../ports/index.ts';
import { operation } from './operation.ts';

/** Above this the trigger might not fit on the queue (262,144 bytes) with what is added on the way. */
export const LARGEST_BODY_BYTES = 200_000;

const ReceivedWebhook = z.object({
  workflow: z.string(),
  /** Which of the workflow's webhook triggers; null for its first. */
  trigger: Slug.nullable(),
  method: z.string(),
  /** As its sender addressed it. */
  url: z.string(),
  /** By their names in lower case. */
  headers: z.record(z.string(), z.string().optional()),
  /** The bytes as they came. */
  body: z.custom<Uint8Array>((value) => value instanceof Uint8Array),
});

export type WebhookReceipt =
  | { readonly kind: 'accepted'; readonly caseId: CaseId }
  /** Many events in one body, in their order. */
  | { readonly kind: 'accepted-many'; readonly caseIds: readonly CaseId[] }
  /** What the sender wants to hear back to know that it has the right address; no case. */
  | { readonly kind: 'challenge'; readonly challenge: string }
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
    const check = await checkWithLiveSecrets(ports.secrets, workflow.id, definition, { webhook, nowMs });
    if (!check.ok) {
      ports.telemetry.count('SignaturesRefused', 1, workflow.id);
      return { kind: 'bad-signature', problem: check.problem };
    }
    const body: ReadBody = definition.batch === null ? parseUntrustedJson(webhook.body) : readFileBody(webhook.body);
    if (!body.ok) return { kind: body.isTooLarge === true ? 'too-large' : 'not-json', problem: body.problem };

    const challenge = challengeIn(definition.signed, body.value);
    if (challenge !== null) return { kind: 'challenge', challenge };
    const events = eventsIn(definition.signed, { id: check.id, body: body.value, bytes: webhook.body });
    const triggers = events.map((event) => triggerOf(workflow, definition, event, nowMs));
    if (!triggers.every(fitsQueue)) return tooLarge(webhook.body.byteLength);
    const [id, ...others] = triggers.map(caseIdOf);
    if (id === undefined) return { kind: 'not-json', problem: 'There is no event in the body.' };
    await ports.intake.send(triggers);
    ports.telemetry.count('TriggersAccepted', triggers.length, workflow.id);
    if (others.length > 0) return { kind: 'accepted-many', caseIds: [id, ...others] };
    return definition.batch === null ? { kind: 'accepted', caseId: id } : { kind: 'accepted-batch', batchId: id };
  },
});

/** A workflow may know its events by a name of their own, and then a new webhook with a known event is that event. */
function triggerOf(workflow: Workflow, definition: WebhookTrigger, { eventId, body }: WebhookEvent, nowMs: number) {
  const isKeyed = definition.batch === null && definition.key !== null;
  const known = isKeyed ? eventIdByKey(definition, readInput(workflow, definition, body)) : null;
  const event = { workflow: workflow.id, trigger: definition.id, eventId: known ?? eventId };
  return { ...event, receivedAt: new Date(nowMs).toISOString(), body };
}

/** A good signature by a secret that was rotated a moment ago is not refused. */
async function checkWithLiveSecrets(
  secrets: Secrets,
  workflow: string,
  { id, signed }: WebhookTrigger,
  { webhook, nowMs }: { readonly webhook: SignedWebhook; readonly nowMs: number },
): Promise<SignatureCheck> {
  const name = webhookSecretName(workflow, { id, signed });
  const known = await secrets.webhookSecrets(name);
  const check = checkSignature(signed, webhook, known, nowMs);
  if (check.ok) return check;
  const current = await secrets.webhookSecrets(name, { afterMismatch: true });
  return current.join() === known.join() ? check : checkSignature(signed, webhook, current, nowMs);
}

function webhookTrigger(workflow: Workflow, wanted: string | null): WebhookTrigger | null {
  const webhooks = workflow.triggers.filter((trigger) => trigger.kind === 'webhook');
  const trigger = wanted === null ? webhooks[0] : webhooks.find(({ id }) => id === wanted);
  return trigger ?? null;
}

function unknownWorkflow(id: string): WebhookReceipt {
  return { kind: 'unknown-workflow', problem: `There is no workflow "${id}" with such a webhook.` };
}

function tooLarge(bytes: number): WebhookReceipt {
  const most = `at most ${LARGEST_BODY_BYTES} are taken, and fewer of what has to be spelled out`;
  return { kind: 'too-large', problem: `The body has ${bytes} bytes; ${most}.` };
}
