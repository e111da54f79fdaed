import type { TriggerDefinition } from './triggers.ts';
import type { Workflow } from './workflow.ts';

/** What stands before the @ of an address has 64 signs at most, and the tag of an answer takes 49 of them. */
const LONGEST_ANSWERED_TO = 15;

const ACTION_NAME = /^[a-z][a-z0-9-]*\/[a-z][a-z0-9-]*$/;

/** What is wrong with the replies that a trigger takes, as far as its own workflow shows it. */
export function replyProblems(trigger: TriggerDefinition, { id, actions }: Pick<Workflow, 'id' | 'actions'>): string[] {
  if (trigger.kind !== 'inbound-mail' || trigger.replies === null) return [];
  const of = `trigger ${trigger.id}`;
  const tooLong =
    trigger.to.length > LONGEST_ANSWERED_TO
      ? [
          `${of} takes replies and "${trigger.to}" is too long for that: ${LONGEST_ANSWERED_TO} signs leave room for the tag`,
        ]
      : [];
  if (trigger.replies.to.length === 0)
    return [...tooLong, `${of} takes replies to nothing: name actions in replies.to`];
  return [...tooLong, ...trigger.replies.to.flatMap((name) => nameProblem(of, name, { id, actions }))];
}

function nameProblem(of: string, name: string, { id, actions }: Pick<Workflow, 'id' | 'actions'>): string[] {
  if (!ACTION_NAME.test(name)) return [`${of} takes replies to "${name}": write <workflow>/<action>`];
  const [workflow, action = ''] = name.split('/');
  if (workflow === id && !Object.hasOwn(actions, action)) {
    return [
      `${of} takes replies to "${name}", and there is no such action: name one of ${Object.keys(actions).join(', ')}`,
    ];
  }
  return [];
}

/** What is wrong with the replies that workflows take of each other, by the workflow that says so. */
export function repliesAcross(
  workflows: readonly Workflow[],
): { readonly workflow: string; readonly problem: string }[] {
  const taken = new Map<string, string>();
  return workflows.flatMap((workflow) =>
    workflow.triggers.flatMap((trigger) => {
      if (trigger.kind !== 'inbound-mail') return [];
      return (trigger.replies?.to ?? []).flatMap((name) => {
        const [of = '', action = ''] = name.split('/');
        const known = workflows.find(({ id }) => id === of);
        const other = taken.get(name);
        taken.set(name, `${workflow.id}/${trigger.id}`);
        const problem =
          known === undefined || !Object.hasOwn(known.actions, action)
            ? `trigger ${trigger.id} takes replies to "${name}", and there is no such action`
            : other === undefined
              ? null
              : `trigger ${trigger.id} takes replies to "${name}", as ${other} does: one of them only`;
        return problem === null ? [] : [{ workflow: workflow.id, problem }];
      });
    }),
  );
}
