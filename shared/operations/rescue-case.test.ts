import { describe, expect, it } from 'vitest';
import { CASE_ID, caseStart, decidedLead } from '../../test/support/lead-case.ts';
import { memoryPorts } from '../../test/support/memory-ports.ts';
import { advanceCase } from './advance-case.ts';
import { closeCase } from './close-case.ts';
import { openCase } from './open-case.ts';
import { rescueCase } from './rescue-case.ts';
import { CaseStart } from './step-contracts.ts';

const FAILED = { name: CASE_ID, status: 'FAILED', error: 'States.Timeout', cause: 'too slow', input: null } as const;

describe('the rescue of a case', () => {
  it('starts it again where a person is asked, with what failed', async () => {
    const { ports } = await decidedLead();
    expect(await rescueCase.run(ports, FAILED)).toEqual({ rescued: true });
    const start = CaseStart.parse(ports.executions.started.get(`${CASE_ID}-rescue`));
    expect(start.failure).toEqual({ step: 'execution', problem: 'States.Timeout: too slow' });
    const { pinned, cursor, round, turns, failure } = await openCase.run(ports, start);
    expect({ round, turns }).toEqual({ round: 2, turns: [] });
    const next = await advanceCase.run(ports, {
      pinned,
      cursor,
      round,
      turns: [],
      requestId: null,
      failure,
      resume: null,
    });
    expect(next).toMatchObject({ next: 'ask', actions: [] });
  });

  it('starts a case that was never opened with what its execution was given', async () => {
    const ports = memoryPorts();
    const input = JSON.stringify(caseStart());
    expect(await rescueCase.run(ports, { ...FAILED, input })).toEqual({ rescued: true });
    expect(ports.executions.started.get(`${CASE_ID}-rescue`)).toMatchObject({
      ...caseStart(),
      failure: { step: 'execution' },
    });
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
    const resume = { kind: 'hand-back' as const, ref: '1', actionIds: [], by: 'lead@remit.example', because: 'more' };
    const input = JSON.stringify(caseStart({ input: null, resume }));
    expect(await rescueCase.run(ports, { ...FAILED, name: `${CASE_ID}-h1`, input })).toEqual({ rescued: true });
    const start = CaseStart.parse(ports.executions.started.get(`${CASE_ID}-h1r`));
    const { pinned, cursor, round, turns, failure } = await openCase.run(ports, start);
    expect({ turns, input: pinned.input }).toMatchObject({ turns: [], input: { name: 'Hanna Hot' } });
    const advance = { pinned, cursor, round, turns: [], requestId: null, failure, resume: start.resume };
    expect(await advanceCase.run(ports, advance)).toMatchObject({ next: 'ask', actions: [] });
  });
});
