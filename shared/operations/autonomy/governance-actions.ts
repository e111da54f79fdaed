import type { Workflow } from '../../authoring/index.ts';
import { type Action, ActionId, type JsonObject } from '../../contracts/index.ts';
import { governanceCaseId } from '../../domain/governance-case.ts';
import { rebound } from '../../domain/plan-actions.ts';

/** What is done about a workflow's limits is kept as actions of its governance case, bound to exactly their values. */
export type GovernanceAction = 'change-phase' | 'tell-owner' | 'warn-reviewer';

const TITLES: Readonly<Record<GovernanceAction, string>> = {
  'change-phase': 'Give more autonomy',
  'tell-owner': 'Tell the owner of a step back',
  'warn-reviewer': 'Point out hasty answers',
};

/** @param ordinal makes the id unique among its like. */
export function governanceAction(
  workflow: Workflow,
  version: string,
  made: {
    readonly name: GovernanceAction;
    readonly ordinal: number;
    readonly target: string;
    readonly arguments: JsonObject;
  },
): Action {
  const caseId = governanceCaseId(workflow.id);
  const { name, ordinal, target } = made;
  const id = ActionId.parse(`${name}#${ordinal}`);
  const isAsked = name === 'change-phase';
  return rebound(
    { caseId, workflow, version },
    {
      ...{ id, action: name, title: TITLES[name], tier: isAsked ? 'approve' : 'autonomous' },
      ...{ mode: isAsked ? 'ask' : 'perform', arguments: made.arguments, digest: '', state: 'proposed' },
      ...{ intent: { effect: name, target }, idempotencyKey: `${caseId}.${id}`, reasons: [], requestId: null },
      ...{
        result: null,
        pinned: [],
        changes: [],
        amount: null,
        releasedBy: null,
        compensates: null,
        begun: false,
        counted: [],
      },
    },
  );
}

/** The next free ordinal among the known actions of that name. */
export function nextOrdinal(known: readonly Action[], name: GovernanceAction): number {
  const ordinals = known.filter(({ action }) => action === name).map(({ id }) => Number(id.split('#')[1]));
  return Math.max(0, ...ordinals) + 1;
}

/** Whether it still has to be done. */
export function isPending({ state }: Action): boolean {
  return state === 'proposed' || state === 'asked';
}
