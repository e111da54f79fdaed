import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { leadQualification } from '../../agents/lead-qualification/workflow.ts';
import { knownAnswer } from '../../scripts/autonomy/known-answer.ts';
import { LedgerEntry } from '../../shared/contracts/index.ts';
import { governanceCaseId } from '../../shared/domain/governance-case.ts';
import { verifyChain } from '../../shared/domain/ledger.ts';
import { type CaseAnswer, type Deployment, startDeployment } from '../support/deployment.ts';
import { APPROVER, DEPUTY, sampleLead, WORKFLOW } from '../support/leads.ts';
import { patiently } from '../support/patiently.ts';

const MINUTES = 60;
/** The fewest that prove 95 % where all agree. */
const ENOUGH = 73;

let remit: Deployment;
beforeAll(async () => {
  remit = await startDeployment();
}, 180_000);
afterAll(() => remit?.stop());

/** A call to the API as somebody. */
async function as(user: string, method: string, path: string, body?: unknown) {
  const issued = await fetch(`${remit.url}/_local/token`, {
    method: 'POST',
    body: JSON.stringify({ user, groups: [] }),
  });
  const { token } = JSON.parse(await issued.text());
  const init = { method, headers: { authorization: `Bearer ${token}` } };
  const response = await fetch(
    `${remit.url}${path}`,
    body === undefined ? init : { ...init, body: JSON.stringify(body) },
  );
  return { status: response.status, body: JSON.parse(await response.text()) };
}

const settings = async () => (await as(APPROVER, 'GET', `/api/workflows/${WORKFLOW}/settings`)).body;
const segment = async () => (await as(APPROVER, 'GET', `/api/workflows/${WORKFLOW}/autonomy`)).body.segments[0];

/** A hot lead with a name of its own, up to its question. */
async function askedLead(name: string): Promise<CaseAnswer> {
  const { caseId } = await remit.trigger(WORKFLOW, { ...sampleLead('hot-lead'), name });
  return remit.waitFor(caseId, ({ requests }) => requests.length > 0);
}

/** Some at a time, so that none waits for long. */
async function askedLeads(name: string, count: number): Promise<CaseAnswer[]> {
  const asked: CaseAnswer[] = [];
  while (asked.length < count) {
    const due = Array.from({ length: Math.min(2, count - asked.length) }, (_, at) => `${name} ${asked.length + at}`);
    asked.push(...(await Promise.all(due.map(askedLead))));
  }
  return asked;
}

async function answer({ requests }: CaseAnswer, body: { verb: string; reason?: string }): Promise<number> {
  const [request] = requests;
  const { status } = await as(APPROVER, 'POST', `/api/requests/${request?.id}/answer`, {
    digest: request?.digest,
    ...body,
  });
  return status;
}

let lateCard: CaseAnswer;

