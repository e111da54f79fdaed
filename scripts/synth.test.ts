import { expect, test } from 'vitest';
import { reasonIn } from './synth.ts';

test('shows the message of the error and not its stack', () => {
  const output = [
    'file:///x/infra/app.ts:3',
    'throw new Error("no")',
    '^',
    '',
    'Error: Role judge has no table',
    '    at file:///x/infra/app.ts:3:7',
    '',
    'Node.js v24.21.0',
  ].join('\n');
  expect(reasonIn(output)).toBe('Role judge has no table');
});

test('keeps all lines of a message', () => {
  expect(reasonIn('WorkflowError: Workflow lead cannot be used:\n  - no trigger\n    at x.ts:1\n')).toBe(
    'Workflow lead cannot be used:\n  - no trigger',
  );
});

test('shows the sentence of what CDK refuses, without the words around it', () => {
  const output = [
    'node:internal/modules/run_main:107',
    '    triggerUncaughtException(',
    '    ^',
    '',
    '«ValidationFailedWithErrors» Validation failed with the following errors:',
    '  [RemitAlarms] The stack RemitAlarms would have 596 resources, and CloudFormation takes 500: set it to 2.',
    '    ...App.synth in aws-cdk-lib...',
    '    at file:///x/infra/app.ts:10 (:)',
  ].join('\n');
  expect(reasonIn(output)).toBe(
    'The stack RemitAlarms would have 596 resources, and CloudFormation takes 500: set it to 2.',
  );
});

test('shows everything where no error can be made out', () => {
  expect(reasonIn('killed\n')).toBe('killed');
});
