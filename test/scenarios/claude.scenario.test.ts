import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { attackFile } from '../support/attacks.ts';
import { assemblyThatAsks, workflowsThatAsk } from '../support/claude-assembly.ts';
import { type CaseAnswer, type Deployment, startDeployment } from '../support/deployment.ts';
import { FAKE_KEY, type FakeAnthropic, startFakeAnthropic } from '../support/fake-anthropic.ts';
import { structured } from '../support/fake-anthropic-replies.ts';
import { APPROVER, sampleLead, WORKFLOW } from '../support/leads.ts';

const USAGE = { input_tokens: 400, output_tokens: 300, cache_read_input_tokens: 2_000, cache_creation_input_tokens: 0 };
const COST_USD = (400 * 2 + 300 * 10 + 2_000 * 0.1) / 1_000_000;
const HOT = {
  hasBuyingAuthority: true,
  usesIntegratedStack: true,
  buyingIntent: 'ready',
  mentionsCompetitor: false,
  mentionsUrgency: false,
};

const CITES = ['company-directory', 'professional-profile'];

let claude: FakeAnthropic;
/** Of a workflow in which Claude may decide alone. */
let assembly: string;
beforeAll(async () => {
  claude = await startFakeAnthropic();
  assembly = await workflowsThatAsk(claude.url, 'test/support/claude-leads/index.ts');
});
afterAll(async () => {
  rmSync(assembly, { recursive: true, force: true });
  await claude.stop();
});

describe('a workflow whose Claude may decide', () => {
  let remit: Deployment;
  beforeAll(async () => {
    remit = await startDeployment({ assembly, anthropicApiKey: FAKE_KEY });
  }, 180_000);
  afterAll(() => remit?.stop());

  /** The case as it stands when it is closed or with a person, and what the answer left in its ledger. */
  async function decided(lead: object): Promise<{ found: CaseAnswer; turn: Record<string, unknown> }> {
    const { caseId } = await remit.trigger(WORKFLOW, lead);
    const found = await remit.waitFor(caseId, ({ state }) => state !== 'open');
    const turn = found.ledger?.find(({ event }) => event.type === 'turn-finished')?.event['turn'];
    return { found, turn: { ...(turn as object) } };
  }

  it('lets Claude decide, with its tokens and its cost in the ledger and in the case', async () => {
    // given
    claude.play(
      structured(
        { judgement: HOT, reasons: ['Wants a demo.'], confidence: 0.9, doubts: [], cites: CITES },
        { usage: USAGE },
      ),
    );
    const lead = { ...sampleLead('hot-lead'), name: 'Clara Claude' };

    // when
    const { found, turn } = await decided(lead);

    // then
    const usage = {
      inputTokens: 400,
      outputTokens: 300,
      cacheReadTokens: 2_000,
      cacheWriteTokens: 0,
      costUsd: COST_USD,
    };
    expect(turn).toMatchObject({
      status: 'answered',
      tier: 'smart',
      model: 'claude-sonnet-5-5',
      judgement: HOT,
      usage,
    });
    expect(found).toMatchObject({ decision: { ...HOT, tier: 'hot' }, usage, costUsd: COST_USD });
    expect(found.decidedBy).toBe('qualifier (smart)');
    await remit.answer(await remit.questionMail(APPROVER, lead.name), { verb: 'approve' });
    const closed = await remit.waitFor(found.caseId, ({ state }) => state === 'closed');
    expect(closed.outcome).toBe('done');
    expect(closed.ledger?.at(-1)?.event).toMatchObject({ type: 'case-closed', costUsd: COST_USD });
  });

  it('tells Claude what a stranger wrote as data, apart from the instructions', () => {
    const body = claude.requests.at(-1)?.body ?? {};
    expect(JSON.stringify(body['system'])).toContain('You qualify leads');
    expect(JSON.stringify(body['system'])).not.toContain('heat pumps');
    expect(JSON.stringify(body['messages'])).toContain('heat pumps');
  });

  it('asks a person where the learned model is sure of something else', async () => {
    claude.play(
      structured({ judgement: HOT, reasons: [], confidence: 0.9, doubts: [], cites: CITES }, { usage: USAGE }),
    );
    const { found } = await decided({ ...sampleLead('cold-lead'), name: 'Connor Contested' });
    expect(found.verdict?.kind).toBe('ask');
    expect(found.verdict?.reasons.map(({ text }) => text).join()).toContain(
      'The learned model is sure of another answer',
    );
    expect(await remit.effects(found.caseId)).toEqual([]);
  });

  it('asks a person with the draft where the answer had to be repaired', async () => {
    const wrong = { judgement: { ...HOT, score: 10 }, reasons: [], confidence: 0.9, doubts: [], cites: CITES };
    claude.play(structured(wrong, { usage: USAGE }), structured({ ...wrong, judgement: HOT }, { usage: USAGE }));
    const { found, turn } = await decided({ ...sampleLead('hot-lead'), name: 'Dora Draft' });
    expect(turn).toMatchObject({ status: 'degraded', judgement: HOT });
    expect(found.verdict?.reasons.map(({ code }) => code)).toContain('degraded-output');
    expect(found.costUsd).toBeCloseTo(2 * COST_USD, 9);
    expect([found.actions, await remit.effects(found.caseId)]).toEqual([[], []]);
    const { link } = await remit.questionMail(APPROVER, 'Dora Draft');
    const page = await (await fetch(link)).text();
    expect(page).toContain('came after failed checks');
    expect(page).toContain('Answers that failed their checks');
  });

  it.each([
    ['no source at all', [], 'no-source-cited'],
    ['a source that it may not read', ['gossip'], 'undeclared-source'],
  ])('asks a person where the answer rests on %s', async (_what, cites, code) => {
    const answer = { judgement: HOT, reasons: [], confidence: 0.9, doubts: [], cites };
    claude.play(structured(answer, { usage: USAGE }));
    const { found } = await decided({ ...sampleLead('hot-lead'), name: `Cita ${code}` });
    expect(found.verdict).toMatchObject({ kind: 'ask', reasons: [{ code }] });
    expect(await remit.effects(found.caseId)).toEqual([]);
  });
});

