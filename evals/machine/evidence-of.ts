import type { Workflow } from '../../shared/authoring/index.ts';
import type { EvaluationEvidence, EvaluationRun } from '../../shared/contracts/index.ts';
import type { Shown } from '../../shared/operations/evaluations/record-measured.ts';
import type { EvaluationStore } from '../../shared/ports/index.ts';
import type { Report } from '../report/report.ts';
import { itemByItem } from '../run/item-by-item.ts';
import { readReport } from './stored-report.ts';

/** What a report shows of the segments that pass all their gates: of the decisions that would have been made without a person. */
export function evidenceOf(report: Report, version: string, where: string): EvaluationEvidence[] {
  if (report.about.notRun.length > 0) return [];
  const passed = report.segments.filter(({ gates }) => gates.every(({ passes }) => passes));
  return passed.map(({ id, figures }) => ({
    ...{ version, segment: id, decisions: figures.rightAlone.of, agreed: figures.rightAlone.agreed },
    ...{ failed: figures.failed.agreed, evaluatedAtMs: report.about.startedAtMs, report: where.slice(-500) },
    setDigest: report.about.setDigest,
  }));
}

/** What an evaluation on the stack shows, from its own report, each with the digest of that. */
export async function shownBy(
  evaluations: Pick<EvaluationStore, 'file' | 'results' | 'sights'>,
  workflow: Workflow,
  run: EvaluationRun,
): Promise<Shown> {
  const part = itemByItem(workflow);
  if (part !== null) {
    const problem = `Only ${part.agent.title} of ${workflow.id} was measured, which proves nothing of the whole.`;
    return { kind: 'none', problem };
  }
  const found = await readReport(evaluations, run);
  if (found.kind === 'changed') return { kind: 'none', problem: found.problem };
  if (found.kind === 'none') return { kind: 'none', problem: run.outcome?.problem ?? 'It has no report yet.' };
  const { report, digest } = found;
  const evidence = evidenceOf(report, run.versions.workflow, `/api/evaluations/${run.id}`);
  return { kind: 'shown', evidence: evidence.map((one) => ({ ...one, reportDigest: digest })) };
}
