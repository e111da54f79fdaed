import { createHmac, randomUUID } from 'node:crypto';
import * as z from 'zod';
import { AwsError } from '../kernel/errors.ts';
import type { Json } from '../kernel/service.ts';
import type { SurfaceParts } from './parts.ts';

/** How senders sign that have a way of their own. */
export const SenderStyle = z.enum(['stripe', 'github', 'slack', 'hubspot', 'typeform']);

export interface SignCommand {
  readonly workflow: string;
  readonly body: unknown;
  readonly id?: string | undefined;
  /** Default: as Standard Webhooks asks. */
  readonly style?: z.infer<typeof SenderStyle> | undefined;
  /** The trigger whose secret a sender of such a style has. */
  readonly trigger?: string | undefined;
  /** Where it is sent, for those who sign that too. */
  readonly url?: string | undefined;
}

/** The headers of a webhook signed with the current secret, of the workflow or of the trigger's sender. */
export async function signWebhook(parts: SurfaceParts, command: SignCommand): Promise<Record<string, string>> {
  const id = command.id ?? `msg_${randomUUID().replaceAll('-', '')}`;
  const timestamp = String(Math.floor(parts.clock.now() / 1000));
  const body = typeof command.body === 'string' ? command.body : JSON.stringify(command.body);
  const { style, workflow, trigger, url = '' } = command;
  if (style !== undefined) {
    const secret = await secretOf(parts, `${workflow}.${trigger ?? ''}`);
    return SIGNERS[style]({ secret, timestamp, url, body });
  }
  const key = keyOf(await secretOf(parts, workflow));
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${signature}` };
}

type Signer = (of: { secret: string; timestamp: string; url: string; body: string }) => Record<string, string>;

const SIGNERS: Readonly<Record<z.infer<typeof SenderStyle>, Signer>> = {
  stripe: ({ secret, timestamp, body }) => ({
    'stripe-signature': `t=${timestamp},v1=${mac(secret, `${timestamp}.${body}`).toString('hex')}`,
  }),
  github: ({ secret, body }) => ({ 'x-hub-signature-256': `sha256=${mac(secret, body).toString('hex')}` }),
  slack: ({ secret, timestamp, body }) => ({
    'x-slack-request-timestamp': timestamp,
    'x-slack-signature': `v0=${mac(secret, `v0:${timestamp}:${body}`).toString('hex')}`,
  }),
  hubspot: ({ secret, timestamp, url, body }) => ({
    'x-hubspot-request-timestamp': `${timestamp}000`,
    'x-hubspot-signature-v3': mac(secret, `POST${url}${body}${timestamp}000`).toString('base64'),
  }),
  typeform: ({ secret, body }) => ({ 'typeform-signature': `sha256=${mac(secret, body).toString('base64')}` }),
};

function mac(secret: string, text: string): Buffer {
  return createHmac('sha256', secret).update(text).digest();
}

async function secretOf(parts: SurfaceParts, last: string): Promise<string> {
  const name = parts.secretNames.find((one) => one.endsWith(`webhook/${last}`));
  if (name === undefined) {
    throw new AwsError('NotFound', `The stack has no secret whose name ends with webhook/${last}.`, {
      status: 404,
    });
  }
  const output = await parts.dispatch({
    service: 'secretsmanager',
    operation: 'GetSecretValue',
    input: { SecretId: name },
    caller: { kind: 'operator', traceId: null },
  });
  return currentOf(String(output['SecretString']));
}

/** A secret with a current and a previous value, or the value alone. */
function currentOf(text: string): string {
  let value: Json;
  try {
    value = JSON.parse(text) as Json;
  } catch {
    return text;
  }
  const parsed = RotatingSecret.safeParse(value);
  return parsed.success ? parsed.data.current : text;
}

const RotatingSecret = z.object({ current: z.string() });

function keyOf(secret: string): Buffer {
  return Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
}
