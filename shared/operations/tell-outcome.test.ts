import { describe, expect, it } from 'vitest';
import { ask, MAIL, reply } from '../../test/support/asked-lead.ts';
import { CASE_ID, decidedLead, LEAD } from '../../test/support/lead-case.ts';
import { APPROVER, DEPUTY } from '../../test/support/leads.ts';
import type { MemoryPorts } from '../../test/support/memory-ports.ts';
import { leadWorkflow, withWorkflow } from '../../test/support/other-teams.ts';
import type { RequestId } from '../contracts/index.ts';
import { remindRequest } from './remind-request.ts';
import { settleRequest } from './settle-request.ts';
import { tellOutcome } from './tell-outcome.ts';

const THIRD = 'sales-third@remit.example';
const DAY_MS = 24 * 3_600_000;

/** A question to three people of a team that has a channel. */
async function askedThree(quorum = 1): Promise<{ ports: MemoryPorts; requestId: RequestId }> {
  const { ports: plain } = await decidedLead();
  const team = { approvers: [APPROVER, DEPUTY, THIRD], channel: '#sales-approvals' };
  const ports = withWorkflow(plain, leadWorkflow({ team, approval: { quorum } }));
  return { ports, requestId: await ask(ports) };
}

const endMails = (ports: MemoryPorts, person: string) =>
  ports.mailer.to(person).filter(({ text }) => text.includes('nothing left for you to do'));

describe('the end of a question', () => {
  it('is told to everybody else who was asked, once: who answered what, and when', async () => {
    const { ports, requestId } = await askedThree();
    expect(await tellOutcome.run(ports, { requestId })).toEqual({ told: 0 });
    await reply(ports, requestId, { by: DEPUTY });
    expect(await tellOutcome.run(ports, { requestId })).toEqual({ told: 2 });
    expect(await tellOutcome.run(ports, { requestId })).toEqual({ told: 0 });
    expect([APPROVER, DEPUTY, THIRD].map((person) => endMails(ports, person).length)).toEqual([1, 0, 1]);
    const [mail] = endMails(ports, APPROVER);
    expect(mail?.subject).toMatch(/^Approved: /);
    expect(mail?.text).toContain(DEPUTY);
    expect(mail?.text).toContain('Mon 2 Mar 2026, 09:00 UTC');
    expect(mail?.text).not.toContain(LEAD.message);
    expect(mail?.html).not.toContain('href');
  });

  it('is told to those who were asked at the reminder and to who stands in, when nobody answered', async () => {
    const { ports } = await decidedLead();
    const nowMs = ports.clock.nowMs();
    const absence = { person: APPROVER, fromMs: nowMs, untilMs: nowMs + 2 * DAY_MS, delegate: THIRD };
    const own = withWorkflow(ports, leadWorkflow({ team: { roles: { more: [THIRD] } } }));
    await own.people.setAbsence(APPROVER, absence, { by: APPROVER, atMs: nowMs });
    const requestId = await ask(own);
    await remindRequest.run(own, { requestId, because: 'time' });
    own.clock.advance(DAY_MS);
    await settleRequest.run(own, { requestId });
    expect(await tellOutcome.run(own, { requestId })).toEqual({ told: 3 });
    expect([APPROVER, DEPUTY, THIRD].map((person) => endMails(own, person).length)).toEqual([1, 1, 1]);
    expect(endMails(own, DEPUTY)[0]?.subject).toMatch(/^Expired: /);
  });

  it('is told by a repeat only to those who certainly were not', async () => {
    const { ports, requestId } = await askedThree();
    await reply(ports, requestId, { by: DEPUTY });
    ports.mailer.throttle(1);
    await expect(tellOutcome.run(ports, { requestId })).rejects.toThrow('too many mails');
    await tellOutcome.run(ports, { requestId });
    expect([APPROVER, THIRD].map((person) => endMails(ports, person).length)).toEqual([1, 1]);
  });

  it('is not kept from others by an address that takes no mail', async () => {
    const { ports, requestId } = await askedThree();
    await reply(ports, requestId, { by: DEPUTY });
    ports.mailer.refuse(APPROVER);
    expect(await tellOutcome.run(ports, { requestId })).toEqual({ told: 1 });
    expect(ports.telemetry.sum('Errors')).toBe(1);
    expect(endMails(ports, THIRD)).toHaveLength(1);
  });
});

