import { readFileSync } from 'node:fs';
import { beforeEach, describe, expect, test } from 'vitest';
import { leadQualification } from '../../agents/lead-qualification/workflow.ts';
import { MemoryClock } from '../../test/support/memory-clock.ts';
import { MemoryEvaluationStore } from '../../test/support/memory-evaluation-store.ts';
import { evaluationPage } from '../report/page.ts';
import type { Report } from '../report/report.ts';
import { parseLabelled } from '../run/labelled.ts';
import { evaluationWorld, type WorldOptions } from '../testing/evaluation-world.ts';
import { evaluate } from './evaluate.ts';
import { shownBy } from './evidence-of.ts';
import { type Planned, planOf } from './plan-evaluation.ts';
import { readReport } from './stored-report.ts';
import type { Summed } from './sum-up-evaluation.ts';

const OWN = 'agents/lead-qualification/examples.jsonl';
const examples = parseLabelled(OWN, readFileSync(OWN, 'utf8')).slice(0, 60);
const [field] = leadQualification.learned.fields;
/** Quick to train: the models have one field to learn. */
const workflow = {
  ...leadQualification,
  learned: { ...leadQualification.learned, fields: field === undefined ? [] : [field] },
};
const lines = (some: readonly object[]): string => some.map((one) => JSON.stringify(one)).join('\n');

let evaluations: MemoryEvaluationStore;
beforeEach(() => {
  evaluations = new MemoryEvaluationStore();
});

const world = (options: Partial<WorldOptions> = {}) =>
  evaluationWorld({ workflow, evaluations, clock: new MemoryClock(), files: { [OWN]: lines(examples) }, ...options });

async function reportIn({ id }: Awaited<ReturnType<typeof world>>): Promise<Report> {
  const run = await evaluations.get(id);
  const found = run === null ? null : await readReport(evaluations, run);
  if (found?.kind !== 'read') throw new Error(`there is no report: ${JSON.stringify(found)}`);
  return found.report;
}

describe('a whole evaluation', () => {
  test('scores each example once, by a model that was trained without it, and keeps its report', async () => {
    const remit = await world();
    const summed = await remit.whole();
    expect(summed).toMatchObject({ state: 'measured', problem: null, figures: { examples: 60, notRun: 0 } });
    const report = await reportIn(remit);
    expect(report.cases.map(({ id }) => id)).toEqual(examples.map(({ id }) => id));
    expect(summed.passes).toBe(report.passes);
    const plan = await planOf(evaluations, remit.id);
    for (const { id, fold } of report.cases) {
      const own = plan?.folds.find((one) => one.fold === fold);
      expect(own?.trainedOn).not.toContain(id);
      expect(own?.trainedOn.length).toBeGreaterThan(40);
    }
    expect(evaluationPage(report)).toContain('Cross-fitted: five models');
    expect((await evaluations.get(remit.id))?.state).toBe('measured');
  });

  test('trains nothing for another set, and leaves out what the deployed model was trained on', async () => {
    const set = [...examples.slice(0, 2), ...examples.slice(2, 5).map((one) => ({ ...one, id: `new-${one.id}` }))];
    const files = { [OWN]: lines(examples.slice(0, 2)), 'agents/lead-qualification/sets/fresh.jsonl': lines(set) };
    const remit = await world({ files, wish: { set: 'fresh' } });
    expect(await remit.step<Planned>({ step: 'plan' })).toEqual({ problem: null, folds: [], slices: [0] });
    expect(await remit.whole()).toMatchObject({ state: 'measured', figures: { examples: 3 } });
    expect((await reportIn(remit)).about.seen).toEqual(examples.slice(0, 2).map(({ id }) => id));
  });
});

describe('the report of an evaluation', () => {
  /** Rows of people who can be told apart. */
  const person = (at: number) => `person-${at}@desk.example`;
  const named = examples.map((one, at) => ({
    ...one,
    input: { ...one.input, input: { ...one.input.input, email: person(at) } },
  }));
  const measured = async () => {
    const remit = await world({ files: { [OWN]: lines(named) } });
    await remit.whole();
    const run = await evaluations.get(remit.id);
    if (run === null) throw new Error('the run is gone');
    return run;
  };

  test('loses the row of a person who has to be forgotten; figures and digest stay, and it says so', async () => {
    const run = await measured();
    const before = await readReport(evaluations, run);
    if (before.kind !== 'read') throw new Error('it is not there');
    const { report } = before;
    const id = report.worst[0]?.result.id ?? report.cases[0]?.id ?? '';
    const who = person(named.findIndex((one) => one.id === id));
    const rows = [...(await evaluations.results(run.id)), ...(await evaluations.sights(run.id, 1))];
    const own = rows.filter(({ text }) => text.includes(who));
    expect(own.every(({ example }) => example === id) && own.length).toBeGreaterThan(0);

    evaluations.removeRow(run.id, id);
    const after = await readReport(evaluations, run);
    if (after.kind !== 'read') throw new Error('it cannot be read');
    const { cases, worst, removed, ...figures } = after.report;
    const { cases: all, worst: allWorst, removed: _none, ...whole } = report;
    expect([after.digest, figures]).toEqual([before.digest, whole]);
    expect([removed, cases.length]).toEqual([1, 59]);
    expect(cases).toEqual(all.filter((one) => one.id !== id));
    expect(worst).toEqual(allWorst.filter(({ result }) => result.id !== id));
    expect(JSON.stringify(after.report)).not.toContain(who);
    expect(evaluationPage(after.report)).toContain('1 row removed');
    expect(evaluationPage(report)).not.toContain('removed');
  });

  test('that was changed is refused, whether it is its figures or a row', async () => {
    const run = await measured();
    const { outcome } = run;
    if (outcome === null) throw new Error('it has no outcome');
    const others = { ...run, outcome: { ...outcome, reportDigest: 'another' } };
    expect(await readReport(evaluations, others)).toMatchObject({ kind: 'changed' });
    const [row] = await evaluations.results(run.id);
    if (row === undefined) throw new Error('it has no row');
    evaluations.removeRow(run.id, row.example);
    await evaluations.keepResult(run.id, { ...row, text: row.text.replace('"isRight":', '"isRight" :') });
    const problem = expect.stringContaining(`The row of ${row.example} is not the one that was measured`);
    expect(await readReport(evaluations, run)).toEqual({ kind: 'changed', problem });
    expect(await shownBy(evaluations, workflow, run)).toEqual({ kind: 'none', problem });
  });
});

