import { createHmac, randomUUID } from 'node:crypto';
import * as z from 'zod';
import { AwsError } from '../kernel/errors.ts';
import type { Json } from '../kernel/service.ts';
import type { SurfaceParts } from './parts.ts';

export interface SignCommand {
  readonly workflow: string;
  readonly body: unknown;
  readonly id?: string | undefined;
}

/** The headers of a webhook signed as Standard Webhooks asks, with the workflow's current secret. */
export async function signWebhook(parts: SurfaceParts, command: SignCommand): Promise<Record<string, string>> {
  const id = command.id ?? `msg_${randomUUID().replaceAll('-', '')}`;
  const timestamp = String(Math.floor(parts.clock.now() / 1000));
  const body = typeof command.body === 'string' ? command.body : JSON.stringify(command.body);
  const key = keyOf(await secretOf(parts, command.workflow));
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${signature}` };
}

async function secretOf(parts: SurfaceParts, workflow: string): Promise<string> {
  const name = parts.secretNames.find((one) => one.endsWith(`webhook/${workflow}`));
  if (name === undefined) {
    throw new AwsError('NotFound', `The stack has no secret whose name ends with webhook/${workflow}.`, {
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
