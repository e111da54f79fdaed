import type { Workflow } from '../../authoring/index.ts';
import type { Action, Case, CaseEvent, JsonObject, Reason } from '../../contracts/index.ts';
import { carryOutOf, plannedFor } from '../../domain/carry-out.ts';
import { factsOf } from '../../domain/facts-of.ts';
import { planActions, withoutClosedIntents } from '../../domain/plan-actions.ts';
import { planTakeBack, type TakeBackPlan } from '../../domain/take-back.ts';
import type { CaseStore, Clock, ShapeStore, Telemetry } from '../../ports/index.ts';
import { decidedBy } from '../rounds/person-round.ts';
import { releaseActions } from '../rounds/release-actions.ts';
import { planContext, type Round } from '../rounds/round.ts';
import type { Advance, Resume } from '../step-contracts.ts';

export interface PlanPorts {
  readonly cases: CaseStore;
  readonly shapes: ShapeStore;
  readonly clock: Clock;
  readonly telemetry: Telemetry;
}

/** What one round takes back and carries out. */
export interface ResumedPlan extends TakeBackPlan {
  /** The right decision that is carried out; null where things are only taken back. */
  readonly decided: Pick<Round, 'decision' | 'segment' | 'phase'> | null;
  /** What is said of it, first of all that a person decided. */
  readonly reasons: readonly Reason[];
  /** Its actions cannot be made after all. */
  readonly isStuck: boolean;
}

/** What is known of the case as the round is planned. */
export interface KnownToPlan {
  readonly case_: Case;
  readonly known: readonly Action[];
  readonly events: readonly CaseEvent[];
}

/**
 * First what takes something back, then the actions of the right decision: by tiers and phase, as for a decision by a
 * person. What was refused stays closed, and what is done is not done again unless it is taken back before. A right
 * decision that was planned already, or in whose place somebody decided anew, is left alone.
 */
export async function planResumed(
  ports: PlanPorts,
  workflow: Workflow,
  advance: Advance,
  { resume, case_, known, events }: KnownToPlan & { readonly resume: Resume },
): Promise<ResumedPlan> {
  const { readings, phase } = case_;
  const context = planContext(workflow, advance, { phase: phase ?? 'partial', readings, known });
  const right = rightRound(workflow, advance, { resume, case_, known, events });
  const back = planTakeBack(context, resume.actionIds, right?.actions.length ?? 0);
  if (right === null) return { ...back, decided: null, reasons: [], isStuck: false };
  const rest = known.filter(({ id }) => back.actions.every(({ compensates }) => compensates !== id));
  const closed = await ports.cases.closedIntents(case_.id);
  const fresh = withoutClosedIntents(right.actions, rest, closed);
  const open = { ...right, actions: fresh, planned: right.actions };
  const actions = await releaseActions(ports, { workflow, advance, known }, open);
  const { decision, segment, verdict } = right;
  return {
    actions: [...back.actions, ...actions],
    problems: back.problems,
    decided: { decision, segment, phase: right.phase },
    reasons: [...verdict.reasons, ...leftOut(right.actions, fresh)],
    isStuck: right.outcome === 'left-to-person',
  };
}

function rightRound(
  workflow: Workflow,
  advance: Advance,
  { resume, case_, known, events }: KnownToPlan & { readonly resume: Resume },
): Round | null {
  if (resume.kind !== 'carry-out' || plannedFor(events, resume.ref) !== null) return null;
  const due = carryOutOf(events, case_.id);
  if (due?.ref !== resume.ref) return null;
  const round = decidedBy(workflow, advance, due.decision, { by: due.by, case: case_, known });
  return { ...round, decision: due.decision };
}

/** People are to know what of their decision is not done, and why. */
function leftOut(planned: readonly Action[], fresh: readonly Action[]): Reason[] {
  const left = planned.filter(({ id }) => fresh.every((action) => action.id !== id));
  if (left.length === 0) return [];
  const titles = left.map(({ title, intent }) => `${title} (${intent.target})`).join(', ');
  return [{ code: 'intent-closed', text: `Not done, because it was done or refused in this case already: ${titles}.` }];
}

/** Why the actions of a right decision cannot be made; empty where they can. */
export function problemsWithCarryOut(workflow: Workflow, case_: Case, decision: JsonObject): readonly string[] {
  const { id: caseId, input, problems, readings, versions, round, phase } = case_;
  if (problems.length > 0) return ['The trigger does not fit the workflow, so no action can be made of it.'];
  const facts = factsOf(workflow, input as JsonObject, readings);
  const context = {
    caseId,
    workflow,
    version: versions.workflow,
    phase: phase ?? 'partial',
    round: round + 1,
  } as const;
  const plan = planActions({ ...context, input: facts.input, readings, known: [] }, decision, facts);
  return plan.ok ? [] : plan.problems;
}