describe('the card of a channel', () => {
  it('asks with a link to the inbox, and says who answered once it is settled, in the same place', async () => {
    const { ports, requestId } = await askedThree();
    const open = ports.chat.shown.get(requestId);
    expect(open).toMatchObject({
      ...{ channel: '#sales-approvals', caseId: CASE_ID, link: `https://remit.example/inbox/${requestId}` },
      title: expect.stringContaining('Send the meeting mail'),
    });
    await reply(ports, requestId, { by: DEPUTY, verb: 'reject', reason: 'no' });
    await tellOutcome.run(ports, { requestId });
    const settled = ports.chat.shown.get(requestId);
    expect(settled).toMatchObject({ link: null, title: expect.stringMatching(/^Rejected: /) });
    expect(settled?.lines.join('\n')).toContain(`Answered by ${DEPUTY}`);
    expect(ports.chat.shown.size).toBe(1);
  });

  it('is not put back by a late repeat of the question', async () => {
    const { ports, requestId } = await askedThree();
    const [first] = ports.chat.sent;
    await reply(ports, requestId);
    await tellOutcome.run(ports, { requestId });
    if (first !== undefined) await ports.chat.show(first);
    expect(ports.chat.shown.get(requestId)?.link).toBeNull();
  });

  it('shows what changed when others have to agree with other values', async () => {
    const { ports, requestId } = await askedThree(2);
    const before = await ports.cases.action(CASE_ID, MAIL);
    await reply(ports, requestId, { verb: 'edit', edits: { ...before?.arguments, subject: 'Other' }, by: DEPUTY });
    await remindRequest.run(ports, { requestId, because: 'change' });
    expect(ports.chat.shown.get(requestId)?.lines).toContain('1 of 2 yes');
  });

  it('keeps nobody from being asked or told while the channel cannot be reached', async () => {
    const { ports: plain } = await decidedLead();
    plain.chat.isDown = true;
    const ports = withWorkflow(plain, leadWorkflow({ team: { channel: '#sales-approvals' } }));
    const requestId = await ask(ports);
    expect(ports.mailer.to(APPROVER)).toHaveLength(1);
    await reply(ports, requestId);
    await tellOutcome.run(ports, { requestId });
    expect(ports.telemetry.sum('Errors')).toBe(2);
  });

  it('is not shown by a team without a channel', async () => {
    const { ports: plain } = await decidedLead();
    const ports = withWorkflow(plain, leadWorkflow({ team: { channel: null } }));
    await ask(ports);
    expect(ports.chat.sent).toEqual([]);
  });
});

describe('two of three', () => {
  it('release it with the second yes of another person, of whom one may stand in for who is away', async () => {
    // given
    const { ports: plain } = await decidedLead();
    const ports = withWorkflow(
      plain,
      leadWorkflow({
        team: { approvers: [APPROVER, DEPUTY, THIRD], roles: { more: ['bea@remit.example'] } },
        approval: { quorum: 2 },
      }),
    );
    const nowMs = ports.clock.nowMs();
    const absence = { person: THIRD, fromMs: nowMs, untilMs: nowMs + DAY_MS, delegate: 'bea@remit.example' };
    await ports.people.setAbsence(THIRD, absence, { by: THIRD, atMs: nowMs });
    const requestId = await ask(ports);
    const action = async () => (await ports.cases.action(CASE_ID, MAIL))?.state;
    expect([APPROVER, DEPUTY, THIRD, 'bea@remit.example'].map((one) => ports.mailer.to(one).length)).toEqual([
      1, 1, 0, 1,
    ]);

    // when, then: one yes, however often, releases nothing
    expect((await reply(ports, requestId)).kind).toBe('counted');
    expect((await reply(ports, requestId)).kind).toBe('voted');
    expect(await action()).toBe('asked');

    // when, then
    expect((await reply(ports, requestId, { by: 'bea@remit.example' })).kind).toBe('answered');
    expect(await action()).toBe('approved');
    const [entry] = (await ports.cases.ledger(CASE_ID)).filter(({ event }) => event.type === 'request-answered');
    expect(entry?.event).toMatchObject({ answer: { by: 'bea@remit.example', onBehalfOf: THIRD } });
  });

  it('are ended by one no', async () => {
    const { ports, requestId } = await askedThree(2);
    await reply(ports, requestId);
    expect((await reply(ports, requestId, { by: DEPUTY, verb: 'reject', reason: 'no' })).kind).toBe('answered');
    expect((await ports.cases.action(CASE_ID, MAIL))?.state).toBe('refused');
  });
});
