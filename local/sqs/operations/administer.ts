import { z } from 'zod';
import { objectFromJson, present } from '../../inputs/json.ts';
import { AwsError, notBuilt } from '../../kernel/errors.ts';
import { arnOf } from '../../kernel/names.ts';
import type { JsonObject, Operation } from '../../kernel/service.ts';
import { invalid, onQueue, type SqsParts, sqsOperation, write } from '../parts.ts';
import {
  AttributeValues,
  attributeTexts,
  DEFAULT_ATTRIBUTES,
  type QueueAttributes,
  type Redrive,
  WITHOUT_EFFECT,
  withValues,
} from '../queue-attributes.ts';
import { type Queue, queueNameOfUrl } from '../queues.ts';

const ApiAttributes = z.strictObject({ ...AttributeValues, ...WITHOUT_EFFECT, Policy: z.string() }).partial();
type ApiAttributes = z.output<typeof ApiAttributes>;

export function administerOperations(parts: SqsParts): Record<string, Operation> {
  return {
    CreateQueue: sqsOperation({
      name: 'CreateQueue',
      input: z.strictObject({
        QueueName: z.string(),
        Attributes: ApiAttributes.default({}),
        tags: z.unknown().optional(),
      }),
      permissions: (input) => onQueue(parts, input.QueueName, 'CreateQueue'),
      run: (input) => create(parts, input.QueueName, input.Attributes),
    }),
    DeleteQueue: sqsOperation({
      name: 'DeleteQueue',
      input: QueueInput,
      permissions: (input) => onQueue(parts, input.QueueUrl, 'DeleteQueue'),
      run: (input) => remove(parts, parts.queues.get(queueNameOfUrl(input.QueueUrl))),
    }),
    PurgeQueue: sqsOperation({
      name: 'PurgeQueue',
      input: QueueInput,
      permissions: (input) => onQueue(parts, input.QueueUrl, 'PurgeQueue'),
      run: async (input) => {
        const queue = parts.queues.get(queueNameOfUrl(input.QueueUrl));
        await write(parts, () => parts.messages.removeAll(queue.name));
        return {};
      },
    }),
    SetQueueAttributes: sqsOperation({
      name: 'SetQueueAttributes',
      input: z.strictObject({ QueueUrl: z.string(), Attributes: ApiAttributes }),
      permissions: (input) => onQueue(parts, input.QueueUrl, 'SetQueueAttributes'),
      run: async (input) => {
        const queue = parts.queues.get(queueNameOfUrl(input.QueueUrl));
        await write(parts, () => parts.queues.save(changed(parts, queue, input.Attributes)));
        return {};
      },
    }),
  };
}

const QueueInput = z.strictObject({ QueueUrl: z.string() });

/** @throws QueueNameExists when the queue is there with other attributes */
async function create(parts: SqsParts, name: string, attributes: ApiAttributes): Promise<JsonObject> {
  checkQueueName(name);
  const existing = parts.queues.find(name);
  if (existing !== null) {
    if (sameAttributes(existing.attributes, changed(parts, existing, attributes).attributes))
      return urlAnswer(parts, name);
    throw new AwsError(
      'QueueNameExists',
      'A queue already exists with the same name and a different value for attributes.',
    );
  }
  await write(parts, () => parts.queues.save(changed(parts, newQueue(parts, name), attributes)));
  return urlAnswer(parts, name);
}

async function remove(parts: SqsParts, queue: Queue): Promise<JsonObject> {
  await write(parts, () => {
    parts.queues.remove(queue.name);
    parts.messages.removeAll(queue.name);
  });
  return {};
}

/** @throws InvalidParameterValueException; FIFO queues are not built. */
export function checkQueueName(name: string): void {
  if (name.endsWith('.fifo')) throw notBuilt('SQS', `FIFO queues (${name})`);
  if (!/^[\w-]{1,80}$/.test(name)) {
    throw invalid('Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length');
  }
}

export function newQueue(parts: SqsParts, name: string): Queue {
  return {
    name,
    arn: parts.queues.arnOfName(name),
    attributes: DEFAULT_ATTRIBUTES,
    policy: null,
    createdAtMs: parts.clock.now(),
  };
}

function changed(parts: SqsParts, queue: Queue, values: ApiAttributes): Queue {
  checkDeadLetterQueue(parts, values.RedrivePolicy ?? null);
  const policy = values.Policy === undefined ? queue.policy : readPolicy(values.Policy);
  return { ...queue, attributes: withValues(queue.attributes, values), policy };
}

