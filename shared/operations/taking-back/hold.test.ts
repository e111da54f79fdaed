import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ask, reply } from '../../../test/support/asked-lead.ts';
import { HELD_MINUTES, heldLeads } from '../../../test/support/held-leads/index.ts';
import { interleaved } from '../../../test/support/interleaved.ts';
import { CASE_ID, decidedLead, READABLE, settingsIn, WARM } from '../../../test/support/lead-case.ts';
import { APPROVER } from '../../../test/support/leads.ts';
import type { MemoryPorts } from '../../../test/support/memory-ports.ts';
import type { RequestId } from '../../contracts/index.ts';
import { openRequest } from '../open-request.ts';
import { performAction } from '../perform-action.ts';
import { remindRequest } from '../remind-request.ts';
import { StillHeldError, settleRequest } from '../settle-request.ts';

const NURTURE = 'add-to-nurture#1';
const HELD_MS = HELD_MINUTES * 60_000;
const HELD = { kind: 'hold-action', actionId: NURTURE } as const;

/** A warm lead in full whose first action is held, at a deployment with that workflow. */
async function decided(workflow = heldLeads): Promise<MemoryPorts> {
  const { ports, advanced } = await decidedLead({ phase: 'full', judgement: WARM, workflow });
  expect(advanced.actions[0]).toEqual({ actionId: NURTURE, mode: 'hold' });
  return { ...ports, findWorkflow: () => workflow };
}

async function held(): Promise<{ ports: MemoryPorts; requestId: RequestId }> {
  const ports = await decided();
  return { ports, requestId: await ask(ports, HELD) };
}

const perform = (ports: MemoryPorts) =>
  ports.clock.finish(performAction.run(ports, { caseId: CASE_ID, actionId: NURTURE }));
const action = (ports: MemoryPorts) => ports.cases.action(CASE_ID, NURTURE);

