import type { ActionAnswer, Answers, DecisionIs, RuleAnswer, TriggerAnswer } from './answers.ts';
import { ACTIONS, SOURCES } from './connectors.ts';

/** Minutes for which a notify action waits behind its undo link until the builder says otherwise. */
const HOLD_MINUTES = 10;

/** The name by which agents/index.ts knows a workflow: `returnsDeskWorkflow`. */
export function exportNameOf(id: string): string {
  return `${id.replaceAll(/-([a-z0-9])/g, (_all, letter: string) => letter.toUpperCase())}Workflow`;
}

/** Any text as a literal: nothing that a builder types becomes code. */
const literal = (value: unknown): string => JSON.stringify(value);

/** workflow.ts of the answers; the formatter puts its lines in order. */
export function renderWorkflow(answers: Answers): string {
  const plan = renderPlan(answers);
  const rules = answers.escalation.map(renderRule);
  return [
    imports(answers),
    `const sources = { ${answers.sources.map(renderSource).join(', ')} };\n`,
    `const actions = { ${answers.actions.map(renderAction).join(', ')} };\n`,
    `/** ${answers.title.replaceAll('*/', '')}. */`,
    `export const ${exportNameOf(answers.id)} = defineWorkflow({
  id: ${literal(answers.id)},
  title: ${literal(answers.title)},
  summary: ${literal(answers.summary)},
  team: {
    name: ${literal(answers.team)},
    owner: ${literal(answers.owner)},
    approvers: [${literal(answers.owner)}],
    nextApprovers: [],
    answerWithinHours: 24,
  },

  // What starts it?
  triggers: [${answers.triggers.map(renderTrigger).join(', ')}],
  input: Input,
  subject: ({ name, subject }) => \`\${name}: \${subject}\`,
  labels: LABELS,

  // What is read?
  sources,
  agent: {
    id: 'judge',
    title: ${literal(`${answers.title} agent`)},
    instructions: 'agent.md',
    sources: ${literal(answers.sources.map(({ id }) => id))},
    judgement: Judgement,
    timeoutMs: 30_000,
  },

  // What is decided? Sums and whatever follows from other answers belong in conclude.
  decision: Decision,
  conclude: (judgement) => judgement,

  // What follows?
  actions,
  plan: ${plan},

  // When does a person decide?
  escalation: [${rules.join(', ')}],

  // People review everything until the figures allow more.
  rollout: { phase: 'shadow', minimumConfidence: 0.8 },
  learned: {
    target: 0.9,
    fields: [${answers.decisions.map(({ name }) => `{ name: ${literal(name)}, kind: 'class' }`).join(', ')}],
    features: { 'input.name': 'ignore', 'input.email': 'ignore', 'input.subject': 'text', 'input.text': 'text' },
  },
});
`,
    answers.escalation.some(({ when }) => when.kind === 'mentions') ? MENTIONS : '',
  ].join('\n');
}

const MENTIONS = `function mentions(text: string, words: readonly string[]): boolean {
  const lower = text.toLowerCase();
  return words.some((word) => lower.includes(word));
}
`;

function imports({ sources, actions, triggers }: Answers): string {
  const used = [
    ...sources.map(({ connector }) => SOURCES[connector]),
    ...actions.map(({ connector }) => ACTIONS[connector]),
  ];
  const definitions = [...new Set(used.flatMap((one) => (one === undefined ? [] : [one.export])))].toSorted();
  const doors = new Set(['action', 'defineWorkflow', ...triggers.map(({ kind }) => DOOR_OF[kind])]);
  if (sources.length > 0) doors.add('source');
  return [
    `import { ${[...doors].toSorted().join(', ')} } from '../../shared/authoring/index.ts';`,
    `import { ${definitions.join(', ')} } from '../../shared/connectors/definitions.ts';`,
    `import { Decision, Input, Judgement, LABELS } from './contract.ts';\n`,
  ].join('\n');
}

const DOOR_OF: Readonly<Record<TriggerAnswer['kind'], string>> = {
  webhook: 'webhook',
  event: 'event',
  schedule: 'schedule',
  mail: 'inboundMail',
  'by-hand': 'byHand',
};

/** Where the input has more fields, a mail does not fit until the builder says where they come from. */
const FROM_MAIL = '({ from, subject, text }) => ({ name: from.name, email: from.address, subject, text })';

function renderTrigger(trigger: TriggerAnswer): string {
  const { kind, id, when } = trigger;
  const named = `id: ${literal(id)}, when: ${literal(when)}`;
  if (kind === 'webhook') return `webhook({ ${named} })`;
  if (kind === 'mail') return `inboundMail({ ${named}, to: ${literal(trigger.to)}, toInput: ${FROM_MAIL} })`;
  if (kind === 'by-hand') return `byHand({ ${named}, form: Input, toInput: (filled) => filled })`;
  if (kind === 'event') {
    return `event({ ${named}, source: ${literal(trigger.source)}, detailType: ${literal(trigger.detailType)} })`;
  }
  const each = `{ connector: ${literal(trigger.connector)}, list: ${literal(trigger.list)} }`;
  return `schedule({ ${named}, cron: ${literal(trigger.cron)}, timezone: ${literal(trigger.timezone)}, each: ${each} })`;
}

function renderSource({ id, connector, isRequired, title }: Answers['sources'][number]): string {
  const known = SOURCES[connector];
  const made = known?.arguments.replace(/^\(([^)]*)\)/, '($1: Input)') ?? '';
  return `${literal(id)}: source({ title: ${literal(title)}, connector: ${known?.export}, isRequired: ${isRequired}, arguments: ${made} })`;
}

function renderAction({ id, tier, connector, title }: ActionAnswer): string {
  const known = ACTIONS[connector];
  const hold = tier === 'notify' ? `, holdMinutes: ${HOLD_MINUTES}` : '';
  return `${literal(id)}: action({ title: ${literal(title)}, tier: ${literal(tier)}, connector: ${known?.export}${hold} })`;
}

function renderPlan({ actions, id }: Answers): string {
  const calls = actions.map((action) => {
    const call = `act(${literal(action.id)}, ${ACTIONS[action.connector]?.arguments(id)})`;
    return action.when === null ? call : `...(${holds(action.when)} ? [${call}] : [])`;
  });
  const decision = actions.some(({ when }) => when !== null) ? 'decision' : '_decision';
  return `(${decision}, { input }, act) => [${calls.join(', ')}]`;
}

function holds({ decision, value }: DecisionIs): string {
  if (typeof value === 'boolean') return value ? `decision.${decision}` : `!decision.${decision}`;
  return `decision.${decision} === ${literal(value)}`;
}

function renderRule({ id, when, because }: RuleAnswer): string {
  const sentence = /[.!?]$/.test(because) ? because : `${because}.`;
  return `{ id: ${literal(id)}, because: ${literal(sentence)}, when: ${condition(when)} }`;
}

function condition(when: RuleAnswer['when']): string {
  switch (when.kind) {
    case 'is':
      return `(decision) => ${holds(when)}`;
    case 'mentions':
      return `(_decision, { input }) => mentions(input.${when.field}, ${literal(when.words)})`;
    case 'over':
      return `(_decision, { input }) => input.${when.field} > ${when.limit}`;
  }
}