function checkDeadLetterQueue(parts: SqsParts, redrive: Redrive | null): void {
  if (redrive === null || parts.queues.findByArn(redrive.deadLetterTargetArn) !== null) return;
  const value = JSON.stringify(redrive);
  throw invalid(`Value ${value} for parameter RedrivePolicy is invalid. Reason: Dead letter target does not exist.`);
}

function readPolicy(text: string): JsonObject | null {
  if (text === '') return null;
  try {
    return objectFromJson(text);
  } catch {
    throw invalid('Invalid value for the parameter Policy.');
  }
}

function sameAttributes(a: QueueAttributes, b: QueueAttributes): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function urlAnswer(parts: SqsParts, name: string): JsonObject {
  return { QueueUrl: queueUrl(parts, name) };
}

export function queueUrl(parts: SqsParts, name: string): string {
  return `${parts.endpoint()}/${parts.place.accountId}/${name}`;
}

/** Reading what queues there are. */
export function describeOperations(parts: SqsParts): Record<string, Operation> {
  return {
    GetQueueUrl: sqsOperation({
      name: 'GetQueueUrl',
      input: z.strictObject({ QueueName: z.string(), QueueOwnerAWSAccountId: z.string().optional() }),
      permissions: (input) => onQueue(parts, input.QueueName, 'GetQueueUrl'),
      run: (input) => urlAnswer(parts, parts.queues.get(input.QueueName).name),
    }),
    GetQueueAttributes: sqsOperation({
      name: 'GetQueueAttributes',
      input: z.strictObject({ QueueUrl: z.string(), AttributeNames: z.array(z.string()).default([]) }),
      permissions: (input) => onQueue(parts, input.QueueUrl, 'GetQueueAttributes'),
      run: (input) => describe(parts, parts.queues.get(queueNameOfUrl(input.QueueUrl)), input.AttributeNames),
    }),
    ListQueues: sqsOperation({
      name: 'ListQueues',
      input: z.strictObject({
        QueueNamePrefix: z.string().default(''),
        MaxResults: z.int().min(1).max(1000).default(1000),
        NextToken: z.string().default(''),
      }),
      permissions: () => [{ action: 'sqs:ListQueues', resource: arnOf(parts.place, 'sqs', '*') }],
      run: (input) => list(parts, input.QueueNamePrefix, input.NextToken, input.MaxResults),
    }),
  };
}

function describe(parts: SqsParts, queue: Queue, names: readonly string[]): JsonObject {
  const counts = parts.messages.counts(queue.name, parts.clock.now());
  const createdAtSeconds = String(Math.floor(queue.createdAtMs / 1000));
  const all = present({
    QueueArn: queue.arn,
    ...attributeTexts(queue.attributes),
    ApproximateNumberOfMessages: String(counts.visible),
    ApproximateNumberOfMessagesNotVisible: String(counts.inFlight),
    ApproximateNumberOfMessagesDelayed: String(counts.delayed),
    CreatedTimestamp: createdAtSeconds,
    LastModifiedTimestamp: createdAtSeconds,
    SqsManagedSseEnabled: 'true',
    Policy: queue.policy === null ? undefined : JSON.stringify(queue.policy),
  });
  const unknown = names.find((name) => name !== 'All' && !(name in all) && !OPTIONAL_ATTRIBUTES.has(name));
  if (unknown !== undefined) throw new AwsError('InvalidAttributeName', `Unknown Attribute ${unknown}.`);
  if (names.includes('All')) return { Attributes: all };
  const chosen = Object.entries(all).filter(([name]) => names.includes(name));
  return chosen.length === 0 ? {} : { Attributes: Object.fromEntries(chosen) };
}

/** Attributes that a queue need not have. */
const OPTIONAL_ATTRIBUTES: ReadonlySet<string> = new Set([
  'Policy',
  'RedrivePolicy',
  'RedriveAllowPolicy',
  'KmsMasterKeyId',
  'KmsDataKeyReusePeriodSeconds',
]);

function list(parts: SqsParts, prefix: string, afterName: string, limit: number): JsonObject {
  const names = parts.queues.all().map((queue) => queue.name);
  const matching = names.filter((name) => name.startsWith(prefix) && name > afterName);
  const page = matching.slice(0, limit);
  return present({
    QueueUrls: page.map((name) => queueUrl(parts, name)),
    NextToken: matching.length > limit ? page.at(-1) : undefined,
  });
}
