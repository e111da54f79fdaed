import { describe, expect, it } from 'vitest';
import { ask, MAIL, question, reply } from '../../test/support/asked-lead.ts';
import { CASE_ID, decidedLead } from '../../test/support/lead-case.ts';
import { APPROVER, DEPUTY } from '../../test/support/leads.ts';
import { RequestId } from '../contracts/index.ts';
import { verifyChain } from '../domain/ledger.ts';
import { awaitAnswer } from './await-answer.ts';
import { openRequest } from './open-request.ts';
import { remindRequest } from './remind-request.ts';
import { settleRequest } from './settle-request.ts';

const HOUR_MS = 3_600_000;

async function asked() {
  const { ports } = await decidedLead();
  const requestId = await ask(ports);
  const action = async () => ports.cases.action(CASE_ID, MAIL);
  const types = async () => (await ports.cases.ledger(CASE_ID)).map(({ event }) => event.type);
  return { ports, requestId, action, types };
}

describe('an answer', () => {
  it('that approves moves the action and wakes the execution with ids and verb only', async () => {
    const { ports, requestId, action, types } = await asked();
    expect((await reply(ports, requestId)).kind).toBe('answered');
    expect(await action()).toMatchObject({ state: 'approved', requestId });
    expect(ports.executions.resumed).toEqual([
      { token: `token-${requestId}`, output: { requestId, state: 'answered', verb: 'approve' } },
    ]);
    expect((await types()).slice(-2)).toEqual(['request-opened', 'request-answered']);
    expect(await ports.cases.get(CASE_ID)).toMatchObject({ state: 'open' });
  });

  it('that edits binds the action anew, with both versions in the ledger', async () => {
    const { ports, requestId, action } = await asked();
    const before = await action();
    const edits = { ...before?.arguments, subject: 'Shall we talk?' };
    await reply(ports, requestId, { verb: 'edit', edits });
    const after = await action();
    expect(after).toMatchObject({ state: 'approved', arguments: edits, idempotencyKey: before?.idempotencyKey });
    expect(after?.digest).not.toBe(before?.digest);
    const ledger = await ports.cases.ledger(CASE_ID);
    expect(ledger.at(-1)?.event).toMatchObject({ type: 'action-edited', before: before?.arguments, after: edits });
  });

  it('with edits that do not fit is not taken', async () => {
    const { ports, requestId, action } = await asked();
    const before = await action();
    for (const edits of [{}, { ...before?.arguments, to: 'nobody' }, { ...before?.arguments, cc: 'x@y.example' }]) {
      expect((await reply(ports, requestId, { verb: 'edit', edits })).kind).toBe('incomplete');
    }
    expect(await action()).toEqual(before);
    expect(await ports.requests.get(requestId)).toMatchObject({ state: 'open' });
    expect(ports.executions.resumed).toEqual([]);
  });

  it.each([
    ['reject', ['request-answered', 'action-refused', 'intent-closed'], 1],
    ['respond', ['request-answered', 'case-handed-back', 'action-refused'], 0],
    ['take-over', ['request-answered', 'action-refused'], 0],
  ] as const)('to %s refuses the action with its reason', async (verb, last, closed) => {
    const { ports, requestId, action, types } = await asked();
    await reply(ports, requestId, { verb, reason: 'I know her' });
    expect(await action()).toMatchObject({ state: 'refused', reasons: ['I know her'] });
    expect((await types()).slice(-last.length)).toEqual(last);
    expect(await ports.cases.closedIntents(CASE_ID)).toHaveLength(closed);
  });

  it('that comes second is told the first, and changes nothing', async () => {
    const { ports, requestId, action } = await asked();
    await reply(ports, requestId, { verb: 'reject', reason: 'no' });
    const second = await reply(ports, requestId);
    expect(second).toMatchObject({ kind: 'settled', request: { answer: { verb: 'reject' } } });
    expect((await action())?.state).toBe('refused');
  });

  it('is one, of many that come at once', async () => {
    const { ports, requestId } = await asked();
    const replies = await Promise.all([
      reply(ports, requestId),
      reply(ports, requestId, { verb: 'reject', reason: 'no' }),
      reply(ports, requestId),
    ]);
    expect(replies.map(({ kind }) => kind).toSorted()).toEqual(['answered', 'settled', 'settled']);
    const ledger = await ports.cases.ledger(CASE_ID);
    expect(ledger.filter(({ event }) => event.type === 'request-answered')).toHaveLength(1);
    expect(verifyChain(ledger, (await ports.cases.get(CASE_ID))?.ledger).ok).toBe(true);
  });

  it('stands when the execution cannot be woken, and a second try wakes it', async () => {
    const { ports, requestId, action } = await asked();
    ports.executions.isDown = true;
    expect((await reply(ports, requestId)).kind).toBe('answered');
    expect((await action())?.state).toBe('approved');
    expect(ports.telemetry.sum('Errors')).toBe(1);
    ports.executions.isDown = false;
    expect((await reply(ports, requestId)).kind).toBe('settled');
    expect(ports.executions.resumed).toHaveLength(1);
  });

  it('before the wait began is found by the wait', async () => {
    const { ports } = await decidedLead();
    const { requestId: id } = await openRequest.run(ports, question());
    const requestId = RequestId.parse(id);
    expect((await reply(ports, requestId)).kind).toBe('answered');
    const late = awaitAnswer.run(ports, { requestId, taskToken: 'late' });
    await expect(late).rejects.toMatchObject({ name: 'RequestSettledError' });
    expect(await settleRequest.run(ports, { requestId })).toEqual({ requestId, state: 'answered', verb: 'approve' });
  });

  it('is not taken for another digest, from another person, after the deadline or to no request', async () => {
    const { ports, requestId, action } = await asked();
    expect((await reply(ports, requestId, { digest: 'f'.repeat(64) })).kind).toBe('changed');
    expect((await reply(ports, requestId, { by: DEPUTY })).kind).toBe('not-allowed');
    expect((await reply(ports, RequestId.parse('0'.repeat(32)))).kind).toBe('unknown');
    ports.clock.advance(96 * HOUR_MS);
    expect((await reply(ports, requestId)).kind).toBe('expired');
    expect((await action())?.state).toBe('asked');
  });
});

