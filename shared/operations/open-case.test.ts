import { describe, expect, it } from 'vitest';
import { CASE_ID, caseStart, settingsIn } from '../../test/support/lead-case.ts';
import { WORKFLOW } from '../../test/support/leads.ts';
import { memoryPorts } from '../../test/support/memory-ports.ts';
import { nurtured, plantCase, plantedId } from '../../test/support/planted-chain.ts';
import { type Action, ActionId } from '../contracts/index.ts';
import { caseIdOf } from '../domain/case-id.ts';
import { openCase } from './open-case.ts';
import { readConsequences } from './read-consequences.ts';
import type { CaseStart } from './step-contracts.ts';

/** It was never done. */
const OPEN = { id: ActionId.parse('add-to-nurture#2'), state: 'proposed' } satisfies Partial<Action>;

describe('opening a case', () => {
  it('pins settings and versions, and says which turns are due', async () => {
    const ports = memoryPorts();
    ports.settings.set(settingsIn('full'));
    const opened = await openCase.run(ports, caseStart());
    expect(opened).toMatchObject({ round: 1, turns: [{ agent: 'qualifier' }] });
    expect(opened.pinned.settings).toEqual(settingsIn('full'));
    expect(await ports.cases.get(CASE_ID)).toMatchObject({
      state: 'open',
      round: 0,
      openedAtMs: Date.UTC(2026, 2, 2, 8, 59, 59),
    });
    expect((await ports.cases.ledger(CASE_ID)).map(({ event }) => event.type)).toEqual(['case-opened']);
  });

  it('takes the workflow’s own defaults while nobody has set anything', async () => {
    const { pinned } = await openCase.run(memoryPorts(), caseStart());
    expect(pinned.settings).toMatchObject({ revision: 0, phase: 'partial', paused: false, minimumConfidence: 0.8 });
  });

  it('twice gives the same, with the settings of the first time', async () => {
    const ports = memoryPorts();
    ports.settings.set(settingsIn('full'));
    const first = await openCase.run(ports, caseStart());
    ports.settings.set(settingsIn('shadow'));
    ports.clock.advance(5_000);
    expect(await openCase.run(ports, caseStart())).toEqual(first);
    expect(await ports.cases.ledger(CASE_ID)).toHaveLength(1);
    expect(ports.telemetry.sum('CasesOpened')).toBe(1);
  });

  it('runs no agent on a trigger that does not fit', async () => {
    expect((await openCase.run(memoryPorts(), caseStart({ problems: ['email: no'] }))).turns).toEqual([]);
  });

  it('counts from the arrival, but never from the future', async () => {
    const ports = memoryPorts();
    const future = await openCase.run(ports, caseStart({ receivedAt: '2030-01-01T00:00:00Z' }));
    expect(future.pinned.openedAtMs).toBe(ports.clock.nowMs());
    const odd = await openCase.run(memoryPorts(), caseStart({ receivedAt: 'yesterday' }));
    expect(odd.pinned.openedAtMs).toBe(ports.clock.nowMs());
  });

  it('follows from the action of another case only where that is on record as done', async () => {
    const ports = memoryPorts();
    const id = await plantCase(ports.cases, 0, {
      actions: [nurtured(plantedId(0)), { ...nurtured(plantedId(0)), ...OPEN }],
    });
    const opened = async (eventId: string, causedBy: CaseStart['causedBy']) => {
      const caseId = caseIdOf({ workflow: WORKFLOW, trigger: 'contact-form', eventId });
      await openCase.run(ports, caseStart({ caseId, eventId, causedBy }));
      return ports.cases.get(caseId);
    };
    const known = { caseId: id, actionId: 'add-to-nurture#1' };
    const follower = await opened('e-1', known);
    expect(follower?.causedBy).toEqual(known);
    for (const named of [
      { ...known, actionId: OPEN.id },
      { ...known, actionId: 'no-such#1' },
      { ...known, caseId: CASE_ID },
    ]) {
      expect((await opened(`e-${named.actionId}-${named.caseId}`, named))?.causedBy).toBeNull();
    }
    const shown = await readConsequences.run(ports, { caseId: id });
    expect(shown?.cases.map(({ caseId, hops }) => [caseId, hops])).toEqual([
      [id, 0],
      [follower?.id, 1],
    ]);
  });

  it('fails for a workflow that is not deployed', async () => {
    await expect(openCase.run(memoryPorts(), caseStart({ workflow: 'gone' }))).rejects.toThrow('gone is not deployed');
  });
});
