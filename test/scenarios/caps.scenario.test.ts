import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { changeSettings } from '../support/change-settings.ts';
import { claudeStage } from '../support/claude-stage.ts';
import { type CaseAnswer, type Deployment, startDeployment } from '../support/deployment.ts';
import { structured } from '../support/fake-anthropic-replies.ts';
import { HOT, settingsIn } from '../support/lead-case.ts';
import { hotLead, sampleLead, WORKFLOW } from '../support/leads.ts';

describe('a cap on effects', () => {
  let remit: Deployment;
  beforeAll(async () => {
    remit = await startDeployment();
  }, 180_000);
  afterAll(() => remit?.stop());

  const capped = (limit: number) =>
    changeSettings(remit, settingsIn('partial', { caps: { 'meeting-mails-a-day': limit } }));
  const askedLead = async (name: string): Promise<CaseAnswer> => {
    const { caseId } = await remit.trigger(WORKFLOW, hotLead(name));
    return remit.waitFor(caseId, ({ state }) => state === 'waiting');
  };

  it('of one mail a day lets one of two go out, and a yes to the other counts once the owner has raised it', async () => {
    // given
    await capped(1);
    const [one, two] = [await askedLead('Ona One'), await askedLead('Tove Two')];

    // when
    expect((await approve(remit, one)).status).toBe(200);
    await remit.waitFor(one.caseId, ({ state }) => state === 'closed');
    const refused = await approve(remit, two);

    // then
    expect(refused.status).toBe(400);
    expect(await refused.text()).toContain('meeting-mails-a-day');
    const three = await askedLead('Thea Three');
    expect(three.requests[0]?.kind).toBe('decide-case');
    expect(three.verdict?.reasons.map(({ code }) => code)).toEqual(['cap:meeting-mails-a-day']);

    // when
    await capped(2);
    expect((await approve(remit, two)).status).toBe(200);
    const closed = await remit.waitFor(two.caseId, ({ state }) => state === 'closed');

    // then
    expect(closed.outcome).toBe('done');
    expect(closed.actions.map(({ state }) => state)).toEqual(['done', 'done', 'done']);
  });

  it('that is lowered while a question waits takes no yes to it, until it is raised again', async () => {
    await capped(100);
    const lead = await askedLead('Lea Lowered');
    await capped(0);
    expect((await approve(remit, lead)).status).toBe(400);
    await capped(100);
    expect((await approve(remit, lead)).status).toBe(200);
    await remit.waitFor(lead.caseId, ({ state }) => state === 'closed');
  });
});

describe('a cap on the money of models', () => {
  const stage = claudeStage('test/support/claude-leads/index.ts');

  it('lets a model be asked while there is money, and gives the case to a person when there is not', async () => {
    // given
    const judgement = { ...HOT, buyingIntent: 'ready' };
    const answer = { judgement, reasons: [], confidence: 0.9, doubts: [], cites: ['company-directory'] };
    stage.claude.play(structured(answer));
    const asked = await stage.remit.trigger(WORKFLOW, { ...sampleLead('hot-lead'), name: 'Rica Rich' });
    const rich = await stage.remit.waitFor(asked.caseId, ({ state }) => state === 'waiting');
    expect(rich.verdict?.kind).toBe('act');

    // when: what is left of the day is less than a question can cost
    await changeSettings(stage.remit, settingsIn('partial', { caps: { 'model-cost-per-day': rich.costUsd + 0.001 } }));
    const { caseId } = await stage.remit.trigger(WORKFLOW, { ...sampleLead('hot-lead'), name: 'Petra Poor' });
    const poor = await stage.remit.waitFor(caseId, ({ state }) => state === 'waiting');

    // then
    expect(poor).toMatchObject({ costUsd: 0, verdict: { kind: 'ask' } });
    expect(poor.verdict?.reasons[0]?.code).toBe('cap:model-cost-per-day');
    expect(stage.claude.requests).toHaveLength(1);
    expect(await stage.remit.effects(caseId)).toEqual([]);
  });
});

function approve(remit: Deployment, { requests }: CaseAnswer): Promise<Response> {
  const request = requests.find(({ state }) => state === 'open');
  const body = JSON.stringify({ verb: 'approve', digest: request?.digest });
  return remit.api(`/api/requests/${request?.id}/answer`, { method: 'POST', body });
}
