import { PutItemCommand, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import { SendTaskSuccessCommand, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { DeleteMessageCommand, ReceiveMessageCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import type { Clients } from '../../bench/local/clients.ts';
import { LEFT, RIGHT, type Stage, tableKey } from './stage.ts';

/** What the runtime has said yes to: each name is noted once the answer has come. */
export class Acknowledged {
  readonly items = new Set<string>();
  /** Of two items each. */
  readonly transactions = new Set<string>();
  readonly messages = new Set<string>();
  readonly executions = new Set<string>();
  /** Executions whose question was answered, which moves them to their end. */
  readonly answers = new Set<string>();
}

/** Works on a runtime with all kinds of writes at once until the runtime is gone. */
export async function workUntilGone(
  clients: Clients,
  stage: Stage,
  life: number,
  acknowledged: Acknowledged,
): Promise<void> {
  const { dynamodb, sqs, sfn } = clients;
  const { items, transactions, messages, executions } = acknowledged;
  const { TableName, inbox, machineArn } = stage;
  await Promise.all([
    ...repeatedly(4, `item-${life}`, items, (name) =>
      dynamodb.send(new PutItemCommand({ TableName, Item: tableKey(name) })),
    ),
    ...repeatedly(2, `transaction-${life}`, transactions, (name) =>
      dynamodb.send(
        new TransactWriteItemsCommand({
          TransactItems: [LEFT, RIGHT].map((side) => ({ Put: { TableName, Item: tableKey(name + side) } })),
        }),
      ),
    ),
    ...repeatedly(3, `message-${life}`, messages, (name) =>
      sqs.send(new SendMessageCommand({ QueueUrl: inbox, MessageBody: name })),
    ),
    ...repeatedly(3, `execution-${life}`, executions, (name) =>
      sfn.send(new StartExecutionCommand({ stateMachineArn: machineArn, name, input: '{}' })),
    ),
    untilRefused(() => answerQuestions(clients, stage, acknowledged)),
  ]);
}

/** Takes up to ten questions, waiting a second for the first, and answers them. */
export async function answerQuestions(
  { sqs, sfn }: Clients,
  { questions }: Stage,
  { answers }: Acknowledged,
): Promise<void> {
  const { Messages = [] } = await sqs.send(
    new ReceiveMessageCommand({ QueueUrl: questions, MaxNumberOfMessages: 10, WaitTimeSeconds: 1 }),
  );
  for (const { Body = '', ReceiptHandle } of Messages) {
    const { token, name } = JSON.parse(Body) as { readonly token: string; readonly name: string };
    await sfn.send(new SendTaskSuccessCommand({ taskToken: token, output: '"yes"' })).then(
      () => answers.add(name),
      (error: unknown) => passOver(error, 'TaskTimedOut'),
    );
    await sqs.send(new DeleteMessageCommand({ QueueUrl: questions, ReceiptHandle }));
  }
}

/** A question that was answered, but whose message a crash kept, is answered in vain: only this error is let pass. */
function passOver(error: unknown, name: string): void {
  if (!(error instanceof Error) || error.name !== name) throw error;
}

function repeatedly(
  workers: number,
  prefix: string,
  acknowledged: Set<string>,
  call: (name: string) => Promise<unknown>,
): Promise<void>[] {
  let next = 0;
  return Array.from({ length: workers }, () =>
    untilRefused(async () => {
      const name = `${prefix}-${next++}`;
      await call(name);
      acknowledged.add(name);
    }),
  );
}

/** An answer with an error, other than none at all, is a finding and not the end of the runtime. */
async function untilRefused(work: () => Promise<unknown>): Promise<void> {
  try {
    for (;;) await work();
  } catch (error) {
    if (!isGone(error)) throw error;
  }
}

function isGone(error: unknown): boolean {
  const { code = '', message = '' } = error as NodeJS.ErrnoException;
  return ['ECONNREFUSED', 'ECONNRESET', 'EPIPE'].includes(code) || /socket hang up/.test(message);
}
