import { expect, test } from 'vitest';
import type { Workflow } from '../authoring/index.ts';
import { workflowRegistry } from '../authoring/workflow-registry.ts';
import { eachWorkflow } from './each-workflow.ts';

const WORDS = { failed: 'look-failed', problem: 'could not be looked at' };

function setUp(broken: readonly string[] = []) {
  const seen: unknown[] = [];
  const load = (id: string) => (): Workflow => {
    if (broken.includes(id)) throw new TypeError('x is not a function');
    return { id } as Workflow;
  };
  const { workflows } = workflowRegistry(['lead', 'ticket', 'hire'].map((id) => [id, load(id)]));
  const telemetry = {
    count: (name: string, by: number, workflow: string) => seen.push([name, by, workflow]),
    log: (event: string, fields: object) => seen.push([event, fields]),
  };
  return {
    seen,
    ports: { workflows, telemetry: telemetry as unknown as Parameters<typeof eachWorkflow>[0]['telemetry'] },
  };
}

test('gives each workflow its turn, in order', async () => {
  const { ports, seen } = setUp();
  await eachWorkflow(ports, WORDS, async ({ id }) => void seen.push(id));
  expect(seen).toEqual(['lead', 'ticket', 'hire']);
});

test('tells of one that fails once all had their turn', async () => {
  const { ports, seen } = setUp();
  const looked = eachWorkflow(ports, WORDS, async ({ id }) => {
    if (id === 'lead') throw new RangeError('too much');
    seen.push(id);
  });
  await expect(looked).rejects.toMatchObject({
    message: '1 workflows could not be looked at',
    errors: [expect.any(RangeError)],
  });
  expect(seen).toEqual([
    ['Errors', 1, 'lead'],
    ['look-failed', { workflow: 'lead', error: 'RangeError' }],
    'ticket',
    'hire',
  ]);
});

test('goes on after one that cannot be loaded', async () => {
  const { ports, seen } = setUp(['ticket']);
  const looked = eachWorkflow(ports, WORDS, async ({ id }) => void seen.push(id));
  await expect(looked).rejects.toMatchObject({ name: 'AggregateError' });
  expect(seen).toEqual([
    'lead',
    ['Errors', 1, 'ticket'],
    ['look-failed', { workflow: 'ticket', error: 'WorkflowLoadError' }],
    'hire',
  ]);
});
