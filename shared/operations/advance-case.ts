import type { Workflow } from '../authoring/index.ts';
import type { Action, Case, CaseEvent, Note, Outcome, Usage, Verdict } from '../contracts/index.ts';
import type { Findings } from '../domain/patterns/findings.ts';
import { withoutClosedIntents } from '../domain/plan-actions.ts';
import { addUsage, totalUsage } from '../domain/usage.ts';
import {
  type CaseStore,
  type CaseWrite,
  type Clock,
  ConflictError,
  type HistoryStore,
  type ReadingStore,
  type RecordChange,
  type RecordStore,
  type RequestStore,
  type SettingsStore,
  type ShapeStore,
  type Telemetry,
} from '../ports/index.ts';
import { stepBackAfter } from './autonomy/step-back-if-due.ts';
import { lessonWithdrawn } from './history/lesson-of.ts';
import { withWholeReadings } from './keep-readings.ts';
import { operation } from './operation.ts';
import { recordDecision } from './records/record-decision.ts';
import { agentsRound, type KnownBefore } from './rounds/agents-round.ts';
import { type Course, coordinated, courseOf, dueAfterWords } from './rounds/course.ts';
import { type Earlier, earlierOf, leftAsOverturned } from './rounds/earlier.ts';
import { personRound } from './rounds/person-round.ts';
import { goingOn, planTurns } from './rounds/plan-turns.ts';
import { releaseActions } from './rounds/release-actions.ts';
import { NEXT_AFTER, type Round } from './rounds/round.ts';
import { Advance, type Advanced, type Ending } from './step-contracts.ts';
import { advanceTakeBack } from './taking-back/advance-take-back.ts';

export interface AdvanceCasePorts {
  readonly findWorkflow: (id: string) => Workflow | null;
  readonly cases: CaseStore;
  readonly requests: RequestStore;
  readonly shapes: ShapeStore;
  readonly records: RecordStore;
  readonly history: HistoryStore;
  readonly readings: ReadingStore;
  readonly settings: SettingsStore;
  readonly clock: Clock;
  readonly telemetry: Telemetry;
}

/**
 * Coordinates and judges one round: what the agents, or a person, answered becomes a decision with its verdict, on
 * record before any effect. Asked twice for the same round it gives the answer that is on record.
 */
export const advanceCase = operation({
  name: 'advance-case',
  input: Advance,
  async run(ports: AdvanceCasePorts, advance): Promise<Advanced> {
    const workflow = ports.findWorkflow(advance.pinned.workflow);
    if (workflow === null) throw new Error(`Workflow ${advance.pinned.workflow} is not deployed`);
    const { resume } = advance;
    if (resume !== null && resume.kind !== 'hand-back') return advanceTakeBack(ports, workflow, advance, resume);
    for (let lost = 0; lost < MOST_LOST; lost += 1) {
      // Another execution of the case, one that takes something back, may have had this round.
      const due = { ...advance, round: advance.round + lost };
      const done = await judgeAndRecord(ports, workflow, due);
      if (done !== null) return done;
    }
    throw new ConflictError('round-over');
  },
});

/** Rounds that others may take before this one gets its own. */
const MOST_LOST = 10;

/** @returns null when the round was another's. */
async function judgeAndRecord(ports: AdvanceCasePorts, workflow: Workflow, advance: Advance): Promise<Advanced | null> {
  const earlier = await earlierOf(ports.cases, workflow, advance);
  const { known, closed, spent, course, overturned } = earlier;
  if (overturned !== null) return leftAsOverturned(advance, overturned);
  const next = advance.requestId === null ? coordinated(workflow, advance, course) : null;
  if (next?.kind === 'turns') {
    return unlessOnRecord(ports, workflow, advance, () => planTurns(ports, advance, next, spent));
  }
  const judged = await judgeRound(ports, workflow, advance, { ...earlier, findings: next?.findings ?? null });
  const open = { ...judged, actions: withoutClosedIntents(judged.actions, known, closed), planned: judged.actions };
  const round = { ...judged, actions: await releaseActions(ports, { workflow, advance, known }, open) };
  return unlessOnRecord(ports, workflow, advance, async () => {
    const made = recordDecision(advance, round, { earlier: earlier.record, atMs: ports.clock.nowMs() });
    const due = advanced(workflow, advance, { ...round, course });
    const withdrawn = await lessonWithdrawn(ports.history, workflow, made);
    const cursor = await record(ports, workflow, advance, round, { spent, change: made, withdrawn, due: due.turns });
    tell(ports, advance, round);
    await stepBackAfter(ports, workflow, made?.record ?? null);
    return { ...due, cursor, ending: endingOf(advance, cursor) };
  });
}

