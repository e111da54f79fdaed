import { describe, expect, it } from 'vitest';
import { ask, reply } from '../../test/support/asked-lead.ts';
import { caseStart, HOT, modelAnswer, READABLE, settingsIn, WARM } from '../../test/support/lead-case.ts';
import { APPROVER, WORKFLOW } from '../../test/support/leads.ts';
import { type MemoryPorts, memoryPorts } from '../../test/support/memory-ports.ts';
import type { Case } from '../contracts/index.ts';
import { FEWEST_JUDGED } from '../domain/calibration.ts';
import { caseIdOf } from '../domain/case-id.ts';
import { NO_USAGE } from '../domain/usage.ts';
import { cascade } from '../models/cascade.ts';
import { advanceCase } from './advance-case.ts';
import { readAutonomy } from './console/read-autonomy.ts';
import { openCase } from './open-case.ts';
import { runTurn } from './run-turn.ts';

const decide = { kind: 'decide-case' as const, actionId: null };

/** Says of every lead that it is hot, and that it is sure of it. */
const boastful = cascade({
  learned: async () => null,
  fast: async () => null,
  deep: async () => null,
  smart: async () => ({
    ...modelAnswer(HOT, { tier: 'smart', model: 'claude-sonnet-5-5', confidence: 0.99, usage: NO_USAGE }),
    fields: Object.keys(HOT).map((field) => ({ field, confidence: 0.99, threshold: null, because: [] })),
  }),
});

async function decided(ports: MemoryPorts, eventId: string): Promise<Case> {
  const caseId = caseIdOf({ workflow: WORKFLOW, trigger: 'contact-form', eventId });
  const opened = await openCase.run(ports, caseStart({ caseId, eventId }));
  const { pinned, cursor, round } = opened;
  const turn = await ports.clock.finish(runTurn.run({ ...ports, models: boastful }, { pinned, agent: 'qualifier' }));
  await advanceCase.run(ports, { pinned, cursor, round, turns: [turn], requestId: null, failure: null, resume: null });
  const case_ = await ports.cases.get(caseId);
  if (case_ === null) throw new Error('there is no case');
  return case_;
}

/** Cases that people decide, agreeing with every nth. */
async function judgedByPeople(ports: MemoryPorts, cases: number, agreesWith: (at: number) => boolean): Promise<void> {
  for (let at = 0; at < cases; at += 1) {
    const case_ = await decided(ports, `msg_${at}`);
    expect(case_.verdict?.kind).toBe('ask');
    const requestId = await ask(ports, { ...decide, caseId: case_.id });
    const edits = { ...case_.decision, ...WARM, score: 6, tier: 'warm' };
    await reply(ports, requestId, agreesWith(at) ? { verb: 'approve' } : { verb: 'edit', edits });
  }
  // What is known of the past is read anew every few minutes.
  ports.clock.advance(10 * 60_000);
}

function leads(): MemoryPorts {
  const ports = memoryPorts({ sources: READABLE });
  ports.settings.set(settingsIn('partial'));
  return ports;
}

describe('a model that always says that it is sure', () => {
  it('decides nothing while people have judged too few of its answers', async () => {
    const ports = leads();
    await judgedByPeople(ports, FEWEST_JUDGED - 1, () => true);
    const { verdict, confidence } = await decided(ports, 'msg_next');
    expect(verdict).toMatchObject({ kind: 'ask' });
    expect(verdict?.reasons[0]?.text).toContain('judged 29 of the 30 answers');
    expect(confidence).toBe(0);
  });

  it('decides once people have agreed with it often enough', async () => {
    const ports = leads();
    await judgedByPeople(ports, FEWEST_JUDGED, () => true);
    const { verdict, confidence } = await decided(ports, 'msg_next');
    expect(verdict).toMatchObject({ kind: 'act' });
    expect(confidence).toBeCloseTo(0.948, 3);
  });

  it('goes to a person where it is right half of the time, however sure it is', async () => {
    const ports = leads();
    await judgedByPeople(ports, 40, (at) => at % 2 === 0);
    const { verdict, confidence } = await decided(ports, 'msg_next');
    expect(verdict?.kind).toBe('ask');
    expect(verdict?.reasons.map(({ code }) => code)).toContain('low-confidence');
    expect(confidence).toBeLessThan(0.5);
    const shown = await readAutonomy.run(ports, {
      workflow: WORKFLOW,
      reader: { person: APPROVER, isOperator: false },
    });
    expect(shown.kind === 'read' ? shown.value.curves : []).toContainEqual({
      ...{ tier: 'smart', model: 'claude-sonnet-5-5', field: '*' },
      curve: { judged: 40, steps: [expect.objectContaining({ from: 0.99, judged: 40, agreed: 20 })] },
    });
  });
});
