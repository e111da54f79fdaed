import type { Workflow } from '../../authoring/index.ts';
import type { Action, Case, CaseEvent, Verdict } from '../../contracts/index.ts';
import { plannedFor } from '../../domain/carry-out.ts';
import { wishOf } from '../../domain/take-back.ts';
import { type CaseWrite, ConflictError } from '../../ports/index.ts';
import type { Advance, Advanced, Resume } from '../step-contracts.ts';
import { type KnownToPlan, type PlanPorts, planResumed, type ResumedPlan } from './plan-carry-out.ts';

/** Rounds that others may take before this one gets its own. */
const MOST_TRIES = 10;

/**
 * The round that takes back what somebody wants back, and carries out the right decision where one was given: plans what
 * does it and opens a closed case again for it. Asked again it gives what is on record. What is taken back already, or being
 * so, is left alone.
 */
export async function advanceTakeBack(
  ports: PlanPorts,
  workflow: Workflow,
  advance: Advance,
  resume: Resume,
): Promise<Advanced> {
  const { caseId } = advance.pinned;
  const occasion = occasionOf(advance, resume);
  for (let tries = 1; tries <= MOST_TRIES; tries += 1) {
    const [case_, known, ledger] = await Promise.all([
      ports.cases.get(caseId),
      ports.cases.actions(caseId),
      ports.cases.ledger(caseId),
    ]);
    if (case_ === null) throw new Error(`There is no case ${caseId}`);
    const events = ledger.map(({ event }) => event);
    const left = leftOf(advance, resume, { known, events });
    const made = events.find((event) => isRoundOf(event, occasion));
    if (made?.type === 'decision-made') return advanced(advance, case_, due(made.actions, left));
    const round = case_.round + 1;
    const plan = await planResumed(ports, workflow, { ...advance, round }, { resume, case_, known, events });
    if (plan.actions.length === 0 && plan.problems.length === 0 && plan.decided === null) {
      return advanced(advance, case_, left);
    }
    const wish = wishOf(events, resume.ref);
    const isWritten = await write(ports, { case_, advance, resume, plan, occasion, wish });
    if (isWritten) return advanced(advance, { ...case_, round }, due(plan.actions, left), plan);
  }
  throw new ConflictError('round-over');
}

function occasionOf({ failure }: Advance, { kind, ref }: Resume): string {
  return `${kind}:${ref}${failure === null ? '' : ':rescue'}`;
}

function isRoundOf(event: CaseEvent, occasion: string): boolean {
  return event.type === 'decision-made' && event.occasion === occasion;
}

/** What is to be performed: what was planned, and what an earlier execution has left half done. */
function due(planned: readonly Action[], left: readonly Action[]): readonly Action[] {
  return [...planned, ...left.filter((action) => planned.every(({ id }) => id !== action.id))];
}

/** After an execution that broke, what that one has begun and not ended. */
function leftOf(
  { failure }: Advance,
  { actionIds, ref }: Resume,
  { known, events }: Pick<KnownToPlan, 'known' | 'events'>,
): readonly Action[] {
  if (failure === null) return [];
  const planned = plannedFor(events, ref);
  const isOurs = ({ id, compensates }: Action): boolean =>
    planned?.has(id) === true || (compensates !== null && actionIds.includes(compensates));
  return known.filter((action) => isOurs(action) && LEFT.has(action.state));
}

/** One that was asked has a person already. */
const LEFT: ReadonlySet<Action['state']> = new Set(['proposed', 'approved', 'intended', 'unsure']);

function advanced(
  { cursor, pinned }: Advance,
  { round, ledger }: Case,
  actions: readonly Action[],
  { problems, isStuck }: Pick<ResumedPlan, 'problems' | 'isStuck'> = { problems: [], isStuck: false },
): Advanced {
  const isOver = actions.length === 0;
  const outcome = isOver && (isStuck || problems.length > 0) ? 'left-to-person' : null;
  return {
    ...{ next: isOver ? 'close' : 'act', turns: [], notes: pinned.notes, outcome, round },
    cursor: ledger.seq > cursor.seq ? ledger : cursor,
    actions: actions.map((action) => ({ actionId: action.id, mode: stepOf(action) })),
    ending: null,
  };
}

