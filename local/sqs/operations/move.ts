import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { present } from '../../inputs/json.ts';
import { AwsError, notBuilt } from '../../kernel/errors.ts';
import type { JsonObject, Operation } from '../../kernel/service.ts';
import { type SqsParts, sqsOperation, write } from '../parts.ts';
import type { Queue } from '../queues.ts';

const PAGE = 500;

/** Redrive: messages go from a dead-letter queue back to where they came from, or to a given queue, as new ones. */
export function moveOperations(parts: SqsParts): Record<string, Operation> {
  const tasks: MoveTask[] = [];
  return {
    StartMessageMoveTask: sqsOperation({
      name: 'StartMessageMoveTask',
      input: z.strictObject({ SourceArn: z.string(), DestinationArn: z.string().optional() }),
      permissions: (input) => [
        { action: 'sqs:StartMessageMoveTask', resource: input.SourceArn },
        { action: 'sqs:ReceiveMessage', resource: input.SourceArn },
        { action: 'sqs:DeleteMessage', resource: input.SourceArn },
        ...(input.DestinationArn === undefined ? [] : [{ action: 'sqs:SendMessage', resource: input.DestinationArn }]),
      ],
      run: async (input) => {
        const source = deadLetterQueue(parts, input.SourceArn);
        const destination = input.DestinationArn === undefined ? null : queueOfArn(parts, input.DestinationArn);
        const task = await move(parts, source, destination);
        tasks.unshift(task);
        return { TaskHandle: task.handle };
      },
    }),
    ListMessageMoveTasks: sqsOperation({
      name: 'ListMessageMoveTasks',
      input: z.strictObject({ SourceArn: z.string(), MaxResults: z.int().min(1).max(10).default(1) }),
      permissions: (input) => [{ action: 'sqs:ListMessageMoveTasks', resource: input.SourceArn }],
      run: (input) => ({
        Results: tasks
          .filter((task) => task.sourceArn === input.SourceArn)
          .slice(0, input.MaxResults)
          .map(described),
      }),
    }),
    CancelMessageMoveTask: sqsOperation({
      name: 'CancelMessageMoveTask',
      input: z.strictObject({ TaskHandle: z.string() }),
      permissions: () => [{ action: 'sqs:CancelMessageMoveTask', resource: '*' }],
      run: () => {
        throw new AwsError('ResourceNotFoundException', 'Task does not exist or is no longer running.');
      },
    }),
  };
}

interface MoveTask {
  readonly handle: string;
  readonly sourceArn: string;
  readonly destinationArn: string | null;
  readonly moved: number;
  readonly startedAtMs: number;
}

/** The whole queue in one write: it is moved, or nothing of it is. */
async function move(parts: SqsParts, source: Queue, destination: Queue | null): Promise<MoveTask> {
  const startedAtMs = parts.clock.now();
  const targets = await write(parts, () => moveAll(parts, source, destination));
  for (const name of new Set(targets)) parts.arrivals.changed(name);
  const destinationArn = destination?.arn ?? null;
  return { handle: randomUUID(), sourceArn: source.arn, destinationArn, moved: targets.length, startedAtMs };
}

function moveAll(parts: SqsParts, source: Queue, destination: Queue | null): string[] {
  const targets: string[] = [];
  let afterSeq = 0;
  for (;;) {
    const page = parts.messages.list(source.name, afterSeq, PAGE);
    for (const message of page) {
      const target = destination ?? (message.sourceArn === null ? null : parts.queues.findByArn(message.sourceArn));
      if (target === null) throw notBuilt('SQS', 'StartMessageMoveTask for a message whose source queue is not known');
      parts.messages.moveAsNew(message, target.name, parts.clock.now());
      targets.push(target.name);
    }
    const last = page.at(-1);
    if (last === undefined) return targets;
    afterSeq = last.seq;
  }
}

function queueOfArn(parts: SqsParts, arn: string): Queue {
  const queue = parts.queues.findByArn(arn);
  if (queue === null) {
    throw new AwsError(
      'ResourceNotFoundException',
      "The resource that you specified for the SourceArn parameter doesn't exist.",
    );
  }
  return queue;
}

function deadLetterQueue(parts: SqsParts, arn: string): Queue {
  const queue = queueOfArn(parts, arn);
  const isDeadLetterQueue = parts.queues.all().some((other) => other.attributes.redrive?.deadLetterTargetArn === arn);
  if (!isDeadLetterQueue) {
    throw new AwsError('InvalidParameterValueException', 'Source queue must be configured as a Dead Letter Queue.');
  }
  return queue;
}

function described(task: MoveTask): JsonObject {
  return present({
    Status: 'COMPLETED',
    SourceArn: task.sourceArn,
    DestinationArn: task.destinationArn ?? undefined,
    ApproximateNumberOfMessagesMoved: task.moved,
    ApproximateNumberOfMessagesToMove: task.moved,
    StartedTimestamp: task.startedAtMs,
  });
}
