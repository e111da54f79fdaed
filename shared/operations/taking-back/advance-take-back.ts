import type { Workflow } from '../../authoring/index.ts';
import type { Action, Case, CaseEvent, Verdict } from '../../contracts/index.ts';
import { planTakeBack, type TakeBackPlan } from '../../domain/take-back.ts';
import { type CaseStore, type CaseWrite, type Clock, ConflictError, type Telemetry } from '../../ports/index.ts';
import { planContext } from '../rounds/round.ts';
import type { Advance, Advanced, Resume } from '../step-contracts.ts';

interface TakeBackPorts {
  readonly cases: CaseStore;
  readonly clock: Clock;
  readonly telemetry: Telemetry;
}

/** Rounds that others may take before this one gets its own. */
const MOST_TRIES = 10;

/**
 * The round that takes back what somebody wants back: plans what does it and opens a closed case again for it. Asked
 * again it gives what is on record. What is taken back already, or being so, is left alone.
 */
export async function advanceTakeBack(
  ports: TakeBackPorts,
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
    const made = ledger.map(({ event }) => event).find((event) => isRoundOf(event, occasion));
    if (made?.type === 'decision-made') return advanced(advance, case_, due(made.actions, advance, resume, known));
    const round = case_.round + 1;
    const { readings, phase } = case_;
    const context = planContext(workflow, { ...advance, round }, { phase: phase ?? 'partial', readings, known });
    const plan = planTakeBack(context, resume.actionIds);
    if (plan.actions.length === 0 && plan.problems.length === 0) {
      return advanced(advance, case_, due([], advance, resume, known));
    }
    const isWritten = await write(ports, { case_, advance, resume, plan, occasion });
    if (isWritten) return advanced(advance, { ...case_, round }, due(plan.actions, advance, resume, known), plan);
  }
  throw new ConflictError('round-over');
}

function occasionOf({ failure }: Advance, { ref }: Resume): string {
  return `take-back:${ref}${failure === null ? '' : ':rescue'}`;
}

function isRoundOf(event: CaseEvent, occasion: string): boolean {
  return event.type === 'decision-made' && event.occasion === occasion;
}

/** What is to be performed: what was planned and, after an execution that broke, what that one has left half done. */
function due(
  planned: readonly Action[],
  { failure }: Advance,
  { actionIds }: Resume,
  known: readonly Action[],
): readonly Action[] {
  if (failure === null) return planned;
  const isLeft = ({ compensates, state }: Action): boolean =>
    compensates !== null && actionIds.includes(compensates) && LEFT.has(state);
  return [...planned, ...known.filter((action) => isLeft(action) && planned.every(({ id }) => id !== action.id))];
}

/** One that was asked has a person already. */
const LEFT: ReadonlySet<Action['state']> = new Set(['proposed', 'approved', 'intended', 'unsure']);

function advanced(
  { cursor, pinned }: Advance,
  { round, ledger }: Case,
  actions: readonly Action[],
  plan: TakeBackPlan = { actions: [], problems: [] },
): Advanced {
  const isOver = actions.length === 0;
  const outcome = isOver && plan.problems.length > 0 ? 'left-to-person' : null;
  return {
    ...{ next: isOver ? 'close' : 'act', turns: [], notes: pinned.notes, outcome, round },
    cursor: ledger.seq > cursor.seq ? ledger : cursor,
    actions: actions.map(({ id, mode }) => ({ actionId: id, mode })),
    ending: null,
  };
}

interface TakeBackRound {
  readonly case_: Case;
  readonly advance: Advance;
  readonly resume: Resume;
  readonly plan: TakeBackPlan;
  readonly occasion: string;
}

/** @returns false when another execution of the case was first. */
async function write(ports: TakeBackPorts, made: TakeBackRound): Promise<boolean> {
  const { case_, advance, resume, plan } = made;
  try {
    await ports.cases.commit({
      caseId: case_.id,
      workflow: case_.workflow,
      cursor: case_.ledger,
      atMs: ports.clock.nowMs(),
      events: eventsOf(made),
      expectRound: case_.round,
      ...openingOf(case_),
      actions: plan.actions.map((action) => ({ action, from: null })),
    });
  } catch (error) {
    if (error instanceof ConflictError && LOST.has(error.kind)) return false;
    throw error;
  }
  ports.telemetry.count('Errors', advance.failure === null && plan.problems.length === 0 ? 0 : 1, case_.workflow);
  ports.telemetry.log('take-back-planned', {
    ...{ caseId: case_.id, workflow: case_.workflow, ref: resume.ref },
    ...{ actions: plan.actions.length, problems: plan.problems.length },
  });
  return true;
}

const LOST: ReadonlySet<ConflictError['kind']> = new Set(['round-over', 'case-closed', 'action-moved']);

function eventsOf({ case_, advance, resume, plan, occasion }: TakeBackRound): CaseEvent[] {
  const { by, because } = resume;
  const { failure } = advance;
  const { segment, phase } = case_;
  const reasons: Verdict['reasons'] = [
    { code: 'take-back', text: `${by} wants it taken back${because === '' ? '.' : `: ${because}`}` },
    ...plan.problems.map((text) => ({ code: 'no-compensation', text })),
  ];
  return [
    ...(case_.state === 'closed' ? [{ type: 'case-reopened' as const, by, because }] : []),
    ...(failure === null ? [] : [{ type: 'step-failed' as const, ...failure }]),
    {
      ...{ type: 'decision-made', round: case_.round + 1, by, decision: null, confidence: 1, segment, phase, occasion },
      verdict: { kind: plan.actions.length === 0 ? 'stop' : 'act', reasons },
      actions: [...plan.actions],
    },
  ];
}

/** Decision, verdict and outcome stay in view; a case that is open anyway is closed by whoever works on it. */
function openingOf({ state, round }: Case): Pick<CaseWrite, 'head' | 'expectOpen'> {
  const next = round + 1;
  if (state === 'closed') return { head: { round: next, state: 'open', reopened: true } };
  return { head: { round: next }, expectOpen: true };
}
