import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CaseAnswer, type Deployment, startDeployment } from '../support/deployment.ts';
import { APPROVER, type Sample, sampleLead, WORKFLOW } from '../support/leads.ts';

let remit: Deployment;
beforeAll(async () => {
  remit = await startDeployment();
}, 180_000);
afterAll(() => remit?.stop());

const RULES: readonly [sample: Sample, code: string][] = [
  ['borderline-lead', 'rule:score-exactly-7'],
  ['enterprise-lead', 'rule:enterprise'],
  ['competitor-lead', 'rule:competitor-or-urgency'],
  ['urgent-lead', 'rule:competitor-or-urgency'],
  ['unknown-company', 'rule:incomplete-enrichment'],
];

describe('escalation', () => {
  it.each(RULES)('sends %s to a person by %s, and nothing is done meanwhile', async (sample, code) => {
    const { caseId } = await remit.trigger(WORKFLOW, sampleLead(sample));
    const asked = await remit.waitFor(caseId, ({ state }) => state === 'waiting');
    expect(asked.verdict?.kind).toBe('ask');
    expect(asked.verdict?.reasons.map((reason) => reason.code)).toContain(code);
    expect(asked.requests[0]?.kind).toBe('decide-case');
    expect(await remit.effects(caseId)).toEqual([]);
  });

  it('lets a person decide the case, and then acts by that decision', async () => {
    const lead = { ...sampleLead('competitor-lead'), name: 'Petra Person' };
    const { caseId } = await remit.trigger(WORKFLOW, lead);
    const asked = await remit.waitFor(caseId, ({ state }) => state === 'waiting');
    const [request] = asked.requests;
    const edits = { ...asked.decision, buyingIntent: 'none', score: 1, tier: 'cold' };
    const response = await remit.api(`/api/requests/${request?.id}/answer`, {
      method: 'POST',
      body: JSON.stringify({ verb: 'edit', digest: request?.digest, edits, reason: 'Only curious.' }),
    });
    expect(response.status).toBe(200);
    const closed = await remit.waitFor(caseId, ({ state }) => state === 'closed');
    expect(closed).toMatchObject({ outcome: 'done', decision: { tier: 'cold' } });
    expect((await remit.effects(caseId)).map(({ connector }) => connector)).toEqual(['sandbox.crm-add-to-list']);
  });

  it('refuses a decision that does not fit, and keeps the question open', async () => {
    const { caseId } = await remit.trigger(WORKFLOW, { ...sampleLead('urgent-lead'), name: 'Otto Over' });
    const asked = await remit.waitFor(caseId, ({ state }) => state === 'waiting');
    const [request] = asked.requests;
    const response = await remit.api(`/api/requests/${request?.id}/answer`, {
      method: 'POST',
      body: JSON.stringify({ verb: 'edit', digest: request?.digest, edits: { ...asked.decision, score: 11 } }),
    });
    expect(response.status).toBe(400);
    expect((await remit.waitFor(caseId, () => true)).requests[0]?.state).toBe('open');
  });

  it('ends a case that a person takes over, without any action', async () => {
    const lead = { ...sampleLead('enterprise-lead'), name: 'Tara Takes' };
    const { caseId } = await remit.trigger(WORKFLOW, lead);
    await remit.waitFor(caseId, ({ state }) => state === 'waiting');
    const call = { verb: 'take-over', reason: 'I call her today.' };
    await remit.answer(await remit.questionMail(APPROVER, lead.name), call);
    const closed = await remit.waitFor(caseId, ({ state }) => state === 'closed');
    expect(closed.outcome).toBe('left-to-person');
    expect(await remit.effects(caseId)).toEqual([]);
  });

  it('hands an action back to the agents with a fact: they try again knowing it, and a person decides', async () => {
    const lead = { ...sampleLead('hot-lead'), name: 'Rhea Respond' };
    const { caseId } = await remit.trigger(WORKFLOW, lead);
    await remit.waitFor(caseId, ({ state }) => state === 'waiting');
    const fact = { verb: 'respond', reason: 'She is a customer already.' };
    await remit.answer(await remit.questionMail(APPROVER, lead.name), fact);
    const isAskedAgain = ({ state, requests }: CaseAnswer): boolean =>
      state === 'waiting' && requests.some(({ kind }) => kind === 'decide-case');
    const again = await remit.waitFor(caseId, isAskedAgain);
    expect(again.verdict?.reasons).toContainEqual({
      ...{ code: 'model-doubt', text: `A person told more than this model can read: ${APPROVER}.` },
    });
    expect(again.state).toBe('waiting');
    expect(again.actions.find(({ id }) => id === 'send-meeting-mail#101')?.state).toBe('refused');
    expect((await remit.mails(lead.email)).filter(({ subject }) => subject.includes('Rhea'))).toEqual([]);
    const types = again.ledger?.map(({ event }) => event.type) ?? [];
    expect(types.filter((type) => type === 'turn-finished')).toHaveLength(3);
    expect(types).not.toContain('case-closed');
  });
});