describe('what is held', () => {
  it('is told with the time at which it goes out, and nobody counts as asked', async () => {
    const { ports, requestId } = await held();
    const nowMs = ports.clock.nowMs();
    expect(await ports.requests.get(requestId)).toMatchObject({
      ...{ kind: 'hold-action', deadlineMs: nowMs + HELD_MS, verbs: ['approve', 'reject'], proof: 'mail-code' },
    });
    expect(await action(ports)).toMatchObject({ state: 'held', requestId });
    expect(await ports.cases.get(CASE_ID)).toMatchObject({ state: 'waiting', personAsked: false });
    const [mail] = ports.mailer.to(APPROVER);
    expect(mail?.subject).toBe('Goes out soon: Add to the nurture sequence · Hanna Hot, Shop');
    expect(mail?.text).toContain('Goes out at 09:20 UTC unless you stop it.');
    expect(await remindRequest.run(ports, { requestId, because: 'time' })).toMatchObject({ people: 0 });
  });

  it('does not go out one tick before its time, and goes out once after it', async () => {
    const { ports, requestId } = await held();
    ports.clock.advance(HELD_MS - 1);
    await expect(settleRequest.run(ports, { requestId })).rejects.toMatchObject({ name: 'StillHeldError' });
    await expect(perform(ports)).rejects.toMatchObject({ name: 'NeedsPersonError' });
    expect(ports.effects.calls).toBe(0);
    ports.clock.advance(1);
    expect(await settleRequest.run(ports, { requestId })).toMatchObject({ state: 'expired' });
    for (const _time of [1, 2]) expect(await perform(ports)).toMatchObject({ actionId: NURTURE, state: 'done' });
    expect(ports.effects.done).toHaveLength(1);
    expect(ports.telemetry.sum('RequestsExpired')).toBe(0);
    expect([...ports.asks.started]).toEqual([]);
  });

  it('can be stopped until one tick before its time, and never goes out then', async () => {
    const { ports, requestId } = await held();
    ports.clock.advance(HELD_MS - 1);
    expect((await reply(ports, requestId, { verb: 'reject', reason: '' })).kind).toBe('answered');
    ports.clock.advance(HELD_MS);
    expect(await settleRequest.run(ports, { requestId })).toMatchObject({ state: 'answered', verb: 'reject' });
    expect(await perform(ports)).toEqual({ actionId: NURTURE, state: 'refused' });
    expect(ports.effects.calls).toBe(0);
    expect(await ports.cases.closedIntents(CASE_ID)).toHaveLength(1);
    expect(ports.telemetry.sum('Undos')).toBe(1);
    const types = (await ports.cases.ledger(CASE_ID)).map(({ event }) => event.type);
    expect(types.slice(-4)).toEqual(['request-answered', 'action-refused', 'intent-closed', 'action-undone']);
    expect([...ports.executions.started]).toEqual([]);
  });

  it('cannot be stopped at its time any more, and whoever tries is told so', async () => {
    const { ports, requestId } = await held();
    ports.clock.advance(HELD_MS);
    expect((await reply(ports, requestId, { verb: 'reject' })).kind).toBe('expired');
    await settleRequest.run(ports, { requestId });
    expect((await reply(ports, requestId, { verb: 'reject' })).kind).toBe('expired');
    expect(await perform(ports)).toMatchObject({ state: 'done' });
  });

  it('goes out at once when somebody says so', async () => {
    const { ports, requestId } = await held();
    expect((await reply(ports, requestId)).kind).toBe('answered');
    expect(await perform(ports)).toMatchObject({ state: 'done' });
    expect(ports.telemetry.sum('Undos')).toBe(0);
  });

  it.each<[string, (ports: MemoryPorts) => void]>([
    ['switched off', ({ settings }) => settings.set(settingsIn('full', { paused: true }))],
    ['stepped back', ({ settings }) => settings.set(settingsIn('partial'))],
    ['stepped back to shadow', ({ settings }) => settings.set(settingsIn('shadow'))],
  ])('does not go out by itself where the workflow was %s meanwhile: a person is asked', async (_what, change) => {
    const { ports, requestId } = await held();
    change(ports);
    ports.clock.advance(HELD_MS);
    await settleRequest.run(ports, { requestId });
    await expect(perform(ports)).rejects.toMatchObject({ name: 'NeedsPersonError' });
    expect(ports.effects.calls).toBe(0);
    const asked = await ask(ports, { actionId: NURTURE, attempt: 'ask-2', problem: 'meanwhile' });
    expect(await action(ports)).toMatchObject({ state: 'asked' });
    ports.settings.set(settingsIn('full'));
    await reply(ports, asked);
    expect(await perform(ports)).toMatchObject({ state: 'done' });
  });

  it('does not go out by itself where a fact that it rests on has changed: the approver gets the difference', async () => {
    const nurture = heldLeads.actions['add-to-nurture'];
    if (nurture === undefined) throw new Error('there is no such action');
    const workflow = {
      ...heldLeads,
      actions: { ...heldLeads.actions, 'add-to-nurture': { ...nurture, pins: ['crm-history'] } },
    };
    const history = { stage: 'none', contactedBefore: false, lastContactDays: null };
    const sources = {
      ...READABLE,
      'sandbox.crm-history': [{ data: history }, { data: { ...history, stage: 'customer' } }],
    };
    const { ports: memory } = await decidedLead({ phase: 'full', judgement: WARM, workflow, sources });
    const ports: MemoryPorts = { ...memory, findWorkflow: () => workflow };
    const requestId = await ask(ports, HELD);
    ports.clock.advance(HELD_MS);
    await settleRequest.run(ports, { requestId });
    await expect(perform(ports)).rejects.toThrow('has changed since');
    const again = await ask(ports, { actionId: NURTURE, attempt: 'ask-2', problem: 'changed' });
    expect((await ports.requests.get(again))?.changes).toEqual([
      { source: 'crm-history', path: 'stage', before: 'none', after: 'customer' },
    ]);
    expect(ports.effects.calls).toBe(0);
  });
});

