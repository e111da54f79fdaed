import { describe, expect, test } from 'vitest';
import { aslViolations } from './asl-rules.ts';

const task = {
  Type: 'Task',
  Resource: 'arn:aws:states:::lambda:invoke',
  Arguments: { FunctionName: 'Step', Payload: '{% $states.input %}' },
  Retry: [{ ErrorEquals: ['States.ALL'], MaxAttempts: 3 }],
};
const waiting = {
  ...task,
  Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
  Arguments: { FunctionName: 'Step', Payload: { token: '{% $states.context.Task.Token %}' } },
  TimeoutSeconds: 60,
};

describe('finds', () => {
  test.each([
    ['a task without Retry', { ...task, Retry: [] }, /without Retry/],
    ['a token that goes nowhere', { ...waiting, Arguments: { Payload: {} } }, /hands to nobody/],
    ['a wait without end', { ...waiting, TimeoutSeconds: undefined }, /for ever/],
    [
      'a Retry that is never reached',
      { ...task, Retry: [{ ErrorEquals: ['States.ALL'] }, { ErrorEquals: ['Custom'] }] },
      /last in Retry/,
    ],
    ['States.ALL beside others', { ...task, Catch: [{ ErrorEquals: ['Custom', 'States.ALL'] }] }, /last in Catch/],
    ['a literal resource', { ...task, Arguments: { FunctionName: 'arn:aws:lambda:x' } }, /names a resource/],
    ['a literal account', { ...task, Arguments: { Url: 'https://sqs/111111111111/q' } }, /names a resource/],
    ['a variable that nothing assigns', { ...task, Arguments: { Payload: '{% $caseId & $string(1) %}' } }, /\$caseId/],
  ])('%s', (_what, state, problem) => {
    expect(violations({ State: state })).toEqual([{ state: 'State', problem: expect.stringMatching(problem) }]);
  });

  test('what stands in a machine inside a machine', () => {
    const map = { Type: 'Map', ItemProcessor: { States: { Inner: { ...task, Retry: [] } } } };
    expect(violations({ Map: map })).toMatchObject([{ state: 'Inner' }]);
  });

  test('a variable that only an inner machine assigns', () => {
    const inner = { States: { Inner: { Type: 'Pass', Assign: { found: 1 } } } };
    const outer = { Type: 'Pass', Output: '{% $found %}' };
    expect(violations({ Map: { Type: 'Map', ItemProcessor: inner }, Outer: outer })).toMatchObject([
      { state: 'Outer' },
    ]);
  });
});

describe('passes', () => {
  test.each([
    ['a task that is tried again', { State: task }],
    ['a wait that hands its token over and ends', { State: waiting }],
    [
      'variables of this machine, of a machine around it, of a choice, and of the expression itself',
      {
        First: { Type: 'Pass', Assign: { caseId: 1 } },
        Choice: { Type: 'Choice', Choices: [{ Assign: { kind: 'ask' } }] },
        Map: {
          Type: 'Map',
          ItemProcessor: { States: { In: { Type: 'Pass', Output: "{% ($n := $caseId; $n & $kind & '$text') %}" } } },
        },
      },
    ],
  ])('%s', (_what, states) => {
    expect(violations(states)).toEqual([]);
  });
});

function violations(states: object) {
  return aslViolations({ States: states } as Parameters<typeof aslViolations>[0]);
}
