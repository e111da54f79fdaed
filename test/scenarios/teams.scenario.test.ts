import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Workflow } from '../../shared/authoring/index.ts';
import type { JsonObject } from '../../shared/contracts/index.ts';
import { LedgerEntry } from '../../shared/contracts/index.ts';
import { verifyChain } from '../../shared/domain/ledger.ts';
import { type CaseAnswer, type Deployment, startDeployment } from '../support/deployment.ts';
import { FAKE_KEY } from '../support/fake-anthropic.ts';
import { APPROVER, WORKFLOW } from '../support/leads.ts';
import { teamAssembly } from '../support/teams/assembly.ts';
import { type Asked, type FakeAgents, type Scripts, startFakeAgents } from '../support/teams/fake-agents.ts';
import { led } from '../support/teams/led.ts';
import { panel } from '../support/teams/panel.ts';
import { row } from '../support/teams/row.ts';
import { asks, decides, delegates } from '../support/teams/turns.ts';

const NOTE = { name: 'Nora Note', email: 'nora@note.example', message: 'Where is my invoice?' };

/** One deployment of a team for all tests of a block. */
function stageOf(file: string, team: Workflow) {
  let model: FakeAgents;
  let assembly: string;
  let remit: Deployment;
  const home = mkdtempSync(join(tmpdir(), 'remit-home-'));
  beforeAll(async () => {
    model = await startFakeAgents();
    assembly = await teamAssembly(file, team, model.url);
    remit = await startDeployment({ home, assembly, anthropicApiKey: FAKE_KEY });
  }, 180_000);
  afterAll(async () => {
    await remit?.stop();
    await model?.stop();
    for (const folder of [home, assembly]) rmSync(folder, { recursive: true, force: true });
  });
  return {
    play: (scripts: Scripts) => {
      model.play(scripts);
      return { remit, model };
    },
    /** Stops the runtime and boots another one on the same data, as a new process would. */
    again: async () => {
      await remit.stop();
      remit = await startDeployment({
        home,
        assembly,
        anthropicApiKey: FAKE_KEY,
        port: Number(new URL(remit.url).port),
      });
      return remit;
    },
  };
}

const eventsOf = ({ ledger = [] }: CaseAnswer, type: string) =>
  ledger.map(({ event }) => event).filter((event) => event.type === type);
const isUnbroken = ({ ledger = [] }: CaseAnswer) => verifyChain(ledger.map((entry) => LedgerEntry.parse(entry))).ok;
const agentsIn = (model: FakeAgents) => model.asked.map(({ agent }) => agent);
const resultsOf = ({ handOver }: Asked) => (handOver?.['results'] ?? []) as readonly JsonObject[];

describe('a sequence of three agents', { timeout: 120_000 }, () => {
  const { play } = stageOf('row', row);

  it('hands over what each takes, and acts on what they came to together', async () => {
    const { remit, model } = play({
      reader: () => ({ topic: 'invoice', urgency: 'high' }),
      writer: ({ handOver }) => ({ text: `About your ${handOver?.['topic']}` }),
      editor: ({ handOver }) => ({ text: `${handOver?.['text']}, soon.`, isPolite: true }),
    });
    const { caseId } = await remit.trigger(WORKFLOW, NOTE);
    const closed = await remit.waitFor(caseId, ({ state }) => state === 'closed');

    expect(closed).toMatchObject({
      outcome: 'done',
      decision: { topic: 'invoice', urgency: 'high', text: 'About your invoice, soon.' },
      decidedBy: 'reader (smart), editor (smart)',
    });
    expect(model.asked.map(({ agent, handOver }) => [agent, handOver])).toEqual([
      ['reader', null],
      ['writer', { topic: 'invoice' }],
      ['editor', { text: 'About your invoice', urgency: 'high' }],
    ]);
    expect((await remit.effects(caseId)).map(({ arguments: { text } }) => text)).toEqual(['About your invoice, soon.']);
    expect(eventsOf(closed, 'decision-made')[0]?.['origins']).toMatchObject([
      { field: 'topic', agent: 'reader', tier: 'smart' },
      { field: 'urgency', agent: 'reader' },
      { field: 'text', agent: 'editor' },
      { field: 'isPolite', agent: 'editor' },
    ]);
    expect(isUnbroken(closed)).toBe(true);
  });
});

