import { describe, expect, it } from 'vitest';
import { MemoryClock } from '../../../test/support/memory-clock.ts';
import { MemorySandbox } from '../../../test/support/memory-sandbox.ts';
import type { JsonObject } from '../../contracts/index.ts';
import { EffectError } from '../../ports/index.ts';
import { joiningActions } from './joining.ts';
import { listDueSteps, move, open, readStep, readTeam, remind, settle, unremind } from './people.ts';

const START = '2026-09-01';
const step = (id: string, due: string) => ({ id, title: `Do ${id}`, owner: 'desk@remit.example', due });
const PLAN = {
  ...{ hireId: 'H-1', hire: 'Ada Lane', email: 'ada@home.example', startDate: START },
  steps: [step('contract', '2026-08-20'), step('grant-crm', '2026-08-31'), step('first-week', '2026-09-07')],
};
const TIMO = { name: 'Timo', email: 'timo@remit.example', country: 'DE', isLead: false, isMentor: true };

function setUp() {
  const sandbox = new MemorySandbox();
  const clock = new MemoryClock();
  const world = new TextEncoder().encode(JSON.stringify({ teams: { Platform: [TIMO] } }));
  const ports = { sandbox, clock, assets: { read: async () => world } };
  let calls = 0;
  type Act = (ports: { sandbox: MemorySandbox; clock: MemoryClock }) => ReturnType<typeof open>;
  const act = (action: Act, args: JsonObject, key = `k-${++calls}`) =>
    action(ports)(args, { idempotencyKey: key, caseId: 'c-1', workflow: 'w' });
  const due = async (today: string) => {
    clock.advance(Date.parse(today) - clock.nowMs());
    return (await listDueSteps(ports)()).map(({ stepId }) => stepId);
  };
  return {
    ...{ sandbox, act, due },
    list: () => listDueSteps(ports)(),
    step: (stepId: string) => readStep(ports)({ hireId: 'H-1', stepId }, { workflow: 'w' }),
    team: (team: string) => readTeam(ports.assets)({ team }, { workflow: 'w' }),
  };
}

describe('the people system of the sandbox', () => {
  it('lists steps once their day is over, with what a chaser has to know', async () => {
    const people = setUp();
    expect(await people.act(open, PLAN)).toEqual({ opened: 3 });
    expect(await people.due('2026-08-20')).toEqual([]);
    expect(await people.due('2026-08-21')).toEqual(['contract']);
    expect(await people.list()).toEqual([
      {
        ...{ hireId: 'H-1', stepId: 'contract', hire: 'Ada Lane', email: 'ada@home.example', startDate: START },
        ...{ title: 'Do contract', owner: 'desk@remit.example', due: '2026-08-20', today: '2026-08-21' },
        ...{ remindedTimes: 0, movedTimes: 0, note: '' },
      },
    ]);
    expect(await people.due('2026-09-08')).toEqual(['contract', 'grant-crm', 'first-week']);
  });

  it('is quiet for two days after a reminder, and counts it once however often its key comes', async () => {
    const people = setUp();
    await people.act(open, PLAN);
    await people.due('2026-08-21');
    const reminder = { hireId: 'H-1', stepId: 'contract', to: 'desk@remit.example', text: 'Please' };
    await people.act(remind, reminder, 'same');
    await people.act(remind, reminder, 'same');
    expect(await people.step('contract')).toMatchObject({ state: 'open', remindedTimes: 1 });
    expect(await people.due('2026-08-22')).toEqual([]);
    expect(await people.due('2026-08-23')).toEqual(['contract']);
    await people.act(unremind, { hireId: 'H-1', stepId: 'contract' });
    expect(await people.step('contract')).toMatchObject({ remindedTimes: 0 });
  });

  it('takes what is done or left off the list, and puts it back where it is opened again', async () => {
    const people = setUp();
    await people.act(open, PLAN);
    const key = { hireId: 'H-1', stepId: 'contract' };
    for (const state of ['done', 'left']) {
      await people.act(settle, { ...key, state });
      expect([state, await people.due('2026-08-25')]).toEqual([state, []]);
      await people.act(settle, { ...key, state: 'open' });
    }
    expect(await people.due('2026-08-26')).toEqual(['contract']);
  });

  it('moves a date, and counts how often', async () => {
    const people = setUp();
    await people.act(open, PLAN);
    await people.act(move, { hireId: 'H-1', stepId: 'contract', due: '2026-08-28' });
    expect(await people.step('contract')).toMatchObject({ due: '2026-08-28', movedTimes: 1 });
    expect(await people.due('2026-08-28')).toEqual([]);
  });

  it('lists whatever is open once the first 30 days are over', async () => {
    const people = setUp();
    await people.act(open, { ...PLAN, steps: [step('late', '2026-12-24')] });
    expect(await people.due('2026-09-30')).toEqual([]);
    expect(await people.due('2026-10-01')).toEqual(['late']);
  });

  it('keeps what is done when the plan of the same hire comes again, and takes the new dates', async () => {
    const people = setUp();
    await people.act(open, PLAN);
    await people.act(settle, { hireId: 'H-1', stepId: 'contract', state: 'done' });
    const later = {
      ...PLAN,
      startDate: '2026-10-01',
      steps: [step('contract', '2026-09-20'), step('grant-crm', '2026-09-30')],
    };
    expect(await people.act(open, later)).toEqual({ opened: 1 });
    expect(await people.step('contract')).toMatchObject({ state: 'done' });
    expect(await people.step('grant-crm')).toMatchObject({ state: 'open', due: '2026-09-30' });
  });

  it('does nothing about a step that it does not know', async () => {
    const people = setUp();
    const key = { hireId: 'H-9', stepId: 'contract' };
    await expect(people.act(settle, { ...key, state: 'done' })).rejects.toThrow(EffectError);
    expect(people.sandbox.effects).toEqual([]);
    expect(await people.step('unknown')).toMatchObject({ state: 'unknown' });
  });

  it('ticks the step of an access off as it grants it, and opens it again as it revokes it', async () => {
    const people = setUp();
    await people.act(open, PLAN);
    const access = { hireId: 'H-1', system: 'crm' };
    const grant = { ...access, name: 'Ada Lane', role: 'Writer', from: START };
    await people.act(joiningActions['joining-grant-access'], grant);
    expect(await people.step('grant-crm')).toMatchObject({ state: 'done' });
    expect(people.sandbox.records.get('access/H-1/crm')).toMatchObject({ isThere: true });
    await people.act(joiningActions['joining-revoke-access'], access);
    expect(await people.step('grant-crm')).toMatchObject({ state: 'open' });
    expect(people.sandbox.records.get('access/H-1/crm')).toMatchObject({ isThere: false });
  });

  it('grants access also where there is no step of it', async () => {
    const people = setUp();
    const grant = { hireId: 'H-7', system: 'crm', name: 'Ada Lane', role: 'Writer', from: START };
    expect(await people.act(joiningActions['joining-grant-access'], grant)).toEqual({ grantId: 'grant-H-7-crm' });
    expect(people.sandbox.effects).toHaveLength(1);
  });

  it('knows the people of a team, and nobody of a team by the name of something inherited', async () => {
    const people = setUp();
    expect(await people.team('Platform')).toEqual({ found: true, colleagues: [TIMO] });
    expect(await people.team('constructor')).toEqual({ found: false, colleagues: [] });
  });

  it('knows days as those of UTC', async () => {
    const people = setUp();
    await people.act(open, PLAN);
    expect(await people.due('2026-08-20T23:59:00Z')).toEqual([]);
  });
});
