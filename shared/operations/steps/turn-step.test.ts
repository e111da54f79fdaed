import { describe, expect, it } from 'vitest';
import { CASE_ID, caseStart, HOT, modelAnswer, READABLE, settingsIn } from '../../../test/support/lead-case.ts';
import { type MemoryPorts, memoryPorts } from '../../../test/support/memory-ports.ts';
import { NO_USAGE } from '../../domain/usage.ts';
import { openCase } from '../open-case.ts';
import { turnStep } from './turn-step.ts';

const COST = { usage: { ...NO_USAGE, costUsd: 0.02 }, reasons: ['She says so.'] };

async function opened(models = [modelAnswer(HOT, COST)]) {
  const ports = memoryPorts({ models, sources: READABLE });
  ports.settings.set(settingsIn('full'));
  const { pinned } = await openCase.run(ports, caseStart());
  const { caseId, workflow, openedAtMs, told, first, resumed } = pinned;
  const ref = { caseId, workflow, openedAtMs, told, first, resumed };
  const step = { pinned: ref, run: CASE_ID, round: 1, agent: 'qualifier', purpose: 'first' as const };
  return { ports, step };
}

const kept = async (ports: MemoryPorts) => (await ports.steps.withTurns(CASE_ID, [KEY])).turns[0]?.result ?? null;
const KEY = { run: CASE_ID, round: 1, agent: 'qualifier' };

describe('a turn of an agent', () => {
  it('looks at the case as it is stored, and keeps all that it came to but what figures say of it', async () => {
    const { ports, step } = await opened();
    expect(await ports.clock.finish(turnStep.run(ports, step))).toEqual({
      ...{ agent: 'qualifier', status: 'answered', tier: 'scripted', confidence: 0.95, costUsd: 0.02 },
      tookMs: expect.any(Number),
    });
    expect(ports.models.questions[0]?.input).toMatchObject({ name: 'Hanna Hot' });
    expect(await kept(ports)).toMatchObject({ judgement: HOT, reasons: ['She says so.'] });
  });

  it('that is repeated gives what it gave, and asks no model again', async () => {
    const { ports, step } = await opened();
    const first = await ports.clock.finish(turnStep.run(ports, step));
    expect(await ports.clock.finish(turnStep.run(ports, step))).toEqual(first);
    expect(ports.models.questions).toHaveLength(1);
  });

  it('that two run at the same time is the turn of whoever was first', async () => {
    const { ports, step } = await opened([modelAnswer(HOT), modelAnswer(HOT, { confidence: 0.5 })]);
    const both = await ports.clock.finish(Promise.all([turnStep.run(ports, step), turnStep.run(ports, step)]));
    const confidence = (await kept(ports))?.confidence;
    expect(both.map((turn) => turn.confidence)).toEqual([confidence, confidence]);
  });

  it('is another one in another execution or round of its case', async () => {
    const { ports, step } = await opened([modelAnswer(HOT), modelAnswer(HOT), modelAnswer(HOT)]);
    for (const changes of [{}, { round: 2 }, { run: `${CASE_ID}-h1` }]) {
      await ports.clock.finish(turnStep.run(ports, { ...step, ...changes }));
    }
    expect(ports.models.questions).toHaveLength(3);
  });

  it('knows the words of people that were there as its execution began, and no later ones', async () => {
    const { ports, step } = await opened([modelAnswer(HOT), modelAnswer(HOT)]);
    const note = { by: 'lead@remit.example', atMs: 1, text: 'She is away.' };
    const head = JSON.parse(ports.tables.cases.get(CASE_ID) ?? '{}');
    ports.tables.cases.set(CASE_ID, JSON.stringify({ ...head, notes: [note, { ...note, text: 'Later.' }] }));
    await ports.clock.finish(turnStep.run(ports, { ...step, pinned: { ...step.pinned, told: 1 } }));
    expect(ports.models.questions[0]?.notes).toEqual([note]);
  });

  it('fails where there is no case', async () => {
    const { ports, step } = await opened();
    ports.tables.cases.clear();
    await expect(turnStep.run(ports, step)).rejects.toThrow('There is no case');
  });
});
