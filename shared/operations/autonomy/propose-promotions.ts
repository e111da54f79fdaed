import type { Workflow } from '../../authoring/index.ts';
import { type Action, PromotionEvidence, type Settings } from '../../contracts/index.ts';
import { governanceCaseId } from '../../domain/governance-case.ts';
import { phaseUnder, segmentKey, segmentsOf, stateOf } from '../../domain/phase-changes.ts';
import { MOST_EVIDENCE, promotionDue } from '../../domain/promotion.ts';
import {
  type CaseStore,
  type Clock,
  ConflictError,
  type Executions,
  type RecordStore,
  type RequestStore,
  type SettingsStore,
  type Telemetry,
} from '../../ports/index.ts';
import { ownSettings } from '../current-settings.ts';
import { commitGovernance } from './commit-governance.ts';
import { staleness } from './decide-phase.ts';
import { governanceAction, isPending, nextOrdinal } from './governance-actions.ts';

export interface ProposePorts {
  readonly cases: CaseStore;
  readonly requests: RequestStore;
  readonly records: RecordStore;
  readonly settings: SettingsStore;
  /** Of the machine `ask`. */
  readonly askExecutions: Executions;
  readonly clock: Clock;
  readonly telemetry: Telemetry;
}

/**
 * Proposes more autonomy to the owner, segment by segment, where the numbers pass every gate; takes a proposal back that
 * no longer holds. It changes no phase. What is proposed twice is asked once.
 */
export async function proposePromotions(ports: ProposePorts, workflow: Workflow, version: string): Promise<number> {
  const caseId = governanceCaseId(workflow.id);
  const { settings } = await ownSettings(ports.settings, workflow);
  for (const action of await ports.cases.actions(caseId)) {
    if (isProposal(action)) await withdrawIfStale(ports, workflow, { action, settings, version });
  }
  const known = await ports.cases.actions(caseId);
  const fresh: Action[] = [];
  for (const segment of segmentsOf(workflow)) {
    const isOpen = known.some((action) => isProposal(action) && segmentOf(action) === segmentKey(segment));
    if (isOpen) continue;
    const proposed = await propose(ports, workflow, { segment, version, settings, known: [...known, ...fresh] });
    if (proposed !== null) fresh.push(proposed);
  }
  // One whose question could not be put the last time is put now.
  for (const action of [...known, ...fresh])
    if (isProposal(action) && action.state === 'proposed') await ask(ports, action, workflow);
  return fresh.length;
}

function isProposal(action: Action): boolean {
  return action.action === 'change-phase' && isPending(action);
}

function segmentOf(action: Action): string {
  return PromotionEvidence.parse(action.arguments).segment;
}

async function propose(
  { cases, records, clock, telemetry }: ProposePorts,
  workflow: Workflow,
  of: { segment: string | null; version: string; settings: Settings; known: readonly Action[] },
): Promise<Action | null> {
  const { segment, version, settings, known } = of;
  const nowMs = clock.nowMs();
  const phase = phaseUnder(settings, workflow, { segment, version });
  const { sinceMs, coolDownUntilMs } = stateOf(settings, segment);
  if (phase === 'full' || nowMs < coolDownUntilMs) return null;
  const read = await records.latest({ workflow: workflow.id, segment, version, limit: MOST_EVIDENCE });
  const due = promotionDue({ segment, phase, version, sinceMs, coolDownUntilMs, records: read }, workflow, nowMs);
  if (due === null) return null;
  const evidence = { ...due, ...measuredOf(settings, version, segmentKey(segment)) };
  const action = governanceAction(workflow, version, {
    ...{ name: 'change-phase', ordinal: nextOrdinal(known, 'change-phase'), target: segmentKey(segment) },
    arguments: evidence,
  });
  const { id: actionId, digest } = action;
  try {
    await commitGovernance(cases, settings, version, {
      atMs: nowMs,
      events: [{ type: 'promotion-proposed', segment: segmentKey(segment), actionId, digest, evidence }],
      actions: [{ action, from: null }],
    });
  } catch (error) {
    // Another run of the watch was first.
    if (error instanceof ConflictError && error.kind === 'action-moved') return null;
    throw error;
  }
  telemetry.count('PromotionsProposed', 1, workflow.id);
  return action;
}

/** The last evaluation of this very version and segment that is on record. */
function measuredOf(
  { evaluations }: Settings,
  version: string,
  segment: string,
): Pick<PromotionEvidence, 'evaluation'> {
  const last = evaluations.findLast((one) => one.version === version && one.segment === segment);
  if (last === undefined) return {};
  const { agreed, decisions: of, failed, report, reportDigest = '' } = last;
  return { evaluation: { agreed, of, failed, report, reportDigest } };
}

async function ask({ askExecutions }: ProposePorts, { id }: Action, workflow: Workflow): Promise<void> {
  const caseId = governanceCaseId(workflow.id);
  const input = { caseId, kind: 'change-phase', actionId: id, problem: null };
  await askExecutions.start(`${caseId}-${id.replace('#', '-')}`, input);
}

async function withdrawIfStale(
  { cases, requests, clock }: ProposePorts,
  workflow: Workflow,
  { action, settings, version }: { action: Action; settings: Settings; version: string },
): Promise<void> {
  const proposal = PromotionEvidence.parse(action.arguments);
  const nowMs = clock.nowMs();
  const isOld = proposal.version !== version;
  const why = isOld ? 'A new version of the workflow is deployed.' : staleness(settings, proposal, { workflow }, nowMs);
  if (why === null) return;
  const request = action.requestId === null ? null : await requests.get(action.requestId);
  const from = { states: [action.state], digest: action.digest };
  try {
    await commitGovernance(cases, settings, version, {
      atMs: nowMs,
      events: [
        ...(request?.state === 'open'
          ? [
              {
                type: 'request-cancelled' as const,
                requestId: request.id,
                actionId: action.id,
                by: 'remit',
                reason: why,
              },
            ]
          : []),
        { type: 'action-refused', actionId: action.id, reason: why },
      ],
      actions: [{ action: { ...action, state: 'refused', reasons: [why] }, from }],
      ...(request?.state === 'open'
        ? {
            changedRequest: {
              request: { ...request, state: 'cancelled', revision: request.revision + 1 },
              from: request,
            },
          }
        : {}),
    });
  } catch (error) {
    // Somebody answered it in this very moment.
    if (!(error instanceof ConflictError)) throw error;
  }
}
