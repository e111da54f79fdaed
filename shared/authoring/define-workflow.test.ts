import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { addToList, crmHistory } from '../connectors/definitions.ts';
import { action, defineWorkflow, source, WorkflowError } from './define-workflow.ts';
import { event, schedule, webhook } from './triggers.ts';

const Input = z.object({ email: z.email(), note: z.string() });
const Judgement = z.strictObject({ isUrgent: z.boolean() });
const Decision = z.strictObject({ queue: z.enum(['fast', 'slow']) });

const sources = {
  'crm-history': source({
    title: 'CRM history',
    connector: crmHistory,
    isRequired: true,
    arguments: (input: z.infer<typeof Input>) => ({ email: input.email }),
  }),
};
const actions = { 'add-to-list': action({ title: 'Add to the list', tier: 'autonomous', connector: addToList }) };

/** A sound definition, as a builder writes it. */
const sound = {
  id: 'sort-mail',
  title: 'Sort mail',
  summary: 'Sorts mail.',
  team: { name: 'Desk', owner: 'a@b.example', approvers: ['a@b.example'], nextApprovers: [], answerWithinHours: 4 },
  triggers: [webhook({ id: 'inbox', when: 'A mail reaches the shared inbox' })],
  input: Input,
  subject: ({ email }: z.infer<typeof Input>) => email,
  sources,
  agent: {
    id: 'sorter',
    title: 'Sorter',
    instructions: 's.md',
    sources: ['crm-history'],
    judgement: Judgement,
    timeoutMs: 1_000,
  },
  decision: Decision,
  actions,
  escalation: [{ id: 'urgent', because: 'It is urgent.', when: () => false }],
  rollout: { phase: 'shadow', minimumConfidence: 0.8 },
  learned: { target: 0.9, fields: [{ name: 'isUrgent', kind: 'class' }] },
} as const;

describe('defineWorkflow', () => {
  it('gives an agent half a minute where nothing is said, and keeps what it needs to see', () => {
    const { timeoutMs: _said, ...agent } = sound.agent;
    const workflow = defineWorkflow({
      ...sound,
      agent: { ...agent, needs: ['email'] },
      conclude: () => ({ queue: 'slow' }),
      plan: () => [],
    });
    expect(workflow.agents).toMatchObject([{ id: 'sorter', timeoutMs: 30_000, needs: ['email'] }]);
  });

  it('makes a workflow of the definition, with what was left out filled in', () => {
    const workflow = defineWorkflow({
      ...sound,
      conclude: ({ isUrgent }, { sources: read }) => ({
        queue: isUrgent && read['crm-history']?.stage === 'customer' ? 'fast' : 'slow',
      }),
      plan: ({ queue }, { input }, act) =>
        queue === 'fast' ? [] : [act('add-to-list', { email: input.email, list: 'newsletter' })],
    });
    const facts = { input: { email: 'x@y.example', note: '' }, sources: { 'crm-history': null } };
    expect(workflow.plan({ queue: 'slow' }, facts)).toEqual([
      { action: 'add-to-list', arguments: { email: 'x@y.example', list: 'newsletter' } },
    ]);
    expect(workflow.conclude({ isUrgent: true }, facts)).toEqual({ queue: 'slow' });
    expect(workflow.labels).toEqual({});
    expect(workflow.signals(facts.input)).toEqual({});
    expect(workflow.sources['crm-history']?.missing({})).toEqual([]);
    expect(workflow.agents.map(({ id }) => id)).toEqual(['sorter']);
  });

  it.each([
    ['85 % where all actions are small', 'autonomous', {}, 0.85],
    ['95 % where people are told of an action', 'notify', {}, 0.95],
    ['95 % where people are asked about an action', 'approve', {}, 0.95],
    ['what the builder says', 'approve', { agreement: 0.7 }, 0.7],
  ] as const)('asks for agreement of %s', (_what, tier, gates, agreement) => {
    const small = actions['add-to-list'];
    const workflow = defineWorkflow({
      ...sound,
      actions: { 'add-to-list': small, matters: action({ ...small, tier, holdMinutes: 5 }) },
      rollout: { ...sound.rollout, gates },
      conclude: () => ({ queue: 'slow' }),
      plan: () => [],
    });
    expect(workflow.rollout.gates).toEqual({ agreement, minimumDecisions: 30, errors: 0.05, tolerances: {} });
  });

  it('refuses an unsound one with every problem at once', () => {
    const define = () =>
      defineWorkflow({ ...sound, triggers: [], escalation: [], conclude: () => ({ queue: 'slow' }), plan: () => [] });
    expect(define).toThrow(WorkflowError);
    expect(define).toThrow(/sort-mail.*\n.*nothing triggers it.*\n.*no escalation rule/);
  });

  it('does not compile with arguments, names, fields or results that do not fit', () => {
    const define = () => {
      defineWorkflow({
        ...sound,
        // @ts-expect-error a decision without its field
        conclude: () => ({ line: 'fast' }),
        plan: (_decision, { input }, act) => [
          // @ts-expect-error there is no such list
          act('add-to-list', { email: input.email, list: 'everybody' }),
          // @ts-expect-error an argument is missing
          act('add-to-list', { email: input.email }),
          // @ts-expect-error there is no such action
          act('send-mail', { email: input.email, list: 'newsletter' }),
          // @ts-expect-error the input has no such field
          act('add-to-list', { email: input.address, list: 'newsletter' }),
        ],
      });
      source({
        title: 'CRM history',
        connector: crmHistory,
        isRequired: true,
        // @ts-expect-error the connector takes an address, not a domain
        arguments: (input: z.infer<typeof Input>) => ({ domain: input.email }),
        // @ts-expect-error what is read has no such field
        missing: (data) => (data.employees === null ? ['employees'] : []),
      });
      // @ts-expect-error a source is no action
      action({ title: 'Read', tier: 'autonomous', connector: crmHistory });
      // @ts-expect-error there is no such tier
      action({ title: 'Add', tier: 'silent', connector: addToList });
    };
    expect(define).toBeTypeOf('function');
  });
});

describe('triggers', () => {
  it('hand over what came as it is, unless they say otherwise', () => {
    const body = { a: 1 };
    expect(webhook({ id: 'w', when: 'x' }).toInput(body)).toBe(body);
    expect(event({ id: 'e', when: 'x', source: 's', detailType: 'd' }).toInput(body)).toBe(body);
    const each = { connector: 'sandbox.crm', list: 'open-leads' };
    const slot = schedule({ id: 's', when: 'x', cron: 'c', timezone: 'UTC', each, toInput: () => ({ b: 2 }) });
    expect([slot.kind, slot.toInput(body)]).toEqual(['schedule', { b: 2 }]);
  });
});