describe('a slice', () => {
  test('that is there already is not run again, and a broken one goes on where it stopped', async () => {
    const remit = await world();
    const { folds } = await remit.step<Planned>({ step: 'plan' });
    for (const fold of folds) await remit.step({ step: 'train', fold });
    const keep = evaluations.keepResult.bind(evaluations);
    let room = 3;
    evaluations.keepResult = async (...given) => {
      if (room-- === 0) throw new Error('the function was stopped');
      return keep(...given);
    };
    await expect(remit.step({ step: 'slice', slice: 0 })).rejects.toThrow('the function was stopped');
    expect(evaluations.made.results).toBe(3);
    const attempts: string[] = [];
    evaluations.keepResult = async (id, result) => {
      attempts.push(result.example);
      return keep(id, result);
    };
    const own = (await planOf(evaluations, remit.id))?.slices[0]?.ids ?? [];
    expect(await remit.step({ step: 'slice', slice: 0 })).toEqual({ slice: 0, done: own.length, left: 0 });
    expect(attempts).toHaveLength(own.length - 3);
    await remit.step({ step: 'slice', slice: 0 });
    expect(attempts).toHaveLength(own.length - 3);
  });

  test('trains no model twice', async () => {
    const remit = await world();
    await remit.step({ step: 'plan' });
    await remit.step({ step: 'train', fold: 0 });
    const { files } = evaluations.made;
    await remit.step({ step: 'train', fold: 0 });
    expect(evaluations.made.files).toBe(files);
  });
});

describe('it is not measured, and says why,', () => {
  test('where slices are missing: no figures are made of the others', async () => {
    const remit = await world();
    const { folds, slices } = await remit.step<Planned>({ step: 'plan' });
    for (const fold of folds) await remit.step({ step: 'train', fold });
    for (const slice of slices.slice(1)) await remit.step({ step: 'slice', slice });
    const summed = await remit.step<Summed>({ step: 'sum-up', attempt: 1, problem: null });
    expect(summed).toMatchObject({ state: 'not-measured', passes: false, figures: null, report: null });
    expect(summed.problem).toMatch(/^Some slices failed\. \d+ of 60 examples have no result/);
    await expect(reportIn(remit)).rejects.toThrow('there is no report');
    // The next attempt runs what is missing, and is measured.
    const run = await evaluations.get(remit.id);
    if (run === null) throw new Error('the run is gone');
    await evaluations.goOn(run);
    await remit.step({ step: 'slice', slice: slices[0] ?? 0 });
    expect(await remit.step<Summed>({ step: 'sum-up', attempt: 2, problem: null })).toMatchObject({
      state: 'measured',
    });
    expect((await reportIn(remit)).cases).toHaveLength(60);
  });

  test.each<[string, Partial<WorldOptions>, string]>([
    ['a tier of Claude has no key', { wish: { models: ['fast'] } }, 'no key is configured'],
    ['a tier has no model', { wish: { models: ['deep'] }, apiKey: 'k' }, 'No model is configured for the tier deep'],
    ['there are no examples', { files: { [OWN]: null } }, 'has no labelled examples'],
    ['a line cannot be read', { files: { [OWN]: 'x' } }, 'line 1 is not JSON'],
    ['the set is not there', { wish: { set: 'gone' } }, 'The set gone was not deployed'],
  ])('where %s', async (_what, options, problem) => {
    const remit = await world(options);
    const summed = await remit.whole();
    expect(summed).toMatchObject({ state: 'not-measured', problem: expect.stringContaining(problem), report: null });
    expect(await evaluations.get(remit.id)).toMatchObject({ state: 'not-measured' });
  });

  test('where another version was deployed since it was begun', async () => {
    const remit = await world();
    const ports = { ...remit.ports, versionsOf: () => ({ workflow: 'new', code: 'c' }) };
    expect(await evaluate.run(ports, { step: 'plan', evaluationId: remit.id })).toMatchObject({
      problem: expect.stringContaining('Another version'),
    });
  });
});

test('no call is made that the money does not allow, and what is left is told in the report, which passes no gate', async () => {
  const remit = await world({ wish: { models: ['fast'], maxUsd: 0, limit: 30 }, apiKey: 'k' });
  const summed = await remit.whole();
  expect(summed).toMatchObject({ state: 'measured', passes: false, figures: { examples: 0, notRun: 30 } });
  expect((await reportIn(remit)).about.notRun.toSorted()).toEqual(
    examples
      .slice(0, 30)
      .map(({ id }) => id)
      .toSorted(),
  );
});