describe('a panel of four agents', { timeout: 120_000 }, () => {
  const { play } = stageOf('panel', panel);
  const sure = (answer: string) => () => ({ answer, why: `${answer} is best.` });

  it('works side by side: nobody is answered before all four are asked', async () => {
    const all = { buyer: sure('yes'), lawyer: sure('yes'), engineer: sure('yes'), seller: sure('yes') };
    const { remit, model } = play(all);
    model.gather(4);
    const { caseId } = await remit.trigger(WORKFLOW, NOTE);
    const closed = await remit.waitFor(caseId, ({ state }) => state === 'closed');

    expect(closed).toMatchObject({ outcome: 'done', decision: { answer: 'yes' } });
    expect(agentsIn(model).toSorted()).toEqual(['buyer', 'engineer', 'lawyer', 'seller']);
    expect(eventsOf(closed, 'votes-counted')).toMatchObject([{ count: { most: 4, carried: { answer: 'yes' } } }]);
  });

  it('debates, lets its judge decide, and asks a person who reads who said what', async () => {
    const opinions = { buyer: sure('yes'), seller: sure('yes'), lawyer: sure('no'), engineer: sure('no') };
    const { remit, model } = play({ ...opinions, chair: sure('later') });
    const { caseId } = await remit.trigger(WORKFLOW, NOTE);
    const asked = await remit.waitFor(caseId, ({ state }) => state === 'waiting');

    expect(model.asked.map(({ handOver }) => (handOver === null ? 'alone' : 'debating'))).toEqual([
      ...Array.from({ length: 4 }, () => 'alone'),
      ...Array.from({ length: 5 }, () => 'debating'),
    ]);
    expect(agentsIn(model).at(-1)).toBe('chair');
    expect(asked.verdict).toMatchObject({ kind: 'ask', reasons: [{ code: 'panel-disagrees' }] });
    expect(asked.decision).toMatchObject({ answer: 'later' });
    const question = await remit.questionMail(APPROVER, 'Nora Note');
    const page = (await (await fetch(question.link)).text()).replaceAll(/<[^>]+>/g, '');
    expect(page).toContain('Where they disagree');
    expect(page).toMatch(/Buyer and Seller: \s*yes/);
    expect(page).toContain('From Chair, by the smart model');
    expect(await remit.effects(caseId)).toEqual([]);
    expect((await remit.answer(question, { verb: 'approve' })).status).toBe(200);
    expect((await remit.waitFor(caseId, ({ state }) => state === 'closed')).outcome).toBe('done');
  });
});

/** Two rounds of work, then a report of all that was found. */
function planner(asked: Asked): JsonObject {
  const results = resultsOf(asked);
  if (results.length === 0) return delegates(['researcher', { query: 'builders' }], ['writer', { about: 'us' }]);
  if (results.length === 2) return delegates(['researcher', { query: 'builders in Ghent' }]);
  const partners = results.flatMap(({ judgement }) => ((judgement as JsonObject)['names'] ?? []) as string[]);
  return decides({ partners, text: partners.join(' and ') });
}
const researcher = ({ handOver }: Asked) => decides({ names: [`found for ${handOver?.['query']}`] });
const writer = () => ({ text: 'Hello' });
const REPORT = { partners: ['found for builders', 'found for builders in Ghent'] };

describe('an orchestrator', { timeout: 120_000 }, () => {
  const { play, again } = stageOf('led', led);

  it('plans two rounds of turns, gets their results, and decides', async () => {
    const { remit, model } = play({ planner, researcher, writer });
    const { caseId } = await remit.trigger(WORKFLOW, NOTE);
    const closed = await remit.waitFor(caseId, ({ state }) => state === 'closed');

    expect(closed).toMatchObject({ outcome: 'done', decision: REPORT, decidedBy: 'planner (smart)' });
    const asked = agentsIn(model);
    expect([asked[0], asked.slice(1, 3).toSorted(), asked.slice(3)]).toEqual([
      'planner',
      ['researcher', 'writer'],
      ['planner', 'researcher', 'planner'],
    ]);
    const planned = eventsOf(closed, 'turns-planned').map(({ turns }) => turns as { agent: string; purpose: string }[]);
    expect(planned.map((turns) => turns.map(({ agent, purpose }) => `${agent}: ${purpose}`))).toEqual([
      ['researcher: delegated', 'writer: delegated'],
      ['planner: report'],
      ['researcher: delegated'],
      ['planner: report'],
    ]);
    expect(isUnbroken(closed)).toBe(true);
  });

  it('gets the result of a led agent that paused for a person, from a process that was started meanwhile', async () => {
    // given
    const { remit, model } = play({
      ...{ planner, writer },
      researcher: (asked) => (asked.toldByPeople.length === 0 ? asks('Which country?') : researcher(asked)),
    });
    const { caseId } = await remit.trigger(WORKFLOW, NOTE);
    const paused = await remit.waitFor(caseId, ({ state }) => state === 'waiting');
    expect(paused.verdict?.reasons[0]).toMatchObject({ code: 'agent-asks', text: 'Researcher asks: Which country?' });
    const before = model.asked.length;

    // when
    const fresh = await again();
    const question = await fresh.questionMail(APPROVER, 'Which country?');
    expect((await fresh.answer(question, { verb: 'respond', reason: 'Belgium.' })).status).toBe(200);

    // then
    const closed = await fresh.waitFor(caseId, ({ state }) => state === 'closed');
    expect(closed).toMatchObject({ outcome: 'done', decision: REPORT });
    const later = model.asked.slice(before);
    expect(later.map(({ agent }) => agent)).toEqual(['researcher', 'planner', 'researcher', 'planner']);
    expect(later[0]).toMatchObject({ handOver: { query: 'builders' }, toldByPeople: [{ fact: 'Belgium.' }] });
    expect(resultsOf(later[1] as Asked).map(({ agent }) => agent)).toEqual(['researcher', 'writer']);
    expect((await fresh.effects(caseId)).map(({ arguments: { text } }) => text)).toEqual([
      REPORT.partners.join(' and '),
    ]);
    expect(isUnbroken(closed)).toBe(true);
  });
});
