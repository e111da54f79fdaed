import type { SequencePattern, Workflow } from '../../authoring/index.ts';
import type { JsonObject, TurnResult } from '../../contracts/index.ts';
import { factsOf } from '../facts-of.ts';
import { type Contribution, type Findings, findingsOf, undecided } from './findings.ts';
import { judgementOf } from './next-step.ts';
import { agentIn, type Coordination, decided, due, handOverTo, type Waves } from './plan.ts';

/** What a row goes by, besides what its agents say. */
export interface RowFacts {
  /** Of the case, for rules that say whose turn it is. */
  readonly input: JsonObject;
  /** As sure as the workflow wants a decision to be (0..1). */
  readonly minimumConfidence: number;
}

/**
 * Turn after turn. One that comes to nothing ends the row: nobody is handed what is not there. One whose `when` does not hold
 * is passed over: it costs nothing, and what it would have said is missing. One that is not required is passed over where those
 * before it are not sure, as a person decides then; where it is not sure itself, what it says is left out.
 */
export function nextInSequence(
  workflow: Workflow,
  { order }: SequencePattern,
  waves: Waves,
  { input, minimumConfidence }: RowFacts,
): Coordination {
  const [first = ''] = order;
  if (waves.length === 0) return due([{ agent: first, purpose: 'first', from: [], handOver: null }]);
  const said: Contribution[] = [];
  const leftOut: TurnResult[] = [];
  for (const agent of order) {
    const turn = waves[said.length + leftOut.length]?.[0];
    if (turn === undefined) {
      if (agentIn(workflow, agent)?.isRequired === false && !said.every((one) => isSure(one, minimumConfidence)))
        continue;
      const before = saidBy(said);
      if (!hasTurn(workflow, agent, before, factsOf(workflow, input, findingsOf(waves, said).readings))) continue;
      return nextTurn(workflow, agent, { said, before, waves });
    }
    // The record says who was passed over.
    if (turn.agent !== agent) continue;
    const judgement = judgementOf(agentIn(workflow, agent), turn);
    if (agentIn(workflow, agent)?.isRequired === false && !isSure({ turn, judgement }, minimumConfidence))
      leftOut.push(turn);
    else if (judgement === null) return decided(undecided(waves));
    else said.push({ turn, judgement });
  }
  if (said.length + leftOut.length < waves.length) return decided(undecided(waves));
  return decided(findingsOfRow(workflow, waves, said, leftOut));
}

function nextTurn(
  workflow: Workflow,
  agent: string,
  {
    said,
    before,
    waves,
  }: { readonly said: readonly Contribution[]; readonly before: JsonObject; readonly waves: Waves },
): Coordination {
  const from = said.map(({ turn }) => turn.agent);
  const handed = handOverTo(workflow, agent, from.at(-1) ?? '', before);
  if (!handed.ok) return decided(undecided(waves, [handed.reason]));
  return due([{ agent, purpose: 'hand-over', from, handOver: handed.handOver }]);
}

/**
 * As sure as those that are required: nobody is asked for the sake of another, and what it says stands only where it is sure
 * by itself.
 */
function findingsOfRow(
  workflow: Workflow,
  waves: Waves,
  said: readonly Contribution[],
  leftOut: readonly TurnResult[],
): Findings {
  const heard = waves.filter(([turn]) => turn !== undefined && !leftOut.includes(turn));
  const required = said.filter(({ turn }) => agentIn(workflow, turn.agent)?.isRequired !== false);
  const { confidence, readings } = findingsOf(waves, required);
  // What was read is known, whoever read it.
  return { ...findingsOf(heard, said), confidence, readings };
}

function isSure(
  { turn, judgement }: { readonly turn: TurnResult; readonly judgement: JsonObject | null },
  minimum: number,
): boolean {
  const { status, doubts, confidence } = turn;
  return status === 'answered' && doubts.length === 0 && confidence >= minimum && judgement !== null;
}

function saidBy(said: readonly Contribution[]): JsonObject {
  return Object.assign({}, ...said.map(({ judgement }) => judgement));
}

/** A rule that throws leaves nobody out. */
function hasTurn(workflow: Workflow, id: string, said: JsonObject, facts: ReturnType<typeof factsOf>): boolean {
  try {
    return agentIn(workflow, id)?.when?.(said, facts) ?? true;
  } catch {
    return true;
  }
}
