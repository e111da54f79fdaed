import { describe, expect, it } from 'vitest';
import { CaseMachine, type Person } from '../../test/support/case-machine.ts';
import { type Crash, CrashingPorts } from '../../test/support/crashing-ports.ts';
import { checkEnd, checkInvariants } from '../../test/support/invariants.ts';
import { CASE_ID, caseStart, settingsIn } from '../../test/support/lead-case.ts';
import { memoryPorts } from '../../test/support/memory-ports.ts';
import { led } from '../../test/support/teams/led.ts';
import { panel, panelWith } from '../../test/support/teams/panel.ts';
import { passing } from '../../test/support/teams/passing.ts';
import { row } from '../../test/support/teams/row.ts';
import { AgentModels, asks, decides, delegates, handsTo, type Voices } from '../../test/support/teams/turns.ts';
import type { Workflow } from '../authoring/index.ts';
import type { CaseEvent, JsonObject } from '../contracts/index.ts';
import type { Question } from '../ports/index.ts';

interface Story {
  readonly name: string;
  readonly workflow: Workflow;
  readonly voices: Voices;
  readonly person: Person;
  /** What is posted in the end; nothing where a person refused. */
  readonly posted: readonly string[];
}

const NOTE = { name: 'Nora', email: 'nora@shop.example', message: 'Where is my invoice?' };
const nobody: Person = () => {
  throw new Error('nobody is to be asked');
};
const listIn = (handOver: Question['handOver'], name: string) => (handOver?.[name] ?? []) as readonly JsonObject[];
const resultsOf = ({ handOver }: Question) => listIn(handOver, 'results');

/** Plans two rounds, then reports how many partners it was told of. */
const planner = (question: Question): JsonObject => {
  const results = resultsOf(question);
  if (results.length === 0) return delegates(['researcher', { query: 'builders' }], ['writer', { about: 'us' }]);
  if (results.length === 2) return delegates(['researcher', { query: 'builders in Ghent' }]);
  const partners = results.flatMap(({ judgement }) => ((judgement as JsonObject)['names'] ?? []) as string[]);
  return decides({ partners, text: partners.join(' and ') });
};
const researcher = ({ handOver }: Question): JsonObject => decides({ names: [`found for ${handOver?.['query']}`] });

const STORIES: readonly Story[] = [
  {
    name: 'a sequence of three',
    workflow: row,
    voices: {
      reader: () => ({ topic: 'invoice', urgency: 'high' }),
      writer: ({ handOver }) => ({ text: `About your ${handOver?.['topic']}` }),
      editor: ({ handOver }) => ({ text: `${handOver?.['text']}, soon.`, isPolite: true }),
    },
    person: nobody,
    posted: ['About your invoice, soon.'],
  },
  {
    name: 'a panel that needs a debate and its judge',
    workflow: panelWith({ onDissent: 'note' }),
    voices: {
      buyer: () => ({ answer: 'yes', why: 'cheap' }),
      seller: () => ({ answer: 'yes', why: 'cheap' }),
      lawyer: () => ({ answer: 'no', why: 'risky' }),
      engineer: ({ handOver = null }) => ({ answer: handOver === null ? 'later' : 'no', why: 'not ready' }),
      chair: ({ handOver }) => ({ answer: 'later', why: `${listIn(handOver, 'positions').length} heard` }),
    },
    person: nobody,
    posted: ['later'],
  },
  {
    name: 'an orchestrator with two rounds',
    workflow: led,
    voices: { planner, researcher, writer: () => ({ text: 'Hello' }) },
    person: nobody,
    posted: ['found for builders and found for builders in Ghent'],
  },
  {
    name: 'an orchestrator whose researcher asks a person',
    workflow: led,
    voices: {
      planner,
      researcher: (question) => (question.notes.length === 0 ? asks('Which country?') : researcher(question)),
      writer: () => ({ text: 'Hello' }),
    },
    person: () => 'respond',
    posted: ['found for builders and found for builders in Ghent'],
  },
  {
    name: 'agents that always hand over',
    workflow: passing,
    voices: {
      desk: ({ handOver }) => handsTo('billing', { problem: `${handOver?.['problem'] ?? ''}a` }),
      billing: ({ handOver }) => handsTo('desk', { problem: `${handOver?.['problem'] ?? ''}b` }),
    },
    person: () => 'reject',
    posted: [],
  },
];

async function play({ workflow, voices, person }: Story, crash: Crash | null = null) {
  const models = new AgentModels(voices);
  const sources = {
    'sandbox.crm-history': [{ data: { stage: 'none', contactedBefore: false, lastContactDays: null } }],
  };
  const ports = { ...memoryPorts({ workflow, sources }), models: models as never };
  ports.settings.set(settingsIn('partial', { minimumConfidence: 0.5 }));
  const crashing = new CrashingPorts(ports, crash);
  const machine = new CaseMachine(crashing, person, () => checkInvariants(ports, CASE_ID));
  await machine.run(caseStart({ input: NOTE }));
  await checkEnd(ports, CASE_ID);
  const case_ = await ports.cases.get(CASE_ID);
  const ledger = (await ports.cases.ledger(CASE_ID)).map(({ event }) => event);
  const posted = ports.effects.done.map(({ args }) => args['text']);
  return {
    writes: crashing.writes,
    case: case_,
    ledger,
    posted,
    questions: models.questions,
    requests: ports.requests,
  };
}

const eventsOf = <T extends CaseEvent['type']>(ledger: readonly CaseEvent[], type: T) =>
  ledger.filter((event): event is Extract<CaseEvent, { type: T }> => event.type === type);