/** An earlier try of a round is its answer. @returns null when the round was another's. */
async function unlessOnRecord(
  ports: AdvanceCasePorts,
  workflow: Workflow,
  advance: Advance,
  write: () => Promise<Advanced>,
): Promise<Advanced | null> {
  try {
    return await write();
  } catch (error) {
    // Where the round proposed actions, these stand in the way before the round does.
    const isRepeat = error instanceof ConflictError && (error.kind === 'round-over' || error.kind === 'action-moved');
    if (isRepeat) return onRecord(ports, workflow, advance);
    throw error;
  }
}

async function judgeRound(
  ports: AdvanceCasePorts,
  workflow: Workflow,
  advance: Advance,
  { known, closed, course, head: case_, findings }: Earlier & { readonly findings: Round['findings'] },
): Promise<Round> {
  const { pinned, requestId } = advance;
  if (findings !== null) {
    const totalsOf: KnownBefore['totalsOf'] = (counters) => ports.cases.capTotals(pinned, counters);
    const before = { known, closed, totalsOf, nowMs: ports.clock.nowMs(), plans: course.plans };
    const round = await agentsRound(workflow, advance, await withAllReadings(ports, pinned.caseId, findings), before);
    // On record they stay as they were handed on: large ones are kept apart.
    return { ...round, findings };
  }
  if (requestId === null) throw new Error(`Round ${advance.round} of case ${pinned.caseId} is nobody's`);
  const request = await ports.requests.get(requestId);
  if (request === null || case_ === null || request.caseId !== pinned.caseId)
    throw new Error(`Case ${pinned.caseId} has no request ${requestId}`);
  const whole = await withWholeReadings(ports.readings, pinned.caseId, case_);
  return personRound(workflow, advance, { request, case: whole, known });
}

/** Rules judge by all that was read. */
async function withAllReadings(
  { readings: store }: AdvanceCasePorts,
  caseId: string,
  findings: Findings,
): Promise<Findings> {
  const [whole, turns] = await Promise.all([
    withWholeReadings(store, caseId, findings),
    Promise.all(findings.turns.map((turn) => withWholeReadings(store, caseId, turn))),
  ]);
  return { ...whole, turns };
}

/** Null where somebody was asked, or the case began before: more may have happened then than this round knows of. */
function endingOf({ round, requestId, resume, pinned, turns }: Advance, cursor: Advanced['cursor']): Ending | null {
  const isFirst = round === 1 && requestId === null && resume === null && pinned.resumed === null;
  return isFirst ? { cursor, costUsd: totalUsage(turns).costUsd } : null;
}

/** What the state machine is told of a round. */
function advanced(
  workflow: Workflow,
  { round, pinned }: Advance,
  made: Pick<Round, 'next' | 'actions' | 'outcome' | 'note'> & { readonly course: Course },
): Omit<Advanced, 'cursor'> {
  const { next, actions, outcome, note, course } = made;
  const notes = note === null ? pinned.notes : [...pinned.notes, noteOf(note)];
  const turns = next === 'agents' ? dueAfterWords(workflow, pinned, course) : [];
  return { next, round, actions: actions.map(modeOf), outcome, turns, notes, ending: null };
}

function noteOf({ by, atMs, text }: Note): Note {
  return { by, atMs, text };
}

/** What goes on record beside a round. `due`: turns that it leads to. */
interface Written {
  readonly spent: Usage;
  readonly change: RecordChange | null;
  readonly due: Advanced['turns'];
  /** What people said of an earlier decision is no lesson any more. */
  readonly withdrawn: Pick<CaseWrite, 'lesson'>;
}

function record(
  ports: AdvanceCasePorts,
  { agents }: Workflow,
  advance: Advance,
  made: Round,
  { spent, change, withdrawn, due }: Written,
): Promise<Advanced['cursor']> {
  const { pinned, turns, failure, round, cursor, run = '' } = advance;
  const { by, decision, confidence, verdict, actions, segment, phase, note, findings } = made;
  const origins = agents.length > 1 && findings !== null ? { origins: [...findings.origins] } : {};
  const events: CaseEvent[] = [
    ...(failure === null ? [] : [{ type: 'step-failed' as const, ...failure }]),
    ...turns.map((turn) => ({ type: 'turn-finished' as const, round, turn })),
    ...(findings === null || findings.count === null
      ? []
      : [{ type: 'votes-counted' as const, round, count: findings.count }]),
    ...(note === null
      ? []
      : [{ type: 'case-handed-back' as const, requestId: note.requestId, by: note.by, text: note.text }]),
    {
      ...{ type: 'decision-made', round, by, decision, confidence, verdict, actions: [...actions], segment, phase },
      ...origins,
      occasion: occasionOf(advance),
    },
  ];
  return ports.cases.commit({
    caseId: pinned.caseId,
    workflow: pinned.workflow,
    cursor,
    atMs: ports.clock.nowMs(),
    events,
    expectRound: round - 1,
    head: { ...headOf(made, advance, spent), ...origins },
    actions: actions.map((action) => ({ action, from: null })),
    ...(due.length === 0 ? {} : { dueTurns: { run, round: round + 1, turns: due } }),
    ...(change === null ? {} : { record: change }),
    ...withdrawn,
  });
}

