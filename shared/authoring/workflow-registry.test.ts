import { describe, expect, it } from 'vitest';
import type { Workflow } from './workflow.ts';
import { type WorkflowRegistry, workflowRegistry } from './workflow-registry.ts';

/** A registry of these ids that notes what it loads; those of `broken` throw. */
function setUp(ids: readonly string[], broken: readonly string[] = []): WorkflowRegistry & { loaded: string[] } {
  const loaded: string[] = [];
  const load = (id: string) => (): Workflow => {
    loaded.push(id);
    if (broken.includes(id)) throw new TypeError('x is not a function');
    return { id } as Workflow;
  };
  return { ...workflowRegistry(ids.map((id) => [id, load(id)])), loaded };
}

describe('a registry of workflows', () => {
  it('loads nothing before anybody asks', () => {
    const { loaded, workflows } = setUp(['lead', 'ticket']);
    expect([workflows.length, loaded]).toEqual([2, []]);
  });

  it('loads the one that is asked for, and no other', () => {
    const { loaded, findWorkflow } = setUp(['lead', 'ticket']);
    expect([findWorkflow('ticket'), loaded]).toEqual([{ id: 'ticket' }, ['ticket']]);
  });

  it.each(['hire', 'constructor', '__proto__', '0'])('knows no workflow %s', (id) => {
    const { loaded, findWorkflow } = setUp(['lead']);
    expect([findWorkflow(id), loaded]).toEqual([null, []]);
  });

  it('lists all of them, in order', () => {
    const { workflows } = setUp(['ticket', 'lead']);
    expect(workflows.map(({ id }) => id)).toEqual(['ticket', 'lead']);
    expect([...workflows]).toEqual([{ id: 'ticket' }, { id: 'lead' }]);
    expect(workflows.filter(({ id }) => id === 'lead')).toEqual([{ id: 'lead' }]);
  });

  it('stops at the first that is looked for in the list', () => {
    const { loaded, workflows } = setUp(['lead', 'ticket', 'hire']);
    expect(workflows.find(({ id }) => id === 'ticket')).toEqual({ id: 'ticket' });
    expect(loaded).toEqual(['lead', 'ticket']);
  });

  it('says which workflow cannot be loaded and why, and gives the others', () => {
    const { findWorkflow, workflows } = setUp(['lead', 'ticket'], ['lead']);
    const failure = { name: 'WorkflowLoadError', workflow: 'lead', cause: expect.any(TypeError) };
    for (const _try of [1, 2]) {
      expect(() => findWorkflow('lead')).toThrow(
        expect.objectContaining({ ...failure, message: 'Workflow lead cannot be loaded: x is not a function' }),
      );
    }
    expect(findWorkflow('ticket')).toEqual({ id: 'ticket' });
    expect(() => workflows.map(({ id }) => id)).toThrow('Workflow lead cannot be loaded');
  });
});
