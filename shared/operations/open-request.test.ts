import { describe, expect, it } from 'vitest';
import { leadQualification } from '../../agents/lead-qualification/workflow.ts';
import { ask, MAIL, POST, question } from '../../test/support/asked-lead.ts';
import { CASE_ID, decidedLead } from '../../test/support/lead-case.ts';
import { APPROVER, DEPUTY } from '../../test/support/leads.ts';
import type { ActionState } from '../contracts/index.ts';
import { linkKeyOf } from '../domain/case-id.ts';
import { openRequest } from './open-request.ts';

const HOUR_MS = 3_600_000;

describe('a question', () => {
  it('is stored, bound to the action as it stands, and mailed with a link and a code of the person’s own', async () => {
    const { ports } = await decidedLead();
    const asked = await openRequest.run(ports, question());
    expect(asked).toMatchObject({ remindInSeconds: 48 * 3_600, expireInSeconds: 48 * 3_600 });
    const action = await ports.cases.action(CASE_ID, MAIL);
    const request = await ports.requests.get(asked.requestId);
    expect(action).toMatchObject({ state: 'asked', requestId: asked.requestId });
    expect(request).toMatchObject({
      digest: action?.digest,
      draft: action?.arguments,
      people: [APPROVER],
      state: 'open',
    });
    expect(await ports.cases.get(CASE_ID)).toMatchObject({ state: 'waiting', personAsked: true });
    const [mail] = ports.mailer.to(APPROVER);
    expect(ports.mailer.sent).toHaveLength(1);
    expect(mail?.text).toContain('https://remit.example/r/secret-0000000001');
    expect(ports.tables.links.get(linkKeyOf('secret-0000000001'))).toMatchObject({ person: APPROVER, triesLeft: 5 });
  });

  it('waits in the list of open requests where no mail can go out', async () => {
    const { ports } = await decidedLead();
    const asked = await openRequest.run(ports, question({ withMail: false }));
    expect(ports.mailer.sent).toEqual([]);
    const { items } = await ports.requests.listOpen({ limit: 10, after: null });
    expect(items.map(({ id }) => id)).toEqual([asked.requestId]);
  });

  it('keeps secret and code of the link out of the store', async () => {
    const { ports } = await decidedLead();
    await openRequest.run(ports, question());
    const stored = JSON.stringify(Object.values(ports.tables).map((table) => [...table]));
    expect(stored).not.toContain('secret-0000000001');
    expect(stored).not.toContain('"000001"');
  });

  it('that is put again is the same one, mailed again', async () => {
    const { ports } = await decidedLead();
    const first = await openRequest.run(ports, question());
    ports.clock.advance(HOUR_MS);
    const second = await openRequest.run(ports, question());
    expect(second).toEqual({ ...first, remindInSeconds: 47 * 3_600 });
    expect(ports.tables.requests.size).toBe(1);
    expect(ports.mailer.to(APPROVER)).toHaveLength(2);
  });

  it('of another attempt is refused while the first one stands', async () => {
    const { ports } = await decidedLead();
    await openRequest.run(ports, question());
    await expect(openRequest.run(ports, question({ attempt: 'ask-2' }))).rejects.toMatchObject({
      kind: 'action-moved',
    });
  });

  it.each<[ActionState, object | null]>([
    ['proposed', null],
    ['approved', null],
    ['intended', null],
    ['unsure', null],
    ['done', { kind: 'action-moved' }],
    // As after an overturning, while the question was on its way.
    ['refused', { name: 'IntentClosedError' }],
  ])('about an action that is %s fails with %j', async (state, failure) => {
    const { ports } = await decidedLead();
    const key = `${CASE_ID}/${POST}`;
    ports.tables.actions.set(key, JSON.stringify({ ...JSON.parse(ports.tables.actions.get(key) ?? ''), state }));
    const put = openRequest.run(ports, question({ actionId: POST, problem: 'It failed again and again.' }));
    if (failure === null) expect((await put).requestId).toMatch(/^[0-9a-f]{32}$/);
    else await expect(put).rejects.toMatchObject(failure);
  });

  it('about a case without a decision offers no approval', async () => {
    const { ports } = await decidedLead({ answer: { status: 'failed', judgement: null, doubts: ['down'] } });
    const { requestId } = await openRequest.run(ports, question({ kind: 'decide-case', actionId: null }));
    const request = await ports.requests.get(requestId);
    expect(request).toMatchObject({ verbs: ['edit', 'reject', 'respond', 'take-over'], draft: {} });
    expect(request?.reasons).toEqual([expect.stringContaining('gave no answer: down')]);
  });

  it('has whole milliseconds, however odd the hours', async () => {
    const { ports } = await decidedLead();
    const team = { ...leadQualification.team, answerWithinHours: 1 / 7 };
    const odd = { ...ports, findWorkflow: () => ({ ...leadQualification, team }) };
    const { requestId } = await openRequest.run(odd, question());
    expect(await ports.requests.get(requestId)).toMatchObject({ openedAtMs: ports.clock.nowMs() });
  });

  it('reaches the others when the mail service refuses one address for good', async () => {
    const { ports } = await decidedLead();
    const team = { ...leadQualification.team, approvers: [DEPUTY, APPROVER] };
    ports.mailer.refuse(DEPUTY);
    await openRequest.run({ ...ports, findWorkflow: () => ({ ...leadQualification, team }) }, question());
    expect(ports.mailer.to(APPROVER)).toHaveLength(1);
    expect(ports.telemetry.sum('Errors')).toBe(1);
  });

  it('is put again when the mail service is busy', async () => {
    const { ports } = await decidedLead();
    ports.mailer.throttle(1);
    await expect(openRequest.run(ports, question())).rejects.toThrow('too many mails');
    await openRequest.run(ports, question());
    expect(ports.mailer.to(APPROVER)).toHaveLength(1);
  });

  it('fails for a case or an action that there is not', async () => {
    const { ports } = await decidedLead();
    await expect(openRequest.run(ports, question({ actionId: 'send-meeting-mail#9' }))).rejects.toThrow(
      'has no action',
    );
    ports.tables.cases.clear();
    await expect(openRequest.run(ports, question())).rejects.toThrow('There is no case');
    expect(ports.mailer.sent).toEqual([]);
  });

  it('keeps its token where only the answer finds it', async () => {
    const { ports } = await decidedLead();
    const requestId = await ask(ports);
    expect(await ports.tokens.get(requestId)).toBe(`token-${requestId}`);
    expect(JSON.stringify([...ports.tables.requests, ...ports.tables.ledger])).not.toContain('token-');
    expect(JSON.stringify(ports.mailer.sent)).not.toContain('token-');
  });
});
