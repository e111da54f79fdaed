import { z } from 'zod';
import { parseInput } from '../inputs/operation.ts';
import type { Activity } from '../kernel/activity.ts';
import type { Clock } from '../kernel/clock.ts';
import { notBuilt } from '../kernel/errors.ts';
import type { Place } from '../kernel/names.ts';
import type { JsonObject, Service } from '../kernel/service.ts';
import type { Store } from '../kernel/store.ts';
import { Arrivals } from './arrivals.ts';
import { type MessageCounts, Messages } from './messages.ts';
import {
  administerOperations,
  checkQueueName,
  describeOperations,
  newQueue,
  queueUrl,
} from './operations/administer.ts';
import { moveOperations } from './operations/move.ts';
import { receiveOperations } from './operations/receive.ts';
import { sendOperations } from './operations/send.ts';
import { settleOperations } from './operations/settle.ts';
import { INVALID_PARAMETER, type SqsParts } from './parts.ts';
import { AttributeValues, DEFAULT_ATTRIBUTES, WITHOUT_EFFECT, withValues } from './queue-attributes.ts';
import { type Queue, Queues } from './queues.ts';

/** SQS standard queues. FIFO queues are not built. */
export function createSqs(options: SqsOptions): SqsService {
  const messages = new Messages(options.store);
  const parts: SqsParts = {
    ...options,
    messages,
    queues: new Queues(options.store, options.place),
    arrivals: new Arrivals(options.clock, (queue) => messages.soonestVisibleAtMs(queue)),
  };
  return {
    name: 'sqs',
    operations: {
      ...sendOperations(parts),
      ...receiveOperations(parts),
      ...settleOperations(parts),
      ...administerOperations(parts),
      ...describeOperations(parts),
      ...moveOperations(parts),
    },
    ensureQueue: (queueName, properties = {}) => ensureQueue(parts, queueName, properties),
    setQueuePolicy: (queueName, policy) =>
      options.store.writeNow(() => parts.queues.save({ ...parts.queues.get(queueName), policy })),
    policyOf: (arn) => parts.queues.findByArn(arn)?.policy ?? null,
    whenMessage: (queueName) => parts.arrivals.wait(queueName).arrived,
    counts: () => parts.queues.all().map((queue) => queueCounts(parts, queue)),
    start: () => options.store.writeNow(() => messages.showTaken(options.clock.now())),
    stop: () => parts.arrivals.stop(),
  };
}

export interface SqsOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly activity: Activity;
  readonly place: Place;
  /** Scheme, host and port that queue URLs begin with: `http://127.0.0.1:4700`. */
  readonly endpoint: () => string;
}

export interface SqsService extends Service {
  /**
   * Makes the queue of a template, or brings the attributes of one that is there in line; its messages stay.
   * `properties` are those of AWS::SQS::Queue, resolved.
   */
  ensureQueue(queueName: string, properties?: JsonObject): QueueAddress;
  /** `policy` is the PolicyDocument of an AWS::SQS::QueuePolicy; null for a queue without one. */
  setQueuePolicy(queueName: string, policy: JsonObject | null): void;
  /** The resource policy of a queue; null without one, or without such a queue. */
  policyOf(arn: string): JsonObject | null;
  /** Resolves when a message may be visible, at once if one is; also when the service stops. Costs nothing while it waits. */
  whenMessage(queueName: string): Promise<void>;
  /** Depth and age of all queues, for metrics. */
  counts(): readonly QueueCounts[];
  start(): void;
  /** Ends all long polls with what they have. */
  stop(): void;
}

export interface QueueAddress {
  readonly queueName: string;
  readonly queueArn: string;
  readonly queueUrl: string;
}

export interface QueueCounts extends MessageCounts {
  readonly queueName: string;
  readonly queueArn: string;
  /** 0 for an empty queue. */
  readonly oldestAgeSeconds: number;
}

function queueCounts({ messages, clock }: SqsParts, { name, arn }: Queue): QueueCounts {
  const nowMs = clock.now();
  const counts = messages.counts(name, nowMs);
  const oldestAgeSeconds = Math.floor((nowMs - (counts.oldestAtMs ?? nowMs)) / 1000);
  return { queueName: name, queueArn: arn, ...counts, oldestAgeSeconds };
}

const QueueProperties = z
  .strictObject({
    ...AttributeValues,
    ...WITHOUT_EFFECT,
    QueueName: z.string(),
    FifoQueue: z.boolean(),
    Tags: z.unknown(),
  })
  .partial();

function ensureQueue(parts: SqsParts, queueName: string, properties: JsonObject): QueueAddress {
  checkQueueName(queueName);
  const definition = {
    service: 'SQS',
    name: 'AWS::SQS::Queue',
    invalidCode: INVALID_PARAMETER,
    input: QueueProperties,
  };
  const values = parseInput(definition, properties);
  if (values.FifoQueue === true) throw notBuilt('SQS', `FIFO queues (${queueName})`);
  const queue = parts.queues.find(queueName) ?? newQueue(parts, queueName);
  const attributes = withValues(DEFAULT_ATTRIBUTES, values);
  parts.store.writeNow(() => parts.queues.save({ ...queue, attributes }));
  return { queueName, queueArn: queue.arn, queueUrl: queueUrl(parts, queueName) };
}
