import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LedgerEntry } from '../../shared/contracts/index.ts';
import { verifyChain } from '../../shared/domain/ledger.ts';
import { type Deployment, startDeployment } from '../support/deployment.ts';
import { APPROVER, DEPUTY, sampleLead, WORKFLOW } from '../support/leads.ts';

const HOURS = 3_600;

let remit: Deployment;
beforeAll(async () => {
  remit = await startDeployment();
}, 180_000);
afterAll(() => remit?.stop());

/** A hot lead whose name is this test's own, up to the question that it leads to. */
async function askedLead(name: string, email = sampleLead('hot-lead').email) {
  const lead = { ...sampleLead('hot-lead'), name, email };
  const { status, caseId } = await remit.trigger(WORKFLOW, lead);
  expect(status).toBe(202);
  const asked = await remit.waitFor(caseId, ({ state }) => state !== 'open');
  return { lead, caseId, asked };
}

describe('a hot lead in phase partial', () => {
  it('is asked about the mail, and after a yes everything is done exactly once', async () => {
    // given
    const { lead, caseId, asked } = await askedLead('Yolanda Yes');
    expect(asked.state).toBe('waiting');
    expect(asked.decision).toMatchObject({ tier: 'hot', companySizeInRange: true });
    expect(await remit.mails(lead.email)).toEqual([]);

    // when
    const question = await remit.questionMail(APPROVER, lead.name);
    const page = await remit.answer(question, { verb: 'approve' });

    // then
    expect(page.status).toBe(200);
    const closed = await remit.waitFor(caseId, ({ state }) => state === 'closed');
    expect(closed.outcome).toBe('done');
    expect(closed.actions.map(({ id, state }) => [id, state]).sort()).toEqual([
      ['create-crm-record#103', 'done'],
      ['post-to-sales-hot#102', 'done'],
      ['send-meeting-mail#101', 'done'],
    ]);
    const mails = await remit.mails(lead.email);
    expect(mails.map(({ subject, bcc }) => [subject, bcc])).toEqual([
      ['A time to talk, Yolanda?', ['sales@remit.example']],
    ]);
    const effects = await remit.effects(caseId);
    expect(effects.map(({ connector }) => connector)).toEqual(['sandbox.channel-post', 'sandbox.crm-create-record']);
    expect(closed.requests[0]?.answer).toMatchObject({ verb: 'approve', by: APPROVER, proof: 'mail-code' });
  });

  it('has a ledger in which the decision stands before the intent and the intent before the effect, unbroken', async () => {
    const { lead, caseId } = await askedLead('Lena Ledger');
    await remit.answer(await remit.questionMail(APPROVER, lead.name), { verb: 'approve' });
    const closed = await remit.waitFor(caseId, ({ state }) => state === 'closed');
    const ledger = (closed.ledger ?? []).map((entry) => LedgerEntry.parse(entry));
    expect(ledger.map(({ event }) => event.type)).toEqual([
      'case-opened',
      // The qualifier, and then the outreach agent, as the lead is hot.
      'turn-finished',
      'turns-planned',
      'turn-finished',
      'decision-made',
      'request-opened',
      'request-answered',
      'action-intended',
      'action-done',
      'action-intended',
      'action-done',
      'action-intended',
      'action-done',
      'case-closed',
    ]);
    expect(verifyChain(ledger)).toMatchObject({ ok: true, entries: 14 });
  });

  it('sends nothing after a no, and closes that intent while the rest is done', async () => {
    const { lead, caseId } = await askedLead('Nora No');
    await remit.answer(await remit.questionMail(APPROVER, lead.name), {
      verb: 'reject',
      reason: 'We know her already.',
    });
    const closed = await remit.waitFor(caseId, ({ state }) => state === 'closed');
    expect(closed.actions.find(({ id }) => id === 'send-meeting-mail#101')?.state).toBe('refused');
    expect((await remit.mails(lead.email)).filter(({ subject }) => subject.includes('Nora'))).toEqual([]);
    expect(await remit.effects(caseId)).toHaveLength(2);
  });

  it('sends the mail as a person edited it', async () => {
    const { lead, caseId, asked } = await askedLead('Edda Edit');
    const [request] = asked.requests;
    const edits = {
      ...asked.actions.find(({ id }) => id === request?.actionId)?.arguments,
      subject: 'Shall we talk, Edda?',
    };
    const response = await remit.api(`/api/requests/${request?.id}/answer`, {
      method: 'POST',
      body: JSON.stringify({ verb: 'edit', digest: request?.digest, edits }),
    });
    expect(response.status).toBe(200);
    const closed = await remit.waitFor(caseId, ({ state }) => state === 'closed');
    expect(closed.outcome).toBe('done');
    expect((await remit.mails(lead.email)).map(({ subject }) => subject)).toContain('Shall we talk, Edda?');
    expect(closed.ledger?.map(({ event }) => event.type)).toContain('action-edited');
  });

  it('takes one answer only: a second one is told the first', async () => {
    const { lead, caseId } = await askedLead('Tess Twice');
    const question = await remit.questionMail(APPROVER, lead.name);
    await remit.answer(question, { verb: 'reject', reason: 'no' });
    const second = await remit.answer(question, { verb: 'approve' });
    const closed = await remit.waitFor(caseId, ({ state }) => state === 'closed');
    expect(closed.requests[0]?.answer?.verb).toBe('reject');
    expect(await second.text()).not.toContain('<button');
    expect((await remit.mails(lead.email)).filter(({ subject }) => subject.includes('Tess'))).toEqual([]);
  });

  it('is not decided by opening links or by a wrong code', async () => {
    const { lead, caseId } = await askedLead('Sam Scanner');
    const question = await remit.questionMail(APPROVER, lead.name);
    for (let time = 0; time < 20; time += 1) await fetch(question.link);
    await fetch(question.link, { method: 'HEAD' });
    const wrong = await remit.answer(
      { ...question, code: question.code === '000000' ? '000001' : '000000' },
      { verb: 'approve' },
    );
    expect(wrong.status).toBe(422);
    const still = await remit.waitFor(caseId, () => true);
    expect(still.state).toBe('waiting');
    expect(still.requests[0]?.state).toBe('open');
  });

  it('does not take a code after five wrong ones', async () => {
    const { lead } = await askedLead('Gil Guess');
    const question = await remit.questionMail(APPROVER, lead.name);
    const wrong = { ...question, code: question.code === '000000' ? '000001' : '000000' };
    for (let time = 0; time < 5; time += 1) await remit.answer(wrong, { verb: 'approve' });
    const right = await remit.answer(question, { verb: 'approve' });
    expect(right.status).toBe(429);
  });

  it('reminds at half of the time, asks the next person too, and takes no for an answer at the deadline', async () => {
    const { lead, caseId } = await askedLead('Una Unanswered');
    expect((await remit.mails(DEPUTY)).filter(({ text }) => text.includes(lead.name))).toEqual([]);
    await remit.advance(48 * HOURS + 1);
    await remit.waitFor(caseId, ({ requests }) => requests[0]?.reminded === true);
    expect((await remit.questionMail(DEPUTY, lead.name)).mail.to).toEqual([DEPUTY]);

    await remit.advance(48 * HOURS);
    const closed = await remit.waitFor(caseId, ({ state }) => state === 'closed');
    expect(closed.requests[0]).toMatchObject({ state: 'expired', answer: null });
    expect(closed.actions.find(({ id }) => id === 'send-meeting-mail#101')?.state).toBe('refused');
    expect((await remit.mails(lead.email)).filter(({ subject }) => subject.includes('Una'))).toEqual([]);
  });
});
