import { describe, expect, it } from 'vitest';
import { evaluationRun } from '../../../test/support/evaluation-contract.ts';
import { APPROVER, DEPUTY, WORKFLOW } from '../../../test/support/leads.ts';
import { MemoryEvaluationStore } from '../../../test/support/memory-evaluation-store.ts';
import { memoryPorts } from '../../../test/support/memory-ports.ts';
import type { EvaluationEvidence } from '../../contracts/index.ts';
import { governanceCaseId } from '../../domain/governance-case.ts';
import { recordMeasured, type Shown } from './record-measured.ts';

const VERSIONS = memoryPorts().versionsOf();
const RUN = evaluationRun({ versions: VERSIONS });
const EVIDENCE: EvaluationEvidence = {
  ...{ version: VERSIONS.workflow, segment: 'all', decisions: 200, agreed: 196, failed: 0, evaluatedAtMs: 1_000 },
  ...{ report: `/api/evaluations/${RUN.id}`, reportDigest: 'd'.repeat(64) },
};
const WHO = { evaluationId: RUN.id, proof: 'sign-in' as const, reason: 'Measured.' };

async function world(shown: Shown = { kind: 'shown', evidence: [EVIDENCE] }) {
  const evaluations = new MemoryEvaluationStore();
  await evaluations.open(RUN);
  const ports = { ...memoryPorts(), evaluations, shownBy: async () => shown };
  const events = async () => (await ports.cases.ledger(governanceCaseId(WORKFLOW))).map(({ event }) => event);
  return { ports, events };
}

describe('putting on record what an evaluation on the stack showed', () => {
  it('writes its figures and the digest of its report into the governance ledger, and a phase may rest on them', async () => {
    const { ports, events } = await world();
    const receipt = await recordMeasured.run(ports, { ...WHO, by: APPROVER });
    expect(receipt).toMatchObject({ kind: 'recorded', segments: ['all'] });
    expect((await events()).at(-1)).toEqual({
      ...{ type: 'evaluation-recorded', by: APPROVER, proof: 'sign-in', reason: 'Measured.', evaluation: EVIDENCE },
    });
    expect((await ports.settings.get(WORKFLOW)).own?.evaluations).toEqual([EVIDENCE]);
  });

  it('writes nothing where no segment passes', async () => {
    const { ports, events } = await world({ kind: 'shown', evidence: [] });
    expect(await recordMeasured.run(ports, { ...WHO, by: APPROVER })).toMatchObject({ segments: [] });
    expect(await events()).toEqual([]);
  });

  it.each<[string, string, Shown | undefined, string]>([
    ['somebody who is not the owner', DEPUTY, undefined, 'not-allowed'],
    ['a report that was changed', APPROVER, { kind: 'none', problem: 'This report was changed.' }, 'unfit'],
  ])('is refused for %s', async (_what, by, shown, kind) => {
    const { ports, events } = await world(shown);
    expect(await recordMeasured.run(ports, { ...WHO, by })).toMatchObject({ kind });
    expect(await events()).toEqual([]);
  });

  it('is refused where another version runs by now, and for one that there is not', async () => {
    const { ports } = await world();
    const newer = { ...ports, versionsOf: () => ({ workflow: 'newer', code: 'c' }) };
    expect(await recordMeasured.run(newer, { ...WHO, by: APPROVER })).toMatchObject({ kind: 'in-the-way' });
    const { id } = evaluationRun();
    expect(await recordMeasured.run(ports, { ...WHO, evaluationId: id, by: APPROVER })).toMatchObject({
      kind: 'unknown',
    });
  });
});
