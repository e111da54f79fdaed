import { describe, expect, it } from 'vitest';
import { ask, reply } from '../../../test/support/asked-lead.ts';
import { CASE_ID, decidedLead } from '../../../test/support/lead-case.ts';
import { APPROVER, WORKFLOW } from '../../../test/support/leads.ts';
import { MemoryEvaluationStore } from '../../../test/support/memory-evaluation-store.ts';
import { defaultSettings } from '../current-settings.ts';
import { readWorkflow } from './read-workflow.ts';

async function workflowWithOneNo() {
  const { ports } = await decidedLead({ phase: 'shadow' });
  await reply(ports, await ask(ports, { kind: 'review-decision', actionId: null }), {
    verb: 'reject',
    reason: 'She is a student.',
  });
  const workflow = ports.findWorkflow(WORKFLOW);
  if (workflow === null) throw new Error(`There is no ${WORKFLOW}`);
  ports.settings.set({ ...defaultSettings(workflow), phase: 'partial', paused: true });
  const asked: string[] = [];
  const settings = {
    get: (id: string) => {
      asked.push(id);
      return ports.settings.get(id);
    },
  };
  return { asked, ports: { ...ports, settings, evaluations: new MemoryEvaluationStore() } };
}

const by = (person: string, workflow: string = WORKFLOW) => ({ workflow, reader: { person, isOperator: false } });

describe('all that is known of how a workflow does', () => {
  it('rests on settings that are read once, so that no part of a page contradicts another', async () => {
    const { asked, ports } = await workflowWithOneNo();
    expect(await readWorkflow.run(ports, by(APPROVER))).toMatchObject({
      kind: 'read',
      value: {
        settings: { phase: 'partial', paused: true, isAllPaused: false },
        standing: { paused: true, phases: [{ segment: 'all', phase: 'partial' }], latest: { cases: 1 } },
        autonomy: { paused: true, segments: [{ setPhase: 'partial', disagreements: [{ caseId: CASE_ID }] }] },
        reviewers: [{ person: APPROVER, answers: 1 }],
        evaluations: [],
      },
    });
    expect(asked).toEqual([WORKFLOW]);
  });

  it('reads nothing for whoever may not see it', async () => {
    const { asked, ports } = await workflowWithOneNo();
    expect(await readWorkflow.run(ports, by('stranger@remit.example'))).toEqual({ kind: 'not-allowed' });
    expect(await readWorkflow.run(ports, by(APPROVER, 'none'))).toEqual({ kind: 'unknown' });
    expect(asked).toEqual([]);
  });
});