describe('autonomy', () => {
  it('is set by people of the team: less by anybody, more by the owner alone, each with a reason', async () => {
    const put = (user: string, body: object) => as(user, 'PUT', `/api/workflows/${WORKFLOW}/settings`, body);
    const shadow = { revision: 0, phase: 'shadow', reason: 'We begin by watching.' };
    expect((await put('stranger@remit.example', shadow)).status).toBe(403);
    expect((await put(DEPUTY, { ...shadow, reason: '' })).status).toBe(400);
    expect((await put(DEPUTY, shadow)).body).toMatchObject({ phase: 'shadow', revision: 1 });
    expect((await put(DEPUTY, { ...shadow, revision: 1, phase: 'full' })).status).toBe(403);
    expect((await put(APPROVER, shadow)).status).toBe(409);
    expect((await put(APPROVER, { revision: 1, phaze: 'full', reason: 'x' })).status).toBe(400);
    expect((await as('stranger@remit.example', 'GET', `/api/workflows/${WORKFLOW}/autonomy`)).status).toBe(403);
  });

  it('is proposed by a good record in shadow, and nothing changes by that', async () => {
    // given
    const cards = await askedLeads('Shadow Lead', ENOUGH + 1);
    const [late, ...reviewed] = cards;
    if (late === undefined) throw new Error('there is no card');
    lateCard = late;
    expect(late.requests[0]?.kind).toBe('review-decision');
    for (const card of reviewed) expect(await answer(card, { verb: 'approve' })).toBe(200);
    expect(await segment()).toMatchObject({
      phase: 'shadow',
      missed: [],
      agreement: { sure: { agreed: ENOUGH, of: ENOUGH } },
    });
    // when
    await remit.advance(15 * MINUTES + 1);
    // then
    const { proposal } = await patiently(segment, (one) => typeof one.proposal?.requestId === 'string');
    expect(proposal.to).toBe('partial');
    expect(await settings()).toMatchObject({ phase: 'shadow', revision: 1 });
  }, 180_000);

  it('is given by the owner’s yes on the page of the mail, bound to the figures', async () => {
    const question = await remit.questionMail(APPROVER, 'may it go from phase shadow to partial');
    expect(question.mail.subject).toBe('More freedom? Lead qualification');
    const page = await (await fetch(question.link)).text();
    expect(page).toContain('Agent and people agreed on 73 of 73 decisions: 95 to 100 %');
    expect(page).not.toContain('executes nothing');
    await remit.answer(question, { verb: 'approve', reason: 'Seventy-three of seventy-three.' });
    expect(await patiently(settings, ({ phase }) => phase === 'partial')).toMatchObject({
      ...{ phase: 'partial', revision: 2, earnedUnder: { all: expect.any(String) } },
    });
  });

  it('lets a yes to a shadow card execute nothing, after the promotion too', async () => {
    expect(await answer(lateCard, { verb: 'approve' })).toBe(200);
    const closed = await remit.waitFor(lateCard.caseId, ({ state }) => state === 'closed');
    expect(closed).toMatchObject({ outcome: 'reviewed', phase: 'shadow', actions: [] });
    expect(await remit.effects(lateCard.caseId)).toEqual([]);
  });

  it('is lost at once by a bad window, with one line of reason, and what waits takes the stricter phase', async () => {
    // given
    const leads = await askedLeads('Partial Lead', 7);
    const [waiting, ...refused] = leads;
    if (waiting === undefined) throw new Error('nobody waits');
    expect(waiting.requests[0]?.kind).toBe('approve-action');
    // when
    for (const lead of refused) expect(await answer(lead, { verb: 'reject', reason: 'Not a lead of ours.' })).toBe(200);
    // then
    expect(await settings()).toMatchObject({ phase: 'shadow', revision: 3 });
    expect(await answer(waiting, { verb: 'approve' })).toBe(400);
    await remit.advance(15 * MINUTES + 1);
    const mails = await patiently(
      () => remit.mails(APPROVER),
      (all) => all.some(({ subject }) => subject.startsWith('Stepped back')),
    );
    const told = mails.find(({ subject }) => subject.startsWith('Stepped back'));
    expect(told?.text).toContain('6 of the latest 6 decisions went wrong (6 refused); 5 are allowed.');
    expect((await askedLead('Anew In Shadow')).requests[0]?.kind).toBe('review-decision');
  }, 120_000);

  it('is not proposed again in the cool-down', async () => {
    const { coolDownUntilMs } = await segment();
    expect(coolDownUntilMs).toBeGreaterThan(0);
    expect((await segment()).proposal).toBeNull();
  });

  it('measures how people answer by questions whose answer is known, which execute nothing', async () => {
    const examples = readFileSync('agents/lead-qualification/examples.jsonl', 'utf8');
    const seed = knownAnswer(leadQualification, examples, { isRight: false, chance: () => 0.4 });
    const path = `/api/workflows/${WORKFLOW}/seeds`;
    expect((await as(DEPUTY, 'POST', path, seed)).status).toBe(403);
    const { status, body } = await as(APPROVER, 'POST', path, seed);
    expect(status).toBe(201);
    const asked = await remit.waitFor(body.caseId, ({ requests }) => requests.length > 0);
    expect(JSON.stringify(asked)).not.toMatch(/seed/i);
    expect(await answer(asked, { verb: 'approve' })).toBe(200);
    await remit.waitFor(body.caseId, ({ state }) => state === 'closed');
    expect(await remit.effects(body.caseId)).toEqual([]);
    const { items } = (await as(APPROVER, 'GET', `/api/workflows/${WORKFLOW}/reviewers`)).body;
    expect(items).toMatchObject([{ person: APPROVER, seeded: { agreed: 0, of: 1 } }]);
  });

  it('is switched off by anybody of the team and on by the owner, and keeps all of it in a chain that holds', async () => {
    const flip = (user: string, state: string, workflow = WORKFLOW) =>
      as(user, 'POST', '/api/switch', { workflow, state, reason: 'A drill.' });
    expect((await flip(DEPUTY, 'off')).body).toMatchObject({ paused: true });
    expect((await flip(DEPUTY, 'on')).status).toBe(403);
    expect((await flip(APPROVER, 'on')).body).toMatchObject({ paused: false });
    expect((await flip(DEPUTY, 'off', 'all')).status).toBe(200);
    expect(await settings()).toMatchObject({ paused: true, isAllPaused: true });
    expect((await flip(APPROVER, 'on', 'all')).status).toBe(200);
    const { body } = await as(APPROVER, 'GET', `/api/cases/${governanceCaseId(WORKFLOW)}?ledger=true`);
    const ledger = body.ledger.map((entry: unknown) => LedgerEntry.parse(entry));
    expect(verifyChain(body.ledger, body.chain)).toMatchObject({ ok: true });
    const told = ledger.map(({ event }: LedgerEntry) => event.type);
    for (const type of ['settings-changed', 'phase-changed', 'promotion-proposed', 'request-answered', 'person-told'])
      expect(told).toContain(type);
    const { items } = (await as(APPROVER, 'GET', `/api/cases?workflow=${WORKFLOW}&limit=100`)).body;
    expect(items.some(({ caseId }: { caseId: string }) => caseId === body.caseId)).toBe(false);
  });
});
