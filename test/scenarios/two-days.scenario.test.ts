import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Deployment, startDeployment } from '../support/deployment.ts';
import { APPROVER, DEPUTY, sampleLead, WORKFLOW } from '../support/leads.ts';

const TWO_DAYS_S = 2 * 86_400;
const MAIL = 'send-meeting-mail#101';

let remit: Deployment;
beforeAll(async () => {
  remit = await startDeployment();
}, 180_000);
afterAll(() => remit?.stop());

/** A hot lead by its contact form, up to the question about its mail. */
async function asked(name: string): Promise<string> {
  const { caseId } = await remit.trigger(WORKFLOW, { ...sampleLead('hot-lead'), name });
  await remit.waitFor(caseId, ({ state }) => state === 'waiting');
  return caseId;
}

/** The deputy's own version of the mail. */
async function edited(caseId: string, change: Record<string, unknown>): Promise<number> {
  const { requests, actions } = await remit.waitFor(caseId, ({ state }) => state === 'waiting');
  const [request] = requests;
  const edits = { ...actions.find(({ id }) => id === MAIL)?.arguments, ...change };
  const body = JSON.stringify({ verb: 'edit', digest: request?.digest, edits });
  return (await remit.api(`/api/requests/${request?.id}/answer`, { method: 'POST', body }, DEPUTY)).status;
}

const stateOf = ({ actions }: { actions: readonly { id: string; state: string }[] }) =>
  actions.find(({ id }) => id === MAIL)?.state;

describe('a question that nobody answers for two days', () => {
  it('is edited and approved by the deputy, and put once more because the record changed meanwhile', async () => {
    // given: the first approver does nothing, and the same person is recorded in the CRM by another case
    const caseId = await asked('Petra Patience');
    const other = await asked('Petra P.');
    const refused = await remit.questionMail(APPROVER, 'Petra P.');
    await remit.answer(refused, { verb: 'reject', reason: 'The same person twice.' });
    await remit.waitFor(other, ({ state }) => state === 'closed');

    // when: two days later the deputy is asked too, changes the subject and says yes
    await remit.advance(TWO_DAYS_S + 1);
    await remit.waitFor(caseId, ({ requests }) => requests[0]?.reminded === true);
    await remit.questionMail(DEPUTY, 'Petra Patience');
    expect(await edited(caseId, { subject: 'Shall we talk next week?' })).toBe(200);

    // then: nothing is sent, and the question comes back with what changed
    const again = await remit.waitFor(caseId, ({ requests }) => requests.length === 2);
    expect(stateOf(again)).toBe('asked');
    expect((await remit.mails(sampleLead('hot-lead').email)).length).toBe(0);
    const open = again.requests.find(({ state }) => state === 'open');
    expect(open).toMatchObject({
      changes: [{ source: 'crm-history', path: 'stage', before: 'none', after: 'open' }],
      earlier: { verb: 'edit', by: DEPUTY },
    });

    // and after a second yes it goes out once, as the deputy wrote it
    const second = await remit.questionMail(APPROVER, 'Petra Patience');
    await remit.answer(second, { verb: 'approve' });
    const closed = await remit.waitFor(caseId, ({ state }) => state === 'closed');
    expect([closed.outcome, stateOf(closed)]).toEqual(['done', 'done']);
    const mails = await remit.mails(sampleLead('hot-lead').email);
    expect(mails.map(({ subject }) => subject)).toEqual(['Shall we talk next week?']);
    const types = (closed.ledger ?? []).map(({ event }) => event.type);
    expect(types.filter((type) => /^request-|^facts-|^action-edited/.test(type))).toEqual([
      'request-opened',
      'request-reminded',
      'request-answered',
      'action-edited',
      'facts-changed',
      'request-opened',
      'request-answered',
    ]);
  });
});
