import type { OrchestratorPattern, Workflow } from '../../authoring/index.ts';
import type { DueTurn, JsonObject } from '../../contracts/index.ts';
import { digestOf } from '../digest.ts';
import { boundReached } from './bounds.ts';
import { findingsOf, undecided } from './findings.ts';
import { judgementOf, nextStepOf, type Passed } from './next-step.ts';
import { agentIn, type Coordination, decided, due, handOverTo, stopped, titleIn, type Waves } from './plan.ts';

/** The leader, then those that it gives work to, then the leader again with their results, until it decides. */
export function nextOfLeader(workflow: Workflow, pattern: OrchestratorPattern, waves: Waves): Coordination {
  const { leader, most } = pattern;
  const isLeadersTurn = waves.length % 2 === 0;
  if (isLeadersTurn) {
    const turnsLeft = most.turns - waves.flat().length;
    const handOver: JsonObject = { results: resultsIn(workflow, waves), turnsLeft };
    const purpose = waves.length === 0 ? ('first' as const) : ('report' as const);
    return due([{ agent: leader, purpose, from: (waves.at(-1) ?? []).map(({ agent }) => agent), handOver }]);
  }
  const turn = waves.at(-1)?.[0];
  const step = nextStepOf(agentIn(workflow, leader), turn);
  switch (step.kind) {
    case 'decides':
      return decided(turn === undefined ? undecided(waves) : findingsOf(waves, [{ turn, judgement: step.judgement }]));
    case 'delegates':
      return delegated(workflow, pattern, waves, step.turns);
    default:
      return decided(undecided(waves));
  }
}

function delegated(
  workflow: Workflow,
  { leader, leads, most }: OrchestratorPattern,
  waves: Waves,
  passed: readonly Passed[],
): Coordination {
  const title = titleIn(workflow, leader);
  const names = passed.map(({ agent }) => agent);
  if (names.length === 0 || new Set(names).size < names.length || names.some((name) => !leads.includes(name))) {
    return stopped(waves, 'delegation-refused', `${title} gave work to agents that it does not lead, or twice to one.`);
  }
  const asked = delegationsIn(workflow, waves.slice(0, -1)).flat();
  const again = passed.find((one) => asked.some((other) => digestOf([other]) === digestOf([asJson(one)])));
  if (again !== undefined) {
    return stopped(waves, 'agent-loop', `${title} gave ${titleIn(workflow, again.agent)} the same work again.`);
  }
  // The leader needs a turn of its own to make something of it.
  const bound = boundReached(most, waves, passed.length + 1);
  if (bound !== null) return decided(undecided(waves, [bound]));
  const turns: DueTurn[] = [];
  for (const { agent, handOver: value } of passed) {
    const handed = handOverTo(workflow, agent, leader, value);
    if (!handed.ok) return decided(undecided(waves, [handed.reason]));
    turns.push({ agent, purpose: 'delegated', from: [leader], handOver: handed.handOver });
  }
  return due(turns);
}

/** What the leader gave out in each of its turns. */
function delegationsIn(workflow: Workflow, waves: Waves): JsonObject[][] {
  return waves
    .filter((_wave, index) => index % 2 === 0)
    .map(([turn]) => {
      const step = nextStepOf(agentIn(workflow, turn?.agent), turn);
      return step.kind === 'delegates' ? step.turns.map(asJson) : [];
    });
}

function asJson({ agent, handOver }: Passed): JsonObject {
  return { agent, handOver };
}

/** All results so far: a leader remembers nothing by itself. */
function resultsIn(workflow: Workflow, waves: Waves): JsonObject[] {
  const delegations = delegationsIn(workflow, waves);
  return waves
    .filter((_wave, index) => index % 2 === 1)
    .flatMap((wave, index) =>
      wave.map((turn): JsonObject => {
        const { agent, status, reasons, doubts } = turn;
        const asked = delegations[index]?.find((one) => one['agent'] === agent)?.['handOver'] ?? null;
        return { agent, asked, status, judgement: judgementOf(agentIn(workflow, agent), turn), reasons, doubts };
      }),
    );
}
