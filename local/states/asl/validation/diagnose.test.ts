import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../kernel/service.ts';
import { diagnose } from './diagnose.ts';

const machine = (states: JsonObject, more: JsonObject = {}): string =>
  JSON.stringify({ StartAt: 'A', States: states, ...more });
const jsonata = (state: JsonObject): string => machine({ A: { End: true, ...state } }, { QueryLanguage: 'JSONata' });
const jsonpath = (state: JsonObject): string => machine({ A: { End: true, ...state } });
const LAMBDA = 'arn:aws:lambda:eu-west-1:000000000000:function:f';

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
      'These fields are required: [Next, End], one of them',
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
      'Field is not supported',
      '/States/A/TimeoutSecond',
    ],
    [
      'with a field of the other query language',
      jsonata({ Type: 'Task', Resource: LAMBDA, Parameters: {} }),
      "The field 'Parameters' is not supported when the query language is JSONata",
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
      'States.ALL must appear alone, and in the last position',
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
      'A Wait state must have exactly one of [Seconds, SecondsPath, Timestamp, TimestampPath]',
      '/States/A',
    ],
    [
      'with a rule of two comparisons',
      machine({ A: { Type: 'Choice', Choices: [{ Variable: '$.a', IsNull: true, IsString: true, Next: 'A' }] } }),
      'A choice rule must have exactly one comparison',
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
    ['that runs in circles', machine({ A: { Type: 'Pass', Next: 'A' } })],
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
