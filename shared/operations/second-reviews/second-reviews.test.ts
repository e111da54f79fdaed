import { describe, expect, it } from 'vitest';
import { ask, reply } from '../../../test/support/asked-lead.ts';
import { CASE_ID, decidedLead } from '../../../test/support/lead-case.ts';
import { APPROVER, DEPUTY, WORKFLOW } from '../../../test/support/leads.ts';
import type { MemoryPorts } from '../../../test/support/memory-ports.ts';
import type { Workflow } from '../../authoring/index.ts';
import { readCase } from '../read-cases.ts';
import { settleRequest } from '../settle-request.ts';
import { askSecondReviewers } from './ask-second-reviewers.ts';

const twice = (workflow: Workflow): Workflow => ({
  ...workflow,
  rollout: { ...workflow.rollout, secondReviewShare: 1 },
});

/** A lead in shadow that two people are asked to review. */
async function reviewedTwice(change: (workflow: Workflow) => Workflow = twice) {
  const { ports } = await decidedLead({ phase: 'shadow', workflow: change });
  const own = ports.findWorkflow(WORKFLOW);
  if (own === null) throw new Error('there is no workflow');
  return { ports, workflow: own, first: await ask(ports, { kind: 'review-decision', actionId: null }) };
}

const askSecond = (ports: MemoryPorts) => ask(ports, { kind: 'second-review', actionId: null, attempt: 'second' });
const reviewOf = (ports: MemoryPorts) => ports.records.secondReview(CASE_ID);

describe('a second review', () => {
  it('is asked of somebody who is not asked for the first one, and neither is shown in the channel', async () => {
    const { ports, workflow, first } = await reviewedTwice();
    await askSecondReviewers(ports, workflow);
    expect([...ports.askExecutions.started.values()]).toEqual([
      { caseId: CASE_ID, kind: 'second-review', actionId: null, problem: null },
    ]);
    const second = await askSecond(ports);
    expect(await ports.requests.get(first)).toMatchObject({ people: [APPROVER], nextPeople: [] });
    expect(await ports.requests.get(second)).toMatchObject({
      ...{ people: [DEPUTY], nextPeople: [], draft: {}, verbs: ['edit'] },
      reasons: ['You decide first, on your own. What the agents decided is shown once you have.'],
    });
    expect(ports.chat.shown.size).toBe(0);
    ports.askExecutions.started.clear();
    await askSecondReviewers(ports, workflow);
    expect(ports.askExecutions.started.size).toBe(0);
  });

  it('decides nothing and counts for nobody, and both are kept side by side', async () => {
    const { ports, first } = await reviewedTwice();
    const second = await askSecond(ports);
    const decision = (await ports.cases.get(CASE_ID))?.decision ?? {};
    await reply(ports, second, { verb: 'edit', edits: { ...decision, tier: 'warm' }, by: DEPUTY });
    expect(await ports.records.get(CASE_ID)).toMatchObject({ standing: 'waiting', compared: [], signals: [] });
    expect(await ports.cases.get(CASE_ID)).toMatchObject({ state: 'waiting' });
    await reply(ports, first);
    expect(await reviewOf(ports)).toMatchObject({
      first: { by: APPROVER, agrees: true, decision: { tier: 'hot' } },
      second: { by: DEPUTY, agrees: false, decision: { tier: 'warm' } },
    });
    expect(ports.tables.examples.size).toBe(0);
  });

  it('is not given by whoever gave the first one, though they stand in for the second', async () => {
    const { ports, first } = await reviewedTwice();
    const second = await askSecond(ports);
    const request = await ports.requests.get(second);
    ports.tables.requests.set(second, JSON.stringify({ ...request, people: [DEPUTY, APPROVER] }));
    await reply(ports, first);
    const decision = (await ports.cases.get(CASE_ID))?.decision ?? {};
    expect(await reply(ports, second, { verb: 'edit', edits: decision })).toMatchObject({
      kind: 'not-allowed',
      problem: expect.stringContaining('You have reviewed this case already'),
    });
    expect(await reviewOf(ports)).toMatchObject({ second: null });
  });

  it('keeps what was decided from the team until it is given, or its time is over', async () => {
    const { ports, workflow, first } = await reviewedTwice();
    const second = await askSecond(ports);
    await reply(ports, first);
    const read = async (person: string, isOperator = false) => {
      const reader = { person, isOperator };
      const found = await readCase.run(
        { ...ports, workflows: [workflow] },
        { caseId: CASE_ID, withLedger: true, reader },
      );
      return [found?.isWithheld, found?.case.decision === null, found?.ledger?.length === 0];
    };
    expect(await read(DEPUTY)).toEqual([true, true, true]);
    expect(await read(APPROVER)).toEqual([true, true, true]);
    expect(await read('operator@remit.example', true)).toEqual([false, false, false]);
    await settleRequest.run(ports, { requestId: second });
    expect(await reviewOf(ports)).toMatchObject({ isOver: true, second: null });
    expect(await read(DEPUTY)).toEqual([false, false, false]);
  });

  it('is not asked for where there is nobody besides who reviews', async () => {
    const { ports, first } = await reviewedTwice((workflow) => ({
      ...twice(workflow),
      team: { ...workflow.team, nextApprovers: [] },
    }));
    expect(await reviewOf(ports)).toBeNull();
    expect(await ports.requests.get(first)).toMatchObject({ people: [APPROVER] });
  });
});
