import { describe, expect, it } from 'vitest';
import { CASE_ID, caseStart, decidedLead } from '../../test/support/lead-case.ts';
import { memoryPorts } from '../../test/support/memory-ports.ts';
import { begun } from '../../test/support/resumed-case.ts';
import { closeCase } from './close-case.ts';
import { rescueCase } from './rescue-case.ts';
import { runOf } from './start-again.ts';
import { advanceStep } from './steps/advance-step.ts';

const FAILED = { name: CASE_ID, status: 'FAILED', error: 'States.Timeout', cause: 'too slow', input: null } as const;

/** What a machine was told that opened its cases itself. */
const EARLIER = { ...caseStart(), failure: null, resume: null };

describe('the rescue of a case', () => {
  it('starts it again where a person is asked, and is told the name of the error; what else is known stands with the case', async () => {
    const { ports } = await decidedLead();
    expect(await rescueCase.run(ports, FAILED)).toEqual({ rescued: true });
    const { pinned, cursor, round, turns, failure, resume } = await begun(ports, `${CASE_ID}-rescue`);
    expect(failure).toEqual({ step: 'execution', problem: 'States.Timeout' });
    expect({ round, turns }).toEqual({ round: 2, turns: [] });
    const step = { pinned, run: `${CASE_ID}-rescue`, cursor, round, turns: [], requestId: null, failure, resume };
    expect(await advanceStep.run(ports, step)).toMatchObject({ next: 'ask', actions: [] });
    const [reason] = (await ports.cases.get(CASE_ID))?.verdict?.reasons ?? [];
    expect(reason?.text).toContain('States.Timeout: too slow');
  });

  it('starts a case that an earlier version never opened with what its execution was given', async () => {
    const ports = memoryPorts();
    expect(await rescueCase.run(ports, { ...FAILED, input: JSON.stringify(EARLIER) })).toEqual({ rescued: true });
    expect(ports.executions.started.get(`${CASE_ID}-rescue`)).toEqual({
      ...EARLIER,
      failure: { step: 'execution', problem: 'States.Timeout' },
    });
    expect(ports.executions.like.get(`${CASE_ID}-rescue`)).toBe(CASE_ID);
  });

  it('happens once, however often the failure is reported', async () => {
    const { ports } = await decidedLead();
    await rescueCase.run(ports, FAILED);
    await rescueCase.run(ports, FAILED);
    expect(ports.executions.started.size).toBe(1);
  });

  it('leaves a closed case alone', async () => {
    const { ports, opened } = await decidedLead();
    await closeCase.run(ports, { pinned: opened.pinned, outcome: 'done', actions: [] });
    expect(await rescueCase.run(ports, FAILED)).toEqual({ rescued: false });
    expect(ports.executions.started.size).toBe(0);
  });

  it('fails loudly where it fails itself, or where nobody knows what the case was', async () => {
    const ports = memoryPorts();
    const again = rescueCase.run(ports, { ...FAILED, name: `${CASE_ID}-rescue` });
    await expect(again).rejects.toThrow('failed too');
    await expect(rescueCase.run(ports, FAILED)).rejects.toThrow('cannot be started again');
    expect(ports.telemetry.sum('Errors')).toBe(1);
  });

  it('of one that was handed back asks a person too, by a name of its own', async () => {
    const { ports } = await decidedLead();
    const known = await ports.cases.get(CASE_ID);
    if (known === null) throw new Error('there is no case');
    const first = [{ agent: 'qualifier', purpose: 'first' as const }];
    const resume = { kind: 'hand-back' as const, ref: '1', actionIds: [] };
    const input = JSON.stringify(runOf(known, { failure: null, resume, turns: first, first }));
    expect(await rescueCase.run(ports, { ...FAILED, name: `${CASE_ID}-h1`, input })).toEqual({ rescued: true });
    const run = await begun(ports, `${CASE_ID}-h1r`);
    expect(run).toMatchObject({ turns: [], pinned: { first, input: { name: 'Hanna Hot' } } });
    const step = { ...run, run: `${CASE_ID}-h1r`, turns: [], requestId: null };
    expect(await advanceStep.run(ports, step)).toMatchObject({ next: 'ask', actions: [] });
  });
});
