import { describe, expect, expectTypeOf, it } from 'vitest';
import * as z from 'zod';
import { addToList, crmHistory } from '../connectors/definitions.ts';
import { action, defineWorkflow, source } from './define-workflow.ts';
import { handOff, mergingPanel, orchestrator, sequence, votingPanel } from './pattern.ts';
import { webhook } from './triggers.ts';

const Input = z.object({ email: z.email() });
type Input = z.infer<typeof Input>;
const Decision = z.strictObject({ text: z.string() });

const sources = {
  'crm-history': source({
    title: 'CRM history',
    connector: crmHistory,
    isRequired: false,
    arguments: ({ email }: Input) => ({ email }),
  }),
};
const actions = { 'add-to-list': action({ title: 'Add to the list', tier: 'autonomous', connector: addToList }) };

/** All of a definition but its agents. */
const rest = {
  id: 'write-mail',
  title: 'Write mail',
  summary: 'Writes mail.',
  team: { name: 'Desk', owner: 'a@b.example', approvers: ['a@b.example'], nextApprovers: [], answerWithinHours: 4 },
  triggers: [webhook({ id: 'inbox', when: 'A mail reaches the shared inbox' })],
  input: Input,
  subject: ({ email }: Input) => email,
  sources,
  decision: Decision,
  actions,
  plan: () => [],
  escalation: [{ id: 'never', because: 'Never.', when: () => false }],
  rollout: { phase: 'shadow', minimumConfidence: 0.8 },
  learned: { target: 0.9, fields: [] },
} as const;

const agent = { title: 'Agent', instructions: 'a.md', sources: ['crm-history'], timeoutMs: 1_000 } as const;
const Found = z.strictObject({ topic: z.string(), score: z.number() });
const Written = z.strictObject({ text: z.string() });
const Read = z.strictObject({ mood: z.enum(['good', 'bad']) });

const tiers = {
  cascade: [{ tier: 'learned' }, { tier: 'deep' }],
  whenDown: { waitHours: 1 },
  mostReadings: 3,
} as const;
const finder = { ...agent, judgement: Found };
const writer = { ...agent, ...tiers, judgement: Written, takes: z.object({ topic: z.string() }) };
const reader = { ...agent, judgement: Read, takes: z.object({ text: z.string(), score: z.number() }) };

