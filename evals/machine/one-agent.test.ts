import { expect, test } from 'vitest';
import { partnerResearch } from '../../agents/partner-research/workflow.ts';
import { MemoryClock } from '../../test/support/memory-clock.ts';
import { MemoryEvaluationStore } from '../../test/support/memory-evaluation-store.ts';
import { evaluationWorld } from '../testing/evaluation-world.ts';
import { shownBy } from './evidence-of.ts';
import { readReport } from './stored-report.ts';

const workflow = partnerResearch;

test('one agent that judges item by item is measured by itself, on items that its model has not seen, and proves nothing of the whole', async () => {
  const evaluations = new MemoryEvaluationStore();
  const remit = await evaluationWorld({ workflow, evaluations, clock: new MemoryClock(), wish: { limit: 40 } });
  expect(await remit.whole()).toMatchObject({ state: 'measured', figures: { examples: 40, notRun: 0 } });
  const run = await evaluations.get(remit.id);
  if (run === null) throw new Error('the run is gone');
  const found = await readReport(evaluations, run);
  if (found.kind !== 'read') throw new Error('there is no report');
  const { about, cases, instructions } = found.report;
  expect([about.title, about.tiers]).toEqual(['Partner research: Assessor alone', ['learned']]);
  expect(about.summary).toContain('on one item at a time');
  expect(instructions).toContain('# Assessor');
  expect(instructions).not.toContain('# Planner');
  expect(cases.every(({ model, fold }) => model.startsWith('learned') && fold !== null)).toBe(true);
  expect(cases[0]?.judgement).toHaveProperty('fit');
  expect(await shownBy(evaluations, workflow, run)).toEqual({
    ...{ kind: 'none', problem: expect.stringContaining('proves nothing of the whole') },
  });
});