const storyOf = (name: string): Story => {
  const story = STORIES.find((one) => one.name === name);
  if (story === undefined) throw new Error(`there is no story ${name}`);
  return story;
};

describe.each(STORIES)('$name', (story) => {
  it('ends with what the agents came to', async () => {
    const { posted, case: case_ } = await play(story);
    expect({ posted, state: case_?.state }).toEqual({ posted: story.posted, state: 'closed' });
  });

  it.each([
    ['throws', 'before'],
    ['throws', 'after'],
    ['dies', 'before'],
    ['dies', 'after'],
  ] as const)(
    'ends the same, with every turn on record once, when the work %s %s any write',
    async (manner, moment) => {
      const { writes, ledger } = await play(story);
      const turns = eventsOf(ledger, 'turn-finished').map(({ round, turn }) => [round, turn.agent]);
      for (let write = 1; write <= writes; write += 1) {
        const played = await play(story, { write, moment, manner });
        const taken = eventsOf(played.ledger, 'turn-finished').map(({ round, turn }) => [round, turn.agent]);
        expect({ write, posted: played.posted, turns: taken }).toEqual({ write, posted: story.posted, turns });
      }
    },
  );
});

describe('the record of a sequence', () => {
  it('shows each turn, what was handed to whom, and from which agent each field comes', async () => {
    const { ledger, case: case_ } = await play(storyOf('a sequence of three'));
    expect(ledger.map(({ type }) => type).slice(0, 8)).toEqual([
      ...['case-opened', 'turn-finished', 'turns-planned', 'turn-finished', 'turns-planned', 'turn-finished'],
      ...['decision-made', 'action-intended'],
    ]);
    expect(eventsOf(ledger, 'turns-planned').flatMap(({ turns }) => turns)).toEqual([
      { agent: 'writer', purpose: 'hand-over', from: ['reader'], handOver: { topic: 'invoice' } },
      {
        ...{ agent: 'editor', purpose: 'hand-over', from: ['reader', 'writer'] },
        handOver: { text: 'About your invoice', urgency: 'high' },
      },
    ]);
    const origins = eventsOf(ledger, 'decision-made')[0]?.origins ?? [];
    expect(origins.map(({ field, agent, tier }) => `${field}: ${agent} (${tier})`)).toEqual([
      'topic: reader (scripted)',
      'urgency: reader (scripted)',
      'text: editor (scripted)',
      'isPolite: editor (scripted)',
    ]);
    expect(case_).toMatchObject({ origins, decidedBy: 'reader (scripted), editor (scripted)', round: 3 });
    expect(case_?.confidence).toBeCloseTo(0.81);
    expect(case_?.readings.map(({ source }) => source)).toEqual(['crm-history']);
  });
});

describe('the record of a panel', () => {
  it('shows every vote, the debate and the judge', async () => {
    const { ledger, questions } = await play(storyOf('a panel that needs a debate and its judge'));
    const counts = eventsOf(ledger, 'votes-counted').map(({ count }) => count);
    expect(counts.map(({ votes }) => votes.map(({ position }) => position?.['answer']))).toEqual([
      ['yes', 'no', 'later', 'yes'],
      ['yes', 'no', 'no', 'yes'],
    ]);
    const planned = eventsOf(ledger, 'turns-planned').map(({ turns }) => turns.map(({ purpose }) => purpose));
    expect(planned).toEqual([['debate', 'debate', 'debate', 'debate'], ['judge']]);
    expect(questions).toHaveLength(9);
  });

  it('becomes a question where they do not agree, with who holds what as its reason', async () => {
    const agreed = { chair: () => ({ answer: 'later', why: 'Nobody knows.' }) };
    const story = storyOf('a panel that needs a debate and its judge');
    const played = await play({
      ...story,
      workflow: panel,
      voices: { ...story.voices, ...agreed },
      person: () => 'approve',
    });
    const [asked] = eventsOf(played.ledger, 'request-opened');
    expect(asked?.reasons).toEqual([
      'The panel does not agree on Answer. Buyer and Seller: "yes"; Lawyer and Engineer: "no".',
    ]);
    expect(played.posted).toEqual(['later']);
  });
});

describe('a led agent that asks a person', () => {
  it('goes on with the answer alone, and its leader gets the result', async () => {
    const { ledger, questions, case: case_ } = await play(storyOf('an orchestrator whose researcher asks a person'));
    const [asked] = eventsOf(ledger, 'request-opened');
    expect(asked?.reasons).toContain('Researcher asks: Which country?');
    expect(questions.map(({ agent, notes }) => [agent.id, notes.length])).toEqual([
      ['planner', 0],
      ['researcher', 0],
      ['writer', 0],
      ['researcher', 1],
      ['planner', 1],
      ['researcher', 1],
      ['planner', 1],
    ]);
    expect(case_?.decision).toMatchObject({ partners: ['found for builders', 'found for builders in Ghent'] });
  });
});

describe('agents that hand over for ever', () => {
  it('stop at their bound, within budget, and a person decides', async () => {
    const { ledger, questions, case: case_ } = await play(storyOf('agents that always hand over'));
    expect(questions).toHaveLength(6);
    const [decision] = eventsOf(ledger, 'decision-made');
    expect(decision?.verdict).toMatchObject({ kind: 'ask', reasons: [{ code: 'cap:agent-turns' }] });
    expect(case_).toMatchObject({ personAsked: true, outcome: 'refused' });
  });
});
