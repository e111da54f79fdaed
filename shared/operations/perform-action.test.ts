import { describe, expect, it } from 'vitest';
import { ask, MAIL, POST, reply } from '../../test/support/asked-lead.ts';
import { CASE_ID, type DecidedLead, decidedLead, LEAD, settingsIn, WARM } from '../../test/support/lead-case.ts';
import { APPROVER } from '../../test/support/leads.ts';
import type { Action } from '../contracts/index.ts';
import { performAction } from './perform-action.ts';

type Ports = DecidedLead['ports'];

const perform = (ports: Ports, actionId: string) =>
  ports.clock.finish(performAction.run(ports, { caseId: CASE_ID, actionId }));
const typesOf = async (ports: Ports) => (await ports.cases.ledger(CASE_ID)).map(({ event }) => event.type);

async function approvedMail() {
  const { ports } = await decidedLead();
  await reply(ports, await ask(ports));
  return ports;
}

describe('an autonomous action', () => {
  it('is done once, with its key, after its intent is on record', async () => {
    const { ports } = await decidedLead();
    expect(await perform(ports, POST)).toMatchObject({ actionId: POST, state: 'done', wrote: { entries: 2 } });
    expect(await perform(ports, POST)).toEqual({ actionId: POST, state: 'done' });
    expect(ports.effects.done).toEqual([
      expect.objectContaining({
        connector: 'sandbox.channel-post',
        idempotencyKey: `${CASE_ID}.${POST}`,
        caseId: CASE_ID,
      }),
    ]);
    expect(ports.effects.calls).toBe(1);
    expect(await typesOf(ports)).toEqual([
      'case-opened',
      'turn-finished',
      'decision-made',
      'action-intended',
      'action-done',
    ]);
    expect(await ports.cases.action(CASE_ID, POST)).toMatchObject({ state: 'done', result: { lineId: 'l-1' } });
    expect(ports.mailer.sent).toEqual([]);
  });

  it.each(['lost-before', 'lost-after'] as const)(
    'that knows keys is called again when its answer was %s',
    async (fault) => {
      const { ports } = await decidedLead();
      ports.effects.script(fault);
      await expect(perform(ports, POST)).rejects.toMatchObject({ name: 'PassingError' });
      expect(await perform(ports, POST)).toMatchObject({ state: 'done' });
      expect(ports.effects.done).toHaveLength(1);
    },
  );

  it('is not done while the workflow is switched off, or in shadow', async () => {
    const { ports } = await decidedLead();
    for (const settings of [settingsIn('partial', { paused: true }), settingsIn('shadow')]) {
      ports.settings.set(settings);
      await expect(perform(ports, POST)).rejects.toMatchObject({ name: 'NeedsPersonError' });
    }
    expect(ports.effects.calls).toBe(0);
  });

  it('is not done when the switch is turned between the check and the intent', async () => {
    const { ports } = await decidedLead();
    const stale = { ...ports, settings: { get: async () => ({ own: settingsIn('partial'), isAllPaused: false }) } };
    ports.settings.set(settingsIn('partial', { paused: true }));
    const run = performAction.run(stale, { caseId: CASE_ID, actionId: POST });
    await expect(run).rejects.toMatchObject({ name: 'NeedsPersonError' });
    expect(ports.effects.calls).toBe(0);
    expect(await ports.cases.action(CASE_ID, POST)).toMatchObject({ state: 'proposed' });
  });

  it('is called once when two runs of the step come at the same time', async () => {
    const { ports } = await decidedLead();
    const runs = await Promise.allSettled([perform(ports, POST), perform(ports, POST)]);
    expect(runs.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(ports.effects.done).toHaveLength(1);
  });

  it('that there is not goes to a person', async () => {
    const { ports } = await decidedLead();
    await expect(perform(ports, 'delete-all#1')).rejects.toMatchObject({ name: 'NeedsPersonError' });
  });
});

describe('a mail, which takes no key', () => {
  it('needs an approval', async () => {
    const { ports } = await decidedLead();
    await expect(perform(ports, MAIL)).rejects.toMatchObject({ name: 'NeedsPersonError' });
    await ask(ports);
    await expect(perform(ports, MAIL)).rejects.toMatchObject({ name: 'NeedsPersonError' });
    expect(ports.effects.calls).toBe(0);
  });

  it('goes out once, with exactly the arguments that were approved', async () => {
    const ports = await approvedMail();
    expect(await perform(ports, MAIL)).toMatchObject({ state: 'done' });
    expect(await perform(ports, MAIL)).toMatchObject({ state: 'done' });
    const action = await ports.cases.action(CASE_ID, MAIL);
    expect(ports.effects.done.map(({ args }) => args)).toEqual([action?.arguments]);
    expect(action?.arguments).toMatchObject({ to: LEAD.email });
  });

  it('goes out as it was edited', async () => {
    const { ports } = await decidedLead();
    const requestId = await ask(ports);
    const edits = { ...(await ports.cases.action(CASE_ID, MAIL))?.arguments, subject: 'Shall we talk?' };
    await reply(ports, requestId, { verb: 'edit', edits });
    await perform(ports, MAIL);
    expect(ports.effects.done.map(({ args }) => args)).toEqual([edits]);
  });

  it('does not go out after a no', async () => {
    const { ports } = await decidedLead();
    await reply(ports, await ask(ports), { verb: 'reject', reason: 'no' });
    expect(await perform(ports, MAIL)).toEqual({ actionId: MAIL, state: 'refused' });
    expect(ports.effects.calls).toBe(0);
  });

  it('does not go out when the stored arguments were changed after the approval', async () => {
    const ports = await approvedMail();
    const key = `${CASE_ID}/${MAIL}`;
    const action: Action = JSON.parse(ports.tables.actions.get(key) ?? '');
    const forged = { ...action, arguments: { ...action.arguments, to: 'attacker@evil.example' } };
    ports.tables.actions.set(key, JSON.stringify(forged));
    await expect(perform(ports, MAIL)).rejects.toMatchObject({ name: 'NeedsPersonError' });
    expect(ports.effects.calls).toBe(0);
  });

  it.each(['lost-before', 'lost-after', 'odd-result'] as const)(
    'is never repeated blindly when its answer is %s',
    async (fault) => {
      const ports = await approvedMail();
      ports.effects.script(fault);
      await expect(perform(ports, MAIL)).rejects.toMatchObject({ name: 'NeedsPersonError' });
      await expect(perform(ports, MAIL)).rejects.toMatchObject({ name: 'NeedsPersonError' });
      expect(ports.effects.calls).toBe(1);
      expect(await ports.cases.action(CASE_ID, MAIL)).toMatchObject({
        state: 'unsure',
        reasons: [expect.stringContaining('Nobody knows whether it was done')],
      });
    },
  );

  it('is left to a person when the work stopped after its intent', async () => {
    const ports = await approvedMail();
    const stopped = { ...ports, effects: { perform: () => new Promise<never>(() => undefined) } };
    void performAction.run(stopped, { caseId: CASE_ID, actionId: MAIL });
    await new Promise((resolve) => setImmediate(resolve));
    await expect(perform(ports, MAIL)).rejects.toMatchObject({ name: 'NeedsPersonError' });
    expect(ports.effects.calls).toBe(0);
    expect((await typesOf(ports)).slice(-2)).toEqual(['action-intended', 'action-unsure']);
  });

  it('is left to a person when the other side does not answer in time', async () => {
    const ports = await approvedMail();
    const silent = { ...ports, effects: { perform: () => new Promise<never>(() => undefined) } };
    const call = performAction.run(silent, { caseId: CASE_ID, actionId: MAIL });
    await expect(ports.clock.finish(call)).rejects.toMatchObject({
      name: 'NeedsPersonError',
      message: expect.stringContaining('no answer within 10000 ms'),
    });
  });

  it('is tried again when it was certainly not sent and may well be at another try', async () => {
    const ports = await approvedMail();
    ports.effects.script('passing');
    await expect(perform(ports, MAIL)).rejects.toMatchObject({ name: 'PassingError' });
    expect(await ports.cases.action(CASE_ID, MAIL)).toMatchObject({ state: 'approved' });
    expect(await perform(ports, MAIL)).toMatchObject({ state: 'done' });
    expect(ports.effects.done).toHaveLength(1);
  });

  it('goes to a person when it was refused for good, who may have it tried once more', async () => {
    const ports = await approvedMail();
    ports.effects.script('refused');
    await expect(perform(ports, MAIL)).rejects.toThrow('It was not done: no such address');
    await reply(ports, await ask(ports, { attempt: 'ask-2', problem: 'It was not done: no such address' }));
    expect(await perform(ports, MAIL)).toMatchObject({ state: 'done' });
    expect(ports.effects.done).toHaveLength(1);
  });
});

describe('an action that people are told of', () => {
  const NURTURE = 'add-to-nurture#1';
  const UNDO = `${CASE_ID}_undo-add-to-nurture-1`;
  const inFull = () => decidedLead({ phase: 'full', judgement: WARM });

  it('is done without asking, and then told by a question with an undo link, once', async () => {
    const { ports } = await inFull();
    for (const _time of [1, 2]) expect(await perform(ports, NURTURE)).toMatchObject({ state: 'done' });
    expect(ports.effects.done).toHaveLength(1);
    expect([...ports.asks.started]).toEqual([
      [UNDO, { caseId: CASE_ID, kind: 'undo-action', actionId: NURTURE, problem: null }],
    ]);
    expect(ports.mailer.sent).toEqual([]);
  });

  it('is told after it is done, and not when it was not done', async () => {
    const { ports } = await inFull();
    ports.effects.script('passing');
    await expect(perform(ports, NURTURE)).rejects.toMatchObject({ name: 'PassingError' });
    expect([...ports.asks.started]).toEqual([]);
  });

  it('is told by a mail to the approvers, without its arguments, where the question cannot be put', async () => {
    const { ports } = await inFull();
    ports.asks.refusesStarts = true;
    expect(await perform(ports, NURTURE)).toMatchObject({ state: 'done' });
    expect(ports.mailer.sent.map(({ to, subject }) => [to, subject])).toEqual([
      [[APPROVER], 'Done: Add to the nurture sequence · Hanna Hot, Shop'],
    ]);
    expect(JSON.stringify(ports.mailer.sent)).not.toContain(LEAD.email);
    expect(ports.telemetry.sum('Errors')).toBe(1);
    expect(ports.telemetry.lines.map(({ event }) => event)).toContain('undo-not-offered');
  });

  it('is done all the same when the mail service is busy or refuses too', async () => {
    const busy = (await inFull()).ports;
    busy.mailer.throttle(2);
    busy.asks.refusesStarts = true;
    expect(await perform(busy, NURTURE)).toMatchObject({ state: 'done' });
    expect(busy.mailer.to(APPROVER)).toHaveLength(1);
    const refusing = (await inFull()).ports;
    refusing.mailer.refuse(APPROVER);
    refusing.asks.refusesStarts = true;
    expect(await perform(refusing, NURTURE)).toMatchObject({ state: 'done' });
    expect(refusing.telemetry.sum('Errors')).toBe(2);
    expect(refusing.telemetry.lines.map(({ event }) => event)).toContain('tell-failed');
  });

  it('is not told of where people were asked', async () => {
    const { ports } = await decidedLead({ judgement: WARM });
    await reply(ports, await ask(ports, { actionId: NURTURE }));
    const asked = ports.mailer.sent.length;
    await perform(ports, NURTURE);
    expect(ports.mailer.sent).toHaveLength(asked);
    expect([...ports.asks.started]).toEqual([]);
  });
});
