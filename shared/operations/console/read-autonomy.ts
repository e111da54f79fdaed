import type { Gates, Workflow } from '../../authoring/index.ts';
import { type Phase, PromotionEvidence, type Settings, type Versions } from '../../contracts/index.ts';
import type { Agreement } from '../../domain/agreement.ts';
import { curvesOf, type ModelCurve } from '../../domain/calibration.ts';
import { failedShare } from '../../domain/gates.ts';
import { governanceCaseId } from '../../domain/governance-case.ts';
import { phaseUnder, segmentKey, segmentsOf, segmentTitle, stateOf } from '../../domain/phase-changes.ts';
import { MOST_EVIDENCE, standingOf } from '../../domain/promotion.ts';
import { type TwoReviewers, twoReviewers } from '../../domain/second-reviews.ts';
import type { SpotFigures } from '../../domain/spot-checks/figures.ts';
import { isAgainst } from '../../domain/step-back.ts';
import type { CaseStore, Clock, RecordStore, SettingsStore } from '../../ports/index.ts';
import { currentSettings } from '../current-settings.ts';
import { operation } from '../operation.ts';
import { readPast } from '../past-opinions.ts';
import { MOST_SECOND_REVIEWS } from '../second-reviews/ask-second-reviewers.ts';
import { readFigures } from '../spot-checks/read-figures.ts';
import { type FindWorkflow, ifReadable, type Readable, WorkflowRead } from './readable.ts';

export interface AutonomyPorts {
  readonly cases: Pick<CaseStore, 'actions'>;
  readonly records: RecordStore;
  readonly versionsOf: (workflow: string) => Versions;
  readonly clock: Clock;
}

export interface ReadAutonomyPorts extends AutonomyPorts, FindWorkflow {
  readonly settings: Pick<SettingsStore, 'get'>;
}

export interface AutonomyView {
  readonly workflow: string;
  readonly title: string;
  /** That is deployed. */
  readonly version: string;
  readonly versionPolicy: Settings['versionPolicy'];
  readonly paused: boolean;
  readonly gates: Gates;
  readonly segments: readonly SegmentView[];
  /** Of all segments together: what was done without a person, under this version. */
  readonly spotChecks: SpotFigures;
  /** How far two people agree who reviewed the same cases on their own, under this version. */
  readonly twoReviewers: TwoReviewers;
  /** How often people agree with each model of the cascade, by how sure it says that it is. */
  readonly curves: readonly ModelCurve[];
}

export interface SegmentView {
  readonly segment: string;
  readonly title: string;
  /** Under the version that is deployed. */
  readonly phase: Phase;
  /** As it is set; another one than `phase` where a new version begins in shadow. */
  readonly setPhase: Phase;
  readonly earnedUnder: string | null;
  readonly coolDownUntilMs: number | null;
  readonly agreement: Omit<Agreement, 'disagreements'>;
  readonly failed: { readonly failed: number; readonly of: number; readonly share: number };
  /** What the gates still miss; empty where they are passed. */
  readonly missed: readonly string[];
  /** Of the decisions that a step back would look at, those with a signal against the agent. */
  readonly against: { readonly decisions: number; readonly of: number; readonly allowed: number };
  readonly disagreements: readonly {
    readonly caseId: string;
    readonly decidedAtMs: number;
    readonly fields: readonly string[];
    readonly by: string | null;
    readonly reason: string;
  }[];
  /** What spot-checks say of what was done without a person. */
  readonly spotChecks: SpotFigures;
  /** The question to the owner that waits for an answer. */
  readonly proposal: { readonly to: Phase; readonly requestId: string | null } | null;
}

/** Segment by segment: what was measured, what the gates ask for, and where it stands. */
export const readAutonomy = operation({
  name: 'read-autonomy',
  input: WorkflowRead,
  run: (ports: ReadAutonomyPorts, asked): Promise<Readable<AutonomyView>> =>
    ifReadable(ports, asked, async (workflow) =>
      autonomyView(ports, workflow, await currentSettings(ports.settings, workflow)),
    ),
});

export async function autonomyView(
  ports: AutonomyPorts,
  workflow: Workflow,
  settings: Settings,
): Promise<AutonomyView> {
  const { workflow: version } = ports.versionsOf(workflow.id);
  const [actions, spots, reviews] = await Promise.all([
    ports.cases.actions(governanceCaseId(workflow.id)),
    readFigures(ports.records, workflow.id, ports.clock.nowMs()),
    ports.records.secondReviews({ workflow: workflow.id, limit: MOST_SECOND_REVIEWS }),
  ]);
  const proposals = actions
    .filter(({ action, state }) => action === 'change-phase' && (state === 'proposed' || state === 'asked'))
    .map(({ arguments: args, requestId }) => ({ ...PromotionEvidence.parse(args), requestId }));
  const segments = await Promise.all(
    segmentsOf(workflow).map(async (segment) => ({
      ...(await segmentView(ports, workflow, { settings, segment, version, proposals })),
      spotChecks: spots({ version, segment: segmentKey(segment) }),
    })),
  );
  const { versionPolicy, paused } = settings;
  const { gates } = workflow.rollout;
  const curves = curvesOf(await readPast(ports.records, workflow, version));
  const named = { workflow: workflow.id, title: workflow.title, version, versionPolicy, paused };
  const pairs = twoReviewers(
    workflow,
    reviews.filter((review) => review.version === version),
  );
  return { ...named, gates, segments, spotChecks: spots({ version }), twoReviewers: pairs, curves };
}

async function segmentView(
  { records, clock }: AutonomyPorts,
  workflow: Workflow,
  of: {
    readonly settings: Settings;
    readonly segment: string | null;
    readonly version: string;
    readonly proposals: readonly (PromotionEvidence & { readonly requestId: string | null })[];
  },
): Promise<Omit<SegmentView, 'spotChecks'>> {
  const { settings, segment, version, proposals } = of;
  const { gates, stepBack } = workflow.rollout;
  const { phase: setPhase, earnedUnder, sinceMs, coolDownUntilMs } = stateOf(settings, segment);
  const phase = phaseUnder(settings, workflow, { segment, version });
  const read = await records.latest({ workflow: workflow.id, segment, version, limit: MOST_EVIDENCE });
  const subject = { segment, phase, version, sinceMs, coolDownUntilMs, records: read };
  const { agreement, failed, missed } = standingOf(subject, gates);
  const { disagreements, ...figures } = agreement;
  const latest = read.slice(0, stepBack.window);
  const against = latest.filter(({ signals }) => signals.some((signal) => isAgainst(signal) && signal.atMs >= sinceMs));
  const proposal = proposals.find((one) => one.segment === segmentKey(segment));
  return {
    ...{ segment: segmentKey(segment), title: segmentTitle(workflow, segment), phase, setPhase, earnedUnder },
    coolDownUntilMs: coolDownUntilMs > clock.nowMs() ? coolDownUntilMs : null,
    ...{ agreement: figures, failed: { ...failed, share: failedShare(failed) }, missed },
    against: { decisions: against.length, of: latest.length, allowed: stepBack.signals },
    disagreements: disagreements.map(({ caseId, decidedAtMs, compared, by, reason }) => ({
      ...{ caseId, decidedAtMs, by, reason },
      fields: compared.filter(({ agrees }) => !agrees).map(({ field }) => field),
    })),
    proposal: proposal === undefined ? null : { to: proposal.to, requestId: proposal.requestId },
  };
}