describe('what is held and cannot be told of', () => {
  it('has its whole time from the mail on', async () => {
    const ports = await decided();
    ports.mailer.throttle(1);
    const put = () => openRequest.run(ports, { ...HELD, caseId: CASE_ID, attempt: 'a', problem: null, withMail: true });
    await expect(put()).rejects.toThrow('too many mails');
    ports.clock.advance(HELD_MS);
    const { requestId, remindInSeconds } = await put();
    expect(remindInSeconds).toBe(HELD_MS / 1_000);
    expect(await ports.requests.get(requestId)).toMatchObject({
      deadlineMs: ports.clock.nowMs() + HELD_MS,
      revision: 1,
    });
  });

  it.each([true, false])(
    'needs a yes in place of going out by itself (it was stored before: %s)',
    async (wasStored) => {
      const ports = await decided();
      ports.mailer.refuse(APPROVER);
      const ask_ = { ...HELD, caseId: CASE_ID, attempt: 'a', problem: null };
      if (wasStored) {
        await expect(openRequest.run(ports, { ...ask_, withMail: true })).rejects.toThrow('Nobody could be told');
      }
      const { requestId } = await openRequest.run(ports, { ...ask_, withMail: false });
      expect(await ports.requests.get(requestId)).toMatchObject({
        ...{ kind: 'approve-action', state: 'open', deadlineMs: ports.clock.nowMs() + 24 * 3_600_000 },
        reasons: [expect.stringContaining('nobody could be told of it')],
      });
      expect(await action(ports)).toMatchObject({ state: 'asked', mode: 'ask', requestId });
      ports.clock.advance(24 * 3_600_000);
      await settleRequest.run(ports, { requestId: requestId as RequestId });
      expect(await perform(ports)).toMatchObject({ state: 'refused' });
      expect(ports.effects.calls).toBe(0);
    },
  );
});

describe('a stop that races the send', () => {
  it('ends in exactly one of the two, and whoever stops is told which, in every interleaving', async () => {
    const ends = new Set<string>();
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.integer({ min: 0, max: 3 }), async (scheduler, lead) => {
        const { ports, requestId } = await held();
        ports.clock.advance(HELD_MS - lead);
        const raced = interleaved(ports, scheduler);
        const stop = reply(raced, requestId, { verb: 'reject' });
        const send = sendAtItsTime(raced, requestId);
        const ticks = tick(raced, lead, (work) => scheduler.schedule(work));
        const [{ kind }, end] = await scheduler.waitFor(Promise.all([stop, send, ticks]));
        const isStopped = kind === 'answered';
        expect(['answered', 'expired']).toContain(kind);
        expect(ports.effects.done).toHaveLength(isStopped ? 0 : 1);
        ends.add(end);
        expect(end).toBe(isStopped ? 'refused' : 'done');
        expect(await action(ports)).toMatchObject({ state: isStopped ? 'refused' : 'done' });
        expect(await ports.requests.get(requestId)).toMatchObject({ state: isStopped ? 'answered' : 'expired' });
      }),
      { numRuns: 300 },
    );
    expect([...ends].toSorted()).toEqual(['done', 'refused']);
  });
});

/** As the machines do it: the end of waiting, again until it is there, then the action, again while another run is at it. */
async function sendAtItsTime(ports: MemoryPorts, requestId: RequestId): Promise<string> {
  for (;;) {
    const state = await settleRequest.run(ports, { requestId }).then(
      (settled) => settled.state,
      (error: unknown) => {
        if (error instanceof StillHeldError) return null;
        throw error;
      },
    );
    if (state !== null) break;
  }
  const { state } = await performAction.run(ports, { caseId: CASE_ID, actionId: NURTURE });
  return state;
}

async function tick(
  { clock }: MemoryPorts,
  times: number,
  wait: (work: Promise<void>) => Promise<void>,
): Promise<void> {
  for (let time = 0; time < times; time += 1) {
    await wait(Promise.resolve());
    clock.advance(1);
  }
}
