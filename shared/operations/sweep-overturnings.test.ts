import { describe, expect, it } from 'vitest';
import { CASE_ID, decidedLead, WARM } from '../../test/support/lead-case.ts';
import { APPROVER } from '../../test/support/leads.ts';
import type { MemoryPorts } from '../../test/support/memory-ports.ts';
import { COLD, overturn, overturnCommand } from '../../test/support/overturning.ts';
import { carriedOut, runAgain, startedNames } from '../../test/support/resumed-case.ts';
import { overturnCase } from './overturn-case.ts';
import { sweepOverturnings } from './sweep-overturnings.ts';

const MINUTE_MS = 60_000;
const TAKE_BACK = { takeBack: [{ caseId: CASE_ID, actionId: 'add-to-nurture#1' }] };

/** A closed case that was overturned by a function that ended before it could start anything. */
async function brokenOff(): Promise<MemoryPorts> {
  const ports = await carriedOut(await decidedLead({ phase: 'full', judgement: WARM }));
  ports.executions.refusesStarts = true;
  await expect(overturn(ports, { decision: COLD, ...TAKE_BACK })).rejects.toThrow('connection lost');
  ports.executions.refusesStarts = false;
  expect(startedNames(ports)).toEqual([]);
  expect(await ports.cases.get(CASE_ID)).toMatchObject({ state: 'closed', outcome: 'overturned' });
  return ports;
}

describe('the sweep of overturnings', () => {
  it('goes on with one that broke off: what was wrong is taken back, and what is right carried out', async () => {
    const ports = await brokenOff();
    ports.clock.advance(MINUTE_MS);
    expect(await sweepOverturnings.run(ports, {})).toEqual({ started: 1, left: 0 });
    expect(await sweepOverturnings.run(ports, {})).toEqual({ started: 0, left: 0 });
    const [name = '', ...others] = startedNames(ports);
    expect(others).toEqual([]);
    const { actions, closed } = await runAgain(ports, name);
    expect(actions.map(({ actionId, state }) => [actionId, state])).toEqual([
      ['take-off-list#202', 'done'],
      ['add-to-newsletter#201', 'done'],
    ]);
    expect(closed).toMatchObject({ outcome: 'overturned' });
  });

  it('starts the very execution that whoever overturned would have, so that both are one', async () => {
    const ports = await brokenOff();
    ports.clock.advance(MINUTE_MS);
    await sweepOverturnings.run(ports, {});
    const swept = new Map(ports.executions.started);
    const [{ event } = { event: null }] = (await ports.cases.ledger(CASE_ID)).filter(
      (entry) => entry.event.type === 'decision-overturned',
    );
    const digest = event?.type === 'decision-overturned' ? event.seen : '';
    const again = await overturnCase.run(
      ports,
      await overturnCommand(ports, { decision: COLD, ...TAKE_BACK, by: APPROVER, digest }),
    );
    expect(again.kind).toBe('overturned');
    expect(ports.executions.started).toEqual(swept);
  });

  it('leaves one for the next time where it cannot be started, and goes on with the others', async () => {
    const ports = await brokenOff();
    ports.tables.overturnings.set('none/a', { caseId: CASE_ID, ref: 'a', atMs: 0 });
    ports.clock.advance(MINUTE_MS);
    expect(await sweepOverturnings.run(ports, {})).toEqual({ started: 1, left: 1 });
    ports.executions.refusesStarts = true;
    expect(await sweepOverturnings.run(ports, {})).toEqual({ started: 0, left: 1 });
  });

  it('leaves alone what was overturned a moment ago, and what is started', async () => {
    const ports = await brokenOff();
    expect(await sweepOverturnings.run(ports, {})).toEqual({ started: 0, left: 0 });
    const other = await carriedOut(await decidedLead({ phase: 'full', judgement: WARM }));
    await overturn(other, { decision: COLD });
    other.clock.advance(MINUTE_MS);
    expect(await sweepOverturnings.run(other, {})).toEqual({ started: 0, left: 0 });
  });
});
