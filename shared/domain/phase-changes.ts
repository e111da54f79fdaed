import type { Workflow } from '../authoring/index.ts';
import { ALL_WORKFLOWS, type EvaluationEvidence, type Phase, type Settings } from '../contracts/index.ts';
import { shareOf } from './agreement.ts';
import { gatesMissed } from './gates.ts';

/** How settings name the cases of no segment. */
export const NO_SEGMENT = ALL_WORKFLOWS;

export function segmentKey(segment: string | null): string {
  return segment ?? NO_SEGMENT;
}

/** All segments of a workflow, and the cases of none. */
export function segmentsOf({ segments }: Workflow): (string | null)[] {
  return [...segments.map(({ id }) => id), null];
}

export function segmentTitle({ segments, title }: Workflow, segment: string | null): string {
  if (segment !== null) return segments.find(({ id }) => id === segment)?.title ?? segment;
  return segments.length === 0 ? `All cases of ${title}` : `All other cases of ${title}`;
}

const STEPS: readonly Phase[] = ['shadow', 'partial', 'full'];

/** One phase up; null above the last. */
export function phaseAbove(phase: Phase): Phase | null {
  return STEPS[STEPS.indexOf(phase) + 1] ?? null;
}

/** One phase down; null below the first. */
export function phaseBelow(phase: Phase): Phase | null {
  return STEPS[STEPS.indexOf(phase) - 1] ?? null;
}

/** Where a segment stands. One that the settings do not name stands where all others do. */
export interface SegmentState {
  readonly phase: Phase;
  readonly earnedUnder: string | null;
  readonly sinceMs: number;
  readonly coolDownUntilMs: number;
}

export function stateOf(settings: Settings, segment: string | null): SegmentState {
  const own = segment === null ? undefined : settings.segments[segment];
  const key = own === undefined ? NO_SEGMENT : segmentKey(segment);
  return {
    phase: own ?? settings.phase,
    earnedUnder: settings.earnedUnder[key] ?? null,
    sinceMs: settings.phaseSinceMs[key] ?? 0,
    coolDownUntilMs: settings.coolDownUntilMs[segmentKey(segment)] ?? 0,
  };
}

/**
 * Puts one segment into a phase, and leaves all others where they are. `version`: under which the phase is given; null
 * where a phase is taken back and what is left was given before.
 */
export function inPhase(
  settings: Settings,
  workflow: Workflow,
  change: {
    readonly segment: string | null;
    readonly phase: Phase;
    readonly version: string | null;
    readonly nowMs: number;
  },
): Settings {
  const { segment, phase, version, nowMs } = change;
  const key = segmentKey(segment);
  const named = segment === null ? namingAll(settings, workflow) : settings;
  const earned = version ?? stateOf(named, segment).earnedUnder;
  const { [key]: _before, ...others } = named.earnedUnder;
  return {
    ...named,
    ...(segment === null ? { phase } : { segments: { ...named.segments, [segment]: phase } }),
    // In shadow there is nothing that another version could lose.
    earnedUnder: phase === 'shadow' || earned === null ? others : { ...others, [key]: earned },
    phaseSinceMs: { ...named.phaseSinceMs, [key]: nowMs },
  };
}

/** The settings with every segment named, so that the phase of all others can be changed without touching these. */
function namingAll(settings: Settings, { segments }: Workflow): Settings {
  const unnamed = segments.map(({ id }) => id).filter((id) => settings.segments[id] === undefined);
  const { earnedUnder, phaseSinceMs } = settings;
  const copied = <T>(record: Readonly<Record<string, T>>): Record<string, T> => {
    const shared = record[NO_SEGMENT];
    return shared === undefined
      ? { ...record }
      : { ...record, ...Object.fromEntries(unnamed.map((id) => [id, shared])) };
  };
  return {
    ...settings,
    segments: { ...settings.segments, ...Object.fromEntries(unnamed.map((id) => [id, settings.phase])) },
    earnedUnder: copied(earnedUnder),
    phaseSinceMs: copied(phaseSinceMs),
  };
}

/**
 * What the settings come to under a version of the workflow: a segment whose phase was given under another one begins in
 * shadow, unless an evaluation of this version passes the gates or an owner keeps it. A phase of the deploy itself stays.
 */
export function settingsUnder(settings: Settings, workflow: Workflow, version: string): Settings {
  const phases = segmentsOf(workflow).map(
    (segment) => [segment, phaseUnder(settings, workflow, { segment, version })] as const,
  );
  const named = phases.flatMap(([segment, phase]) => (segment === null ? [] : [[segment, phase] as const]));
  return {
    ...settings,
    phase: phaseUnder(settings, workflow, { segment: null, version }),
    segments: { ...settings.segments, ...Object.fromEntries(named) },
  };
}

/** The phase of one segment under a version of the workflow. */
export function phaseUnder(
  settings: Settings,
  workflow: Workflow,
  { segment, version }: { readonly segment: string | null; readonly version: string },
): Phase {
  const { phase, earnedUnder } = stateOf(settings, segment);
  const isOwn = earnedUnder === null || earnedUnder === version || settings.versionPolicy === 'keep';
  const isMeasured = settings.evaluations.some(
    (evaluation) =>
      evaluation.version === version && evaluation.segment === segmentKey(segment) && isPassed(evaluation, workflow),
  );
  return isOwn || isMeasured ? phase : 'shadow';
}

/** Whether an evaluation shows what the gates ask for. */
export function isPassed({ decisions, agreed, failed }: EvaluationEvidence, { rollout }: Workflow): boolean {
  const agreement = shareOf(Math.min(agreed, decisions), decisions);
  const none = shareOf(0, 0);
  return gatesMissed({ agreement, blind: none, failed: { failed, of: decisions } }, rollout.gates).length === 0;
}
