import { z } from 'zod';
import { Outbox } from '../delivery/outbox.ts';
import { parseInput } from '../inputs/operation.ts';
import type { Activity } from '../kernel/activity.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Place } from '../kernel/names.ts';
import type { Dispatch, JsonObject, Service } from '../kernel/service.ts';
import type { Store } from '../kernel/store.ts';
import { publishOperations } from './operations/publish.ts';
import { subscriptionOperations, topicOperations } from './operations/topics.ts';
import { INVALID_PARAMETER, type SendMail, type SnsParts } from './parts.ts';
import { readProtocol, Subscriptions, subscriptionArn } from './subscriptions.ts';
import { Topics } from './topics.ts';

export type { NoticeMail, SendMail } from './parts.ts';

/** SNS: topics that tell people by mail, and queues and functions. On the wire it speaks XML, which is not built. */
export function createSns(options: SnsOptions): SnsService {
  const outbox = new Outbox({
    ...options,
    owner: 'sns',
    onDropped: ({ deadLetter }, { failure }) =>
      console.error(
        `A message to ${deadLetter.about['SUBSCRIPTION_ARN']} was dropped: ${failure.code}: ${failure.message}`,
      ),
  });
  const topics = new Topics(options.store, options.place);
  const subscriptions = new Subscriptions(options.store);
  const parts: SnsParts = { ...options, topics, subscriptions, outbox };
  const ensured = new Set<string>();
  return {
    name: 'sns',
    operations: { ...publishOperations(parts), ...topicOperations(parts), ...subscriptionOperations(parts) },
    ensureTopic: (topicName, properties = {}) => {
      const { arns, topicArn } = ensureTopic(parts, topicName, properties);
      for (const arn of arns) ensured.add(arn);
      return topicArn;
    },
    ensureSubscription: (properties) => {
      const arn = ensureSubscription(
        parts,
        parseInput({ ...FROM_TEMPLATE, input: SubscriptionProperties }, properties),
      );
      ensured.add(arn);
      return arn;
    },
    setTopicPolicy: (topicArn, policy) =>
      options.store.writeNow(() => topics.save({ ...topics.get(topicArn), policy })),
    policyOf: (topicArn) => topics.find(topicArn)?.policy ?? null,
    start: () => {
      options.store.writeNow(() => {
        const leftOver = subscriptions.all().filter(({ arn, isFromTemplate }) => isFromTemplate && !ensured.has(arn));
        for (const { arn } of leftOver) subscriptions.remove(arn);
      });
      outbox.start();
    },
    stop: () => outbox.stop(),
  };
}

export interface SnsOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly activity: Activity;
  readonly place: Place;
  readonly dispatch: Dispatch;
  readonly sendMail: SendMail;
}

export interface SnsService extends Service {
  /** Makes the topic of a template with the subscriptions it lists; answers its ARN. `properties` are those of AWS::SNS::Topic. */
  ensureTopic(topicName: string, properties?: JsonObject): string;
  /** AWS::SNS::Subscription: its topic must be there. Confirmed at once; answers its ARN. */
  ensureSubscription(properties: JsonObject): string;
  /** PolicyDocument of an AWS::SNS::TopicPolicy; null for a topic without one. */
  setTopicPolicy(topicArn: string, policy: JsonObject | null): void;
  /** The resource policy of a topic; null without one, or without such a topic. */
  policyOf(topicArn: string): JsonObject | null;
  /** Removes subscriptions of earlier templates and takes up deliveries that were under way. */
  start(): void;
  stop(): void;
}

const TopicProperties = z.strictObject({
  TopicName: z.string().optional(),
  DisplayName: z.string().default(''),
  KmsMasterKeyId: z.unknown().optional(),
  Tags: z.unknown().optional(),
  Subscription: z.array(z.strictObject({ Protocol: z.string(), Endpoint: z.string() })).default([]),
});

const SubscriptionProperties = z.strictObject({
  TopicArn: z.string(),
  Protocol: z.string(),
  Endpoint: z.string(),
  RawMessageDelivery: z.boolean().default(false),
});

const FROM_TEMPLATE = { service: 'SNS', name: 'template', invalidCode: INVALID_PARAMETER };

function ensureTopic(
  parts: SnsParts,
  topicName: string,
  properties: JsonObject,
): { readonly topicArn: string; readonly arns: readonly string[] } {
  const values = parseInput({ ...FROM_TEMPLATE, input: TopicProperties }, properties);
  const topicArn = parts.topics.arn(topicName);
  const policy = parts.topics.find(topicArn)?.policy ?? null;
  parts.store.writeNow(() => parts.topics.save({ arn: topicArn, displayName: values.DisplayName, policy }));
  const arns = values.Subscription.map((subscription) =>
    ensureSubscription(parts, { ...subscription, TopicArn: topicArn, RawMessageDelivery: false }),
  );
  return { topicArn, arns };
}

function ensureSubscription(parts: SnsParts, values: z.output<typeof SubscriptionProperties>): string {
  const { arn: topicArn } = parts.topics.get(values.TopicArn);
  const protocol = readProtocol(values.Protocol);
  const arn = subscriptionArn(topicArn, protocol, values.Endpoint);
  const isRaw = values.RawMessageDelivery;
  const made = { arn, topicArn, protocol, endpoint: values.Endpoint, isRaw, isFromTemplate: true };
  parts.store.writeNow(() => parts.subscriptions.save(made));
  return arn;
}
