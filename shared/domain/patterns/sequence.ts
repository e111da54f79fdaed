import type { SequencePattern, Workflow } from '../../authoring/index.ts';
import type { JsonObject } from '../../contracts/index.ts';
import { factsOf } from '../conclude.ts';
import { type Contribution, findingsOf, undecided } from './findings.ts';
import { judgementOf } from './next-step.ts';
import { agentIn, type Coordination, decided, due, handOverTo, type Waves } from './plan.ts';

/**
 * Turn after turn. One that comes to nothing ends the row: nobody is handed what is not there. One whose `when` does not
 * hold is passed over: it costs nothing, and what it would have said is missing.
 */
export function nextInSequence(
  workflow: Workflow,
  { order }: SequencePattern,
  waves: Waves,
  input: JsonObject = {},
): Coordination {
  const [first = ''] = order;
  if (waves.length === 0) return due([{ agent: first, purpose: 'first', from: [], handOver: null }]);
  const said: Contribution[] = [];
  for (const agent of order) {
    const turn = waves[said.length]?.[0];
    if (turn === undefined) {
      const before = saidBy(said);
      if (!hasTurn(workflow, agent, before, factsOf(workflow, input, findingsOf(waves, said).readings))) continue;
      return nextTurn(workflow, agent, { said, before, waves });
    }
    // The record says who was passed over.
    if (turn.agent !== agent) continue;
    const judgement = judgementOf(agentIn(workflow, agent), turn);
    if (judgement === null) return decided(undecided(waves));
    said.push({ turn, judgement });
  }
  return decided(said.length < waves.length ? undecided(waves) : findingsOf(waves, said));
}

function nextTurn(
  workflow: Workflow,
  agent: string,
  { said, before, waves }: { readonly said: readonly Contribution[]; readonly before: JsonObject; readonly waves: Waves },
): Coordination {
  const from = said.map(({ turn }) => turn.agent);
  const handed = handOverTo(workflow, agent, from.at(-1) ?? '', before);
  if (!handed.ok) return decided(undecided(waves, [handed.reason]));
  return due([{ agent, purpose: 'hand-over', from, handOver: handed.handOver }]);
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
