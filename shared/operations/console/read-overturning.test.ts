import { describe, expect, it } from 'vitest';
import { ask, reply } from '../../../test/support/asked-lead.ts';
import { CASE_ID, decidedLead, WARM } from '../../../test/support/lead-case.ts';
import { APPROVER, DEPUTY, WORKFLOW } from '../../../test/support/leads.ts';
import type { MemoryPorts } from '../../../test/support/memory-ports.ts';
import { overturn } from '../../../test/support/overturning.ts';
import { carriedOut } from '../../../test/support/resumed-case.ts';
import type { Workflow } from '../../authoring/index.ts';
import type { CaseId } from '../../contracts/index.ts';
import { readConsequences } from '../read-consequences.ts';
import { readOverturning } from './read-overturning.ts';

const read = (ports: MemoryPorts, person: string, isOperator = false, caseId: CaseId = CASE_ID) => {
  const workflow = ports.findWorkflow(WORKFLOW);
  const workflows = workflow === null ? [] : [workflow];
  return readOverturning.run({ ...ports, workflows }, { caseId, reader: { person, isOperator } });
};

const twice = (workflow: Workflow): Workflow => ({
  ...workflow,
  rollout: { ...workflow.rollout, secondReviewShare: 1 },
});

describe('what somebody sees before they overturn a decision', () => {
  it('is what was done because of it, its digest, and the form of the decision', async () => {
    const ports = await carriedOut(await decidedLead({ phase: 'full', judgement: WARM }));
    const found = await read(ports, DEPUTY);
    const consequences = await readConsequences.run(ports, { caseId: CASE_ID });
    expect(found).toMatchObject({
      ...{ decision: { tier: 'warm' }, consequences, form: { properties: { tier: { type: 'string' } } } },
      labels: { tier: 'Priority' },
    });
  });

  it('is for the team alone: not for others, nor for operators who are none of it', async () => {
    const ports = await carriedOut(await decidedLead({ phase: 'full', judgement: WARM }));
    expect(await read(ports, 'stranger@remit.example')).toBeNull();
    expect(await read(ports, 'operator@remit.example', true)).toBeNull();
    expect(await read(ports, APPROVER, false, '0'.repeat(32) as CaseId)).toBeNull();
  });

  it('is kept back while somebody still reviews the case on their own', async () => {
    const { ports } = await decidedLead({ phase: 'shadow', workflow: twice });
    const first = await ask(ports, { kind: 'review-decision', actionId: null });
    await ask(ports, { kind: 'second-review', actionId: null, attempt: 'second' });
    await reply(ports, first);
    expect(await read(ports, APPROVER)).toBeNull();
    expect(await read(ports, DEPUTY)).toBeNull();
  });

  it('is not told either to whoever tries to overturn it unseen, meanwhile', async () => {
    const { ports } = await decidedLead({ phase: 'shadow', workflow: twice });
    const first = await ask(ports, { kind: 'review-decision', actionId: null });
    await ask(ports, { kind: 'second-review', actionId: null, attempt: 'second' });
    await reply(ports, first);
    const tried = await overturn(ports, { by: DEPUTY, digest: 'made up' });
    expect(tried).toEqual({ kind: 'incomplete', problem: expect.stringContaining('on their own') });
    expect(await overturn(ports, { by: DEPUTY })).toEqual(tried);
  });
});
