import { describe, expect, it } from 'vitest';
import { AwsError } from '../kernel/errors.ts';
import type { Json, JsonObject } from '../kernel/service.ts';
import { openBench } from './testing/states-bench.ts';

/** Types of a history, each with the event that it follows on, as in `PassStateEntered 0`. */
async function eventsOf(definition: JsonObject, input: Json = { x: 'a' }): Promise<readonly string[]> {
  const bench = openBench({
    sqs: () => {
      throw new AwsError('QueueDoesNotExist', 'The specified queue does not exist.');
    },
  });
  bench.machine(definition);
  const execution = await bench.start(input);
  await bench.settled(execution);
  const events = await bench.history(execution);
  expect(events.map(({ id }) => id)).toEqual(events.map((_, i) => i + 1));
  return events.map(({ type, previousEventId }) => `${type} ${String(previousEventId)}`);
}

const flow = (name: string, state: JsonObject): JsonObject => ({ StartAt: name, States: { [name]: state } });
const PASS: JsonObject = { Type: 'Pass', End: true };
const FAIL: JsonObject = { Type: 'Fail', Error: 'Broken', Cause: 'on purpose' };
const LOST: JsonObject = { Type: 'Pass', Parameters: { 'm.$': '$.nowhere' }, End: true };
const UNDEFINED: JsonObject = { Type: 'Pass', Output: '{% $states.input.nowhere %}', End: true };
const SEND: JsonObject = {
  Type: 'Task',
  Resource: 'arn:aws:states:::sqs:sendMessage',
  Parameters: { QueueUrl: 'http://localhost/none', MessageBody: 'hello' },
  End: true,
};

function parallel(branch: JsonObject, more: JsonObject = { End: true }): JsonObject {
  return flow('Both', { Type: 'Parallel', Branches: [flow('Branch', branch)], ...more });
}

function map(item: JsonObject, more: JsonObject = {}): JsonObject {
  const processor = { ...flow('Item', item), ...more };
  return flow('Each', { Type: 'Map', ItemsPath: '$.items', MaxConcurrency: 1, ItemProcessor: processor, End: true });
}

/**
 * The orders and the previous events were read off AWS by others (the Step Functions tests of the emulator floci, its
 * issue 2868).
 */
describe('the history of a Parallel', () => {
  it('leaves on the last event of its branches, past the event that tells of its success', async () => {
    expect(await eventsOf(parallel(PASS))).toEqual([
      'ExecutionStarted 0',
      'ParallelStateEntered 0',
      'ParallelStateStarted 2',
      'PassStateEntered 3',
      'PassStateExited 4',
      'ParallelStateSucceeded 5',
      'ParallelStateExited 5',
      'ExecutionSucceeded 7',
    ]);
  });

  it.each<[string, JsonObject, readonly string[]]>([
    [
      'tells of a failure in a branch',
      parallel(FAIL),
      ['FailStateEntered 3', 'ParallelStateFailed 4', 'ExecutionFailed 5'],
    ],
    ['does not tell of a fault in a branch', parallel(LOST), ['PassStateEntered 3', 'ExecutionFailed 4']],
    [
      'has no aborted task where the fault is in the parameters',
      parallel({ ...SEND, Parameters: { 'QueueUrl.$': '$.nowhere', MessageBody: 'hello' } }),
      ['TaskStateEntered 3', 'ExecutionFailed 4'],
    ],
    [
      'has an aborted task where the task failed, and goes on from the failure',
      parallel(SEND),
      [
        'TaskStateEntered 3',
        'TaskScheduled 4',
        'TaskStarted 5',
        'TaskFailed 6',
        'TaskStateAborted 7',
        'ParallelStateFailed 7',
        'ExecutionFailed 9',
      ],
    ],
    [
      'succeeds before its own result selector fails',
      parallel(PASS, { ResultSelector: { 'm.$': '$.nowhere' }, End: true }),
      ['PassStateEntered 3', 'PassStateExited 4', 'ParallelStateSucceeded 5', 'ExecutionFailed 6'],
    ],
  ])('%s', async (_, definition, expected) => {
    expect((await eventsOf(definition)).slice(3)).toEqual(expected);
  });

  it('fails a second time where the output of its catcher cannot be evaluated', async () => {
    const lost = { ErrorEquals: ['States.ALL'], Output: { v: '{% $states.input.nowhere %}' }, Next: 'Done' };
    const definition: JsonObject = {
      QueryLanguage: 'JSONata',
      StartAt: 'Both',
      States: {
        Both: {
          Type: 'Parallel',
          Branches: [flow('Branch', FAIL)],
          Catch: [{ ErrorEquals: ['Other'], Next: 'Done' }, lost],
          End: true,
        },
        Done: PASS,
      },
    };
    expect((await eventsOf(definition)).slice(3)).toEqual([
      'FailStateEntered 3',
      'ParallelStateFailed 4',
      'EvaluationFailed 4',
      'ParallelStateFailed 6',
      'ExecutionFailed 7',
    ]);
    const bench = openBench();
    bench.machine(definition);
    const execution = await bench.start();
    expect(await bench.settled(execution)).toMatchObject({
      cause: expect.stringContaining("specified for the field 'Catch[1]/Output/v' returned nothing"),
    });
  });
});

describe('the history of a Map', () => {
  it.each<[string, JsonObject, readonly string[]]>([
    [
      'tells of iterations',
      map(PASS),
      [
        'MapStateStarted 2',
        'MapIterationStarted 3',
        'PassStateEntered 4',
        'PassStateExited 5',
        'MapIterationSucceeded 6',
        'MapStateSucceeded 7',
        'MapStateExited 7',
        'ExecutionSucceeded 9',
      ],
    ],
    [
      'tells of an iteration that failed, and goes on from its last event',
      { QueryLanguage: 'JSONPath', ...map({ ...UNDEFINED, QueryLanguage: 'JSONata' }) },
      [
        'MapStateStarted 2',
        'MapIterationStarted 3',
        'PassStateEntered 4',
        'EvaluationFailed 5',
        'MapIterationFailed 6',
        'MapStateFailed 6',
        'ExecutionFailed 8',
      ],
    ],
    [
      'does not tell of a fault in an iteration',
      map(LOST),
      ['MapStateStarted 2', 'MapIterationStarted 3', 'PassStateEntered 4', 'ExecutionFailed 5'],
    ],
    [
      'tells of a distributed run alone',
      map(PASS, { ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' } }),
      [
        'MapStateStarted 2',
        'MapRunStarted 3',
        'MapRunSucceeded 4',
        'MapStateSucceeded 5',
        'MapStateExited 4',
        'ExecutionSucceeded 7',
      ],
    ],
  ])('%s', async (_, definition, expected) => {
    expect((await eventsOf(definition, { items: [1] })).slice(2)).toEqual(expected);
  });
});
