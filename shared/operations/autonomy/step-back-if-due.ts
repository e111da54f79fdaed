import type { Workflow } from '../../authoring/index.ts';
import type { DecisionRecord, Settings } from '../../contracts/index.ts';
import { inPhase, phaseUnder, segmentKey, segmentTitle, stateOf } from '../../domain/phase-changes.ts';
import { coolDownAfter, isAgainst, type StepBackDue, stepBackByChecks, stepBackDue } from '../../domain/step-back.ts';
import {
  type CaseStore,
  type Clock,
  ConflictError,
  type RecordStore,
  type SettingsStore,
  type Telemetry,
} from '../../ports/index.ts';
import { ownSettings } from '../current-settings.ts';
import { figuresInPhase, readFigures } from '../spot-checks/read-figures.ts';
import { commitGovernance } from './commit-governance.ts';
import { governanceAction } from './governance-actions.ts';

export interface StepBackPorts {
  readonly cases: CaseStore;
  readonly records: RecordStore;
  readonly settings: SettingsStore;
  readonly clock: Clock;
  readonly telemetry: Telemetry;
}

/** Enough to fill the window though many of the latest decisions still wait for an answer. */
const READ_PER_WINDOW = 4;
const TRIES = 3;

/**
 * After a write that put something against the agents on record: the segment loses its phase at once where that is too
 * much. What was written stands whether or not this succeeds; the watch looks again within its interval.
 */
export async function stepBackAfter(
  ports: StepBackPorts,
  workflow: Workflow,
  record: DecisionRecord | null,
): Promise<void> {
  if (record === null || !record.signals.some(isAgainst)) return;
  try {
    await stepBackIfDue(ports, workflow, { segment: record.segment, version: record.version, latest: record });
  } catch (error) {
    ports.telemetry.count('Errors', 1, workflow.id);
    ports.telemetry.log('step-back-failed', {
      workflow: workflow.id,
      error: error instanceof Error ? error.name : 'unknown',
    });
  }
}

/**
 * Takes a phase from a segment where its record asks for it: with one line of reason, a cool-down, and a note to the
 * owner that the watch mails. Null where nothing is due.
 */
export async function stepBackIfDue(
  ports: StepBackPorts,
  workflow: Workflow,
  of: { readonly segment: string | null; readonly version: string; readonly latest?: DecisionRecord },
): Promise<StepBackDue | null> {
  for (let attempt = 1; ; attempt += 1) {
    const { settings, from } = await ownSettings(ports.settings, workflow);
    const due = await look(ports, workflow, settings, of);
    if (due === null) return null;
    try {
      await write(ports, workflow, { settings, from, due, ...of });
      ports.telemetry.count('StepBacks', 1, workflow.id);
      ports.telemetry.log('stepped-back', { workflow: workflow.id, segment: segmentKey(of.segment), to: due.to });
      return due;
    } catch (error) {
      const isOther = error instanceof ConflictError && error.kind === 'settings-changed';
      if (!isOther || attempt === TRIES) throw error;
    }
  }
}

async function look(
  { records, clock }: StepBackPorts,
  workflow: Workflow,
  settings: Settings,
  { segment, version, latest }: Parameters<typeof stepBackIfDue>[2],
): Promise<StepBackDue | null> {
  const phase = phaseUnder(settings, workflow, { segment, version });
  if (phase === 'shadow') return null;
  const { stepBack, gates } = workflow.rollout;
  const limit = stepBack.window * READ_PER_WINDOW;
  const read = await records.latest({ workflow: workflow.id, segment, version, limit });
  const { sinceMs, coolDownUntilMs } = stateOf(settings, segment);
  const subject = { segment, phase, version, sinceMs, coolDownUntilMs, records: withLatest(read, latest) };
  const due = stepBackDue(subject, stepBack);
  if (due !== null) return due;
  const figures = await readFigures(records, workflow.id, clock.nowMs());
  return stepBackByChecks(subject, figuresInPhase(figures, subject), gates);
}

/** An index may lag behind what was just written. */
function withLatest(read: readonly DecisionRecord[], latest: DecisionRecord | undefined): readonly DecisionRecord[] {
  if (latest === undefined) return read;
  const others = read.filter(({ caseId }) => caseId !== latest.caseId);
  return [...others, latest].toSorted((a, b) => b.decidedAtMs - a.decidedAtMs);
}

async function write(
  { cases, clock }: StepBackPorts,
  workflow: Workflow,
  change: {
    readonly settings: Settings;
    readonly from: number | null;
    readonly due: StepBackDue;
    readonly segment: string | null;
    readonly version: string;
  },
): Promise<void> {
  const { settings, from, due, segment, version } = change;
  const nowMs = clock.nowMs();
  const key = segmentKey(segment);
  const { phase: before } = stateOf(settings, segment);
  const untilMs = coolDownAfter(nowMs, workflow.rollout.stepBack);
  const stricter = inPhase(settings, workflow, { segment, phase: due.to, version: null, nowMs });
  const after: Settings = {
    ...stricter,
    coolDownUntilMs: { ...stricter.coolDownUntilMs, [key]: untilMs },
    revision: settings.revision + 1,
  };
  const { reason, cases: ids } = due;
  const told = {
    segmentTitle: segmentTitle(workflow, segment),
    from: before,
    to: due.to,
    reason,
    coolDownUntilMs: untilMs,
  };
  const tell = governanceAction(workflow, version, {
    ...{ name: 'tell-owner', ordinal: after.revision, target: workflow.team.owner },
    arguments: { ...told, cases: [...ids], atMs: nowMs },
  });
  await commitGovernance(cases, settings, version, {
    atMs: nowMs,
    events: [
      {
        ...{ type: 'phase-changed', by: 'remit', proof: null, reason, segment: key, from: before, to: due.to },
        ...{ because: 'step-back', version, cases: [...ids], coolDownUntilMs: untilMs },
      },
    ],
    actions: [{ action: tell, from: null }],
    changedSettings: { settings: after, from },
  });
}
