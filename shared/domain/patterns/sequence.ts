import type { SequencePattern, Workflow } from '../../authoring/index.ts';
import type { JsonObject } from '../../contracts/index.ts';
import { findingsOf, undecided } from './findings.ts';
import { judgementOf } from './next-step.ts';
import { agentIn, type Coordination, decided, due, handOverTo, type Waves } from './plan.ts';

/** Turn after turn. One that comes to nothing ends the row: nobody is handed what is not there. */
export function nextInSequence(workflow: Workflow, { order }: SequencePattern, waves: Waves): Coordination {
  const [first = ''] = order;
  if (waves.length === 0) return due([{ agent: first, purpose: 'first', from: [], handOver: null }]);
  const said = waves.flatMap(([turn]) => {
    const judgement = judgementOf(agentIn(workflow, turn?.agent), turn);
    return turn === undefined || judgement === null ? [] : [{ turn, judgement }];
  });
  if (said.length < waves.length) return decided(undecided(waves));
  const agent = order[waves.length];
  if (agent === undefined) return decided(findingsOf(waves, said));
  const before: JsonObject = Object.assign({}, ...said.map(({ judgement }) => judgement));
  const from = order.slice(0, waves.length);
  const handed = handOverTo(workflow, agent, from.at(-1) ?? first, before);
  if (!handed.ok) return decided(undecided(waves, [handed.reason]));
  return due([{ agent, purpose: 'hand-over', from, handOver: handed.handOver }]);
}
