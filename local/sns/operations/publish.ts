import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Delivery } from '../../delivery/pending.ts';
import { targetCall } from '../../delivery/target.ts';
import { present } from '../../inputs/json.ts';
import type { Caller, JsonObject, Operation } from '../../kernel/service.ts';
import { mailText } from '../mail-text.ts';
import { type SnsParts, snsOperation, write } from '../parts.ts';
import type { Subscription } from '../subscriptions.ts';

const MAX_BYTES = 262_144;
const DAY_MS = 86_400_000;

const PublishInput = z.strictObject({
  TopicArn: z.string(),
  Message: z
    .string()
    .min(1)
    .refine((text) => Buffer.byteLength(text) <= MAX_BYTES, 'Message too long'),
  Subject: z
    .string()
    .min(1)
    .max(100)
    .regex(/^\P{Cc}+$/u, 'Subject')
    .optional(),
});
type PublishInput = z.output<typeof PublishInput>;

export function publishOperations(parts: SnsParts): Record<string, Operation> {
  return {
    Publish: snsOperation({
      name: 'Publish',
      input: PublishInput,
      permissions: (input) => [{ action: 'sns:Publish', resource: input.TopicArn }],
      run: (input, caller) => publish(parts, input, caller),
    }),
  };
}

/** Mails are kept, and deliveries to queues and functions on disk, before the answer. */
async function publish(parts: SnsParts, input: PublishInput, caller: Caller): Promise<JsonObject> {
  const topic = parts.topics.get(input.TopicArn);
  const messageId = randomUUID();
  const notification = notificationOf(parts, input, messageId);
  const subscriptions = parts.subscriptions.of(topic.arn);
  const ids = await write(parts, () =>
    subscriptions
      .filter(({ protocol }) => protocol === 'sqs' || protocol === 'lambda')
      .map((subscription) => parts.outbox.add(delivery(subscription, input, notification, caller.traceId))),
  );
  parts.outbox.send(ids);
  for (const { endpoint, protocol } of subscriptions.filter(isMail)) {
    const subject = input.Subject ?? 'AWS Notification Message';
    const text = protocol === 'email' ? mailText(input.Message) : JSON.stringify(notification);
    await parts.activity.track(parts.sendMail({ to: endpoint, subject, text, traceId: caller.traceId }));
  }
  return { MessageId: messageId };
}

function isMail({ protocol }: Subscription): boolean {
  return protocol === 'email' || protocol === 'email-json';
}

/** What queues get unless they ask for the message alone. */
function notificationOf(parts: SnsParts, input: PublishInput, messageId: string): JsonObject {
  return present({
    Type: 'Notification',
    MessageId: messageId,
    TopicArn: input.TopicArn,
    Subject: input.Subject,
    Message: input.Message,
    Timestamp: new Date(parts.clock.now()).toISOString(),
  });
}

function delivery(
  subscription: Subscription,
  input: PublishInput,
  notification: JsonObject,
  traceId: string | null,
): Delivery {
  const record = {
    EventSource: 'aws:sns',
    EventVersion: '1.0',
    EventSubscriptionArn: subscription.arn,
    Sns: notification,
  };
  const enveloped = subscription.protocol === 'lambda' ? { Records: [record] } : notification;
  const payload = subscription.isRaw ? input.Message : JSON.stringify(enveloped);
  const caller: Caller = { kind: 'service', service: 'sns.amazonaws.com', sourceArn: input.TopicArn, traceId };
  return {
    ...targetCall(subscription.endpoint, payload, subscription.arn),
    caller,
    maxRetries: 100,
    maxAgeMs: DAY_MS,
    deadLetter: {
      queueArn: null,
      caller,
      body: payload,
      about: { TOPIC_ARN: input.TopicArn, SUBSCRIPTION_ARN: subscription.arn },
    },
  };
}
