import { type Answer, PromotionEvidence, type Settings } from '../../contracts/index.ts';
import { inPhase, NO_SEGMENT, phaseUnder, segmentKey, stateOf } from '../../domain/phase-changes.ts';
import { coolDownAfter } from '../../domain/step-back.ts';
import type { CaseWrite, SettingsStore } from '../../ports/index.ts';
import { ownSettings } from '../current-settings.ts';
import type { LoadedRequest } from '../load-request.ts';

type PhaseWrite = Pick<CaseWrite, 'events' | 'actions' | 'changedSettings'>;

/**
 * What the answer to a proposal changes, for the write that takes it. A yes gives exactly the phase that was proposed,
 * under the version that earned it, while the segment still stands where it stood; a no begins a cool-down.
 */
export async function decidePhase(
  settings: SettingsStore,
  loaded: LoadedRequest,
  answer: Answer,
): Promise<PhaseWrite | { readonly problem: string }> {
  const { action, workflow } = loaded;
  if (action === null) return { problem: 'There is no proposal behind this question.' };
  const proposal = PromotionEvidence.parse(action.arguments);
  const own = await ownSettings(settings, workflow);
  const from = { states: ['asked'] as const, digest: action.digest };
  if (answer.verb !== 'approve') {
    const after = coolingDown(own.settings, proposal, answer, loaded);
    return {
      events: [changed(own.settings, after, answer)],
      actions: [{ action: { ...action, state: 'refused', reasons: [answer.reason] }, from }],
      changedSettings: { settings: after, from: own.from },
    };
  }
  const problem = staleness(own.settings, proposal, loaded, answer.atMs);
  if (problem !== null) return { problem };
  const { segment: key, version, to } = proposal;
  const given = { segment: segmentIn(key), phase: to, version, nowMs: answer.atMs };
  const after = { ...inPhase(own.settings, workflow, given), revision: own.settings.revision + 1 };
  const { by, proof, reason } = answer;
  return {
    events: [
      {
        ...{ type: 'phase-changed', by, proof, reason, segment: key, from: proposal.from, to, because: 'promotion' },
        ...{ version, cases: proposal.disagreements.map(({ caseId }) => caseId), coolDownUntilMs: null },
      },
    ],
    actions: [{ action: { ...action, state: 'done' }, from }],
    changedSettings: { settings: after, from: own.from },
  };
}

/** Why a proposal no longer holds; null while it does. */
export function staleness(
  settings: Settings,
  proposal: PromotionEvidence,
  { workflow }: Pick<LoadedRequest, 'workflow'>,
  nowMs: number,
): string | null {
  const segment = segmentIn(proposal.segment);
  const phase = phaseUnder(settings, workflow, { segment, version: proposal.version });
  if (phase !== proposal.from) return `Meanwhile it stands in phase ${phase}, so this proposal no longer holds.`;
  if (nowMs < stateOf(settings, segment).coolDownUntilMs)
    return 'A cool-down has begun, so this proposal no longer holds.';
  return null;
}

function segmentIn(key: string): string | null {
  return key === NO_SEGMENT ? null : key;
}

function coolingDown(
  settings: Settings,
  { segment }: PromotionEvidence,
  { atMs }: Answer,
  { workflow }: LoadedRequest,
): Settings {
  const untilMs = coolDownAfter(atMs, workflow.rollout.stepBack);
  return {
    ...settings,
    coolDownUntilMs: { ...settings.coolDownUntilMs, [segmentKey(segmentIn(segment))]: untilMs },
    revision: settings.revision + 1,
  };
}

function changed(before: Settings, after: Settings, { by, proof, reason }: Answer): PhaseWrite['events'][number] {
  const change = { setting: 'coolDownUntilMs', before: before.coolDownUntilMs, after: after.coolDownUntilMs };
  return { type: 'settings-changed', by, proof, reason, revision: after.revision, changes: [change] };
}
