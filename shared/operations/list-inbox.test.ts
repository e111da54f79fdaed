import { describe, expect, it } from 'vitest';
import { ask, MAIL, reply } from '../../test/support/asked-lead.ts';
import { CASE_ID, decidedLead } from '../../test/support/lead-case.ts';
import { APPROVER, DEPUTY } from '../../test/support/leads.ts';
import type { MemoryPorts } from '../../test/support/memory-ports.ts';
import { leadWorkflow, withWorkflow } from '../../test/support/other-teams.ts';
import { aRequest } from '../../test/support/stored-examples.ts';
import type { PersonRequest } from '../contracts/index.ts';
import { listInbox } from './list-inbox.ts';
import { openInboxRequest } from './open-inbox-request.ts';
import { remindRequest } from './remind-request.ts';

const HOUR_MS = 3_600_000;

async function asked() {
  const { ports } = await decidedLead();
  const requestId = await ask(ports);
  const idsFor = async (person: string) =>
    (await listInbox.run(ports, { person })).requests.map(({ view }) => view.requestId);
  const opens = async (person: string) => (await openInboxRequest.run(ports, { requestId, person })) !== null;
  return { ports, requestId, idsFor, opens };
}

function put(ports: MemoryPorts, n: number, changes: Partial<PersonRequest> = {}): PersonRequest {
  const times = {
    openedAtMs: ports.clock.nowMs(),
    remindAtMs: ports.clock.nowMs() + 1,
    deadlineMs: ports.clock.nowMs() + n,
  };
  const request = aRequest(CASE_ID, { attempt: `n-${n}`, ...times, ...changes });
  ports.tables.requests.set(request.id, JSON.stringify(request));
  return request;
}

describe('the inbox', () => {
  it('holds what was put to somebody, and nobody else sees or opens it', async () => {
    const { requestId, idsFor, opens } = await asked();
    expect(await idsFor(APPROVER.toUpperCase())).toEqual([requestId]);
    expect(await opens(APPROVER)).toBe(true);
    for (const other of [DEPUTY, 'outsider@other.example', '']) {
      expect(await idsFor(other)).toEqual([]);
      expect(await opens(other)).toBe(false);
    }
  });

  it('holds it for the next person after the reminder', async () => {
    const { ports, requestId, idsFor, opens } = await asked();
    await remindRequest.run(ports, { requestId, because: 'time' });
    expect(await idsFor(DEPUTY)).toEqual([requestId]);
    expect(await opens(DEPUTY)).toBe(true);
  });

  it('holds it for who stands in, as long as the other is away, and says for whom', async () => {
    const { ports, requestId, idsFor } = await asked();
    const nowMs = ports.clock.nowMs();
    const absence = { person: APPROVER, fromMs: nowMs, untilMs: nowMs + HOUR_MS, delegate: DEPUTY };
    await ports.people.setAbsence(APPROVER, absence, { by: APPROVER, atMs: nowMs });
    const { requests } = await listInbox.run(ports, { person: DEPUTY });
    expect(requests.map(({ view }) => [view.requestId, view.onBehalfOf])).toEqual([[requestId, APPROVER]]);
    ports.clock.advance(HOUR_MS);
    expect(await idsFor(DEPUTY)).toEqual([]);
  });

  it('lets who stood in see what they answered, after the other is back', async () => {
    const { ports, requestId, opens } = await asked();
    const nowMs = ports.clock.nowMs();
    const absence = { person: APPROVER, fromMs: nowMs, untilMs: nowMs + HOUR_MS, delegate: DEPUTY };
    await ports.people.setAbsence(APPROVER, absence, { by: APPROVER, atMs: nowMs });
    expect(await reply(ports, requestId, { by: DEPUTY })).toMatchObject({
      kind: 'answered',
      request: { answer: { by: DEPUTY, onBehalfOf: APPROVER } },
    });
    ports.clock.advance(HOUR_MS);
    expect(await opens(DEPUTY)).toBe(true);
    expect(await opens('outsider@other.example')).toBe(false);
  });

  it('holds nothing that is settled or over, and nothing for who has left the team', async () => {
    const { ports, requestId, idsFor, opens } = await asked();
    const left = withWorkflow(ports, leadWorkflow({ team: { owner: DEPUTY, approvers: [DEPUTY] } }));
    expect((await listInbox.run(left, { person: APPROVER })).requests).toEqual([]);
    expect(await openInboxRequest.run(left, { requestId, person: APPROVER })).toBeNull();
    await reply(ports, requestId, { verb: 'reject', reason: 'no' });
    expect(await idsFor(APPROVER)).toEqual([]);
    expect(await opens(APPROVER)).toBe(true);
    const other = await ask(ports, { attempt: 'ask-2', actionId: null, kind: 'decide-case' });
    expect(await idsFor(APPROVER)).toEqual([other]);
    ports.clock.advance(24 * HOUR_MS);
    expect(await idsFor(APPROVER)).toEqual([]);
  });

  it('stands soonest first, and says where there is more than it shows', async () => {
    const { ports } = await decidedLead();
    const later = put(ports, 9 * HOUR_MS);
    const sooner = put(ports, 2 * HOUR_MS);
    const { requests, isMore } = await listInbox.run(ports, { person: APPROVER });
    expect(requests.map(({ view }) => view.requestId)).toEqual([sooner.id, later.id]);
    expect(isMore).toBe(false);
    for (let n = 1; n <= 60; n += 1) put(ports, n * 60_000);
    const many = await listInbox.run(ports, { person: APPROVER });
    expect([many.requests.length, many.isMore]).toEqual([50, true]);
  });

  it('finds one’s own behind hundreds of others’', async () => {
    const { ports } = await decidedLead();
    for (let n = 1; n <= 350; n += 1) put(ports, n * 1_000, { people: ['other@remit.example'] });
    const own = put(ports, 9 * HOUR_MS);
    const { requests, isMore } = await listInbox.run(ports, { person: APPROVER });
    expect(requests.map(({ view }) => view.requestId)).toEqual([own.id]);
    expect(isMore).toBe(false);
  });
});

describe('an answer of who has left the team', () => {
  it('is refused, on record, although they were asked', async () => {
    const { ports, requestId } = await asked();
    const left = withWorkflow(ports, leadWorkflow({ team: { owner: DEPUTY, approvers: [DEPUTY] } }));
    expect((await reply(left, requestId)).kind).toBe('not-allowed');
    expect(await ports.requests.get(requestId)).toMatchObject({ state: 'open' });
    expect((await ports.cases.action(CASE_ID, MAIL))?.state).toBe('asked');
    expect((await ports.cases.ledger(CASE_ID)).at(-1)?.event).toMatchObject({ type: 'answer-refused', by: APPROVER });
  });
});
