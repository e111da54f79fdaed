import { CreateTableCommand } from '@aws-sdk/client-dynamodb';
import { CreateQueueCommand } from '@aws-sdk/client-sqs';
import type { Clients } from '../../bench/local/clients.ts';
import { createMachine, waitingMachine } from '../../bench/local/machines.ts';

/** Where the load goes. */
export interface Stage {
  readonly TableName: string;
  readonly inbox: string;
  /** Task tokens of executions that wait. */
  readonly questions: string;
  readonly machineArn: string;
}

/** The two items of a transaction are named for it. */
export const LEFT = '/left';
export const RIGHT = '/right';

export function tableKey(name: string) {
  return { pk: { S: name } };
}

/** Makes a table, two queues and a machine whose executions ask a question and end with its answer. */
export async function setStage({ dynamodb, sqs, sfn }: Clients): Promise<Stage> {
  const TableName = 'acknowledged';
  await dynamodb.send(
    new CreateTableCommand({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
      AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
    }),
  );
  const inbox = await sqs.send(new CreateQueueCommand({ QueueName: 'inbox' }));
  const questions = await sqs.send(new CreateQueueCommand({ QueueName: 'questions' }));
  const { QueueUrl = '' } = questions;
  const machineArn = await createMachine(sfn, 'asking', waitingMachine(QueueUrl));
  return { TableName, inbox: inbox.QueueUrl ?? '', questions: QueueUrl, machineArn };
}
