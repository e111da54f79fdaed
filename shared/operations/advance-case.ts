import type { Workflow } from '../authoring/index.ts';
import type { Action, Case, CaseEvent, JsonObject, Outcome, TurnResult, Usage, Verdict } from '../contracts/index.ts';
import { conclude, factsOf, parseDecision } from '../domain/conclude.ts';
import { coordinate } from '../domain/coordinate.ts';
import { judge } from '../domain/judge.ts';
import { type Plan, planActions, withoutClosedIntents } from '../domain/plan-actions.ts';
import { addUsage, NO_USAGE } from '../domain/usage.ts';
import { type CaseStore, type Clock, ConflictError, type RequestStore, type Telemetry } from '../ports/index.ts';
import { operation } from './operation.ts';
import { Advance, type Advanced } from './step-contracts.ts';

export interface AdvanceCasePorts {
  readonly findWorkflow: (id: string) => Workflow | null;
  readonly cases: CaseStore;
  readonly requests: RequestStore;
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
    const round =
      advance.requestId === null ? judgeAgents(workflow, advance) : await judgePerson(ports, workflow, advance);
    const known = advance.round === 1 ? [] : await ports.cases.actions(advance.pinned.caseId);
    const actions = withoutClosedIntents(round.actions, known);
    try {
      const cursor = await record(ports, advance, { ...round, actions });
      tell(ports, advance, round);
      return { next: round.next, cursor, round: advance.round, actions: actions.map(modeOf), outcome: round.outcome };
    } catch (error) {
      // Where the round proposed actions, these stand in the way before the round does.
      const isRepeat = error instanceof ConflictError && (error.kind === 'round-over' || error.kind === 'action-moved');
      if (isRepeat) return onRecord(ports, advance);
      throw error;
    }
  },
});

interface Round {
  readonly next: Advanced['next'];
  readonly outcome: Outcome | null;
  readonly by: string;
  readonly decision: JsonObject | null;
  readonly confidence: number;
  readonly verdict: Verdict;
  readonly actions: readonly Action[];
}

/** Where the state machine goes after each verdict. */
const NEXT_AFTER = { act: 'act', ask: 'ask', review: 'review', stop: 'close' } as const;

function judgeAgents(workflow: Workflow, { pinned, turns, failure, round }: Advance): Round {
  const turn = decidedTurn(workflow, turns);
  const facts = factsOf(workflow, pinned.input as JsonObject, turn?.readings ?? []);
  const conclusion = conclude(workflow, turn, facts);
  const plan: Plan =
    conclusion.decision === null
      ? { ok: true, actions: [] }
      : planActions(planContext(workflow, pinned, round), conclusion.decision, facts);
  const problems = [
    ...pinned.problems.map((problem) => `The trigger does not fit: ${problem}`),
    ...(failure === null ? [] : [`Step ${failure.step} failed: ${failure.problem}`]),
    ...conclusion.problems,
    ...(plan.ok ? [] : plan.problems),
  ];
  const confidence = turn?.confidence ?? 0;
  const actions = plan.ok ? plan.actions : [];
  const verdict = judge({
    ...conclusion,
    problems,
    turns,
    confidence,
    plannedActions: actions.length,
    settings: pinned.settings,
  });
  return {
    next: NEXT_AFTER[verdict.kind],
    outcome: verdict.kind === 'stop' ? 'nothing-to-do' : null,
    by: turn === undefined ? 'nobody' : `${turn.agent} (${turn.tier})`,
    decision: conclusion.decision,
    confidence,
    verdict,
    // Only what may be acted on is proposed; a person's decision makes its own.
    actions: verdict.kind === 'act' ? actions : [],
  };
}

