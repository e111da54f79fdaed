import { describe, expect, it } from 'vitest';
import { ask, MAIL, POST, reply } from '../../../test/support/asked-lead.ts';
import { CASE_ID, decidedLead, HOT } from '../../../test/support/lead-case.ts';
import { APPROVER, WORKFLOW } from '../../../test/support/leads.ts';
import { MemoryRecordStore } from '../../../test/support/memory-record-store.ts';
import { VERSION } from '../../../test/support/stored-examples.ts';
import type { Workflow } from '../../authoring/index.ts';
import type { DecisionRecord, RequestId } from '../../contracts/index.ts';
import { readAutonomy } from '../console/read-autonomy.ts';
import { openRequest } from '../open-request.ts';
import { performAction } from '../perform-action.ts';
import { settleRequest } from '../settle-request.ts';
import { reversalChange } from './count-against.ts';

const review = { kind: 'review-decision' as const, actionId: null };
const decide = { kind: 'decide-case' as const, actionId: null };

async function recorded({ ports }: Awaited<ReturnType<typeof decidedLead>>): Promise<DecisionRecord> {
  const record = await ports.records.get(CASE_ID);
  if (record === null) throw new Error('there is no record');
  return record;
}

/** The line in the channel can be taken back by another line. */
const withUndo = (workflow: Workflow): Workflow => {
  const post = workflow.actions['post-to-sales-hot'];
  if (post === undefined) throw new Error('the lead workflow posts');
  const compensation = {
    action: 'post-to-sales-hot',
    arguments: () => ({ channel: '#sales-hot', text: 'Withdrawn.' }),
  };
  return { ...workflow, actions: { ...workflow.actions, 'post-to-sales-hot': { ...post, compensation } } };
};

