import { describe, expect, it } from 'vitest';
import { caseStart, HOT, modelAnswer, READABLE } from '../../test/support/lead-case.ts';
import { type MemoryScript, memoryPorts } from '../../test/support/memory-ports.ts';
import { openCase } from './open-case.ts';
import { runTurn } from './run-turn.ts';

const DIRECTORY = 'sandbox.company-directory';
const company = READABLE[DIRECTORY]?.[0] ?? 'hangs';
const COMPANY = typeof company === 'object' && 'data' in company ? company.data : {};

async function turn(script: MemoryScript) {
  const ports = memoryPorts({ models: [modelAnswer(HOT)], sources: READABLE, ...script });
  const { pinned } = await openCase.run(ports, caseStart());
  const result = await ports.clock.finish(runTurn.run(ports, { pinned, agent: 'qualifier' }));
  return { ports, result, readings: Object.fromEntries(result.readings.map((reading) => [reading.source, reading])) };
}

describe('a turn', () => {
  it('reads all sources of the agent and answers with what the models made of them', async () => {
    const { ports, result } = await turn({});
    expect(result).toMatchObject({ agent: 'qualifier', status: 'answered', judgement: HOT, confidence: 0.95 });
    expect(result.readings.map(({ source, status }) => [source, status])).toEqual([
      ['company-directory', 'complete'],
      ['crm-history', 'complete'],
      ['professional-profile', 'complete'],
    ]);
    expect(ports.models.questions[0]?.readings).toEqual(result.readings);
    expect(ports.sources.reads[0]).toEqual({ connector: DIRECTORY, args: { domain: 'shop.example' } });
  });

  it('tells the models what people told of the case', async () => {
    const ports = memoryPorts({ models: [modelAnswer(HOT)], sources: READABLE });
    const { pinned } = await openCase.run(ports, caseStart());
    const notes = [{ by: 'lead@remit.example', atMs: 1, text: 'She is a customer.' }];
    await ports.clock.finish(runTurn.run(ports, { pinned: { ...pinned, notes }, agent: 'qualifier' }));
    expect(ports.models.questions[0]?.notes).toEqual(notes);
  });

  it('tries a source again that failed', async () => {
    const { ports, readings } = await turn({ sources: { ...READABLE, [DIRECTORY]: [{ fails: 'busy' }, company] } });
    expect(readings['company-directory']?.status).toBe('complete');
    expect(ports.sources.reads.filter(({ connector }) => connector === DIRECTORY)).toHaveLength(2);
  });

  it('reports a source that stays down after three tries, and asks the models all the same', async () => {
    const { ports, result, readings } = await turn({ sources: { ...READABLE, [DIRECTORY]: [{ fails: 'down' }] } });
    expect(readings['company-directory']).toMatchObject({ status: 'failed', data: null, problems: ['down'] });
    expect(ports.sources.reads.filter(({ connector }) => connector === DIRECTORY)).toHaveLength(3);
    expect(result.status).toBe('answered');
  });

  it('gives up on a source that never answers', async () => {
    const { readings } = await turn({ sources: { ...READABLE, [DIRECTORY]: ['hangs'] } });
    expect(readings['company-directory']).toMatchObject({ status: 'failed', problems: ['no answer within 2000 ms'] });
  });

  it('reports what does not fit the connector, and what is missing', async () => {
    const odd = await turn({ sources: { ...READABLE, [DIRECTORY]: [{ data: { found: 'yes' } }] } });
    expect(odd.readings['company-directory']?.status).toBe('failed');
    const unknown = { found: false, employees: null, industry: null, country: null, funding: null, techStack: [] };
    const missing = await turn({ sources: { ...READABLE, [DIRECTORY]: [{ data: unknown }] } });
    expect(missing.readings['company-directory']).toMatchObject({
      status: 'incomplete',
      problems: ['company not found'],
    });
  });

  it.each<[string, NonNullable<MemoryScript['models']>, string]>([
    ['that never answer', ['hangs'], 'no answer within 30 s'],
    ['that break', [{ breaks: 'connection reset' }], 'connection reset'],
    ['whose script is over', [], 'the script has no answer left'],
  ])('fails, as a result, with models %s', async (_what, models, problem) => {
    const { result } = await turn({ models });
    expect(result).toMatchObject({ status: 'failed', judgement: null, confidence: 0, doubts: [problem] });
    expect(result.readings).toHaveLength(3);
  });

  const huge = { data: { ...COMPANY, techStack: ['x'.repeat(300_000)] } };

  it('hands a large reading on as a reference, and the models still see it', async () => {
    const { ports, result, readings } = await turn({ sources: { ...READABLE, [DIRECTORY]: [huge] } });
    expect(ports.models.questions[0]?.readings[0]?.data).toEqual(huge.data);
    expect(readings['company-directory']).toMatchObject({
      status: 'complete',
      data: null,
      kept: { bytes: expect.any(Number) },
    });
    expect(JSON.stringify(result).length).toBeLessThan(4_000);
    expect([...ports.readings.kept.values()].map((text) => JSON.parse(text))).toEqual([
      { data: huge.data, arguments: { domain: 'shop.example' } },
    ]);
  });

  it('counts a reading that could not be kept as one that failed', async () => {
    const ports = memoryPorts({ models: [modelAnswer(HOT)], sources: { ...READABLE, [DIRECTORY]: [huge] } });
    ports.readings.isBroken = true;
    const { pinned } = await openCase.run(ports, caseStart());
    const result = await ports.clock.finish(runTurn.run(ports, { pinned, agent: 'qualifier' }));
    expect(result.readings[0]).toMatchObject({
      status: 'failed',
      data: null,
      problems: ['it was read, and could not be kept as evidence'],
    });
  });

  const down = { ...modelAnswer(null, { status: 'failed', doubts: ['The model service is down.'] }), isDown: true };
  const waiting: MemoryScript['workflow'] = (one) => ({
    ...one,
    agents: one.agents.map((agent) => ({ ...agent, whenDown: { waitHours: 6 } })),
  });

  it('asks a person at once where its models are down and the workflow says no more', async () => {
    expect((await turn({ models: [down] })).result).toMatchObject({ status: 'failed', judgement: null });
  });

  it('is put back where the workflow waits for its models, and no longer than it says', async () => {
    const ports = memoryPorts({ models: [down, down], sources: READABLE, workflow: waiting });
    const { pinned } = await openCase.run(ports, caseStart());
    const due = { pinned, agent: 'qualifier' };
    await expect(ports.clock.finish(runTurn.run(ports, due))).rejects.toMatchObject({ name: 'ModelServiceDown' });
    ports.clock.advance(6 * 3_600_000);
    expect(await ports.clock.finish(runTurn.run(ports, due))).toMatchObject({ status: 'failed' });
  });

  it('is not put back where something was paid already: that has to be on record', async () => {
    const paid = { ...down, usage: { ...down.usage, costUsd: 0.01 } };
    expect((await turn({ models: [paid], workflow: waiting })).result).toMatchObject({ status: 'failed' });
  });

  it('fails for an agent that there is not', async () => {
    const ports = memoryPorts();
    const { pinned } = await openCase.run(ports, caseStart());
    await expect(runTurn.run(ports, { pinned, agent: 'planner' })).rejects.toThrow('has no agent planner');
  });
});
