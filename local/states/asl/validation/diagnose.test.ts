import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../kernel/service.ts';
import { diagnose } from './diagnose.ts';

const machine = (states: JsonObject, more: JsonObject = {}): string =>
  JSON.stringify({ StartAt: 'A', States: states, ...more });
const jsonata = (state: JsonObject): string => machine({ A: { End: true, ...state } }, { QueryLanguage: 'JSONata' });
const jsonpath = (state: JsonObject): string => machine({ A: { End: true, ...state } });
const LAMBDA = 'arn:aws:lambda:eu-west-1:000000000000:function:f';

/** The texts, where they were measured on AWS, come from the rules of the CDK linter cdk-preflight. */
describe('a definition is refused', () => {
  it.each<[string, string, string, string]>([
    ['without states', '{"StartAt":"A"}', 'These fields are required: [States]', '/'],
    ['that starts nowhere', machine({ B: { Type: 'Succeed' } }), "Missing 'StartAt' target: A", '/StartAt'],
    [
      'whose Next leads nowhere',
      machine({ A: { Type: 'Pass', Next: 'B' } }),
      "Missing 'Next' target: B",
      '/States/A/Next',
    ],
    [
      'whose Catch leads nowhere',
      jsonata({ Type: 'Task', Resource: LAMBDA, Catch: [{ ErrorEquals: ['X'], Next: 'B' }] }),
      "Missing 'Next' target: B",
      '/States/A/Catch[0]/Next',
    ],
    [
      'with a state that cannot be reached',
      machine({ A: { Type: 'Succeed' }, B: { Type: 'Succeed' } }),
      'State "B" is not reachable.',
      '/States/B',
    ],
    [
      'with a state that neither ends nor goes on',
      machine({ A: { Type: 'Pass' } }),
      'This object should have only one of the following fields: [Next, End]',
      '/States/A',
    ],
    [
      'with an unknown type',
      machine({ A: { Type: 'Sleep', End: true } }),
      'Unknown state type: "Sleep"',
      '/States/A/Type',
    ],
    [
      'with a misspelt field',
      jsonata({ Type: 'Task', Resource: LAMBDA, TimeoutSecond: 5 }),
      "Field 'TimeoutSecond' is not supported",
      '/States/A/TimeoutSecond',
    ],
    [
      'with a field of the other query language',
      jsonata({ Type: 'Task', Resource: LAMBDA, Parameters: {} }),
      "The QueryLanguage is set to 'JSONata', but field 'Parameters' is only supported for the 'JSONPath' QueryLanguage",
      '/States/A/Parameters',
    ],
    [
      'with a broken expression',
      jsonata({ Type: 'Pass', Output: { a: ['{% 1 + %}'] } }),
      'The JSONata expression is not valid: S0207: Unexpected end of expression',
      '/States/A/Output/a[0]',
    ],
    [
      'with a broken path',
      jsonpath({ Type: 'Pass', Parameters: { 'a.$': '$.[' } }),
      "The value for the field 'a.$' must be a valid JSONPath or a valid intrinsic function call",
      '/States/A/Parameters/a.$',
    ],
    [
      'with an unknown intrinsic function',
      jsonpath({ Type: 'Pass', Parameters: { 'a.$': 'States.Nope()' } }),
      "The value for the field 'a.$' must be a valid JSONPath or a valid intrinsic function call",
      '/States/A/Parameters/a.$',
    ],
    [
      'with a ResultPath that is no reference path',
      jsonpath({ Type: 'Pass', ResultPath: '$.a[*]' }),
      'Value is not a Reference Path',
      '/States/A/ResultPath',
    ],
    [
      'with States.ALL among other names',
      jsonata({ Type: 'Task', Resource: LAMBDA, Retry: [{ ErrorEquals: ['States.ALL', 'X'] }] }),
      'States.ALL must appear alone and at end of list',
      '/States/A/Retry[0]/ErrorEquals',
    ],
    [
      'with a heartbeat as long as the time-out',
      jsonata({ Type: 'Task', Resource: LAMBDA, HeartbeatSeconds: 5, TimeoutSeconds: 5 }),
      'HeartbeatSeconds must be smaller than TimeoutSeconds',
      '/States/A',
    ],
    [
      'with a Wait state of two ends',
      jsonata({ Type: 'Wait', Seconds: 1, Timestamp: '2026-01-01T00:00:00Z' }),
      'There should only be one of the following fields: [SecondsPath, Seconds, TimestampPath, Timestamp]',
      '/States/A',
    ],
    [
      'with a rule of two comparisons',
      machine({ A: { Type: 'Choice', Choices: [{ Variable: '$.a', IsNull: true, IsString: true, Next: 'A' }] } }),
      'There should only be one of the following fields: [IsNull, IsString]',
      '/States/A/Choices[0]',
    ],
    ['that can never end', machine({ A: { Type: 'Pass', Next: 'A' } }), 'Workflow has no terminal state', '/States'],
    [
      'with two states of one name, at any depth',
      machine({
        A: { Type: 'Parallel', End: true, Branches: [{ StartAt: 'A', States: { A: { Type: 'Succeed' } } }] },
      }),
      'Duplicate State name: A',
      '/States/A/Branches[0]/States/A',
    ],
    [
      'with a number below its least',
      jsonata({ Type: 'Task', Resource: LAMBDA, TimeoutSeconds: 0 }),
      'Minimum value is 1',
      '/States/A/TimeoutSeconds',
    ],
    [
      'with a number above its most',
      jsonata({ Type: 'Wait', Seconds: 100_000_000 }),
      'Maximum value is 99999999',
      '/States/A/Seconds',
    ],
    [
      'with a text for a number',
      jsonata({ Type: 'Wait', Seconds: '5' }),
      'Expected value of type Integer',
      '/States/A/Seconds',
    ],
    [
      'with a timestamp that is none',
      jsonata({ Type: 'Wait', Timestamp: '2026-01-01' }),
      'String does not match RFC3339 timestamp',
      '/States/A/Timestamp',
    ],
    [
      'with an expression that does not close',
      jsonata({ Type: 'Pass', Output: '{% 1' }),
      'JSONata string must start with {% and end with %}',
      '/States/A/Output',
    ],
    [
      'with a variable of a reserved name',
      jsonata({ Type: 'Pass', Assign: { states: 1 } }),
      "Cannot assign to reserved variable '$states'.",
      '/States/A/Assign/states',
    ],
    [
      'with a variable of a name that is none',
      jsonpath({ Type: 'Pass', Assign: { 'a-b.$': '$' } }),
      "Invalid variable name 'a-b': the variable name contains invalid characters.",
      '/States/A/Assign/a-b.$',
    ],
    [
      'with a call without arguments',
      jsonata({ Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke' }),
      'Arguments field is required for resource ARN: arn:aws:states:::lambda:invoke',
      '/States/A',
    ],
    [
      'with a call that lacks a field',
      jsonpath({ Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', Parameters: { 'Payload.$': '$' } }),
      "The field 'FunctionName' is required but was missing",
      '/States/A/Parameters',
    ],
    [
      'with a resource that is no ARN',
      jsonpath({ Type: 'Task', Resource: 'function' }),
      'Value is not a valid resource ARN',
      '/States/A/Resource',
    ],
    [
      'with items at more than one place',
      jsonpath({
        Type: 'Map',
        ItemsPath: '$.a[*]',
        ItemProcessor: { StartAt: 'B', States: { B: { Type: 'Succeed' } } },
      }),
      'Value is not a Reference Path',
      '/States/A/ItemsPath',
    ],
    [
      'with a rule that goes on from inside',
      machine({
        A: { Type: 'Choice', Choices: [{ Not: { Variable: '$.a', IsNull: true, Next: 'B' }, Next: 'B' }] },
        B: { Type: 'Succeed' },
      }),
      "Field 'Next' is not supported",
      '/States/A/Choices[0]/Not/Next',
    ],
    [
      'with a rule of the other query language',
      machine({
        A: { Type: 'Choice', Choices: [{ Condition: true, Next: 'B' }] },
        B: { Type: 'Succeed' },
      }),
      "The QueryLanguage is set to 'JSONPath', but field 'Condition' is only supported for the 'JSONata' QueryLanguage",
      '/States/A/Choices[0]',
    ],
    [
      'with a fault inside a branch',
      machine({
        A: { Type: 'Parallel', End: true, Branches: [{ StartAt: 'B', States: { B: { Type: 'Pass', Next: 'C' } } }] },
      }),
      "Missing 'Next' target: C",
      '/States/A/Branches[0]/States/B/Next',
    ],
  ])('%s', (_reason, text, message, location) => {
    expect(diagnose(text, 'STANDARD')).toContainEqual({
      severity: 'ERROR',
      code: expect.any(String),
      message,
      location,
    });
  });
});

describe('a definition is accepted', () => {
  it.each<[string, string]>([
    [
      'with expressions for numbers',
      jsonata({ Type: 'Task', Resource: LAMBDA, TimeoutSeconds: '{% $states.input.t %}' }),
    ],
    ['with any JSON as Output', jsonata({ Type: 'Pass', Output: 5 })],
    ['with lists in Assign', jsonata({ Type: 'Pass', Assign: { a: [1, '{% 2 %}'] } })],
    [
      'with comments in retriers',
      jsonata({
        Type: 'Task',
        Resource: LAMBDA,
        Retry: [{ Comment: 'why', ErrorEquals: ['States.ALL'], BackoffRate: 1 }],
      }),
    ],
    [
      'with a retry at once',
      jsonata({ Type: 'Task', Resource: LAMBDA, Retry: [{ ErrorEquals: ['X'], IntervalSeconds: 0 }] }),
    ],
    [
      'with a fraction as tolerated share',
      jsonata({
        Type: 'Map',
        ToleratedFailurePercentage: 1.5,
        ItemProcessor: { StartAt: 'B', States: { B: { Type: 'Succeed' } } },
      }),
    ],
    [
      'with JSONata in a state of a JSONPath machine',
      jsonpath({ Type: 'Pass', QueryLanguage: 'JSONata', Output: '{% 1 %}' }),
    ],
  ])('%s', (_reason, text) => {
    expect(diagnose(text, 'STANDARD')).toEqual([]);
  });
});
