import type { Workflow } from '../authoring/index.ts';
import type { Reason, TurnResult } from '../contracts/index.ts';

/** Enough to tell which it was; the name may be a model's own invention. */
const LONGEST_NAME = 60;

/**
 * Why an answer may not rest on the sources that it names: one that its agent may not read, one that was not read in this
 * turn, or none at all although the agent has sources that it must have. Nothing where the model does not say.
 */
export function citationReasons({ agents, sources }: Workflow, turns: readonly TurnResult[]): Reason[] {
  return turns.flatMap(({ agent: agentId, cites, readings, judgement }) => {
    if (cites === null || judgement === null) return [];
    const declared = agents.find(({ id }) => id === agentId)?.sources ?? [];
    const needsOne = declared.some((id) => sources[id]?.isRequired === true);
    if (cites.length === 0 && needsOne) {
      return [{ code: 'no-source-cited', text: `The answer of ${agentId} names no source that it rests on.` }];
    }
    return [...new Set(cites)].flatMap((id): Reason[] => {
      if (!declared.includes(id) || !Object.hasOwn(sources, id)) {
        const name = id.slice(0, LONGEST_NAME).toWellFormed();
        return [
          { code: 'undeclared-source', text: `The answer of ${agentId} rests on "${name}", which it may not read.` },
        ];
      }
      if (readings.some(({ source, status }) => source === id && status !== 'failed')) return [];
      const text = `The answer of ${agentId} rests on ${sources[id]?.title ?? id}, which was not read for it.`;
      return [{ code: `unread-source:${id}`, text }];
    });
  });
}
