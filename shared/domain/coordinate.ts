import type { Workflow } from '../authoring/index.ts';
import type { DueTurn, TurnResult } from '../contracts/index.ts';
import { canonicalJson } from './canonical-json.ts';
import { findingsOf, undecided } from './patterns/findings.ts';
import { nextInHandOff } from './patterns/hand-off.ts';
import { judgementOf, nextStepOf } from './patterns/next-step.ts';
import { nextOfLeader } from './patterns/orchestrator.ts';
import { nextInMerge, nextInVote } from './patterns/panel.ts';
import { agentIn, type Coordination, decided, due, stopped, titleIn, type Waves } from './patterns/plan.ts';
import { nextInSequence, type RowFacts } from './patterns/sequence.ts';

/**
 * Which turns are due next, or that the agents are through. Pure: the whole run so far tells it.
 *
 * - An agent that asks a person stops the run until the question is answered; then its turn is due again, with the same
 *   hand-over, and the run goes on where it was.
 * - However the agents answer, a run comes to an end: rows and panels by their length, the others by their bounds.
 */
export function coordinate(
  workflow: Workflow,
  waves: Waves,
  { isAnswered = false, input = {}, minimumConfidence = 0 }: Asked = {},
): Coordination {
  const facts = { input, minimumConfidence };
  const played = withAnswers(workflow, waves);
  const last = played.at(-1) ?? [];
  const asking = last.filter((turn) => asksIn(workflow, turn) !== null);
  if (asking.length === 0) return withinSize(played, next(workflow, played, facts));
  if (!isAnswered) return asks(workflow, played, asking);
  const before = next(workflow, played.slice(0, -1), facts);
  const planned = before.kind === 'turns' ? before.turns : [];
  const agents = new Set(asking.map(({ agent }) => agent));
  return due(planned.filter(({ agent }) => agents.has(agent)).map((turn): DueTurn => ({ ...turn, purpose: 'again' })));
}

/** The turns by which a run of the agents begins, whatever the case is about. */
export function firstTurns(workflow: Workflow): readonly DueTurn[] {
  const first = coordinate(workflow, []);
  return first.kind === 'turns' ? first.turns : [];
}

/** By default the input is empty and any confidence will do. */
interface Asked extends Partial<RowFacts> {
  /** A person has answered since the last wave. */
  readonly isAnswered?: boolean;
}

function next(workflow: Workflow, waves: Waves, facts: RowFacts): Coordination {
  const { pattern } = workflow;
  switch (pattern.kind) {
    case 'single':
      return nextOfOne(workflow, waves);
    case 'sequence':
      return nextInSequence(workflow, pattern, waves, facts);
    case 'panel':
      return pattern.settle === 'merge' ? nextInMerge(workflow, pattern, waves) : nextInVote(workflow, pattern, waves);
    case 'orchestrator':
      return nextOfLeader(workflow, pattern, waves);
    case 'hand-off':
      return nextInHandOff(workflow, pattern, waves);
  }
}

function nextOfOne(workflow: Workflow, waves: Waves): Coordination {
  const turn = waves.at(-1)?.[0];
  if (turn === undefined) {
    const agents = workflow.agents.slice(0, 1);
    return due(agents.map(({ id: agent }) => ({ agent, purpose: 'first', from: [], handOver: null })));
  }
  const judgement = judgementOf(agentIn(workflow, turn.agent), turn);
  if (judgement !== null) return decided(findingsOf(waves, [{ turn, judgement }]));
  return decided({ ...undecided(waves), by: `${turn.agent} (${turn.tier})`, confidence: turn.confidence });
}

/** Each wave as it stands once its questions were answered: what an agent says then takes the place of its question. */
function withAnswers(workflow: Workflow, waves: Waves): Waves {
  const played: TurnResult[][] = [];
  for (const wave of waves) {
    const last = played.at(-1);
    const isAgain = last?.some((turn) => asksIn(workflow, turn) !== null) === true;
    if (last === undefined || !isAgain) played.push([...wave]);
    else played[played.length - 1] = last.map((turn) => wave.find(({ agent }) => agent === turn.agent) ?? turn);
  }
  return played;
}

function asksIn(workflow: Workflow, turn: TurnResult): string | null {
  const step = nextStepOf(agentIn(workflow, turn.agent), turn);
  return step.kind === 'asks' ? step.question : null;
}

/** Says of a reason that an agent waits for a person's words, and the run is not over. */
export const AGENT_ASKS = 'agent-asks';

function asks(workflow: Workflow, waves: Waves, asking: readonly TurnResult[]): Coordination {
  const reasons = asking.map((turn) => ({
    code: AGENT_ASKS,
    text: `${titleIn(workflow, turn.agent)} asks: ${asksIn(workflow, turn)}`,
  }));
  return decided(undecided(waves, reasons));
}

/** One entry of the ledger holds all that is handed over at once, and is 400 KB at most; models take less. */
const MOST_BYTES = 100_000;

function withinSize(waves: Waves, coordination: Coordination): Coordination {
  if (coordination.kind === 'decided') return coordination;
  const bytes = coordination.turns.reduce((sum, { handOver }) => sum + Buffer.byteLength(canonicalJson(handOver)), 0);
  if (bytes <= MOST_BYTES) return coordination;
  return stopped(waves, 'hand-over-refused', 'What the agents hand over is too much to go on with: a person decides.');
}
