import { describe, expect, it } from 'vitest';
import { CASE_ID, caseStart, HOT, modelAnswer, READABLE, settingsIn } from '../../../test/support/lead-case.ts';
import { memoryPorts } from '../../../test/support/memory-ports.ts';
import { openCase } from '../open-case.ts';
import { AdvanceStep, advanceStep } from './advance-step.ts';
import { turnStep } from './turn-step.ts';

async function opened(phase: 'full' | 'partial' = 'full') {
  const ports = memoryPorts({ models: [modelAnswer(HOT)], sources: READABLE });
  ports.settings.set(settingsIn(phase));
  const { pinned, cursor, round } = await openCase.run(ports, caseStart());
  const of = { pinned, run: CASE_ID, round };
  const step = (turns: object[]) => AdvanceStep.parse({ ...of, cursor, turns, requestId: null });
  const runTurn = () => ports.clock.finish(turnStep.run(ports, { ...of, agent: 'qualifier', purpose: 'first' }));
  return { ports, step, runTurn };
}

describe('a round of agents', () => {
  it('is judged by what its turns left, and tells the machine ids alone', async () => {
    const { ports, step, runTurn } = await opened('partial');
    const next = await advanceStep.run(ports, step([await runTurn()]));
    const { cursor, ending, ...told } = next;
    expect(told).toEqual({
      ...{ next: 'act', turns: [], told: 0, round: 1, outcome: null },
      actions: [
        { actionId: 'send-meeting-mail#1', mode: 'ask' },
        { actionId: 'post-to-sales-hot#2', mode: 'perform' },
        { actionId: 'create-crm-record#3', mode: 'perform' },
      ],
    });
    expect({ cursor, ending }).toEqual({
      cursor: { seq: expect.any(Number), hash: expect.stringMatching(/^[0-9a-f]{64}$/) },
      ending: { cursor, costUsd: 0 },
    });
    // Asked again it says the same, but for what only the try that wrote knows.
    expect(await advanceStep.run(ports, step([{ agent: 'qualifier' }]))).toEqual({ ...next, ending: null });
  });

  it('of a turn that broke asks a person, who hears by which error', async () => {
    const { ports, step } = await opened();
    const broke = { agent: 'qualifier', broke: 'States.Timeout', startedAtMs: 5 };
    expect(await advanceStep.run(ports, step([broke]))).toMatchObject({ next: 'ask', actions: [] });
    const [turn] = (await ports.cases.ledger(CASE_ID)).flatMap(({ event }) =>
      event.type === 'turn-finished' ? [event.turn] : [],
    );
    expect(turn).toMatchObject({ status: 'failed', doubts: ['the turn broke with States.Timeout'], startedAtMs: 5 });
    expect(ports.telemetry.sum('Errors')).toBe(1);
  });

  it('of a turn that broke once it had its answer goes by that answer', async () => {
    const { ports, step, runTurn } = await opened();
    await runTurn();
    const broke = { agent: 'qualifier', broke: 'Lambda.Unknown', startedAtMs: 5 };
    expect(await advanceStep.run(ports, step([broke]))).toMatchObject({ next: 'act' });
  });
});
