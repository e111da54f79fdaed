import type { Workflow } from '../../authoring/index.ts';
import type { Action, CapTotals, Counted, JsonObject, Phase, Reason } from '../../contracts/index.ts';
import { capCounts, capReasons, counters } from '../../domain/caps.ts';
import { MOST_ROUNDS } from '../../domain/case-limits.ts';
import { citationReasons } from '../../domain/citations.ts';
import { type Conclusion, conclude } from '../../domain/conclude.ts';
import { factsOf } from '../../domain/facts-of.ts';
import { judge } from '../../domain/judge.ts';
import type { Findings } from '../../domain/patterns/findings.ts';
import { phaseOf, segmentOf } from '../../domain/phases.ts';
import { type Plan, planActions, withoutClosedIntents } from '../../domain/plan-actions.ts';
import type { Advance } from '../step-contracts.ts';
import { NEXT_AFTER, planContext, type Round } from './round.ts';

/** What the stores know of a case and of its caps as a round is judged. */
export interface KnownBefore {
  /** Actions of earlier rounds. */
  readonly known: readonly Action[];
  /** What people refused. */
  readonly closed: readonly Action['intent'][];
  readonly totalsOf: (counters: readonly Counted[]) => Promise<CapTotals>;
  readonly nowMs: number;
  /** Rounds of the case in which its agents went on, and nothing was decided. */
  readonly plans: number;
}

/** Judges what the agents said. Counters are read only where a planned action counts under a cap. */
export async function agentsRound(
  workflow: Workflow,
  advance: Advance,
  findings: Findings,
  before: KnownBefore,
): Promise<Round> {
  const { known, closed, totalsOf, nowMs, plans } = before;
  const { pinned } = advance;
  const { turns, readings, confidence } = findings;
  const input = pinned.input as JsonObject;
  const facts = factsOf(workflow, input, readings);
  const conclusion = conclude(workflow, saidIn(findings), facts);
  const { decision } = conclusion;
  const segment = decision === null ? null : segmentOf(workflow, decision, facts);
  const phase = phaseOf(pinned.settings, segment, keyOf(workflow, input));
  const plan: Plan =
    decision === null
      ? { ok: true, actions: [] }
      : planActions(planContext(workflow, advance, { phase, readings, known }), decision, facts);
  const actions = plan.ok ? plan.actions : [];
  const problems = problemsOf(advance, conclusion, plan);
  const { settings } = pinned;
  const counts = withoutClosedIntents(actions, known, closed).flatMap((action) =>
    capCounts(workflow, action, settings, nowMs),
  );
  const totals = counts.length === 0 ? {} : await totalsOf(counters(counts));
  const verdict = judge({
    ...{ ...conclusion, problems, turns, confidence, plannedActions: actions.length, settings, phase },
    citations: citationReasons(workflow, turns),
    caps: [...capReasons(workflow, counts, totals), ...roundReasons(advance, plans)],
    together: findings.reasons,
  });
  return {
    next: NEXT_AFTER[verdict.kind],
    outcome: verdict.kind === 'stop' ? 'nothing-to-do' : null,
    by: findings.by,
    decision,
    confidence,
    verdict,
    // Only what may be acted on is proposed; a person's decision makes its own.
    actions: verdict.kind === 'act' ? actions : [],
    segment,
    phase,
    findings,
    note: null,
  };
}

/** However often a case is started again, its agents come to an end. */
function roundReasons({ round }: Advance, plans: number): Reason[] {
  if (round - plans <= MOST_ROUNDS) return [];
  return [{ code: 'cap:rounds', text: `The case has gone through more than ${MOST_ROUNDS} rounds: a person decides.` }];
}

/** What cases have in common that must be treated alike. A rule of the builder's that fails leaves the case alone. */
export function keyOf(workflow: Workflow, input: JsonObject): string {
  try {
    // An input that does not fit may lack what the rule reads, and the rule then gives no text.
    const key: unknown = workflow.caseKey(input);
    if (typeof key === 'string') return key;
  } catch {
    // As where there is none.
  }
  return JSON.stringify(input);
}

/** Of the segment of a decision, for a case that is judged. */
export function phaseFor(
  workflow: Workflow,
  { pinned }: Advance,
  decision: JsonObject,
  facts: Parameters<typeof segmentOf>[2],
): { readonly segment: string | null; readonly phase: Phase } {
  const segment = segmentOf(workflow, decision, facts);
  return { segment, phase: phaseOf(pinned.settings, segment, keyOf(workflow, facts.input)) };
}

function problemsOf({ pinned, failure }: Advance, conclusion: Conclusion, plan: Plan): string[] {
  return [
    ...pinned.problems.map((problem) => `The trigger does not fit: ${problem}`),
    ...(failure === null ? [] : [`Step ${failure.step} failed: ${failure.problem}`]),
    ...conclusion.problems,
    ...(plan.ok ? [] : plan.problems),
  ];
}

/** With all that was read for it: a source that one agent missed is missing, even where another could read it. */
function saidIn({ turns, judgement }: Findings): Parameters<typeof conclude>[1] {
  return turns.length === 0 ? undefined : { judgement, readings: turns.flatMap(({ readings }) => readings) };
}
