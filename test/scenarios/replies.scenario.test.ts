import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CaseAnswer, type Deployment, startDeployment } from '../support/deployment.ts';
import { plainMail, sendMail } from '../support/inbound.ts';
import { APPROVER, sampleLead, WORKFLOW } from '../support/leads.ts';
import {
  type AnswerableMail,
  type AnsweredCase,
  answerMail,
  casesAbout,
  mailTo,
  rawReply,
  standInMailTo,
} from '../support/replies.ts';
import { SUPPORT, sampleTicket } from '../support/tickets.ts';

let remit: Deployment;
beforeAll(async () => {
  remit = await startDeployment();
}, 180_000);
afterAll(() => remit?.stop());

/** Whom the directory knows: a hot lead, whose outreach mail a person lets go. */
const LEAD = { ...sampleLead('hot-lead'), name: 'Ines Hot' };
const EMAIL = LEAD['email'] ?? '';

async function writtenTo(): Promise<{ mail: AnswerableMail; caseId: string }> {
  const { caseId } = await remit.trigger(WORKFLOW, LEAD);
  await remit.waitFor(caseId, ({ state }) => state === 'waiting');
  const question = await remit.questionMail(APPROVER, LEAD.name);
  expect((await remit.answer(question, { verb: 'approve' })).status).toBe(200);
  await remit.waitFor(caseId, ({ state }) => state === 'closed');
  return { mail: await mailTo(remit, EMAIL), caseId };
}

const followUps = (words: string, count = 1): Promise<readonly AnsweredCase[]> =>
  casesAbout(remit, { workflow: 'lead-follow-up', words, count });

const reasonsOf = async (caseId: string): Promise<string> => {
  const found: CaseAnswer = await remit.waitFor(caseId, ({ state }) => state !== 'open');
  return (found.verdict?.reasons.map(({ text }) => text) ?? []).join(' ');
};

