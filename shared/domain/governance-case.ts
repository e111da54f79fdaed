import {
  ALL_WORKFLOWS,
  type Case,
  type CaseId,
  GOVERNANCE_TRIGGER,
  type Settings,
  type Versions,
} from '../contracts/index.ts';
import { caseIdOf } from './case-id.ts';
import { NO_USAGE } from './usage.ts';

/** One for each workflow, and one for all of them together: its ledger says who gave or took autonomy, and why. */
export function governanceCaseId(workflow: string): CaseId {
  return caseIdOf({ workflow, trigger: GOVERNANCE_TRIGGER, eventId: 'settings' });
}

export function isGovernance({ trigger }: Pick<Case, 'trigger'>): boolean {
  return trigger === GOVERNANCE_TRIGGER;
}

/** The head of that ledger. It is never closed, and stands in no list of cases. */
export function governanceCase(settings: Settings, versions: Versions, nowMs: number): Omit<Case, 'ledger'> {
  const { workflow } = settings;
  return {
    ...{ id: governanceCaseId(workflow), workflow, trigger: GOVERNANCE_TRIGGER, eventId: 'settings', input: {} },
    ...{ problems: [], state: 'open', outcome: null, settings, versions, decision: null, confidence: null },
    ...{ decidedBy: null, verdict: null, readings: [], round: 0, personAsked: false, usage: NO_USAGE },
    ...{
      openedAtMs: nowMs,
      closedAtMs: null,
      segment: null,
      phase: null,
      notes: [],
      requestedBy: null,
      causedBy: null,
      reopened: false,
    },
  };
}

/** What the one switch for all workflows is kept in: nothing of it counts but whether it is off. */
export function switchForAll(isOff: boolean): Omit<Settings, 'revision'> {
  return {
    ...{ workflow: ALL_WORKFLOWS, phase: 'shadow', paused: isOff, minimumConfidence: 1, segments: {}, partialShare: 1 },
    ...{ caps: {}, coolDownUntilMs: {}, earnedUnder: {}, phaseSinceMs: {}, versionPolicy: 'restart', evaluations: [] },
  };
}
