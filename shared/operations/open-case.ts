import type { Workflow } from '../authoring/index.ts';
import type { Case, JsonObject, Settings, Versions } from '../contracts/index.ts';
import { mayBeCauseOf } from '../domain/cause.ts';
import { coordinate } from '../domain/coordinate.ts';
import { EMPTY_LEDGER } from '../domain/ledger.ts';
import { settingsUnder } from '../domain/phase-changes.ts';
import { NO_USAGE } from '../domain/usage.ts';
import {
  type CaseStore,
  type Clock,
  ConflictError,
  type SettingsStore,
  type SubjectDigests,
  type Telemetry,
} from '../ports/index.ts';
import { currentSettings } from './current-settings.ts';
import { erasableBy } from './erasure/erasable-by.ts';
import { operation } from './operation.ts';
import { requesterOf } from './requester-of.ts';
import { CaseStart, type Opened } from './step-contracts.ts';

export interface OpenCasePorts {
  readonly findWorkflow: (id: string) => Workflow | null;
  readonly cases: CaseStore;
  readonly settings: SettingsStore;
  readonly subjects: SubjectDigests;
  readonly versionsOf: (workflow: string) => Versions;
  readonly clock: Clock;
  readonly telemetry: Telemetry;
}

/** Opens the case: settings and versions are read once and hold until it closes. Opening it again finds it as it is. */
export const openCase = operation({
  name: 'open-case',
  input: CaseStart,
  async run(ports: OpenCasePorts, start): Promise<Opened> {
    const workflow = ports.findWorkflow(start.workflow);
    if (workflow === null) throw new Error(`Workflow ${start.workflow} is not deployed`);
    if (start.resume !== null) return openAgain(ports, workflow, start);
    const versions = ports.versionsOf(workflow.id);
    const current = await currentSettings(ports.settings, workflow);
    // Evaluations have had their say; a case need not carry them.
    const settings = { ...settingsUnder(current, workflow, versions.workflow), evaluations: [] };
    const causedBy = await causeOf(ports, start);
    const fresh = newCase(workflow, { ...start, causedBy }, settings, versions, ports.clock.nowMs());
    try {
      const cursor = await ports.cases.commit({
        caseId: start.caseId,
        workflow: workflow.id,
        cursor: EMPTY_LEDGER,
        atMs: fresh.openedAtMs,
        events: [openedEvent(fresh)],
        opened: fresh,
        erasableBy: await erasableBy(ports.subjects, workflow, fresh),
      });
      ports.telemetry.count('CasesOpened', 1, workflow.id);
      return opened(workflow, { ...fresh, ledger: cursor }, start);
    } catch (error) {
      if (!(error instanceof ConflictError && error.kind === 'case-exists')) throw error;
      const known = await ports.cases.get(start.caseId);
      if (known === null) throw error;
      return opened(workflow, known, start);
    }
  },
});

/** A case that is known, with what was pinned when it opened. */
async function openAgain(ports: OpenCasePorts, workflow: Workflow, start: CaseStart): Promise<Opened> {
  const known = await ports.cases.get(start.caseId);
  if (known === null) throw new Error(`There is no case ${start.caseId} to go on with`);
  return opened(workflow, known, start);
}

/** Nobody is believed that an action of another case made this happen, unless it is on record as done or begun. */
async function causeOf(
  { cases, telemetry }: OpenCasePorts,
  { caseId, workflow, causedBy }: CaseStart,
): Promise<Case['causedBy']> {
  if (causedBy === null) return null;
  const action = await cases.action(causedBy.caseId, causedBy.actionId);
  if (mayBeCauseOf(caseId, causedBy, action)) return causedBy;
  telemetry.log('cause-not-known', { caseId, workflow, named: causedBy.caseId });
  return null;
}

function newCase(
  workflow: Workflow,
  start: CaseStart,
  settings: Settings,
  versions: Versions,
  nowMs: number,
): Omit<Case, 'ledger'> {
  const { caseId, trigger, eventId, input, problems, receivedAt, causedBy } = start;
  return {
    id: caseId,
    workflow: workflow.id,
    trigger,
    eventId,
    input,
    problems,
    state: 'open',
    outcome: null,
    settings,
    versions,
    decision: null,
    confidence: null,
    decidedBy: null,
    verdict: null,
    readings: [],
    round: 0,
    personAsked: false,
    usage: NO_USAGE,
    // From the trigger's arrival, so that latency counts the time on the queue too.
    openedAtMs: Math.min(Date.parse(receivedAt) || nowMs, nowMs),
    closedAtMs: null,
    segment: null,
    phase: null,
    notes: [],
    requestedBy: problems.length === 0 ? requesterOf(workflow, input as JsonObject) : null,
    causedBy,
    reopened: false,
  };
}

function openedEvent(fresh: Omit<Case, 'ledger'>): Parameters<CaseStore['commit']>[0]['events'][number] {
  const { workflow, trigger, eventId, input, problems, settings, versions } = fresh;
  return { type: 'case-opened', workflow, trigger, eventId, input, problems, settings, versions };
}

function opened(workflow: Workflow, known: Case, start: CaseStart): Opened {
  const { id, input, problems, settings, versions, openedAtMs, notes } = known;
  const first = coordinate(workflow, []);
  const isWanted = start.failure === null && (start.resume === null || start.resume.kind === 'hand-back');
  const mayRun = problems.length === 0 && isWanted && first.kind === 'turns';
  const resumed = start.resume?.kind ?? null;
  return {
    pinned: { caseId: id, workflow: workflow.id, input, problems, settings, versions, openedAtMs, notes, resumed },
    cursor: known.ledger,
    round: known.round + 1,
    turns: mayRun ? [...first.turns] : [],
    failure: start.failure,
    resume: start.resume,
  };
}
