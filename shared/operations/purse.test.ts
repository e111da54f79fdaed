import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aCap, under } from '../../test/support/capped-lead.ts';
import { CASE_ID, settingsIn } from '../../test/support/lead-case.ts';
import { WORKFLOW } from '../../test/support/leads.ts';
import { type MemoryPorts, memoryPorts } from '../../test/support/memory-ports.ts';
import type { Cap } from '../authoring/index.ts';
import { microUsd } from '../domain/spending.ts';
import type { Spender } from '../ports/index.ts';
import { purseOf } from './purse.ts';

const OF: Spender = { workflow: WORKFLOW, caseId: CASE_ID };
const daily = (limit: number): Cap => aCap({ id: 'spend-a-day', counts: 'model-cost', limit });

function purse(ports: MemoryPorts, caps: readonly Cap[], of = OF) {
  const workflow = ports.findWorkflow(WORKFLOW);
  if (workflow === null) throw new Error('there is no such workflow');
  return purseOf(ports, under(...caps)(workflow), of);
}

const spent = (ports: MemoryPorts): number[] => [...ports.budget.spent.values()];

describe('the purse of a turn', () => {
  it('counts the most that a call can cost, and what it did cost once that is known', async () => {
    const ports = memoryPorts();
    const money = await purse(ports, [daily(1)]).reserve(0.25);
    expect(spent(ports)).toEqual([250_000]);
    await (money.kind === 'reserved' ? money.settle(0.0123456) : undefined);
    expect(spent(ports)).toEqual([12_346]);
  });

  it('refuses a call that would pass a cap, and says which', async () => {
    const ports = memoryPorts();
    await purse(ports, [daily(1)]).reserve(0.9);
    expect(await purse(ports, [daily(1)]).reserve(0.11)).toEqual({
      kind: 'refused',
      cap: 'spend-a-day',
      words:
        'The limit spend-a-day allows at most 1 USD for models in one day. There is not enough left for this question to a model.',
    });
    expect(spent(ports)).toEqual([900_000]);
  });

  it('goes by the limit that the owner has set', async () => {
    const ports = memoryPorts();
    ports.settings.set(settingsIn('partial', { caps: { 'spend-a-day': 0 } }));
    expect(await purse(ports, [daily(100)]).reserve(0.01)).toMatchObject({ kind: 'refused' });
    ports.settings.set(settingsIn('partial', { caps: { 'spend-a-day': 200 } }));
    expect(await purse(ports, [daily(100)]).reserve(150)).toMatchObject({ kind: 'reserved' });
  });

  it('is not opened where no cap is on the money of models', async () => {
    const ports = memoryPorts();
    const settings = { get: () => Promise.reject(new Error('nobody asked for the settings')) };
    const workflow = ports.findWorkflow(WORKFLOW);
    const free = workflow && purseOf({ ...ports, settings }, { ...workflow, caps: [] }, OF);
    const money = await free?.reserve(5);
    await (money?.kind === 'reserved' ? money.settle(4) : undefined);
    expect([money?.kind, spent(ports)]).toEqual(['reserved', []]);
  });

  it('lets two turns that come at once not pass a cap together', async () => {
    const ports = memoryPorts();
    const turns = [OF, { ...OF, caseId: '0'.repeat(32) }].map((of) => purse(ports, [daily(1)], of).reserve(0.6));
    expect((await Promise.all(turns)).map(({ kind }) => kind).toSorted()).toEqual(['refused', 'reserved']);
  });

  it('never counts less than was spent, and never more than the limit before the truth is known', async () => {
    const calls = fc.array(
      fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true })),
    );
    await fc.assert(
      fc.asyncProperty(calls, fc.double({ min: 0, max: 3, noNaN: true }), async (all, limit) => {
        const ports = memoryPorts();
        let truth = 0;
        for (const [most, share] of all) {
          const money = await purse(ports, [daily(limit)]).reserve(most);
          expect(spent(ports)[0] ?? 0).toBeLessThanOrEqual(limit * 1_000_000);
          if (money.kind === 'refused') continue;
          truth += most * share;
          await money.settle(most * share);
          expect(spent(ports)[0] ?? 0).toBeGreaterThanOrEqual(Math.floor(truth * 1_000_000));
        }
      }),
    );
  });

  it('rounds up to millionths of a dollar', () => {
    expect([0, 0.0000001, 0.000001, 1].map(microUsd)).toEqual([0, 1, 1, 1_000_000]);
  });
});

it('has a ceiling for every workflow whose builder names none', () => {
  const caps = memoryPorts()
    .findWorkflow(WORKFLOW)
    ?.caps.filter(({ counts }) => counts === 'model-cost');
  expect(caps?.map(({ per, limit }) => [per, limit])).toEqual([
    ['case', 1],
    ['day', 25],
  ]);
});