describe('what is put on record', () => {
  it('is what the agents decided, with the decision', async () => {
    expect(await recorded(await decidedLead())).toMatchObject({
      ...{
        workflow: WORKFLOW,
        segment: null,
        version: VERSION,
        phase: 'partial',
        tier: 'scripted',
        standing: 'waiting',
      },
      ...{ isSure: true, hasFailed: false, agentDecision: { tier: 'hot' }, compared: [], signals: [], revision: 0 },
    });
  });

  it('is nothing where no agent said anything', async () => {
    const lead = await decidedLead();
    expect(await lead.ports.records.get('none')).toBeNull();
  });

  it('tells output that came after failed checks from other', async () => {
    const lead = await decidedLead({ answer: { status: 'degraded', doubts: ['No JSON at first.'] } });
    expect(await recorded(lead)).toMatchObject({ hasFailed: true, isSure: false, signals: [{ kind: 'degraded' }] });
  });

  it('is the person’s decision beside the agent’s, after a review', async () => {
    const lead = await decidedLead({ phase: 'shadow' });
    const { agentDecision } = await recorded(lead);
    const edits = { ...agentDecision, tier: 'warm' };
    await reply(lead.ports, await ask(lead.ports, review), { verb: 'edit', edits });
    const record = await recorded(lead);
    expect(record).toMatchObject({ standing: 'reviewed', personDecision: { tier: 'warm' }, by: APPROVER, revision: 1 });
    expect(record.compared.filter(({ agrees }) => !agrees)).toEqual([{ field: 'tier', agrees: false }]);
    expect(record.signals).toMatchObject([{ kind: 'override', fields: ['tier'] }]);
  });

  it('does not count against an agent that asked by itself', async () => {
    const lead = await decidedLead({ answer: { confidence: 0.5 } });
    await reply(lead.ports, await ask(lead.ports, decide), {
      verb: 'edit',
      edits: { ...(await recorded(lead)).agentDecision, tier: 'warm' },
    });
    expect(await recorded(lead)).toMatchObject({ isSure: false, standing: 'reviewed', signals: [] });
  });

  it('is a yes or a no to an action, and nothing of a vote that decides nothing yet', async () => {
    const lead = await decidedLead();
    await reply(lead.ports, await ask(lead.ports), { verb: 'reject', reason: 'We know her.' });
    expect(await recorded(lead)).toMatchObject({
      compared: [{ field: MAIL, agrees: false }],
      signals: [{ kind: 'reject', reason: 'We know her.' }],
    });
  });

  it('speaks for neither side when nobody answers', async () => {
    const lead = await decidedLead({ phase: 'shadow' });
    await settleRequest.run(lead.ports, { requestId: await ask(lead.ports, review) });
    expect(await recorded(lead)).toMatchObject({ standing: 'expired', compared: [], signals: [] });
  });

  it('takes an answer once, whichever comes first of two', async () => {
    const lead = await decidedLead({ phase: 'shadow' });
    const requestId = await ask(lead.ports, review);
    await Promise.all([reply(lead.ports, requestId), reply(lead.ports, requestId, { verb: 'reject', reason: 'No.' })]);
    expect((await recorded(lead)).revision).toBe(1);
    expect(lead.ports.tables.reviews.size).toBe(1);
  });

  it('keeps both answers where another one about the same decision comes in between', async () => {
    // given
    const lead = await decidedLead({ workflow: withUndo });
    const { ports } = lead;
    const post = { actionId: POST, attempt: 'b', kind: 'undo-action' as const };
    await ports.clock.finish(performAction.run(ports, { caseId: CASE_ID, actionId: POST }));
    const first = await ask(ports);
    const { requestId } = await openRequest.run(ports, { caseId: CASE_ID, problem: null, withMail: false, ...post });
    // when: the first look at the record is from before the other answer
    const stale = await recorded(lead);
    let looks = 0;
    const records = Object.assign(new MemoryRecordStore(ports.tables), {
      get: async () => {
        looks += 1;
        return looks === 1 ? stale : recorded(lead);
      },
    });
    await reply(ports, first);
    await reply({ ...ports, records }, requestId as RequestId, { verb: 'reject', reason: 'No.' });
    // then
    expect((await ports.requests.get(requestId))?.state).toBe('answered');
    expect(looks).toBeGreaterThan(1);
    expect((await recorded(lead)).compared).toEqual([
      { field: MAIL, agrees: true },
      { field: POST, agrees: false },
    ]);
  });

  it('says how long a person took over how much', async () => {
    const lead = await decidedLead({ phase: 'shadow' });
    const requestId = await ask(lead.ports, review);
    lead.ports.clock.advance(42_000);
    await reply(lead.ports, requestId);
    const [first] = await lead.ports.records.reviews({ workflow: WORKFLOW, limit: 1 });
    expect(first).toMatchObject({ person: APPROVER, verb: 'approve', tookMs: 42_000, isRight: null });
    expect(first?.cardLength).toBeGreaterThan(JSON.stringify(HOT).length);
  });

  it('is overturned by the write that overturns the decision', async () => {
    const lead = await decidedLead({ phase: 'shadow' });
    const reversal = { caseId: CASE_ID, by: APPROVER, atMs: 9, reason: 'Wrong.', decision: null };
    const { findWorkflow, cases, records } = lead.ports;
    const workflow = findWorkflow(WORKFLOW);
    const change = workflow === null ? null : await reversalChange(records, workflow, reversal);
    if (change === null) throw new Error('there is nothing to overturn');
    await cases.commit({ caseId: CASE_ID, workflow: WORKFLOW, cursor: null, atMs: 9, events: [], record: change });
    expect(await recorded(lead)).toMatchObject({
      signals: [{ kind: 'reversal' }],
      compared: [{ field: '*', agrees: false }],
    });
  });
});

describe('what people read of it', () => {
  it('is n, agreement, interval, gates, phase and every disagreement, for people of the team', async () => {
    const lead = await decidedLead({ phase: 'shadow' });
    await reply(lead.ports, await ask(lead.ports, review), { verb: 'reject', reason: 'She is a student.' });
    const read = (by: string) =>
      readAutonomy.run(lead.ports, { workflow: WORKFLOW, reader: { person: by, isOperator: false } });
    expect(await read('x@remit.example')).toEqual({ kind: 'not-allowed' });
    expect(await read(APPROVER)).toMatchObject({
      kind: 'read',
      value: {
        ...{ workflow: WORKFLOW, version: VERSION, paused: false, gates: { agreement: 0.95, minimumDecisions: 30 } },
        segments: [
          {
            ...{ segment: 'all', phase: 'shadow', setPhase: 'shadow', earnedUnder: null, coolDownUntilMs: null },
            agreement: { sure: { agreed: 0, of: 1 }, blind: { of: 0 }, shown: { of: 1 } },
            ...{ failed: { failed: 0, of: 1, share: 0 }, against: { decisions: 1, of: 1, allowed: 5 }, proposal: null },
            disagreements: [{ caseId: CASE_ID, fields: ['*'], by: APPROVER, reason: 'She is a student.' }],
          },
        ],
      },
    });
  });
});
