import * as z from 'zod';
import { type EvaluationEvidence, EvaluationId, type EvaluationRun, Proof } from '../../contracts/index.ts';
import { membershipOf } from '../../domain/team-members.ts';
import type { EvaluationStore } from '../../ports/index.ts';
import { type ChangeSettingsPorts, recordEvaluation } from '../change-settings.ts';
import { operation } from '../operation.ts';

export interface RecordMeasuredPorts extends ChangeSettingsPorts {
  readonly evaluations: Pick<EvaluationStore, 'get'>;
  /** What the report on the stack shows of the segments that pass all their gates. */
  readonly shownBy: (run: EvaluationRun) => Promise<Shown>;
}

/**
 * | kind | what |
 * |---|---|
 * | `shown` | evidence of the segments that pass; none where none does |
 * | `none` | there is no report that evidence could rest on; `problem` says why |
 */
export type Shown =
  | { readonly kind: 'shown'; readonly evidence: readonly EvaluationEvidence[] }
  | { readonly kind: 'none'; readonly problem: string };

/**
 * | kind | what became of it |
 * |---|---|
 * | `recorded` | the evidence of these segments is in the governance ledger, with the digest of its report |
 * | `unknown`, `not-allowed`, `unfit`, `in-the-way` | nothing is on record; `problem` says why |
 */
export type MeasuredReceipt =
  | { readonly kind: 'recorded'; readonly segments: readonly string[]; readonly reportDigest: string | null }
  | { readonly kind: 'unknown' | 'not-allowed' | 'unfit' | 'in-the-way'; readonly problem: string };

/**
 * Puts on record what an evaluation on the stack showed, read from its own report and from nothing that somebody sent. It is for
 * the owner: a phase may rest on it. Said twice, it is on record twice, and the last one counts.
 */
export const recordMeasured = operation({
  name: 'record-measured',
  input: z.object({ evaluationId: EvaluationId, by: z.string(), proof: Proof, reason: z.string().max(2_000) }),
  async run(ports: RecordMeasuredPorts, { evaluationId, ...who }): Promise<MeasuredReceipt> {
    const run = await ports.evaluations.get(evaluationId);
    const workflow = run === null ? null : ports.findWorkflow(run.wish.workflow);
    if (run === null || workflow === null) {
      return { kind: 'unknown', problem: `There is no evaluation ${evaluationId}.` };
    }
    if (membershipOf(workflow, who.by) !== 'owner') {
      return { kind: 'not-allowed', problem: `A phase may rest on it, so it needs the owner, ${workflow.team.owner}.` };
    }
    if (ports.versionsOf(workflow.id).workflow !== run.versions.workflow) {
      return { kind: 'in-the-way', problem: 'Another version runs than the one that was measured: measure that one.' };
    }
    const shown = await ports.shownBy(run);
    if (shown.kind === 'none') return { kind: 'unfit', problem: shown.problem };
    for (const evaluation of shown.evidence) {
      const problem = await record(ports, { ...who, workflow: workflow.id, evaluation, isOwnReport: true });
      if (problem !== null) return { kind: 'in-the-way', problem };
    }
    const segments = shown.evidence.map(({ segment }) => segment);
    return { kind: 'recorded', segments, reportDigest: run.outcome?.reportDigest ?? null };
  },
});

const MOST_TRIES = 5;

/** @returns why it is not on record; null where it is. Somebody else may change the settings in the same moment. */
async function record(
  ports: RecordMeasuredPorts,
  command: Parameters<typeof recordEvaluation.run>[1],
): Promise<string | null> {
  for (let attempt = 1; ; attempt += 1) {
    const receipt = await recordEvaluation.run(ports, command);
    if (receipt.kind === 'changed') return null;
    if (receipt.kind !== 'stale') return 'problem' in receipt ? receipt.problem : 'There is no such workflow.';
    if (attempt === MOST_TRIES) return 'Somebody changes the settings all the time: try again.';
  }
}