/**
 * What the case did by the wrong decision may have changed what the right one rests on, so that is read again before a person is asked:
 * performing an action that needs a yes does that, and performs nothing.
 */
function stepOf({ mode, pinned, compensates, state }: Action): Action['mode'] {
  const isReadFirst = mode === 'ask' && state === 'proposed' && compensates === null && pinned.length > 0;
  return isReadFirst ? 'perform' : mode;
}

interface TakeBackRound {
  readonly case_: Case;
  readonly advance: Advance;
  readonly resume: Resume;
  readonly plan: ResumedPlan;
  readonly occasion: string;
  readonly wish: ReturnType<typeof wishOf>;
}

/** @returns false when another execution of the case was first. */
async function write(ports: PlanPorts, made: TakeBackRound): Promise<boolean> {
  const { case_, advance, resume, plan } = made;
  try {
    await ports.cases.commit({
      caseId: case_.id,
      workflow: case_.workflow,
      cursor: case_.ledger,
      atMs: ports.clock.nowMs(),
      events: eventsOf(made),
      expectRound: case_.round,
      ...openingOf(case_, plan),
      actions: plan.actions.map((action) => ({ action, from: null })),
    });
  } catch (error) {
    if (error instanceof ConflictError && LOST.has(error.kind)) return false;
    throw error;
  }
  ports.telemetry.count(
    'Errors',
    advance.failure === null && plan.problems.length === 0 && !plan.isStuck ? 0 : 1,
    case_.workflow,
  );
  ports.telemetry.log(`${resume.kind}-planned`, {
    ...{ caseId: case_.id, workflow: case_.workflow, ref: resume.ref },
    ...{ actions: plan.actions.length, problems: plan.problems.length },
  });
  return true;
}

const LOST: ReadonlySet<ConflictError['kind']> = new Set(['round-over', 'case-closed', 'action-moved']);

function eventsOf({ case_, advance, resume, plan, occasion, wish: { by, because } }: TakeBackRound): CaseEvent[] {
  const { failure } = advance;
  const { decision, segment, phase } = plan.decided ?? { ...case_, decision: null };
  const isTakingBack = resume.actionIds.length > 0;
  const wish = { code: 'take-back', text: `${by} wants it taken back${because === '' ? '.' : `: ${because}`}` };
  const reasons: Verdict['reasons'] = [
    ...plan.reasons,
    ...(isTakingBack ? [wish] : []),
    ...plan.problems.map((text) => ({ code: 'no-compensation', text })),
  ];
  return [
    ...(case_.state === 'closed' ? [{ type: 'case-reopened' as const, by, because }] : []),
    ...(failure === null ? [] : [{ type: 'step-failed' as const, ...failure }]),
    {
      ...{ type: 'decision-made', round: case_.round + 1, by, decision, confidence: 1, segment, phase, occasion },
      verdict: { kind: plan.actions.length === 0 ? 'stop' : 'act', reasons },
      actions: [...plan.actions],
    },
  ];
}

/** Decision, verdict and outcome stay in view; a case that is open anyway is closed by whoever works on it. */
function openingOf({ state, round }: Case, { decided }: ResumedPlan): Pick<CaseWrite, 'head' | 'expectOpen'> {
  // The actions of a right decision are judged by its own segment.
  const judged = decided === null || decided.phase === null ? {} : { segment: decided.segment, phase: decided.phase };
  const next = { ...judged, round: round + 1 };
  if (state === 'closed') return { head: { ...next, state: 'open', reopened: true } };
  return { head: next, expectOpen: true };
}