async function judgePerson(
  ports: AdvanceCasePorts,
  workflow: Workflow,
  { pinned, requestId, round }: Advance,
): Promise<Round> {
  const request = requestId === null ? null : await ports.requests.get(requestId);
  if (request === null || request.caseId !== pinned.caseId)
    throw new Error(`Case ${pinned.caseId} has no request ${requestId}`);
  const by = request.answer?.by ?? 'nobody';
  const ended = (outcome: Outcome, text: string): Round => ({
    ...{ next: 'close', outcome, by, decision: null, confidence: 1, actions: [] },
    verdict: { kind: 'stop', reasons: [{ code: `person-${outcome}`, text }] },
  });
  if (request.answer === null) return ended('expired', 'Nobody answered in time; the safe default is to do nothing.');
  if (request.kind === 'review-decision')
    return ended('reviewed', 'A person reviewed the decision; nothing is done in shadow.');
  const { verb, edits, reason } = request.answer;
  if (verb === 'reject') return ended('refused', `Refused: ${reason}`);
  if (verb === 'respond') return ended('left-to-person', `Taken over by a person: ${reason}`);

  const { decision, problems } = parseDecision(workflow, verb === 'edit' ? edits : request.draft);
  if (decision === null) return ended('left-to-person', problems.join(' '));
  const head = await ports.cases.get(pinned.caseId);
  const facts = factsOf(workflow, pinned.input as JsonObject, head?.readings ?? []);
  const plan = pinned.problems.length > 0 ? unfit : planActions(planContext(workflow, pinned, round), decision, facts);
  if (!plan.ok) return { ...ended('left-to-person', plan.problems.join(' ')), decision };
  const isEmpty = plan.actions.length === 0;
  return {
    next: isEmpty ? 'close' : 'act',
    outcome: isEmpty ? 'nothing-to-do' : null,
    by,
    decision,
    confidence: 1,
    verdict: { kind: isEmpty ? 'stop' : 'act', reasons: [{ code: 'person-decided', text: `Decided by ${by}.` }] },
    actions: plan.actions,
  };
}

/** A trigger without the workflow's fields has nothing that an action could be made of. */
const unfit: Plan = {
  ok: false,
  problems: ['The trigger does not fit the workflow, so its actions are left to the person.'],
};

function decidedTurn(workflow: Workflow, turns: readonly TurnResult[]): TurnResult | undefined {
  const coordination = coordinate(workflow, turns);
  return coordination.kind === 'decided' ? coordination.turn : undefined;
}

function planContext(workflow: Workflow, pinned: Advance['pinned'], round: number): Parameters<typeof planActions>[0] {
  return { caseId: pinned.caseId, workflow, version: pinned.versions.workflow, phase: pinned.settings.phase, round };
}

function record(
  ports: AdvanceCasePorts,
  { pinned, turns, failure, round, cursor }: Advance,
  made: Round,
): Promise<Advanced['cursor']> {
  const { by, decision, confidence, verdict, actions } = made;
  const events: CaseEvent[] = [
    ...(failure === null ? [] : [{ type: 'step-failed' as const, ...failure }]),
    ...turns.map((turn) => ({ type: 'turn-finished' as const, round, turn })),
    { type: 'decision-made', round, by, decision, confidence, verdict, actions: [...actions] },
  ];
  return ports.cases.commit({
    caseId: pinned.caseId,
    workflow: pinned.workflow,
    cursor,
    atMs: ports.clock.nowMs(),
    events,
    expectRound: round - 1,
    head: headOf(made, turns, round),
    actions: actions.map((action) => ({ action, from: null })),
  });
}

function headOf(made: Round, turns: readonly TurnResult[], round: number): Partial<Case> {
  const { decision, confidence, by, verdict } = made;
  // A person who refuses leaves the decision that was refused in view.
  const decided = decision === null && round > 1 ? {} : { decision, confidence };
  const evidence =
    turns.length === 0 ? {} : { readings: turns.flatMap((turn) => turn.readings), usage: totalUsage(turns) };
  return { ...decided, ...evidence, decidedBy: by, verdict, round, state: 'open' };
}

function totalUsage(turns: readonly TurnResult[]): Usage {
  return turns.reduce((sum, { usage }) => addUsage(sum, usage), NO_USAGE);
}

/** What an earlier try of this round wrote. */
async function onRecord(ports: AdvanceCasePorts, { pinned, round }: Advance): Promise<Advanced> {
  const ledger = await ports.cases.ledger(pinned.caseId);
  const made = ledger
    .map(({ event }) => event)
    .find((event) => event.type === 'decision-made' && event.round === round);
  const last = ledger.at(-1);
  if (made?.type !== 'decision-made' || last === undefined) throw new ConflictError('round-over');
  return {
    next: NEXT_AFTER[made.verdict.kind],
    cursor: { seq: last.seq, hash: last.hash },
    round,
    actions: made.actions.map(modeOf),
    outcome: outcomeOnRecord(made.verdict),
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
