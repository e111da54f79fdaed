import * as z from 'zod';
import type { Agent, Workflow } from '../authoring/index.ts';
import type { DueTurn, JsonObject, Reading, TurnResult } from '../contracts/index.ts';
import { coordinate } from './coordinate.ts';
import { type Findings, findingsOf } from './patterns/findings.ts';
import { judgementOf } from './patterns/next-step.ts';
import { NO_USAGE } from './usage.ts';

/** What a question with a known answer shows of the agents. */
export interface SeededCourse {
  /** Wave by wave, as the agents of the workflow would have come to it; at least one turn. */
  readonly waves: readonly (readonly TurnResult[])[];
  /** What was planned after each wave but the last. */
  readonly plans: readonly (readonly DueTurn[])[];
  readonly findings: Findings;
}

interface Seeded {
  readonly input: JsonObject;
  /** The decision that they come to. */
  readonly shown: JsonObject;
  /** How sure they are of it (0..1). */
  readonly confidence: number;
  readonly readings: readonly Reading[];
  readonly minimumConfidence: number;
  readonly nowMs: number;
}

/** No pattern takes more waves to a decision on which all agree. */
const MOST_WAVES = 10;

/**
 * The turns that would have led to a decision: by the pattern of the workflow, each agent saying of it what it decides. An
 * agent of whose fields the decision has none had no turn.
 */
export function seededCourse(workflow: Workflow, seeded: Seeded): SeededCourse {
  const waves: TurnResult[][] = [];
  const plans: (readonly DueTurn[])[] = [];
  while (waves.length < MOST_WAVES) {
    const coordination = coordinate(workflow, waves, seeded);
    if (coordination.kind === 'decided') {
      const { findings } = coordination;
      if (findings.judgement === null) break;
      return { waves, plans, findings };
    }
    const wave = coordination.turns.flatMap(({ agent: id }) => turnOf(workflow, id, seeded));
    if (wave.length === 0) break;
    if (waves.length > 0) plans.push(coordination.turns);
    waves.push(wave);
  }
  if (waves.length === 0)
    waves.push(workflow.agents.slice(0, 1).map((agent) => turnOfAgent(workflow, agent, seeded.shown, seeded)));
  return { waves, plans, findings: findingsOf(waves, contributionsOf(workflow, waves)) };
}

function contributionsOf({ agents }: Workflow, waves: readonly (readonly TurnResult[])[]) {
  return waves.flat().flatMap((turn) => {
    const judgement = judgementOf(
      agents.find(({ id }) => id === turn.agent),
      turn,
    );
    return judgement === null ? [] : [{ turn, judgement }];
  });
}

function turnOf(workflow: Workflow, id: string, seeded: Seeded): TurnResult[] {
  const agent = workflow.agents.find((one) => one.id === id);
  const own = agent === undefined ? {} : partOf(agent, seeded.shown);
  return agent === undefined || Object.keys(own).length === 0 ? [] : [turnOfAgent(workflow, agent, own, seeded)];
}

/** Of a decision, the fields that an agent decides. */
function partOf({ decides }: Agent, shown: JsonObject): JsonObject {
  const names = decides instanceof z.ZodObject ? new Set(Object.keys(decides.shape)) : null;
  return Object.fromEntries(Object.entries(shown).filter(([name]) => names === null || names.has(name)));
}

function turnOfAgent(
  { id: workflow, agents, learned }: Workflow,
  { id, hasChoice, sources }: Agent,
  own: JsonObject,
  { confidence: all, minimumConfidence, readings: everything, nowMs }: Seeded,
): TurnResult {
  // All of them together are as sure as the decision is said to be, or less where that is too little anyway.
  const confidence = all < minimumConfidence ? all : all ** (1 / agents.length);
  const names = learned.fields
    .map(({ name }) => name)
    .filter((name) => agents.length === 1 || Object.hasOwn(own, name));
  const readings = everything.filter(({ source }) => sources.includes(source));
  return {
    ...{ agent: id, status: 'answered', tier: 'learned', model: `learned:${workflow}` },
    judgement: hasChoice ? { next: 'decide', judgement: own } : own,
    ...{ confidence, reasons: [], doubts: [] },
    fields: names.map((field) => ({ field, confidence, threshold: null, because: [] })),
    ...{ readings, usage: NO_USAGE, startedAtMs: nowMs, tookMs: 0, cites: readings.map(({ source }) => source) },
    ...{ attempts: [], cap: null },
  };
}
