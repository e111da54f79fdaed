import type { HandOffPattern, Workflow } from '../../authoring/index.ts';
import { digestOf } from '../digest.ts';
import { boundReached } from './bounds.ts';
import { findingsOf, undecided } from './findings.ts';
import { nextStepOf } from './next-step.ts';
import { agentIn, type Coordination, decided, due, handOverTo, stopped, titleIn, type Waves } from './plan.ts';

/** One agent at a time: it decides, or hands the case to another of its route. A case that goes round is stopped. */
export function nextInHandOff(workflow: Workflow, pattern: HandOffPattern, waves: Waves): Coordination {
  const { first, routes, most } = pattern;
  if (waves.length === 0) return due([{ agent: first, purpose: 'first', from: [], handOver: null }]);
  const turn = waves.at(-1)?.[0];
  const step = nextStepOf(agentIn(workflow, turn?.agent), turn);
  if (turn === undefined) return decided(undecided(waves));
  if (step.kind === 'decides') return decided(findingsOf(waves, [{ turn, judgement: step.judgement }]));
  if (step.kind !== 'hands-over') return decided(undecided(waves));
  const { agent, handOver: value } = step.to;
  const from = turn.agent;
  const words = `${titleIn(workflow, from)} handed the case to ${titleIn(workflow, agent)}`;
  if (!(routes[from] ?? []).includes(agent)) {
    return stopped(waves, 'hand-over-refused', `${words}, which is not on its route.`);
  }
  const isAgain = waves
    .slice(0, -1)
    .some(([earlier]) => earlier?.agent === from && digestOf(earlier.judgement) === digestOf(turn.judgement));
  if (isAgain) return stopped(waves, 'agent-loop', `${words} again, with the same words.`);
  const bound = boundReached(most, waves, 1);
  if (bound !== null) return decided(undecided(waves, [bound]));
  const handed = handOverTo(workflow, agent, from, value);
  if (!handed.ok) return decided(undecided(waves, [handed.reason]));
  return due([{ agent, purpose: 'hand-over', from: [from], handOver: handed.handOver }]);
}
