import { describe, expect, it } from 'vitest';
import { ask, MAIL, POST, reply } from '../../test/support/asked-lead.ts';
import { CASE_ID, caseStart, decidedLead, settingsIn } from '../../test/support/lead-case.ts';
import type { MemoryPorts } from '../../test/support/memory-ports.ts';
import { ALL_WORKFLOWS } from '../contracts/index.ts';
import { openCase } from './open-case.ts';
import { performAction } from './perform-action.ts';

const ON = settingsIn('partial');
const OFF = settingsIn('partial', { paused: true });
const ALL_OFF = { ...OFF, workflow: ALL_WORKFLOWS };

const perform = (ports: MemoryPorts, actionId: string) =>
  ports.clock.finish(performAction.run(ports, { caseId: CASE_ID, actionId }));
const stateOf = async (ports: MemoryPorts, actionId: string) => (await ports.cases.action(CASE_ID, actionId))?.state;

/** A call that may have gone through: its answer was lost, and the step is about to be repeated. */
async function brokenOff() {
  const { ports } = await decidedLead();
  ports.effects.script('lost-after');
  await expect(perform(ports, POST)).rejects.toMatchObject({ name: 'PassingError' });
  expect([ports.effects.calls, await stateOf(ports, POST)]).toEqual([1, 'intended']);
  return ports;
}

describe.each([
  ['one workflow', OFF],
  ['all workflows', ALL_OFF],
])('the switch for %s', (_what, off) => {
  it('stops an action that was not begun, approved ones too', async () => {
    const { ports } = await decidedLead();
    await reply(ports, await ask(ports));
    ports.settings.set(off);
    for (const action of [MAIL, POST]) {
      await expect(perform(ports, action)).rejects.toMatchObject({ name: 'NeedsPersonError' });
    }
    expect([ports.effects.calls, await stateOf(ports, MAIL)]).toEqual([0, 'approved']);
  });

  it('stops the repeat of one that was begun, which a person has to look at', async () => {
    const ports = await brokenOff();
    ports.settings.set(off);
    await expect(perform(ports, POST)).rejects.toThrow('switched off in the middle of this action');
    expect([ports.effects.calls, await stateOf(ports, POST)]).toEqual([1, 'unsure']);
    expect((await ports.cases.ledger(CASE_ID)).at(-1)?.event).toMatchObject({ type: 'action-unsure', actionId: POST });
  });

  it('stops the repeat even where it is turned between the check and the call', async () => {
    const ports = await brokenOff();
    ports.settings.set(off);
    const stale = { ...ports, settings: { get: async () => ({ own: ON, isAllPaused: false }) } };
    const run = performAction.run(stale, { caseId: CASE_ID, actionId: POST });
    await expect(run).rejects.toMatchObject({ name: 'NeedsPersonError' });
    expect([ports.effects.calls, await stateOf(ports, POST)]).toEqual([1, 'unsure']);
  });

  it('leaves people free to go on by hand, and takes no yes while it is off', async () => {
    for (const verb of ['take-over', 'respond', 'reject'] as const) {
      const ports = await brokenOff();
      ports.settings.set(off);
      await perform(ports, POST).catch(() => undefined);
      const requestId = await ask(ports, { actionId: POST, problem: 'switched off' });
      expect(await reply(ports, requestId)).toMatchObject({ kind: 'incomplete' });
      expect(await reply(ports, requestId, { verb, reason: 'I do it' })).toMatchObject({ kind: 'answered' });
    }
  });

  it('turned on again lets what waits go on, and what was done is not done twice', async () => {
    const ports = await brokenOff();
    ports.settings.set(off);
    await perform(ports, POST).catch(() => undefined);
    const requestId = await ask(ports, { actionId: POST, problem: 'switched off' });
    ports.settings.set({ ...off, paused: false });
    expect(await reply(ports, requestId)).toMatchObject({ kind: 'answered' });
    expect(await perform(ports, POST)).toMatchObject({ state: 'done' });
    expect(ports.effects.done).toHaveLength(1);
  });

  it('keeps cases that come while it is off: they open, and are asked', async () => {
    const { ports } = await decidedLead();
    ports.settings.set(off);
    const opened = await openCase.run(ports, caseStart({ caseId: `${'0'.repeat(32)}` as typeof CASE_ID }));
    expect(opened.pinned.settings.paused).toBe(true);
  });
});

it('puts every try on record before the call', async () => {
  const ports = await brokenOff();
  await perform(ports, POST);
  const types = (await ports.cases.ledger(CASE_ID)).map(({ event }) => event.type);
  expect(types.slice(-3)).toEqual(['action-intended', 'action-intended', 'action-done']);
});