describe('a lead who answers the outreach mail', { timeout: 120_000 }, () => {
  let sent: Awaited<ReturnType<typeof writtenTo>>;
  beforeAll(async () => {
    sent = await writtenTo();
  });

  it('starts the follow-up, which knows them and says what it follows', async () => {
    const { mail, caseId } = sent;
    expect(mail.replyTo).toEqual([expect.stringMatching(/^replies\+[a-z2-7]{48}@remit\.example$/)]);
    const reply = 'Yes, I am interested. Can we meet on Monday?';
    await answerMail(remit, { mail: mail.id, text: reply });
    const [found] = await followUps(reply);
    expect(found).toMatchObject({
      ...{ trigger: 'reply-by-mail', problems: [] },
      causedBy: { caseId, actionId: expect.stringMatching(/^send-meeting-mail#\d+$/) },
      input: { name: LEAD.name, email: EMAIL, company: LEAD['company'], reminders: 0, reply },
    });
  });

  it('is found by a program that knows no Reply-To, and is not done twice by one that sends twice', async () => {
    const { mail, caseId } = sent;
    const text = 'Please do not write to me again.';
    await answerMail(remit, { mail: mail.id, text, heedsReplyTo: false });
    const [found] = await followUps(text);
    expect(found).toMatchObject({ trigger: 'reply-by-mail', causedBy: { caseId }, input: { reply: text } });
  });

  it('is found by one line at the foot of the mail, where the program says nothing but what it quotes', async () => {
    const { mail, caseId } = sent;
    expect(mail.text).toMatch(/[^\n]\n\nRef: R(-[A-Z2-7]{4}){4}\n$/);
    const bare = { mail: mail.id, heedsReplyTo: false, namesMails: false };
    await answerMail(remit, { ...bare, text: 'Tuesday suits me better.' });
    const [found] = await followUps('Tuesday suits me better.');
    expect(found).toMatchObject({ trigger: 'reply-by-mail', causedBy: { caseId }, input: { name: LEAD.name } });
    await answerMail(remit, { ...bare, text: 'Tuesday suits me too.', from: 'mallory@other.example' });
    const [other] = await followUps('mallory@other.example');
    expect(await reasonsOf(other?.caseId ?? '')).toContain('wrote to another address');
  });

  it('goes to a person where somebody else answers, or nobody knows who', async () => {
    const { mail } = sent;
    await answerMail(remit, { mail: mail.id, text: 'Yes! Send it to me.', from: 'eve@other.example' });
    const [other] = await followUps('eve@other.example');
    expect(await reasonsOf(other?.caseId ?? '')).toContain('wrote to another address');
    await answerMail(remit, { mail: mail.id, text: 'Cancel it all.', dmarc: 'FAIL', spf: 'FAIL', dkim: 'FAIL' });
    const [forged] = await followUps('Cancel it all.');
    expect(await reasonsOf(forged?.caseId ?? '')).toContain('is not proved');
    for (const one of [other, forged]) {
      const { decision, state } = await remit.waitFor(one?.caseId ?? '', () => true);
      expect([decision, state, await remit.effects(one?.caseId ?? '')]).toEqual([null, 'waiting', []]);
    }
  });

  it('starts nothing where a machine answers', async () => {
    const headers = { 'Auto-Submitted': 'auto-replied' };
    await answerMail(remit, { mail: sent.mail.id, text: 'I am away.', headers });
    await remit.runtime.whenIdle();
    expect(await followUps('I am away.', 0)).toEqual([]);
  });

  it('is one case, however often the same mail comes', async () => {
    const raw = rawReply(sent.mail, 'Not now, perhaps in the summer.');
    for (const id of ['<a1@mail.example>', '<a1@mail.example>', '<b2@mail.example>']) {
      await sendMail(remit.url, { raw: `Message-ID: ${id}\n${raw}`, from: EMAIL, to: sent.mail.replyTo[0] ?? '' });
    }
    await remit.runtime.whenIdle();
    expect(await followUps('Not now, perhaps in the summer.')).toHaveLength(1);
  });

  it('is not believed by a tag that somebody made up', async () => {
    const fake = plainMail('Mallory', 'Yes, I am interested.');
    const to = `replies+${'a'.repeat(48)}@remit.example`;
    await sendMail(remit.url, { ...fake, to });
    const [found] = await casesAbout(remit, { workflow: 'lead-follow-up', words: fake.from });
    expect(found).toMatchObject({ state: 'waiting', causedBy: null });
    expect(await reasonsOf(found?.caseId ?? '')).toContain('there is no such thing');
  });
});

describe('a customer who answers support', { timeout: 120_000 }, () => {
  it('goes on with the ticket, and what was said before is read', async () => {
    const question = plainMail('Tilda', sampleTicket('tier-1', 'Tilda')['text'] ?? '');
    await sendMail(remit.url, question);
    const first = await standInMailTo(remit, question.from);
    expect(first.replyTo).toMatch(/^support\+[a-z2-7]{48}@remit\.example$/);
    await answerMail(remit, { mail: first.id, text: 'I did that, and it does not work.' });
    const found = await casesAbout(remit, { workflow: SUPPORT, words: question.from, count: 2 });
    const [answer, ticket] = found;
    expect(answer).toMatchObject({
      causedBy: { caseId: ticket?.caseId, actionId: expect.stringMatching(/^answer-tier-1#\d+$/) },
      input: { ticketId: ticket?.input['ticketId'], text: 'I did that, and it does not work.' },
    });
    // We replied only just now, so a person decides, with what was said before them.
    expect(await reasonsOf(answer?.caseId ?? '')).toContain('it did not settle it');
    const { ledger = [] } = await remit.waitFor(answer?.caseId ?? '', () => true);
    expect(JSON.stringify(ledger)).toContain(JSON.stringify({ text: first.text }).slice(1, 60));
  });
});

describe('an approver who answers a question by mail', { timeout: 120_000 }, () => {
  it('has decided nothing, and is told so once', async () => {
    const lead = { ...sampleLead('hot-lead'), name: 'Quentin Hot', email: 'quentin@havenlicht.example' };
    const { caseId } = await remit.trigger(WORKFLOW, lead);
    await remit.waitFor(caseId, ({ state }) => state === 'waiting');
    const { mail } = await remit.questionMail(APPROVER, lead.name);
    const asked = mail as typeof mail & { readonly id: string };
    for (const text of ['Approved.', 'I said: approved!']) await answerMail(remit, { mail: asked.id, text });
    await remit.runtime.whenIdle();
    const told = (await remit.mails(APPROVER)).filter(({ subject }) => subject === 'Your mail has decided nothing');
    expect(told.map(({ text }) => /still open/.test(text))).toEqual([true]);
    expect((await remit.waitFor(caseId, () => true)).state).toBe('waiting');
    expect(await remit.mails(lead.email)).toEqual([]);
    const metrics = JSON.stringify(await (await fetch(`${remit.url}/_local/metrics`)).json());
    expect(metrics).toContain('RepliesNotTaken');
    expect(metrics).toContain('RepliesDoubted');
  });
});
