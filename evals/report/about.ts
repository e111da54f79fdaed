import type { Workflow } from '../../shared/authoring/index.ts';
import type { CaseResult } from '../run/result.ts';
import { type ScoredSet, setDigest } from '../run/scored-set.ts';
import type { About } from './report.ts';

export interface Run {
  readonly workflow: Workflow;
  readonly version: string;
  readonly scored: ScoredSet;
  /** Examples that the learned model was trained on. */
  readonly training: number;
  readonly tiers: readonly string[];
  readonly results: readonly CaseResult[];
  readonly notRun: readonly string[];
  /** Cases at a time. */
  readonly concurrency: number;
  readonly startedAtMs: number;
  readonly endedAtMs: number;
  readonly node: string;
}

/** What was run, and how it was kept honest. */
export function aboutOf(run: Run): About {
  const { workflow, version, scored, results, notRun, tiers, concurrency, startedAtMs, endedAtMs, node } = run;
  const { id, title, summary, rollout } = workflow;
  return {
    ...{ workflow: id, title, summary, version, set: scored.name, setDigest: setDigest(scored.examples) },
    ...{ examples: results.length, seen: scored.seen, notRun, tiers },
    models: [...new Set(results.map(({ model }) => model))],
    honesty: honestyOf(run),
    minimumConfidence: rollout.minimumConfidence,
    ...{ concurrency, startedAtMs, tookMs: endedAtMs - startedAtMs, node },
  };
}

/** In the order of the set, whatever the order in which they came. */
export function inOrder({ examples }: ScoredSet, results: readonly CaseResult[]): CaseResult[] {
  const order = new Map(examples.map(({ id }, at) => [id, at]));
  return results.toSorted((a, b) => (order.get(a.id) ?? 0) - (order.get(b.id) ?? 0));
}

function honestyOf({ tiers, scored, training }: Pick<Run, 'tiers' | 'scored' | 'training'>): string {
  if (!tiers.includes('learned')) return 'No model of this run was trained on these examples by this project.';
  if (scored.isOwn) {
    return (
      `Cross-fitted: five models, each trained with its thresholds on four fifths of the ${training} examples; ` +
      'each example is scored by the one that has not seen it, its group or a copy of it.'
    );
  }
  const seen =
    scored.seen.length === 0
      ? 'None of this set is among them.'
      : `${scored.seen.length} cases that are among them were left out.`;
  return `Held out: one model, trained on the ${training} examples of the workflow. ${seen}`;
}
