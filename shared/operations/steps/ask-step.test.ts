import { describe, expect, it } from 'vitest';
import { MAIL, POST } from '../../../test/support/asked-lead.ts';
import { CASE_ID, decidedLead } from '../../../test/support/lead-case.ts';
import type { MemoryPorts } from '../../../test/support/memory-ports.ts';
import type { RequestKind } from '../../contracts/index.ts';
import { askStep } from './ask-step.ts';
import { performStep } from './perform-step.ts';

async function reasonsOf(ports: MemoryPorts, actionId: string, problem: string | null) {
  const kind: RequestKind = 'approve-action';
  const ask = { caseId: CASE_ID, kind, actionId, problem, attempt: `${CASE_ID}-1`, withMail: true };
  const { requestId } = await askStep.run(ports, ask);
  return (await ports.requests.get(requestId))?.reasons;
}

const perform = (ports: MemoryPorts, actionId: string) =>
  ports.clock.finish(performStep.run(ports, { caseId: CASE_ID, actionId }));

describe('a question about an action that stopped', () => {
  it('says why, though the machine that asks it knows no more than the name of the error', async () => {
    const { ports } = await decidedLead();
    ports.effects.script('refused');
    const error = await perform(ports, POST).catch((caught: unknown) => caught);
    expect(error).toMatchObject({ name: 'NeedsPersonError' });
    const words = (error as Error).message;
    expect(await ports.steps.problem(CASE_ID, POST)).toBe(words);
    expect(await reasonsOf(ports, POST, 'NeedsPersonError')).toEqual([words]);
  });

  it('says so where it failed again and again', async () => {
    const { ports } = await decidedLead();
    expect(await reasonsOf(ports, POST, 'PassingError')).toEqual(['It failed again and again: PassingError']);
  });

  it('speaks of no problem where there was none', async () => {
    const { ports } = await decidedLead();
    expect(await reasonsOf(ports, MAIL, null)).toEqual([expect.stringContaining('needs your yes')]);
  });
});
