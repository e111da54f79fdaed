import type { Workflow } from './workflow.ts';

/** As many as a turn reads at once. */
const MOST_KEYS = 8;

/** What keeps a history from learning as it goes. */
export function historyProblems({ agents, learned: { history } }: Workflow): string[] {
  if (history?.learnsAsItGoes !== true) return [];
  const count = history.keys.length;
  return [
    ...(count >= 1 && count <= MOST_KEYS
      ? []
      : [`learned.history learns as it goes under ${count} keys: name 1 to ${MOST_KEYS}`]),
    ...(history.keys.some((paths) => paths.length === 0)
      ? ['learned.history learns as it goes under a key of no path: name at least one in each key']
      : []),
    ...agents
      .filter(({ each }) => each !== undefined)
      .map(
        ({ id }) =>
          `agent ${id} judges item by item, and nothing is learned of items as it goes: take learnsAsItGoes out`,
      ),
  ];
}
