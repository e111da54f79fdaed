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

test('shows everything where no error can be made out', () => {
  expect(reasonIn('killed\n')).toBe('killed');
});