describe('a deployment with a key for Claude, as it comes', () => {
  let remit: Deployment;
  let own: string;
  beforeAll(async () => {
    own = assemblyThatAsks(claude.url);
    remit = await startDeployment({ assembly: own, anthropicApiKey: FAKE_KEY });
  }, 180_000);
  afterAll(async () => {
    await remit?.stop();
    rmSync(own, { recursive: true, force: true });
  });

  it('asks nobody of whom the learned model is sure', async () => {
    const asked = claude.requests.length;
    const { caseId } = await remit.trigger(WORKFLOW, { ...sampleLead('cold-lead'), name: 'Carl Cheap' });
    const found = await remit.waitFor(caseId, ({ state }) => state === 'closed');
    expect(found).toMatchObject({ decidedBy: 'qualifier (learned)', costUsd: 0 });
    expect(claude.requests).toHaveLength(asked);
  });

  it('asks fast and then smart where it is not, tells them what it thinks, and a person until both are measured', async () => {
    // given
    const said = { judgement: HOT, reasons: [], confidence: 0.99, doubts: [], cites: CITES };
    claude.play(
      structured(said, { usage: USAGE, model: 'claude-haiku-5-5' }),
      structured(said, { usage: USAGE, model: 'claude-sonnet-5-5' }),
    );
    // when
    const { caseId } = await remit.trigger(WORKFLOW, { ...sampleLead('injection'), name: 'Ida Injector' });
    const found = await remit.waitFor(caseId, ({ state }) => state === 'waiting');
    // then
    const [fast, smart] = claude.requests.slice(-2).map(({ body }) => JSON.stringify(body));
    expect([fast, smart].map((text) => /claude-\w+-5-5/.exec(text ?? '')?.[0])).toEqual([
      'claude-haiku-5-5',
      'claude-sonnet-5-5',
    ]);
    expect(fast).toContain('pastCasesAlike');
    expect(found.decidedBy).toBe('qualifier (smart)');
    expect(found.verdict?.reasons.map(({ text }) => text).join()).toContain('judged 0 of the 30 answers');
    const turn = found.ledger?.find(({ event }) => event.type === 'turn-finished')?.event['turn'] as {
      opinions: readonly { tier: string }[];
    };
    expect(turn.opinions.map(({ tier }) => tier)).toEqual(['learned', 'fast', 'smart']);
    expect(await remit.effects(caseId)).toEqual([]);
  });
});

