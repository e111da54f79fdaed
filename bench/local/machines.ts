import { CreateStateMachineCommand, ListExecutionsCommand, type SFNClient } from '@aws-sdk/client-sfn';

/** Pass, Choice, Pass: three transitions that call nobody. */
export const THREE_STATES = {
  QueryLanguage: 'JSONata',
  StartAt: 'Prepare',
  States: {
    Prepare: { Type: 'Pass', Output: { score: '{% $states.input.n % 10 %}' }, Next: 'Decide' },
    Decide: { Type: 'Choice', Choices: [{ Condition: '{% $states.input.score > 4 %}', Next: 'Hot' }], Default: 'Cold' },
    Hot: { Type: 'Pass', Output: 'hot', End: true },
    Cold: { Type: 'Pass', Output: 'cold', End: true },
  },
} as const;

/** Sends its task token to the queue and waits until somebody answers with it. */
export function waitingMachine(QueueUrl: string) {
  return {
    QueryLanguage: 'JSONata',
    StartAt: 'Prepare',
    States: {
      Prepare: { Type: 'Pass', Next: 'Ask' },
      Ask: {
        Type: 'Task',
        Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken',
        Arguments: {
          QueueUrl,
          MessageBody: { token: '{% $states.context.Task.Token %}', name: '{% $states.context.Execution.Name %}' },
        },
        End: true,
      },
    },
  };
}

/** Gives the ARN. */
export async function createMachine(sfn: SFNClient, name: string, definition: object): Promise<string> {
  const { stateMachineArn = '' } = await sfn.send(
    new CreateStateMachineCommand({
      name,
      definition: JSON.stringify(definition),
      roleArn: 'arn:aws:iam::000000000000:role/machine',
    }),
  );
  return stateMachineArn;
}

/** Looks every 20 ms. @throws when an execution failed: what it took to fail is no figure. */
export async function untilAllEnded(sfn: SFNClient, stateMachineArn: string): Promise<void> {
  while (await hasAny(sfn, stateMachineArn, 'RUNNING')) await new Promise((resolve) => setTimeout(resolve, 20));
  if (await hasAny(sfn, stateMachineArn, 'FAILED')) throw new Error(`An execution of ${stateMachineArn} failed.`);
}

export async function hasAny(
  sfn: SFNClient,
  stateMachineArn: string,
  statusFilter: 'RUNNING' | 'FAILED',
): Promise<boolean> {
  const command = new ListExecutionsCommand({ stateMachineArn, statusFilter, maxResults: 1 });
  const { executions = [] } = await sfn.send(command);
  return executions.length > 0;
}
