import {
  CreateActivityCommand,
  CreateStateMachineAliasCommand,
  CreateStateMachineCommand,
  DescribeExecutionCommand,
  DescribeStateMachineCommand,
  ExecutionAlreadyExists,
  GetActivityTaskCommand,
  GetExecutionHistoryCommand,
  InvalidDefinition,
  ListExecutionsCommand,
  ListStateMachinesCommand,
  PublishStateMachineVersionCommand,
  SendTaskHeartbeatCommand,
  SendTaskSuccessCommand,
  SFNClient,
  StartExecutionCommand,
  StartSyncExecutionCommand,
  StateMachineDoesNotExist,
  StopExecutionCommand,
  TaskTimedOut,
  TestStateCommand,
  UpdateStateMachineCommand,
  ValidateStateMachineDefinitionCommand,
} from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ServedService, serveAlone } from '../inputs/testing/served-service.ts';
import { createStates, type States } from './index.ts';

const roleArn = 'arn:aws:iam::000000000000:role/machine';
const pass = JSON.stringify({ QueryLanguage: 'JSONata', StartAt: 'A', States: { A: { Type: 'Pass', End: true } } });
const wait = JSON.stringify({ StartAt: 'W', States: { W: { Type: 'Wait', Seconds: 600, End: true } } });

let served: ServedService<States>;
let client: SFNClient;
let made = 0;

beforeAll(async () => {
  served = await serveAlone(createStates);
  served.service.start();
  client = new SFNClient({ ...served.client, disableHostPrefix: true });
});
afterAll(async () => {
  served.service.stop();
  client.destroy();
  await served.close();
});

async function machine(definition: string, type: 'STANDARD' | 'EXPRESS' = 'STANDARD'): Promise<string> {
  made += 1;
  const answer = await client.send(
    new CreateStateMachineCommand({ name: `machine-${made}`, definition, roleArn, type }),
  );
  return answer.stateMachineArn ?? '';
}

