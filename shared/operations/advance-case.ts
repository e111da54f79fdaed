import type { Workflow } from '../authoring/index.ts';
import type { Action, Case, CaseEvent, Note, Outcome, TurnResult, Usage, Verdict } from '../contracts/index.ts';
import { coordinate } from '../domain/coordinate.ts';
import { withoutClosedIntents } from '../domain/plan-actions.ts';
import { addUsage, NO_USAGE } from '../domain/usage.ts';
import {
  type CaseStore,
  type Clock,
  ConflictError,
  type RecordChange,
  type RecordStore,
  type RequestStore,
  type SettingsStore,
  type ShapeStore,
  type Telemetry,
} from '../ports/index.ts';
import { stepBackAfter } from './autonomy/step-back-if-due.ts';
import { operation } from './operation.ts';
import { recordDecision } from './records/record-decision.ts';
import { agentsRound, type KnownBefore } from './rounds/agents-round.ts';
import { personRound } from './rounds/person-round.ts';
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
  const { known, closed, spent, overturned } = await earlierOf(ports, advance);
  if (overturned !== null) return leftAsOverturned(advance, overturned);
  const judged = await judgeRound(ports, workflow, advance, { known, closed });
  const open = { ...judged, actions: withoutClosedIntents(judged.actions, known, closed), planned: judged.actions };
  const round = { ...judged, actions: await releaseActions(ports, { workflow, advance, known }, open) };
  try {
    const made = await recordDecision(ports.records, advance, round, ports.clock.nowMs());
    const cursor = await record(ports, advance, round, { spent, change: made });
    tell(ports, advance, round);
    await stepBackAfter(ports, workflow, made?.record ?? null);
    return { ...advanced(workflow, advance, cursor, round), ending: endingOf(advance, cursor) };
  } catch (error) {
    // Where the round proposed actions, these stand in the way before the round does.
    const isRepeat = error instanceof ConflictError && (error.kind === 'round-over' || error.kind === 'action-moved');
    if (isRepeat) return onRecord(ports, workflow, advance);
    throw error;
  }
}

type Earlier = Pick<KnownBefore, 'known' | 'closed'> & {
  readonly spent: Usage;
  /** The case, where a person has overturned what agents decided before. */
  readonly overturned: Case | null;
};

/** In the first round nothing was done, nobody has refused anything, and no model was paid. */
async function earlierOf({ cases }: AdvanceCasePorts, { round, turns, pinned: { caseId } }: Advance): Promise<Earlier> {
  if (round === 1) return { known: [], closed: [], spent: NO_USAGE, overturned: null };
  const [known, closed, head] = await Promise.all([
    cases.actions(caseId),
    cases.closedIntents(caseId),
    turns.length === 0 ? null : cases.get(caseId),
  ]);
  return { known, closed, spent: head?.usage ?? NO_USAGE, overturned: head?.outcome === 'overturned' ? head : null };
}

/** Agents do not decide anew what a person has decided in their place. */
function leftAsOverturned({ pinned }: Advance, { round, ledger }: Case): Advanced {
  return {
    next: 'close',
    turns: [],
    notes: pinned.notes,
    cursor: ledger,
    round,
    actions: [],
    outcome: null,
    ending: null,
  };
}

async function judgeRound(
  ports: AdvanceCasePorts,
  workflow: Workflow,
  advance: Advance,
  { known, closed }: Pick<KnownBefore, 'known' | 'closed'>,
): Promise<Round> {
  const { pinned, requestId } = advance;
  if (requestId === null) {
    const totalsOf: KnownBefore['totalsOf'] = (counters) => ports.cases.capTotals(pinned, counters);
    return agentsRound(workflow, advance, { known, closed, totalsOf, nowMs: ports.clock.nowMs() });
  }
  const [request, case_] = await Promise.all([ports.requests.get(requestId), ports.cases.get(pinned.caseId)]);
  if (request === null || case_ === null || request.caseId !== pinned.caseId)
    throw new Error(`Case ${pinned.caseId} has no request ${requestId}`);
  return personRound(workflow, advance, { request, case: case_, known });
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
  cursor: Advanced['cursor'],
  { next, actions, outcome, note }: Pick<Round, 'next' | 'actions' | 'outcome' | 'note'>,
): Advanced {
  const notes = note === null ? pinned.notes : [...pinned.notes, noteOf(note)];
  const due = next === 'agents' ? coordinate(workflow, []) : null;
  const turns = due?.kind === 'turns' ? due.agents.map((agent) => ({ agent })) : [];
  return { next, cursor, round, actions: actions.map(modeOf), outcome, turns, notes, ending: null };
}

function noteOf({ by, atMs, text }: Note): Note {
  return { by, atMs, text };
}

function record(
  ports: AdvanceCasePorts,
  advance: Advance,
  made: Round,
  { spent, change }: { readonly spent: Usage; readonly change: RecordChange | null },
): Promise<Advanced['cursor']> {
  const { pinned, turns, failure, round, cursor } = advance;
  const { by, decision, confidence, verdict, actions, segment, phase, note } = made;
  const events: CaseEvent[] = [
    ...(failure === null ? [] : [{ type: 'step-failed' as const, ...failure }]),
    ...turns.map((turn) => ({ type: 'turn-finished' as const, round, turn })),
    ...(note === null
      ? []
      : [{ type: 'case-handed-back' as const, requestId: note.requestId, by: note.by, text: note.text }]),
    {
      ...{ type: 'decision-made', round, by, decision, confidence, verdict, actions: [...actions], segment, phase },
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
    head: headOf(made, { turns, round, notes: pinned.notes, spent }),
    actions: actions.map((action) => ({ action, from: null })),
    ...(change === null ? {} : { record: change }),
  });
}

function headOf(
  made: Round,
  { turns, round, notes, spent }: { turns: readonly TurnResult[]; round: number; notes: readonly Note[]; spent: Usage },
): Partial<Case> {
  const { decision, confidence, by, verdict, segment, phase, note } = made;
  // A person who refuses leaves the decision that was refused in view.
  const decided = decision === null && round > 1 ? {} : { decision, confidence, segment, phase, outcome: null };
  const told = note === null ? {} : { notes: [...notes, noteOf(note)] };
  const evidence =
    turns.length === 0
      ? {}
      : { readings: turns.flatMap((turn) => turn.readings), usage: addUsage(spent, totalUsage(turns)) };
  return { ...decided, ...evidence, ...told, decidedBy: by, verdict, round, state: 'open' };
}

function totalUsage(turns: readonly TurnResult[]): Usage {
  return turns.reduce((sum, { usage }) => addUsage(sum, usage), NO_USAGE);
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
  if (made?.type !== 'decision-made' || last === undefined) return null;
  if (made.occasion !== null && made.occasion !== occasionOf(advance)) return null;
  const cursor = { seq: last.seq, hash: last.hash };
  const isHandedBack = made.verdict.reasons[0]?.code === 'handed-back';
  const case_ = isHandedBack ? await ports.cases.get(pinned.caseId) : null;
  const outcome = outcomeOnRecord(made.verdict);
  const next = isHandedBack ? 'agents' : NEXT_AFTER[made.verdict.kind];
  return {
    ...advanced(workflow, advance, cursor, { next, actions: made.actions, outcome, note: null }),
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
