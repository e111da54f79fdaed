import type { TriggerDefinition } from './triggers.ts';
import type { Workflow } from './workflow.ts';

/** What stands before the @ of an address has 64 signs at most, and the tag of an answer takes 49 of them. */
const LONGEST_ANSWERED_TO = 15;

/** What is wrong with the replies that a trigger takes, as far as its own workflow shows it. Every function carries it: no word more. */
export function replyProblems(trigger: TriggerDefinition, { id, actions }: Pick<Workflow, 'id' | 'actions'>): string[] {
  if (trigger.kind !== 'inbound-mail' || trigger.replies === null) return [];
  const { to, replies } = trigger;
  const of = `trigger ${trigger.id} takes replies`;
  const bad = replies.to.filter((name) => {
    const [workflow, action = '', ...more] = name.split('/');
    return action === '' || more.length > 0 || (workflow === id && !Object.hasOwn(actions, action));
  });
  return [
    ...(to.length > LONGEST_ANSWERED_TO ? [`${of}: give "${to}" ${LONGEST_ANSWERED_TO} letters at most`] : []),
    ...(replies.to.length === 0 ? [`${of} to nothing: name actions`] : []),
    ...bad.map((name) => `${of} to "${name}": write <workflow>/<action> of one that there is`),
  ];
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
