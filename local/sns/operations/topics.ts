import { z } from 'zod';
import { AwsError } from '../../kernel/errors.ts';
import type { JsonObject, Operation } from '../../kernel/service.ts';
import { type SnsParts, snsOperation, write } from '../parts.ts';
import { readProtocol, type Subscription, subscriptionArn } from '../subscriptions.ts';

const NamedTopic = z.strictObject({ TopicArn: z.string() });

export function topicOperations(parts: SnsParts): Record<string, Operation> {
  return {
    CreateTopic: snsOperation({
      name: 'CreateTopic',
      input: z.strictObject({ Name: z.string().regex(/^[\w-]{1,256}$/, 'Topic Name'), Tags: z.unknown().optional() }),
      permissions: (input) => [{ action: 'sns:CreateTopic', resource: parts.topics.arn(input.Name) }],
      run: async (input) => {
        const arn = parts.topics.arn(input.Name);
        if (parts.topics.find(arn) === null) {
          await write(parts, () => parts.topics.save({ arn, displayName: '', policy: null }));
        }
        return { TopicArn: arn };
      },
    }),
    DeleteTopic: snsOperation({
      name: 'DeleteTopic',
      input: NamedTopic,
      permissions: (input) => [{ action: 'sns:DeleteTopic', resource: input.TopicArn }],
      run: async ({ TopicArn }) => {
        await write(parts, () => {
          parts.topics.remove(TopicArn);
          for (const { arn } of parts.subscriptions.of(TopicArn)) parts.subscriptions.remove(arn);
        });
        return {};
      },
    }),
    ListTopics: snsOperation({
      name: 'ListTopics',
      input: z.strictObject({}),
      permissions: () => [{ action: 'sns:ListTopics', resource: '*' }],
      run: () => ({ Topics: parts.topics.all().map(({ arn }) => ({ TopicArn: arn })) }),
    }),
    GetTopicAttributes: snsOperation({
      name: 'GetTopicAttributes',
      input: NamedTopic,
      permissions: (input) => [{ action: 'sns:GetTopicAttributes', resource: input.TopicArn }],
      run: (input) => {
        const { arn, displayName, policy } = parts.topics.get(input.TopicArn);
        const SubscriptionsConfirmed = String(parts.subscriptions.of(arn).length);
        const Attributes = {
          TopicArn: arn,
          DisplayName: displayName,
          SubscriptionsConfirmed,
          SubscriptionsPending: '0',
        };
        return { Attributes: policy === null ? Attributes : { ...Attributes, Policy: JSON.stringify(policy) } };
      },
    }),
  };
}

export function subscriptionOperations(parts: SnsParts): Record<string, Operation> {
  return {
    Subscribe: snsOperation({
      name: 'Subscribe',
      input: z.strictObject({
        TopicArn: z.string(),
        Protocol: z.string(),
        Endpoint: z.string(),
        ReturnSubscriptionArn: z.boolean().optional(),
        Attributes: z
          .strictObject({ RawMessageDelivery: z.enum(['true', 'false']) })
          .partial()
          .default({}),
      }),
      permissions: (input) => [{ action: 'sns:Subscribe', resource: input.TopicArn }],
      run: async (input) => {
        const { arn: topicArn } = parts.topics.get(input.TopicArn);
        const protocol = readProtocol(input.Protocol);
        const arn = subscriptionArn(topicArn, protocol, input.Endpoint);
        const isRaw = input.Attributes.RawMessageDelivery === 'true';
        const made = { arn, topicArn, protocol, endpoint: input.Endpoint, isRaw, isFromTemplate: false };
        await write(parts, () => parts.subscriptions.save(made));
        return { SubscriptionArn: arn };
      },
    }),
    Unsubscribe: snsOperation({
      name: 'Unsubscribe',
      input: z.strictObject({ SubscriptionArn: z.string() }),
      permissions: (input) => [{ action: 'sns:Unsubscribe', resource: input.SubscriptionArn }],
      run: async ({ SubscriptionArn }) => {
        if (parts.subscriptions.find(SubscriptionArn) === null) {
          throw new AwsError('NotFoundException', 'Subscription does not exist', { status: 404 });
        }
        await write(parts, () => parts.subscriptions.remove(SubscriptionArn));
        return {};
      },
    }),
    ListSubscriptions: snsOperation({
      name: 'ListSubscriptions',
      input: z.strictObject({}),
      permissions: () => [{ action: 'sns:ListSubscriptions', resource: '*' }],
      run: () => ({ Subscriptions: parts.subscriptions.all().map(described) }),
    }),
    ListSubscriptionsByTopic: snsOperation({
      name: 'ListSubscriptionsByTopic',
      input: NamedTopic,
      permissions: (input) => [{ action: 'sns:ListSubscriptionsByTopic', resource: input.TopicArn }],
      run: (input) => ({ Subscriptions: parts.subscriptions.of(input.TopicArn).map(described) }),
    }),
  };
}

function described({ arn, topicArn, protocol, endpoint }: Subscription): JsonObject {
  return {
    SubscriptionArn: arn,
    TopicArn: topicArn,
    Protocol: protocol,
    Endpoint: endpoint,
    Owner: topicArn.split(':')[4] ?? '',
  };
}