const Canaries = z.object({ canaries: z.array(z.object({ kind: z.string(), class: z.string(), value: z.string() })) });
const file = attackFile('own/log-canaries.json');

describe.skipIf(file === null)('values that are planted in a lead', () => {
  const canaries = file === null ? [] : Canaries.parse(file).canaries.filter((one) => one.class === 'personal');
  const email = canaries.find(({ kind }) => kind === 'email')?.value ?? '';
  let remit: Deployment;
  beforeAll(async () => {
    remit = await startDeployment({ assembly, anthropicApiKey: FAKE_KEY });
  }, 180_000);
  afterAll(() => remit?.stop());

  it('are in no log and no metric, and what is marked as personal in no prompt either', async () => {
    // given
    const said = { judgement: HOT, reasons: ['<name-1> wrote.'], confidence: 0.9, doubts: [], cites: CITES };
    claude.play(structured(said, { usage: USAGE }));
    const message = `We want a demo. ${canaries.map(({ value }) => value).join(', ')}`;
    // when
    const { caseId } = await remit.trigger(WORKFLOW, {
      ...sampleLead('hot-lead'),
      name: 'Canaria Plant',
      email,
      message,
    });
    const found = await remit.waitFor(caseId, ({ state }) => state !== 'open');
    // then
    const prompt = JSON.stringify(claude.requests.at(-1)?.body);
    expect(prompt).toContain('<email-1>');
    expect(prompt).toContain('<card-1>');
    const marked = [email, 'Canaria', canaries.find(({ kind }) => kind === 'card number')?.value ?? ''];
    expect(marked.filter((value) => prompt.includes(value))).toEqual([]);
    const turn = found.ledger?.find(({ event }) => event.type === 'turn-finished')?.event['turn'];
    expect(turn).toMatchObject({ reasons: ['Canaria Plant wrote.'] });
    const metrics = await (await fetch(`${remit.url}/_local/metrics`)).text();
    const told = `${logsOf(remit)} ${metrics}`;
    expect([...canaries.map(({ value }) => value), 'Canaria'].filter((value) => told.includes(value))).toEqual([]);
  });
});

describe('a deployment with a key that is refused', () => {
  const KEY = 'sk-ant-api03-revoked-key-that-nobody-may-see';
  let remit: Deployment;
  beforeAll(async () => {
    remit = await startDeployment({ assembly, anthropicApiKey: KEY });
  }, 180_000);
  afterAll(() => remit?.stop());

  it('ends every case with a person, who reads the reason, and never shows the key', async () => {
    const { caseId } = await remit.trigger(WORKFLOW, { ...sampleLead('hot-lead'), name: 'Rita Refused' });
    const asked = await remit.waitFor(caseId, ({ state }) => state === 'waiting');
    expect(asked).toMatchObject({
      costUsd: 0,
      verdict: { kind: 'ask' },
      requests: [{ kind: 'decide-case', state: 'open' }],
    });
    const reason = 'The model service refused the key (status 401).';
    expect(asked.verdict?.reasons.find(({ code }) => code === 'agent-failed')?.text).toContain(reason);
    const { mail, link } = await remit.questionMail(APPROVER, 'Rita Refused');
    const page = await (await fetch(link)).text();
    expect(page).toContain(reason);
    expect(await remit.effects(caseId)).toEqual([]);
    const shown = [JSON.stringify(asked), JSON.stringify(mail), page, logsOf(remit)];
    expect(shown.filter((text) => text.includes('revoked-key'))).toEqual([]);
  });
});

/** Everything that the functions logged. */
function logsOf({ home }: Deployment): string {
  const folder = join(home, 'logs');
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const text = files.map(({ parentPath, name }) => readFileSync(join(parentPath, name), 'utf8')).join('\n');
  expect(text).toContain('turn-finished');
  return text;
}
