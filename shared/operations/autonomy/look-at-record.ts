import type { Workflow } from '../../authoring/index.ts';
import { governanceCaseId } from '../../domain/governance-case.ts';
import { phaseUnder, segmentsOf, stateOf } from '../../domain/phase-changes.ts';
import { MOST_EVIDENCE, promotionDue, type SegmentRecord } from '../../domain/promotion.ts';
import { reviewerQuality } from '../../domain/reviewer-quality.ts';
import { stepBackByChecks, stepBackDue } from '../../domain/step-back.ts';
import type { CaseStore, Clock, RecordStore, SettingsStore } from '../../ports/index.ts';
import { ownSettings } from '../current-settings.ts';
import { figuresInPhase, readFigures } from '../spot-checks/read-figures.ts';
import { isPending } from './governance-actions.ts';
import { MOST_REVIEWS } from './warn-reviewers.ts';

export interface LookPorts {
  readonly cases: CaseStore;
  readonly records: RecordStore;
  readonly settings: SettingsStore;
  readonly clock: Clock;
}

/** What is to be done about the autonomy of a workflow. */
export interface Due {
  readonly stepBack: readonly (string | null)[];
  /** Something is to be proposed, or an open proposal has to be looked after. */
  readonly proposals: boolean;
  readonly warnings: boolean;
  /** People have to be told of something. */
  readonly news: boolean;
}

/** One look at everything, so that a quiet quarter of an hour costs few reads. Whoever acts on it reads again. */
export async function lookAtRecord(ports: LookPorts, workflow: Workflow, version: string): Promise<Due> {
  const { id } = workflow;
  const segments = segmentsOf(workflow);
  const limit = Math.max(MOST_EVIDENCE, workflow.rollout.stepBack.window);
  const nowMs = ports.clock.nowMs();
  const [{ settings }, actions, reviews, figures, ...read] = await Promise.all([
    ownSettings(ports.settings, workflow),
    ports.cases.actions(governanceCaseId(id)),
    ports.records.reviews({ workflow: id, limit: MOST_REVIEWS }),
    readFigures(ports.records, id, nowMs),
    ...segments.map((segment) => ports.records.latest({ workflow: id, segment, version, limit })),
  ]);
  const subjects = segments.map((segment, at): SegmentRecord => {
    const { sinceMs, coolDownUntilMs } = stateOf(settings, segment);
    const phase = phaseUnder(settings, workflow, { segment, version });
    return { segment, phase, version, sinceMs, coolDownUntilMs, records: read[at] ?? [] };
  });
  const pending = actions.filter(isPending);
  const { stepBack, gates } = workflow.rollout;
  const isBack = (subject: SegmentRecord): boolean =>
    stepBackDue(subject, stepBack) !== null ||
    stepBackByChecks(subject, figuresInPhase(figures, subject), gates) !== null;
  return {
    stepBack: subjects.filter(isBack).map(({ segment }) => segment),
    proposals:
      pending.some(({ action }) => action === 'change-phase') ||
      subjects.some((subject) => promotionDue(subject, workflow, nowMs) !== null),
    warnings: reviewerQuality(reviews, []).some(({ warnings }) => warnings.length > 0),
    news: pending.some(({ action }) => action !== 'change-phase'),
  };
}
