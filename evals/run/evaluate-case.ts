import * as z from 'zod';
import type { PlannedAction, Workflow } from '../../shared/authoring/index.ts';
import type { Json, JsonObject, Tier } from '../../shared/contracts/index.ts';
import { compareDecisions, tolerancesOf } from '../../shared/domain/agreement.ts';
import { factsOf } from '../../shared/domain/facts-of.ts';
import { parseDecision } from '../../shared/domain/parse-decision.ts';
import { type Labelled, labelledDigest } from './labelled.ts';
import { type Replayed, type ReplayPorts, replay } from './replay.ts';
import type { CaseResult } from './result.ts';

/** Runs one example and holds what came of it against its label. */
export async function evaluateCase(
  ports: ReplayPorts,
  workflow: Workflow,
  example: Labelled,
  fold: number | null,
): Promise<CaseResult> {
  return resultOf(workflow, example, fold, await replay(ports, workflow, example));
}

/** What was decided, beside what is right. */
export function resultOf(workflow: Workflow, example: Labelled, fold: number | null, replayed: Replayed): CaseResult {
  const { turns, findings, made, tookMs } = replayed;
  const last = turns.at(-1);
  const facts = factsOf(workflow, example.input.input, findings.readings);
  const expected = askedOf(workflow, example.expected, findings);
  const right = expectedDecision(workflow, expected, facts);
  const tolerances = tolerancesOf(workflow);
  const judgement = judgedIn(workflow, made.decision, findings.judgement, expected);
  const wrongJudged = wrongIn(judgement, expected, tolerances);
  // Where the rules make a decision of the label, the whole decision counts; else what was labelled does.
  const wrongFields = right === null ? wrongJudged : wrongIn(made.decision, right, tolerances);
  const isAlone = made.decision !== null && (made.verdict.kind === 'act' || made.verdict.kind === 'stop');
  const planned = plannedBy(workflow, made.decision, facts);
  const plannedRight = plannedBy(workflow, right, facts);
  return {
    ...{ id: example.id, digest: labelledDigest(example), fold, status: statusOf(replayed), by: made.by },
    ...{ model: last?.model ?? 'none', judgement, decision: made.decision, expected },
    ...{ expectedDecision: right, confidence: made.confidence, fields: last?.fields ?? [], wrongFields, wrongJudged },
    isRight: made.decision !== null && wrongFields.length === 0,
    isAlone,
    reasons: isAlone ? [] : made.verdict.reasons,
    tiers: (planned ?? []).map(({ action }): Tier => workflow.actions[action]?.tier ?? 'approve'),
    sameActions: planned === null || plannedRight === null ? null : isSamePlan(planned, plannedRight),
    segment: made.segment,
    because: last?.reasons ?? [],
    attempts: turns.flatMap(({ attempts }) => attempts),
    costUsd: turns.reduce((sum, { usage }) => sum + usage.costUsd, 0),
    tookMs,
  };
}

/**
 * What is right of that which the agents were asked for: without the fields of those who had no turn, or were left out as they
 * may be. Whoever had no turn because another was wrong is missed in what that other said.
 */
function askedOf({ agents }: Workflow, expected: JsonObject, { origins }: Replayed['findings']): JsonObject {
  const silent = agents.filter(
    ({ id, when, isRequired }) =>
      (when !== undefined || isRequired === false) && !origins.some(({ agent }) => agent === id),
  );
  const unasked = silent.flatMap(({ decides }) => (decides instanceof z.ZodObject ? Object.keys(decides.shape) : []));
  const asked = Object.entries(expected).filter(([field]) => !unasked.includes(field));
  return Object.fromEntries(asked);
}

function statusOf({ turns, made }: Replayed): CaseResult['status'] {
  const broken = turns.find(({ status }) => status !== 'answered')?.status;
  if (broken !== undefined) return broken;
  return made.decision === null ? 'invalid' : 'answered';
}

type Facts = ReturnType<typeof factsOf>;

/** Null for a label of which no decision can be made, such as one that says that no value is right. */
function expectedDecision(workflow: Workflow, expected: JsonObject, facts: Facts): JsonObject | null {
  try {
    return parseDecision(workflow, workflow.conclude(expected, facts)).decision;
  } catch {
    return null;
  }
}

function plannedBy(workflow: Workflow, decision: JsonObject | null, facts: Facts): readonly PlannedAction[] | null {
  if (decision === null) return null;
  try {
    return workflow.plan(decision, facts);
  } catch {
    return null;
  }
}

/** By name: a text that mentions the score is the same mail. */
function isSamePlan(one: readonly PlannedAction[], other: readonly PlannedAction[]): boolean {
  return one.length === other.length && one.every(({ action }, at) => action === other[at]?.action);
}

function wrongIn(given: JsonObject | null, right: JsonObject, tolerances: Readonly<Record<string, number>>): string[] {
  return compareDecisions(given ?? {}, right, tolerances)
    .filter(({ agrees }) => !agrees)
    .map(({ field }) => field);
}

/**
 * What the agents said of that which was labelled: in the answer of the one agent, else as it stands in the decision, where
 * several had their say. What a label does not speak of is neither right nor wrong.
 */
function judgedIn(
  { agents }: Workflow,
  decision: JsonObject | null,
  last: JsonObject | null,
  expected: JsonObject,
): JsonObject | null {
  if (decision === null && last === null) return null;
  return Object.fromEntries(
    Object.keys(expected).flatMap((field): [string, Json][] => {
      const value = agents.length === 1 ? last?.[field] : (decision?.[field] ?? last?.[field]);
      return value === undefined ? [] : [[field, value]];
    }),
  );
}
