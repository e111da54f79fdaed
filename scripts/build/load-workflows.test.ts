import { expect, test } from 'vitest';
import { WorkflowError } from '../../shared/authoring/index.ts';
import { workflowProblem } from './load-workflows.ts';

test('lets a workflow that cannot be used say by itself what is wrong', () => {
  const error = new WorkflowError('lead', ['nothing triggers it: add webhook() to triggers']);
  expect(workflowProblem(error)).toBe(
    'Workflow lead cannot be used:\n  - nothing triggers it: add webhook() to triggers',
  );
});

test('tells any other error with its place in agents/', () => {
  const error = new TypeError('x is not a function');
  error.stack = 'TypeError: x is not a function\n    at file:///somewhere/agents/lead/workflow.ts:12:3';
  expect(workflowProblem(error)).toBe(
    'The workflows cannot be loaded (agents/lead/workflow.ts:12): x is not a function',
  );
});
