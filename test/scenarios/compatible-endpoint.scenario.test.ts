import { readFileSync, rmSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { workflows } from '../../agents/index.ts';
import { leastBySchema } from '../support/by-schema.ts';
import { assemblyThatAsks } from '../support/claude-assembly.ts';
import { type Deployment, startDeployment } from '../support/deployment.ts';
import { FAKE_KEY, type FakeAnthropic, startFakeAnthropic } from '../support/fake-anthropic.ts';
import { structured } from '../support/fake-anthropic-replies.ts';

/** A sample of each workflow, and the field in which people write what they like. */
const SAMPLES: Readonly<Record<string, readonly [sample: string, text: string]>> = {
  'lead-qualification': ['warm-lead', 'message'],
  'lead-follow-up': ['question', 'reply'],
  'expense-categorisation': ['new-merchant', 'memo'],
  'support-triage': ['user-error', 'text'],
  'hr-onboarding': ['engineer', 'note'],
  'onboarding-steps': ['stuck', 'note'],
  'partner-research': ['construction', 'text'],
};

/** Of which no learned model can be sure. */
const UNHEARD = 'Vqxo blimfa trund okkel wexipan, drumlo fesk urrabit! Snarvel ompit glade quentoro bix.';

let claude: FakeAnthropic;
let assembly: string;
let remit: Deployment;
beforeAll(async () => {
  claude = await startFakeAnthropic();
  claude.serve(({ body }) => structured(leastBySchema(body)));
  assembly = assemblyThatAsks(claude.url);
  remit = await startDeployment({ assembly, anthropicApiKey: FAKE_KEY });
}, 180_000);
afterAll(async () => {
  await remit?.stop();
  rmSync(assembly, { recursive: true, force: true });
  await claude?.stop();
});

it.each(workflows.map(({ id }) => id))(
  '%s, as it is deployed, runs on an endpoint that speaks the Messages API',
  async (id) => {
    const asked = claude.requests.length;
    const [sample, text] = SAMPLES[id] ?? ['none', ''];
    const trigger = JSON.parse(readFileSync(`agents/${id}/samples/${sample}.json`, 'utf8'));
    expect(Object.keys(trigger)).toContain(text);
    const { caseId } = await remit.trigger(id, { ...trigger, [text]: UNHEARD });
    const found = await remit.waitFor(caseId, ({ state }) => state !== 'open');
    const requests = claude.requests.slice(asked);
    expect(requests.length).toBeGreaterThan(0);
    // What the endpoint would not take, it refuses.
    expect(requests.map(({ refused }) => refused).filter((refused) => refused !== null)).toEqual([]);
    const turns = (found.ledger ?? []).flatMap(({ event }) => (event.type === 'turn-finished' ? [event['turn']] : []));
    expect(turns).toContainEqual(
      expect.objectContaining({ status: 'answered', tier: expect.toBeOneOf(['fast', 'smart', 'deep']) }),
    );
    expect((found.ledger ?? []).map(({ event }) => event.type)).not.toContain('step-failed');
  },
  60_000,
);
