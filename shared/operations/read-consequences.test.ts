import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LEAD } from '../../test/support/lead-case.ts';
import { memoryPorts } from '../../test/support/memory-ports.ts';
import { nurtured, plantCase, plantedId, plantFollower } from '../../test/support/planted-chain.ts';
import { CaseId } from '../contracts/index.ts';
import { readConsequences, shownTo } from './read-consequences.ts';

/** The planted cases that are shown as followed from one, in their order, with their hops. */
async function shownFrom(ports: ReturnType<typeof memoryPorts>, n: number) {
  const consequences = await readConsequences.run(ports, { caseId: plantedId(n) });
  const shown = consequences?.cases.map(({ caseId, hops }) => [caseId, hops]);
  return { shown, isWhole: consequences?.isWhole, consequences };
}

describe('what was done because of a decision', () => {
  it('is found whole over a chain of three cases, nearest first, each with what takes it back', async () => {
    const ports = memoryPorts();
    for (const n of [0, 10, 11]) await plantCase(ports.cases, n);
    for (const [n, from] of [
      [1, 0],
      [2, 1],
      [3, 1],
      [12, 10],
    ] as const)
      await plantFollower(ports.cases, n, from);
    const { shown, isWhole, consequences } = await shownFrom(ports, 0);
    expect(shown).toEqual([
      [plantedId(0), 0],
      [plantedId(1), 1],
      [plantedId(2), 2],
      [plantedId(3), 2],
    ]);
    expect(isWhole).toBe(true);
    expect(consequences).toMatchObject({
      decision: { tier: 'warm' },
      decidedBy: 'qualifier (learned)',
      outcome: 'done',
    });
    expect(consequences?.cases.map(({ actions }) => actions.map(({ takenBackBy }) => takenBackBy?.action))).toEqual(
      [1, 2, 3, 4].map(() => ['take-off-list']),
    );
    expect(consequences?.cases[2]?.causedBy).toEqual({ caseId: plantedId(1), actionId: 'add-to-nurture#1' });
  });

  it('in a case of another team is told without whom it is about, and to operators whole', async () => {
    const ports = memoryPorts();
    await plantCase(ports.cases, 0);
    await plantFollower(ports.cases, 1, 0, { workflow: 'support-triage' });
    const { consequences } = await shownFrom(ports, 0);
    if (consequences === undefined || consequences === null) throw new Error('there is such a case');
    const shown = (person: string, isOperator = false) => shownTo(ports, consequences, { person, isOperator });
    const [own, others] = shown('sales-lead@remit.example').cases;
    expect(own).toEqual(consequences.cases[0]);
    expect(others).toMatchObject({ caseId: plantedId(1), workflow: 'support-triage', subject: '', hops: 1 });
    expect(others?.actions).toMatchObject([
      { target: '', takenBackBy: null, problem: 'It is for the team Support to take back.' },
    ]);
    expect(JSON.stringify(others)).not.toContain(LEAD.email);
    expect(shown('sales-lead@remit.example').digest).toBe(consequences.digest);
    expect(shown('anybody@remit.example', true)).toEqual(consequences);
  });

  it('begins at the case that is asked for, not at the one that caused it', async () => {
    const ports = memoryPorts();
    await plantCase(ports.cases, 0);
    await plantFollower(ports.cases, 1, 0);
    await plantFollower(ports.cases, 2, 1);
    expect((await shownFrom(ports, 1)).shown).toEqual([
      [plantedId(1), 0],
      [plantedId(2), 1],
    ]);
  });

  it('lists nothing that was not done', async () => {
    const ports = memoryPorts();
    await plantCase(ports.cases, 0, { actions: [nurtured(plantedId(0), { state: 'refused' })] });
    expect((await shownFrom(ports, 0)).consequences?.cases[0]?.actions).toEqual([]);
  });

  it('ends where a chain comes back to itself', async () => {
    const ports = memoryPorts();
    await plantFollower(ports.cases, 0, 2);
    await plantFollower(ports.cases, 1, 0);
    await plantFollower(ports.cases, 2, 1);
    const { shown, isWhole } = await shownFrom(ports, 0);
    expect(shown?.map(([caseId]) => caseId)).toEqual([0, 1, 2].map(plantedId));
    expect(isWhole).toBe(true);
  });

  it('says so where more followed than is shown: too many, or too far', async () => {
    const wide = memoryPorts();
    await plantCase(wide.cases, 0);
    for (let n = 1; n <= 120; n += 1) await plantFollower(wide.cases, n, 0);
    const tooMany = await shownFrom(wide, 0);
    expect([tooMany.shown?.length, tooMany.isWhole]).toEqual([100, false]);
    const long = memoryPorts();
    await plantCase(long.cases, 0);
    for (let n = 1; n <= 12; n += 1) await plantFollower(long.cases, n, n - 1);
    const tooFar = await shownFrom(long, 0);
    expect([tooFar.shown?.length, tooFar.isWhole]).toEqual([11, false]);
  });

  it('is nothing where there is no such case', async () => {
    const caseId = CaseId.parse('0'.repeat(32));
    expect(await readConsequences.run(memoryPorts(), { caseId })).toBeNull();
  });

  it('is exactly what can be reached by causes, in any forest of cases', async () => {
    const forest = fc.array(fc.nat(), { minLength: 1, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(forest, fc.nat(), async (causes, start) => {
        const ports = memoryPorts();
        const causeOf = causes.map((cause, n) => (n === 0 || cause % 3 === 0 ? null : cause % n));
        for (const [n, cause] of causeOf.entries()) {
          await (cause === null ? plantCase(ports.cases, n) : plantFollower(ports.cases, n, cause));
        }
        const from = start % causes.length;
        const follows = (n: number): boolean => {
          const cause = causeOf[n] ?? null;
          return n === from || (cause !== null && follows(cause));
        };
        const { shown } = await shownFrom(ports, from);
        const expected = causes.map((_, n) => n).filter(follows);
        expect(shown?.map(([caseId]) => caseId).toSorted()).toEqual(expected.map(plantedId).toSorted());
      }),
      { numRuns: 60 },
    );
  });
});
