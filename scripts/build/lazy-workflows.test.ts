import { expect, test } from 'vitest';
import { workflows } from '../../agents/index.ts';
import type { Workflow } from '../../shared/authoring/index.ts';
import { REGISTRY, registryText, workflowFiles } from './lazy-workflows.ts';

test('finds each workflow in the folder of its name, by the name that it is exported by', async () => {
  const files = await workflowFiles(workflows);
  expect(files.map(({ id }) => id)).toEqual(workflows.map(({ id }) => id));
  expect(files).toContainEqual({
    ...{ id: 'lead-follow-up', path: 'agents/lead-follow-up/workflow.ts', exportName: 'leadFollowUp' },
  });
});

test('says where a workflow must be that is defined elsewhere', async () => {
  const elsewhere = { id: 'returns-desk' } as Workflow;
  await expect(workflowFiles([elsewhere])).rejects.toThrow(
    'Workflow returns-desk is not exported by agents/returns-desk/workflow.ts',
  );
});

test('names a file for each workflow, in the order of the list', () => {
  const files = [
    { id: 'lead', path: 'agents/lead/workflow.ts', exportName: 'lead' },
    { id: 'help-desk', path: 'agents/help-desk/workflow.ts', exportName: 'helpDesk' },
  ];
  const loaders = registryText(files).split('\n').slice(4, -1);
  expect(loaders).toEqual([
    "  ['lead', () => load('./workflows/lead.mjs').lead],",
    "  ['help-desk', () => load('./workflows/help-desk.mjs').helpDesk],",
  ]);
});

test.each([
  ['agents/index.ts of the project', '/project/agents/index.ts', true],
  ['the same on Windows', 'C:\\project\\agents\\index.ts', true],
  ['a workflow', '/project/agents/lead/index.ts', false],
  ['what stands in for it', '/project/test/support/held-leads/index.ts', false],
])('takes the place of agents/index.ts alone: %s', (_what, path, isReplaced) => {
  expect(REGISTRY.test(path)).toBe(isReplaced);
});
