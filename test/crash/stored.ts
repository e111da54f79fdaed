import { paginateScan } from '@aws-sdk/client-dynamodb';
import { type ExecutionStatus, paginateListExecutions } from '@aws-sdk/client-sfn';
import { DeleteMessageBatchCommand, ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import type { Clients } from '../../bench/local/clients.ts';
import type { Stage } from './stage.ts';

/** The keys of all items. */
export async function storedItems({ dynamodb }: Clients, { TableName }: Stage): Promise<Set<string>> {
  const keys = new Set<string>();
  for await (const { Items = [] } of paginateScan({ client: dynamodb }, { TableName, ConsistentRead: true }))
    for (const { pk } of Items) keys.add(pk?.S ?? '');
  return keys;
}

/** The status of each execution by its name. */
export async function storedExecutions(
  { sfn }: Clients,
  { machineArn }: Stage,
): Promise<Map<string, ExecutionStatus | undefined>> {
  const statuses = new Map<string, ExecutionStatus | undefined>();
  const pages = paginateListExecutions({ client: sfn }, { stateMachineArn: machineArn, maxResults: 1000 });
  for await (const { executions = [] } of pages)
    for (const { name = '', status } of executions) statuses.set(name, status);
  return statuses;
}

/** The bodies of all messages, which are taken off the queue. */
export async function takeMessages({ sqs }: Clients, QueueUrl: string): Promise<Set<string>> {
  const bodies = new Set<string>();
  for (;;) {
    const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
    if (Messages.length === 0) return bodies;
    for (const { Body = '' } of Messages) bodies.add(Body);
    const Entries = Messages.map(({ ReceiptHandle }, at) => ({ Id: String(at), ReceiptHandle }));
    await sqs.send(new DeleteMessageBatchCommand({ QueueUrl, Entries }));
  }
}