function headOf(
  made: Round,
  { turns, round, pinned: { notes } }: Pick<Advance, 'turns' | 'round' | 'pinned'>,
  spent: Usage,
): Partial<Case> {
  const { decision, confidence, by, verdict, segment, phase, note, findings } = made;
  // A person who refuses leaves the decision that was refused in view.
  const decided = decision === null && round > 1 ? {} : { decision, confidence, segment, phase, outcome: null };
  const told = note === null ? {} : { notes: [...notes, noteOf(note)] };
  const evidence =
    turns.length === 0 ? {} : { readings: [...(findings?.readings ?? [])], usage: addUsage(spent, totalUsage(turns)) };
  return { ...decided, ...evidence, ...told, decidedBy: by, verdict, round, state: 'open' };
}

/** What tells the rounds of executions apart that work on one case at the same time. */
function occasionOf({ requestId }: Advance): string {
  return requestId ?? 'agents';
}

/** What an earlier try of this round wrote; null when the round was another's. */
async function onRecord(ports: AdvanceCasePorts, workflow: Workflow, advance: Advance): Promise<Advanced | null> {
  const { pinned, round } = advance;
  const ledger = await ports.cases.ledger(pinned.caseId);
  const made = ledger
    .map(({ event }) => event)
    .find((event) => event.type === 'decision-made' && event.round === round);
  const last = ledger.at(-1);
  const plan = ledger
    .map(({ event }) => event)
    .find((event) => event.type === 'turns-planned' && event.round === round);
  if (plan?.type === 'turns-planned' && last !== undefined && advance.requestId === null) {
    return goingOn(pinned, round, { seq: last.seq, hash: last.hash }, plan.turns);
  }
  if (made?.type !== 'decision-made' || last === undefined) return null;
  if (made.occasion !== null && made.occasion !== occasionOf(advance)) return null;
  const cursor = { seq: last.seq, hash: last.hash };
  const isHandedBack = made.verdict.reasons[0]?.code === 'handed-back';
  const case_ = isHandedBack ? await ports.cases.get(pinned.caseId) : null;
  const outcome = outcomeOnRecord(made.verdict);
  const next = isHandedBack ? 'agents' : NEXT_AFTER[made.verdict.kind];
  return {
    ...advanced(workflow, advance, {
      ...{ next, actions: made.actions, outcome, note: null, course: courseOf(ledger, round) },
    }),
    cursor,
    ...(case_ === null ? {} : { notes: case_.notes }),
  };
}

function outcomeOnRecord(verdict: Verdict): Outcome | null {
  if (verdict.kind !== 'stop') return null;
  const code = verdict.reasons[0]?.code ?? '';
  const outcomes: readonly Outcome[] = ['expired', 'reviewed', 'refused', 'left-to-person'];
  return outcomes.find((outcome) => code === `person-${outcome}`) ?? 'nothing-to-do';
}

function modeOf({ id, mode }: Action): Advanced['actions'][number] {
  return { actionId: id, mode };
}

function tell(ports: AdvanceCasePorts, { pinned, turns, failure, requestId }: Advance, { verdict, next }: Round): void {
  const { telemetry, clock } = ports;
  const { workflow } = pinned;
  const hasFailed = failure !== null || turns.some((turn) => turn.status === 'failed');
  telemetry.count('Errors', hasFailed ? 1 : 0, workflow);
  if (requestId !== null) return;
  telemetry.count('Decisions', 1, workflow);
  telemetry.count('Escalations', next === 'ask' ? 1 : 0, workflow);
  telemetry.count('DecisionLatency', clock.nowMs() - pinned.openedAtMs, workflow);
  telemetry.count('ModelCost', totalUsage(turns).costUsd, workflow);
  telemetry.log('decision-made', {
    caseId: pinned.caseId,
    workflow,
    verdict: verdict.kind,
    reason: verdict.reasons[0]?.code ?? '',
  });
}
