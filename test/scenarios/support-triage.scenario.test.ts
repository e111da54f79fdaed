import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { claudeStage } from '../support/claude-stage.ts';
import { type CaseAnswer, type Deployment, startDeployment } from '../support/deployment.ts';
import { structured } from '../support/fake-anthropic-replies.ts';
import { SUPPORT, SUPPORT_LEAD, sampleTicket } from '../support/tickets.ts';

const codesOf = ({ verdict }: CaseAnswer) => verdict?.reasons.map(({ code }) => code) ?? [];

describe('support triage without a key', () => {
  let remit: Deployment;
  beforeAll(async () => {
    remit = await startDeployment();
  }, 180_000);
  afterAll(() => remit?.stop());

  /** The case of a ticket once it is closed or with a person. */
  async function triaged(ticket: object): Promise<CaseAnswer> {
    const { status, caseId } = await remit.trigger(SUPPORT, ticket);
    expect(status).toBe(202);
    return remit.waitFor(caseId, ({ state }) => state !== 'open');
  }
  const effectsOf = async ({ caseId }: CaseAnswer) =>
    (await remit.effects(caseId)).map(({ connector }) => connector.replace('sandbox.', ''));

  it('answers tier 1 at once in the words of the article, and asks nobody', async () => {
    const found = await triaged(sampleTicket('tier-1', 'Tina'));
    expect(found).toMatchObject({
      state: 'closed',
      outcome: 'done',
      decision: { isTier1: true, cites: ['repeat-a-booking'] },
    });
    expect(await effectsOf(found)).toEqual(['help-desk-set-fields', 'help-desk-reply']);
    const [, reply] = await remit.effects(found.caseId);
    expect(reply?.arguments).toMatchObject({
      to: 'tina@customer.example',
      text: expect.stringContaining('choose Repeat'),
    });
  });

  it('does not answer the same customer again within a week: a person reads it', async () => {
    await triaged(sampleTicket('tier-1', 'Walt'));
    const again = await triaged({ ...sampleTicket('tier-1', 'Walt'), ticketId: 'T-Walt-2' });
    expect([again.state, codesOf(again)]).toEqual(['waiting', expect.arrayContaining(['rule:wrote-again'])]);
    expect(await effectsOf(again)).toEqual([]);
  });

  it('never answers "Your product deleted my work" by itself: a person decides, and that is done', async () => {
    const ticket = sampleTicket('deleted-work', 'Dela');
    const asked = await triaged(ticket);
    expect([asked.state, codesOf(asked)]).toEqual(['waiting', expect.arrayContaining(['rule:lost-data'])]);
    expect(await effectsOf(asked)).toEqual([]);

    const [request] = asked.requests;
    const edits = {
      ...asked.decision,
      kind: 'bug',
      team: 'engineering',
      priority: 'high',
      reply: '',
      cites: [],
      wording: 'none',
    };
    const answered = await remit.api(
      `/api/requests/${request?.id}/answer`,
      {
        method: 'POST',
        body: JSON.stringify({ verb: 'edit', digest: request?.digest, edits, reason: 'Looked at it.' }),
      },
      SUPPORT_LEAD,
    );
    expect(answered.status).toBe(200);
    const after = await remit.waitFor(asked.caseId, ({ actions }) => actions.some(({ state }) => state === 'done'));
    expect(after.actions.find(({ id }) => id.startsWith('set-ticket-fields'))?.state).toBe('done');
  });

  it('takes a wish that is told as a fault for one, and opens no bug by itself', async () => {
    const found = await triaged(sampleTicket('disguised-wish', 'Dora'));
    expect(found.decision).toMatchObject({ kind: 'feature-request', team: 'product', priority: 'low' });
    expect(await effectsOf(found)).not.toContain('tracker-open-bug');
  });

  it.each([
    ['angry', 'rule:angry-customer'],
    ['security', 'rule:security'],
    ['legal', 'rule:legal'],
    ['injection', 'rule:gives-orders'],
    ['empty', 'rule:says-nothing'],
    ['other-language', 'rule:other-language'],
    ['long-mail', 'rule:was-cut'],
  ])('gives %s to a person, by %s, and does nothing meanwhile', async (sample, code) => {
    const found = await triaged(sampleTicket(sample, `Sam-${sample}`));
    expect([found.state, codesOf(found)]).toEqual(['waiting', expect.arrayContaining([code])]);
    expect(await effectsOf(found)).toEqual([]);
  });

  it('keeps a ticket that cannot be read: a person gets it with what is wrong', async () => {
    const { email: _email, ...broken } = sampleTicket('broken', 'Bram');
    const found = await triaged({ ...broken, email: 'not an address' });
    expect([found.state, found.requests.length]).toEqual(['waiting', 1]);
  });

  it('takes a mail like a ticket', async () => {
    const mail = sampleTicket('inbound-mail', 'Mia');
    const found = await triaged({ ...mail, ticketId: undefined, from: 'Mia <mia-mail@customer.example>' });
    expect(found.decision).toMatchObject({ cites: ['print-calendar'] });
    expect(await effectsOf(found)).toEqual(['help-desk-set-fields', 'help-desk-reply']);
  });

  it('asks before it pages, and before it opens a bug in phase partial', async () => {
    const found = await triaged(sampleTicket('outage', 'Otto'));
    expect(found.decision).toMatchObject({ kind: 'bug', priority: 'urgent' });
    expect(await effectsOf(found)).toEqual(['help-desk-set-fields']);
    expect(found.requests.map(({ actionId }) => actionId?.split('#')[0])).toContain('page-on-call');
  });
});

describe('support triage with a key', () => {
  const EASY = { kind: 'question', impact: 'none', concern: 'none', articleAnswers: true };
  const stage = claudeStage('test/support/claude-support/index.ts');

  async function judged(reply: object | null, who: string): Promise<CaseAnswer> {
    const judgement = reply === null ? EASY : { ...EASY, reply };
    const cites = ['knowledge-base', 'ticket-history'];
    stage.claude.play(structured({ judgement, reasons: [], confidence: 0.9, doubts: [], cites }));
    const { caseId } = await stage.remit.trigger(SUPPORT, sampleTicket('tax-question', who));
    return stage.remit.waitFor(caseId, ({ state }) => state !== 'open');
  }

  it.each<[string, object, string]>([
    ['an article that was not read', { text: 'Refunds take a year.', cites: ['refund-policy'] }, 'rule:cites-unread'],
    ['no article', { text: 'Trust me.', cites: [] }, 'rule:cites-nothing'],
    [
      'an article, and a link that is not in it',
      { text: 'See https://evil.example', cites: ['tax-rates'] },
      'rule:strange-address',
    ],
  ])('asks a person about a reply that cites %s', async (_what, reply, code) => {
    const found = await judged(reply, `Cara-${code.slice(5)}`);
    expect([found.state, codesOf(found)]).toEqual(['waiting', expect.arrayContaining([code])]);
    expect(await stage.remit.effects(found.caseId)).toEqual([]);
  });

  it('asks about a reply in its own words, where the article in full would have gone out', async () => {
    const worded = await judged(
      { text: 'Add the rate under Settings, Invoices, Taxes.', cites: ['tax-rates'] },
      'Wanda',
    );
    expect(worded.requests.map(({ actionId }) => actionId?.split('#')[0])).toEqual(['send-worded-reply']);
    const plain = await judged(null, 'Petra');
    expect((await stage.remit.effects(plain.caseId)).map(({ connector }) => connector)).toContain(
      'sandbox.help-desk-reply',
    );
  });
});
