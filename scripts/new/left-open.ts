import type { Answers } from './answers.ts';

/** What a new workflow cannot do yet as it was written, each with where to change it. */
export function leftOpen({ id, fields, triggers }: Answers): string[] {
  const names = fields.map(({ name }) => name).join(', ');
  const mails = triggers.flatMap((trigger) => (trigger.kind === 'mail' ? [trigger.id] : []));
  const lists = triggers.flatMap((trigger) => (trigger.kind === 'schedule' ? [trigger.id] : []));
  const workflow = `agents/${id}/workflow.ts`;
  return [
    ...(mails.length > 0 && names !== ''
      ? [
          `A mail brings no ${names}, so each of ${mails.join(', ')} goes to a person as not fitting: say in its toInput in`,
          `${workflow} where they come from, or make them optional in agents/${id}/contract.ts.`,
        ]
      : []),
    ...(lists.length > 0
      ? [
          `What ${lists.join(', ')} lists has to fit Input in agents/${id}/contract.ts: give it a toInput in ${workflow}`,
          'where it has other fields.',
        ]
      : []),
  ];
}