describe('defineWorkflow with several agents', () => {
  it('keeps agents and pattern as data, and types the judgement that the rules begin from', () => {
    const workflow = defineWorkflow({
      ...rest,
      agents: { finder, writer, reader },
      pattern: sequence('finder', 'writer', 'reader'),
      conclude: (judgement) => {
        expectTypeOf(judgement.topic).toEqualTypeOf<string>();
        expectTypeOf(judgement.mood).toEqualTypeOf<'good' | 'bad'>();
        return { text: judgement.text };
      },
    });
    expect(workflow.agents.map(({ id, takes, hasChoice }) => [id, takes !== null, hasChoice])).toEqual([
      ['finder', false, false],
      ['writer', true, false],
      ['reader', true, false],
    ]);
    expect(workflow.agents[1]).toMatchObject(tiers);
    expect(workflow.pattern).toEqual({ kind: 'sequence', order: ['finder', 'writer', 'reader'] });
  });

  it('types what a panel and a leader say', () => {
    defineWorkflow({
      ...rest,
      agents: { finder, mooder: { ...agent, judgement: Read } },
      pattern: mergingPanel('finder', 'mooder'),
      conclude: ({ topic, mood }) => ({ text: `${topic} ${mood}` }),
    });
    defineWorkflow({
      ...rest,
      agents: { a: finder, b: finder, c: finder },
      pattern: votingPanel({ members: ['a', 'b'], on: ['topic'], judge: 'c' }),
      conclude: ({ topic }) => ({ text: topic }),
    });
    const led = defineWorkflow({
      ...rest,
      agents: { planner: { ...agent, judgement: Written }, finder },
      pattern: orchestrator({ leader: 'planner', leads: ['finder'] }),
      conclude: ({ text }) => ({ text }),
    });
    const delegated = { next: 'delegate', turns: [{ agent: 'finder', handOver: null }] };
    const [planner] = led.agents;
    expect(planner?.judgement.safeParse(delegated).success).toBe(true);
    expect(planner?.judgement.safeParse({ ...delegated, turns: [{ agent: 'nobody', handOver: null }] }).success).toBe(
      false,
    );
    expect(planner?.judgement.safeParse({ next: 'decide', judgement: { text: 'x' } }).success).toBe(true);
    expect(planner?.judgement.safeParse({ next: 'ask', question: 'Which?' }).success).toBe(false);
  });

  it('lets an agent with leave ask, and one with a route hand over what the other takes', () => {
    const { agents } = defineWorkflow({
      ...rest,
      agents: { writer: { ...writer, mayAsk: true }, editor: writer },
      pattern: handOff({ first: 'writer', routes: { writer: ['editor'] } }),
      conclude: ({ text }) => ({ text }),
    });
    const answers = (index: number, answer: unknown) => agents[index]?.judgement.safeParse(answer).success;
    expect(answers(0, { next: 'ask', question: 'Which tone?' })).toBe(true);
    expect(answers(0, { next: 'hand-over', to: 'editor', handOver: { topic: 'tax' } })).toBe(true);
    expect(answers(0, { next: 'hand-over', to: 'editor', handOver: { theme: 'tax' } })).toBe(false);
    expect(answers(1, { text: 'plain' })).toBe(true);
  });

  it('does not compile where a name, a field or a hand-over does not fit', () => {
    const define = () => {
      const conclude = () => ({ text: '' });
      const two = { finder, writer } as const;
      // @ts-expect-error there is no such agent
      defineWorkflow({ ...rest, agents: two, pattern: sequence('finder', 'printer'), conclude });
      defineWorkflow({
        ...rest,
        agents: { mood: { ...agent, judgement: Read }, writer },
        // @ts-expect-error the writer takes a topic, and the reader says none
        pattern: sequence('mood', 'writer'),
        conclude,
      });
      // @ts-expect-error the finder does not say what it takes
      defineWorkflow({ ...rest, agents: two, pattern: sequence('writer', 'finder'), conclude });
      // @ts-expect-error both decide the topic
      defineWorkflow({ ...rest, agents: { a: finder, b: finder }, pattern: mergingPanel('a', 'b'), conclude });
      // @ts-expect-error they judge different things
      defineWorkflow({ ...rest, agents: two, pattern: votingPanel({ members: ['finder', 'writer'] }), conclude });
      defineWorkflow({
        ...rest,
        agents: { a: finder, b: finder },
        // @ts-expect-error nobody judges the weather
        pattern: votingPanel({ members: ['a', 'b'], on: ['weather'] }),
        conclude,
      });
      defineWorkflow({
        ...rest,
        agents: { a: finder, b: finder, writer },
        // @ts-expect-error the judge judges something else
        pattern: votingPanel({ members: ['a', 'b'], judge: 'writer' }),
        conclude,
      });
      // @ts-expect-error a weight is missing
      votingPanel({ members: ['a', 'b'], rule: { kind: 'weighted', weights: { a: 1 }, above: 0.5 } });
      defineWorkflow({
        ...rest,
        agents: two,
        // @ts-expect-error it leads nobody of that name
        pattern: orchestrator({ leader: 'writer', leads: ['printer'] }),
        conclude,
      });
      defineWorkflow({
        ...rest,
        agents: two,
        // @ts-expect-error there is no such agent to hand over to
        pattern: handOff({ first: 'finder', routes: { finder: ['printer'] } }),
        conclude,
      });
      // @ts-expect-error several agents and no pattern
      defineWorkflow({ ...rest, agents: two, conclude });
      defineWorkflow({
        ...rest,
        agents: two,
        pattern: sequence('finder', 'writer'),
        // @ts-expect-error nobody says a mood
        conclude: ({ mood }) => ({ text: mood }),
      });
      defineWorkflow({
        ...rest,
        // @ts-expect-error there is no such source
        agents: { finder: { ...finder, sources: ['weather'] }, writer },
        pattern: orchestrator({ leader: 'writer', leads: ['finder'] }),
        conclude,
      });
    };
    expect(define).toBeTypeOf('function');
  });
});