async function ended(executionArn: string | undefined): Promise<string | undefined> {
  for (;;) {
    const { status } = await client.send(new DescribeExecutionCommand({ executionArn }));
    if (status !== 'RUNNING') return status;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

describe('an execution over the wire', () => {
  it('is started, described, listed and told in events, with dates', async () => {
    const stateMachineArn = await machine(pass);
    const before = Date.now() - 1000;
    const { executionArn, startDate } = await client.send(
      new StartExecutionCommand({ stateMachineArn, input: '{"a":1}' }),
    );
    expect(startDate?.getTime()).toBeGreaterThan(before);
    expect(await ended(executionArn)).toBe('SUCCEEDED');
    const described = await client.send(new DescribeExecutionCommand({ executionArn }));
    expect(described).toMatchObject({
      output: '{"a":1}',
      stopDate: expect.any(Date),
      inputDetails: { included: true },
    });
    const { events = [] } = await client.send(new GetExecutionHistoryCommand({ executionArn }));
    expect(events).toMatchObject([
      {
        id: 1,
        type: 'ExecutionStarted',
        timestamp: expect.any(Date),
        executionStartedEventDetails: { input: '{"a":1}', roleArn },
      },
      {
        id: 2,
        previousEventId: 0,
        type: 'PassStateEntered',
        stateEnteredEventDetails: { name: 'A', input: '{"a":1}' },
      },
      { id: 3, previousEventId: 2, type: 'PassStateExited', stateExitedEventDetails: { name: 'A', output: '{"a":1}' } },
      { id: 4, previousEventId: 3, type: 'ExecutionSucceeded', executionSucceededEventDetails: { output: '{"a":1}' } },
    ]);
    const { executions } = await client.send(new ListExecutionsCommand({ stateMachineArn, statusFilter: 'SUCCEEDED' }));
    expect(executions).toMatchObject([{ executionArn, status: 'SUCCEEDED' }]);
  });

  it('is stopped', async () => {
    const { executionArn } = await client.send(new StartExecutionCommand({ stateMachineArn: await machine(wait) }));
    await client.send(new StopExecutionCommand({ executionArn, error: 'E', cause: 'C' }));
    expect(await client.send(new DescribeExecutionCommand({ executionArn }))).toMatchObject({
      status: 'ABORTED',
      error: 'E',
      cause: 'C',
    });
  });

  it('of an Express machine is answered at once', async () => {
    const stateMachineArn = await machine(pass, 'EXPRESS');
    const answer = await client.send(new StartSyncExecutionCommand({ stateMachineArn, input: '[1]' }));
    expect(answer).toMatchObject({ status: 'SUCCEEDED', output: '[1]', billingDetails: { billedMemoryUsedInMB: 64 } });
  });

  it('gives its task to a worker, who answers the token once', async () => {
    const { activityArn = '' } = await client.send(new CreateActivityCommand({ name: 'work' }));
    const definition = JSON.stringify({
      StartAt: 'T',
      States: { T: { Type: 'Task', Resource: activityArn, End: true } },
    });
    const { executionArn } = await client.send(
      new StartExecutionCommand({ stateMachineArn: await machine(definition), input: '5' }),
    );
    const { taskToken, input } = await client.send(new GetActivityTaskCommand({ activityArn }));
    expect(input).toBe('5');
    await client.send(new SendTaskHeartbeatCommand({ taskToken }));
    await client.send(new SendTaskSuccessCommand({ taskToken, output: '6' }));
    expect(await ended(executionArn)).toBe('SUCCEEDED');
    await expect(client.send(new SendTaskSuccessCommand({ taskToken, output: '7' }))).rejects.toBeInstanceOf(
      TaskTimedOut,
    );
  });
});

describe('a state machine over the wire', () => {
  it('is described, changed, published and listed', async () => {
    const stateMachineArn = await machine(pass);
    const { revisionId } = await client.send(new UpdateStateMachineCommand({ stateMachineArn, definition: wait }));
    expect(await client.send(new DescribeStateMachineCommand({ stateMachineArn }))).toMatchObject({
      definition: wait,
      roleArn,
      revisionId,
      type: 'STANDARD',
      status: 'ACTIVE',
      creationDate: expect.any(Date),
    });
    const { stateMachineVersionArn } = await client.send(new PublishStateMachineVersionCommand({ stateMachineArn }));
    expect(stateMachineVersionArn).toBe(`${stateMachineArn}:1`);
    const routingConfiguration = [{ stateMachineVersionArn, weight: 100 }];
    const { stateMachineAliasArn } = await client.send(
      new CreateStateMachineAliasCommand({ name: 'live', routingConfiguration }),
    );
    expect(stateMachineAliasArn).toBe(`${stateMachineArn}:live`);
    const { stateMachines = [] } = await client.send(new ListStateMachinesCommand({}));
    expect(stateMachines.map((listed) => listed.stateMachineArn)).toContain(stateMachineArn);
  });

  it('is validated and tested without being made', async () => {
    const valid = await client.send(new ValidateStateMachineDefinitionCommand({ definition: pass }));
    expect(valid).toMatchObject({ result: 'OK', diagnostics: [] });
    const invalid = await client.send(new ValidateStateMachineDefinitionCommand({ definition: '{"StartAt":"A"}' }));
    expect(invalid).toMatchObject({
      result: 'FAIL',
      diagnostics: [{ severity: 'ERROR', code: 'SCHEMA_VALIDATION_FAILED', location: '/' }],
    });
    const definition = JSON.stringify({ Type: 'Pass', Result: 1, End: true });
    expect(await client.send(new TestStateCommand({ definition, roleArn }))).toMatchObject({
      status: 'SUCCEEDED',
      output: '1',
    });
  });
});

describe('refusals over the wire', () => {
  it('are the error classes of the client', async () => {
    await expect(machine('{}')).rejects.toBeInstanceOf(InvalidDefinition);
    const missing = 'arn:aws:states:eu-west-1:000000000000:stateMachine:missing';
    await expect(client.send(new StartExecutionCommand({ stateMachineArn: missing }))).rejects.toBeInstanceOf(
      StateMachineDoesNotExist,
    );
    const stateMachineArn = await machine(wait);
    await client.send(new StartExecutionCommand({ stateMachineArn, name: 'one', input: '1' }));
    const again = client.send(new StartExecutionCommand({ stateMachineArn, name: 'one', input: '2' }));
    await expect(again).rejects.toBeInstanceOf(ExecutionAlreadyExists);
  });
});
