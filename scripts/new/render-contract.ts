import { type Answers, BASE_FIELDS, type DecisionAnswer, type FieldAnswer } from './answers.ts';

const literal = (value: unknown): string => JSON.stringify(value);

/** contract.ts: what a trigger brings, and what is decided. */
export function renderContract({ fields, decisions }: Answers): string {
  const labels = [...BASE_FIELDS, ...fields].map(({ name, label }) => `${name}: ${literal(label)}`);
  return `import * as z from 'zod';

/** What a trigger brings. Change it to what yours does; a trigger that does not fit goes to a person. */
export const Input = z.object({
  name: z.string().max(200),
  email: z.email('it is no valid e-mail address').max(254),
  subject: z.string().max(300),
  text: z.string().max(10_000),
${fields.map((field) => `  ${field.name}: ${fieldType(field)},`).join('\n')}
});
export type Input = z.infer<typeof Input>;

export const LABELS: Readonly<Record<string, string>> = { ${labels.join(', ')} };

/** What takes judgement: the agent answers these, a person can correct each. */
export const Judgement = z.strictObject({
${decisions.map((decision) => `  ${decision.name}: ${decisionType(decision)}.describe(${literal(decision.question)}),`).join('\n')}
});
export type Judgement = z.infer<typeof Judgement>;

/** The whole decision. What follows by rule from the judgement and the facts is added here and made in conclude. */
export const Decision = z.strictObject({
${decisions.map((decision) => `  ${decision.name}: ${decisionType(decision)}.meta({ title: ${literal(titleOf(decision.name))} }),`).join('\n')}
});
export type Decision = z.infer<typeof Decision>;
`;
}

/** `isUrgent` is "Is urgent", as people read it on the pages. */
function titleOf(name: string): string {
  const words = name.replaceAll(
    /([a-z0-9])([A-Z])/g,
    (_all, last: string, first: string) => `${last} ${first.toLowerCase()}`,
  );
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function fieldType({ type }: FieldAnswer): string {
  return { text: 'z.string().max(2_000)', number: 'z.number()', 'yes-no': 'z.boolean()' }[type];
}

function decisionType({ options }: DecisionAnswer): string {
  return options.length === 0 ? 'z.boolean()' : `z.enum(${literal(options)})`;
}
