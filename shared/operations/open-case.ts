import type { Workflow } from '../authoring/index.ts';
import type { Case, JsonObject, Settings, Versions } from '../contracts/index.ts';
import { mayBeCauseOf } from '../domain/cause.ts';
import { firstTurns } from '../domain/coordinate.ts';
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
import { runOf } from './start-again.ts';
import { type CaseRun, CaseStart, type Opened } from './step-contracts.ts';
import { pinnedOf } from './steps/pinned-of.ts';

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
    const workflow = workflowOf(ports, start);
    return opened(workflow, await openedCase(ports, workflow, start));
  },
});

/** The case of that id, opened by this start or by an earlier one. */
export async function openedCase(ports: OpenCasePorts, workflow: Workflow, start: CaseStart): Promise<Case> {
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
      events: [openedEvent(fresh, start)],
      opened: fresh,
      erasableBy: await erasableBy(ports.subjects, workflow, fresh),
    });
    ports.telemetry.count('CasesOpened', 1, workflow.id);
    return { ...fresh, ledger: cursor };
  } catch (error) {
    if (!(error instanceof ConflictError && error.kind === 'case-exists')) throw error;
    const known = await ports.cases.get(start.caseId);
    if (known === null) throw error;
    return known;
  }
}

/** What an execution of the machine begins with, for a case that was just opened. */
export function firstRun(workflow: Workflow, known: Case): CaseRun {
  const first = firstTurns(workflow).map(({ agent, purpose }) => ({ agent, purpose }));
  const turns = known.problems.length === 0 ? first : [];
  return runOf(known, { turns, first, failure: null, resume: null });
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

function openedEvent(
  { workflow, trigger, eventId, input, problems, settings, versions }: Omit<Case, 'ledger'>,
  { mail }: CaseStart,
): Parameters<CaseStore['commit']>[0]['events'][number] {
  const known = { workflow, trigger, eventId, input, problems, settings, versions };
  return { type: 'case-opened', ...known, ...(mail === undefined ? {} : { mail }) };
}

function opened(workflow: Workflow, known: Case): Opened {
  const { pinned, cursor, round } = firstRun(workflow, known);
  const turns = known.problems.length === 0 ? [...firstTurns(workflow)] : [];
  return { pinned: pinnedOf(known, pinned), cursor, round, turns };
}

function workflowOf({ findWorkflow }: OpenCasePorts, { workflow: id }: CaseStart): Workflow {
  const workflow = findWorkflow(id);
  if (workflow === null) throw new Error(`Workflow ${id} is not deployed`);
  return workflow;
}
