import { expect, test } from 'vitest';
import { WorkflowError } from '../../shared/authoring/index.ts';
import { workflowProblem } from './load-workflows.ts';

test('lets a workflow that cannot be used say by itself what is wrong, with the line', () => {
  const error = new WorkflowError('lead', ['action mail has no tier: set its tier', 'nothing triggers it: add it']);
  const source =
    'export const lead = defineWorkflow({\n  triggers: [],\n  actions: {\n    mail: action({}),\n  },\n});\n';
  expect(workflowProblem(error, () => source)).toBe(
    'Workflow lead cannot be used:\n' +
      '  - agents/lead/workflow.ts:4: action mail has no tier: set its tier\n' +
      '  - agents/lead/workflow.ts:2: nothing triggers it: add it',
  );
  expect(workflowProblem(error, () => null)).toBe(error.message);
});

test('tells any other error with its place in agents/', () => {
  const error = new TypeError('x is not a function');
  error.stack = 'TypeError: x is not a function\n    at file:///somewhere/agents/lead/workflow.ts:12:3';
  expect(workflowProblem(error)).toBe(
    'The workflows cannot be loaded (agents/lead/workflow.ts:12): x is not a function',
  );
});