describe('a correction', () => {
  const DECIDE = { kind: 'decide-case', actionId: null } as const;
  const examples = (ports: Awaited<ReturnType<typeof decidedLead>>['ports']) =>
    ports.examples.list('lead-qualification', { limit: 10, after: null });

  it.each([
    ['decide-case', 'partial', 'decided'],
    ['review-decision', 'shadow', 'reviewed'],
  ] as const)('of a %s in %s becomes a labelled example with who gave it', async (kind, phase, how) => {
    const { ports } = await decidedLead({ phase, answer: { confidence: 0.5 } });
    const requestId = await ask(ports, { ...DECIDE, kind });
    const draft = (await ports.requests.get(requestId))?.draft;
    const edits = { ...draft, buyingIntent: 'none', score: 2, tier: 'cold' };
    await reply(ports, requestId, { verb: 'edit', edits, reason: 'Only curious.' });
    expect((await examples(ports)).items).toMatchObject([
      {
        input: { input: { name: 'Hanna Hot' }, sources: { 'crm-history': { stage: 'none' } } },
        expected: { buyingIntent: 'none', hasBuyingAuthority: true },
        provenance: { caseId: CASE_ID, ref: requestId, how, by: APPROVER, before: draft, after: edits },
      },
    ]);
  });

  it('is none where a person agrees, refuses, or changes an action', async () => {
    for (const change of [{}, { verb: 'reject', reason: 'no' }] as const) {
      const { ports } = await decidedLead({ answer: { confidence: 0.5 } });
      await reply(ports, await ask(ports, DECIDE), change);
      expect((await examples(ports)).items).toEqual([]);
    }
    const { ports, requestId, action } = await asked();
    await reply(ports, requestId, {
      verb: 'edit',
      edits: { ...(await action())?.arguments, subject: 'Shall we talk?' },
    });
    expect((await examples(ports)).items).toEqual([]);
  });
});

describe('a reminder', () => {
  it('asks those who were asked and the next ones, who may answer from then on', async () => {
    const { ports, requestId } = await asked();
    expect(await remindRequest.run(ports, { requestId, because: 'time' })).toMatchObject({ people: 2, reminded: true });
    expect(ports.mailer.to(DEPUTY)).toHaveLength(1);
    expect((await reply(ports, requestId, { by: DEPUTY })).kind).toBe('answered');
  });

  it('is not sent once the question is settled, or where there is none', async () => {
    const { ports, requestId } = await asked();
    await reply(ports, requestId);
    expect(await remindRequest.run(ports, { requestId, because: 'time' })).toMatchObject({ people: 0 });
    const unknown = RequestId.parse('0'.repeat(32));
    await expect(remindRequest.run(ports, { requestId: unknown, because: 'time' })).rejects.toThrow(
      'There is no request',
    );
    expect(ports.mailer.to(DEPUTY)).toEqual([]);
  });
});

describe('the end of waiting', () => {
  it('is a no, on record, when nobody answered', async () => {
    const { ports, requestId, action, types } = await asked();
    ports.clock.advance(96 * HOUR_MS);
    expect(await settleRequest.run(ports, { requestId })).toEqual({ requestId, state: 'expired', verb: null });
    expect(await action()).toMatchObject({ state: 'refused' });
    expect((await types()).slice(-3)).toEqual(['request-expired', 'action-refused', 'intent-closed']);
    expect(ports.telemetry.sum('RequestsExpired')).toBe(1);
  });

  it('twice is the same, and an answer after it is told so', async () => {
    const { ports, requestId, action } = await asked();
    const first = await settleRequest.run(ports, { requestId });
    expect(await settleRequest.run(ports, { requestId })).toEqual(first);
    expect((await reply(ports, requestId)).kind).toBe('expired');
    expect((await action())?.state).toBe('refused');
  });

  it('gives the answer that came first', async () => {
    const { ports, requestId } = await asked();
    const [receipt, settled] = await Promise.all([reply(ports, requestId), settleRequest.run(ports, { requestId })]);
    const wasFirst = receipt.kind === 'answered';
    expect(settled).toMatchObject(wasFirst ? { state: 'answered', verb: 'approve' } : { state: 'expired', verb: null });
  });

  it('fails for a request that there is not', async () => {
    const { ports } = await asked();
    const requestId = RequestId.parse('0'.repeat(32));
    await expect(settleRequest.run(ports, { requestId })).rejects.toThrow('There is no request');
  });
});
