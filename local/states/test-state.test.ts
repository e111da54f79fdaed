import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../kernel/service.ts';
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

  it('shows the items of a Map, selected and in batches', async () => {
    const map = {
      Type: 'Map',
      ItemsPath: '$.list',
      ItemSelector: { 'n.$': '$$.Map.Item.Value', 'i.$': '$$.Map.Item.Index' },
      ItemBatcher: { MaxItemsPerBatch: 2 },
      ItemProcessor: {
        ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
        StartAt: 'P',
        States: { P: { Type: 'Pass', End: true } },
      },
      End: true,
    };
    const answer = await test({
      definition: JSON.stringify(map),
      input: '{"list":[7,8,9]}',
      inspectionLevel: 'DEBUG',
      mock: { result: '[]' },
    });
    expect(answer['inspectionData']).toMatchObject({
      afterItemsPath: '[7,8,9]',
      afterItemSelector: '[{"n":7,"i":0},{"n":8,"i":1},{"n":9,"i":2}]',
      afterItemBatcher: '[{"Items":[{"n":7,"i":0},{"n":8,"i":1}]},{"Items":[{"n":9,"i":2}]}]',
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
    ['secrets to be shown beside a mock', { revealSecrets: true, mock: { result: '{}' } }, 'ValidationException'],
    ['a mock that is not JSON', { mock: { result: '{' } }, 'ValidationException'],
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

describe('a mock of an answer', () => {
  const mocked = (resource: string, result: Json, mode: string): Promise<JsonObject> =>
    openBench().call('TestState', {
      definition: JSON.stringify({
        Type: 'Task',
        QueryLanguage: 'JSONata',
        Resource: `arn:aws:states:::${resource}`,
        Arguments: '{% {} %}',
        End: true,
      }),
      mock: { result: JSON.stringify(result), fieldValidationMode: mode },
    });

  it.each<[string, string, Json, string]>([
    [
      'a required field',
      'aws-sdk:sfn:startExecution',
      { ExecutionArn: 'arn' },
      "Required field 'StartDate' is missing",
    ],
    ['the type of a text', 'sqs:sendMessage', { MessageId: 1 }, "Field 'MessageId' must be a string"],
    ['the type of a number', 'aws-sdk:s3:getObject', { ContentLength: '9' }, "Field 'ContentLength' must be a number"],
    ['the type of a flag', 'aws-sdk:s3:getObject', { DeleteMarker: 'no' }, "Field 'DeleteMarker' must be a boolean"],
    ['the type of a list', 'aws-sdk:dynamodb:query', { Items: {} }, "Field 'Items' must be an array"],
    ['the type of a map', 'dynamodb:getItem', { Item: [] }, "Field 'Item' must be an object"],
    ['a field inside', 'dynamodb:getItem', { Item: { id: { S: 1 } } }, "Field 'S' must be a string"],
    ['an item of a list', 'events:putEvents', { Entries: [{ EventId: 7 }] }, "Field 'EventId' must be a string"],
    [
      'a value',
      'aws-sdk:kms:encrypt',
      { EncryptionAlgorithm: 'ROT13' },
      "Field 'EncryptionAlgorithm' is not an expected value",
    ],
    [
      'a length',
      'aws-sdk:kms:encrypt',
      { CiphertextBlob: '' },
      "Field 'CiphertextBlob' is smaller than the minimum length",
    ],
  ])('is checked for %s of %s', async (_, resource, result, problem) => {
    const message = `Mock result schema validation error: ${problem}`;
    await expect(mocked(resource, result, 'STRICT')).rejects.toMatchObject({ name: 'ValidationException', message });
    expect(await mocked(resource, result, 'NONE')).toMatchObject({ status: 'SUCCEEDED' });
  });

  it('may leave required fields out where only those present are checked, and have fields of its own', async () => {
    const result = { ExecutionArn: 'arn', Extra: 1 };
    expect(await mocked('states:startExecution', result, 'PRESENT')).toMatchObject({ status: 'SUCCEEDED' });
    await expect(mocked('states:startExecution', { ExecutionArn: 1 }, 'PRESENT')).rejects.toThrow('must be a string');
  });

  it('of a Map whose results are written elsewhere is an object', async () => {
    const test = (result: Json): Promise<JsonObject> =>
      openBench().call('TestState', {
        definition: JSON.stringify({
          Type: 'Map',
          ItemReader: { Resource: 'arn:aws:states:::s3:getObject', Parameters: { Bucket: 'b', Key: 'k' } },
          ResultWriter: { Resource: 'arn:aws:states:::s3:putObject', Parameters: { Bucket: 'b', Prefix: 'p' } },
          ItemProcessor: {
            ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
            StartAt: 'P',
            States: { P: { Type: 'Pass', End: true } },
          },
          End: true,
        }),
        mock: { result: JSON.stringify(result) },
      });
    expect(await test({ MapRunArn: 'arn' })).toMatchObject({ status: 'SUCCEEDED' });
    await expect(test([1])).rejects.toThrow('Mocked result must be a JSON object.');
  });
});
