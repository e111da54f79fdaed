import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../kernel/service.ts';
import { lambdaPlayer, openBench, ROLE_ARN } from './testing/states-bench.ts';

const invoke: JsonObject = {
  Type: 'Task',
  QueryLanguage: 'JSONata',
  Resource: 'arn:aws:states:::lambda:invoke',
  Arguments: { FunctionName: 'f', Payload: '{% $states.input.n %}' },
  Output: '{% $states.result.Payload %}',
  Retry: [{ ErrorEquals: ['Busy'], IntervalSeconds: 2, MaxAttempts: 2 }],
  Catch: [{ ErrorEquals: ['States.ALL'], Output: '{% $states.errorOutput.Error %}', Next: 'Handle' }],
  Next: 'Done',
};

function test(more: JsonObject, lambda = lambdaPlayer((n) => n)): Promise<JsonObject> {
  const request = { definition: JSON.stringify(invoke), input: '{"n":5}', roleArn: ROLE_ARN, ...more };
  return openBench({ lambda }).call('TestState', request);
}

describe('TestState', () => {
  it('calls the service of a task with the given role', async () => {
    const bench = openBench({ lambda: lambdaPlayer((n) => Number(n) + 1) });
    const answer = await bench.call('TestState', {
      definition: JSON.stringify(invoke),
      input: '{"n":5}',
      roleArn: ROLE_ARN,
    });
    expect(answer).toEqual({ status: 'SUCCEEDED', output: '6', nextState: 'Done' });
    expect(bench.calls[0]?.caller).toMatchObject({ kind: 'role', roleArn: ROLE_ARN });
  });

  it('takes a mock in place of the call', async () => {
    const answer = await test({ mock: { result: '{"StatusCode":200,"Payload":"mocked"}' } });
    expect(answer).toMatchObject({ status: 'SUCCEEDED', output: '"mocked"' });
  });

  it.each([
    [
      'retried while attempts are left',
      'Busy',
      1,
      { status: 'RETRIABLE', inspectionData: { errorDetails: { retryIndex: 0, retryBackoffIntervalSeconds: 4 } } },
    ],
    [
      'caught when they are used up',
      'Busy',
      2,
      {
        status: 'CAUGHT_ERROR',
        output: '"Busy"',
        nextState: 'Handle',
        inspectionData: { errorDetails: { catchIndex: 0 } },
      },
    ],
    [
      'caught at once without a retrier',
      'Other',
      0,
      { status: 'CAUGHT_ERROR', output: '"Other"', nextState: 'Handle' },
    ],
  ])('says that an error is %s', async (_reason, error, retrierRetryCount, expected) => {
    const answer = await test({
      inspectionLevel: 'DEBUG',
      stateConfiguration: { retrierRetryCount },
      mock: { errorOutput: { error, cause: 'why' } },
    });
    expect(answer).toMatchObject({ error, cause: 'why', ...expected });
  });

  it('shows the data on its way', async () => {
    const answer = await test({ inspectionLevel: 'TRACE', mock: { result: '{"Payload":1}' } });
    expect(answer['inspectionData']).toEqual({
      input: '{"n":5}',
      afterArguments: '{"FunctionName":"f","Payload":5}',
      result: '{"Payload":1}',
    });
  });

  it('runs a state of a machine, with variables', async () => {
    const definition = {
      QueryLanguage: 'JSONata',
      StartAt: 'A',
      States: {
        A: { Type: 'Pass', Assign: { x: 1 }, Next: 'B' },
        B: { Type: 'Choice', Choices: [{ Condition: '{% $x = 3 %}', Next: 'C' }], Default: 'A' },
        C: { Type: 'Succeed' },
      },
    };
    const answer = await test({ definition: JSON.stringify(definition), stateName: 'B', variables: '{"x":3}' });
    expect(answer).toMatchObject({ status: 'SUCCEEDED', nextState: 'C' });
  });

  it.each([
    ['a task without a role or a mock', { roleArn: null }, 'ValidationException'],
    ['a mock of the wrong shape', { mock: { result: '{"StatusCode":"200"}' } }, 'ValidationException'],
    [
      'a Map state without a mock',
      {
        definition: JSON.stringify({
          Type: 'Map',
          ItemProcessor: { StartAt: 'P', States: { P: { Type: 'Pass', End: true } } },
          End: true,
        }),
      },
      'InvalidDefinition',
    ],
    ['a definition that is no state', { definition: '{"Type":"Nap","End":true}' }, 'InvalidDefinition'],
  ])('refuses %s', async (_reason, more, name) => {
    await expect(test(more)).rejects.toMatchObject({ name });
  });
});
