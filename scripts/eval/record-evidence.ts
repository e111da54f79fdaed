import { evidenceOf } from '../../evals/machine/evidence-of.ts';
import type { Report } from '../../evals/report/report.ts';
import { deployedVersions } from '../../infra/versions.ts';
import type { Workflow } from '../../shared/authoring/index.ts';
import { sha256 } from '../../shared/domain/digest.ts';
import { AutonomyAnswer } from '../autonomy/autonomy-answer.ts';
import { Problem } from '../command/problem.ts';
import { problemIn, RuntimeClient } from '../runtime/client.ts';
import { NOT_MEASURED } from './options.ts';

/**
 * Puts on record what an evaluation showed of the segments that pass all their gates: a phase may rest on it. A segment that
 * misses one is left out, because the platform itself reads accuracy and failures alone. With it go the digests of the examples
 * and of report.json as it was written, by which `--check` tells later whether figures and file are the same.
 * @returns the segments that were put on record, and the digest of the report they rest on
 * @throws Problem where another version is deployed
 */
export async function recordEvidence(
  workflow: Workflow,
  report: Report,
  { path, text }: WrittenReport,
  { runtime = new RuntimeClient(), measured = versionHere(workflow) }: Recording = {},
): Promise<{ readonly segments: readonly string[]; readonly reportDigest: string }> {
  const { owner } = workflow.team;
  const found = await runtime.getAs(owner, `/api/workflows/${workflow.id}/autonomy`);
  const answer = AutonomyAnswer.safeParse(found.body);
  if (!answer.success) throw new Problem(`The autonomy of ${workflow.id} could not be read: ${problemIn(found)}`);
  if (answer.data.version !== measured) {
    throw new Problem('Another version runs than the one that was measured: start it anew from this tree first.', {
      exitCode: NOT_MEASURED,
    });
  }
  const passed = evidenceOf(report, answer.data.version, path);
  const reportDigest = sha256(text);
  for (const evidence of passed) {
    const reason = `Measured on ${report.about.examples} labelled cases of ${report.about.set}.`;
    const sent = await runtime.postAs(owner, `/api/workflows/${workflow.id}/evaluations`, {
      ...{ ...evidence, reportDigest, reason },
    });
    if (sent.status !== 200) throw new Problem(`The evidence was not taken: ${problemIn(sent)}`);
  }
  return { segments: passed.map(({ segment }) => segment), reportDigest };
}

/** report.json as it lies there. */
export interface WrittenReport {
  readonly path: string;
  readonly text: string;
}

export interface Recording {
  readonly runtime?: RuntimeClient;
  /** Version that was measured. Default: that of this tree. */
  readonly measured?: string | undefined;
}

function versionHere({ id }: Workflow): string | undefined {
  return deployedVersions([id]).workflows[id];
}
