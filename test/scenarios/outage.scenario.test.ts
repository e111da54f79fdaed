import { rmSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { workflowsThatAsk } from '../support/claude-assembly.ts';
import { type Deployment, startDeployment } from '../support/deployment.ts';
import { FAKE_KEY, type FakeAnthropic, startFakeAnthropic } from '../support/fake-anthropic.ts';
import { errorReply, rateLimit, structured } from '../support/fake-anthropic-replies.ts';
import { HOT } from '../support/lead-case.ts';
import { sampleLead, WORKFLOW } from '../support/leads.ts';

const CASES = 4;
const OUTAGE_MINUTES = 240;
const STEP_MINUTES = 60;
/** Answers that the service gives in each ten minutes of the drain; it refuses all others. */
const LIMIT = 2;

const COLD = { ...HOT, buyingIntent: 'none', hasBuyingAuthority: false, usesIntegratedStack: false };
const GOOD = structured({ judgement: COLD, reasons: [], confidence: 0.9, doubts: [], cites: ['company-directory'] });

let claude: FakeAnthropic;
let assembly: string;
let remit: Deployment;
beforeAll(async () => {
  claude = await startFakeAnthropic();
  assembly = await workflowsThatAsk(claude.url, 'test/support/reading-leads/waiting.ts');
  remit = await startDeployment({ assembly, anthropicApiKey: FAKE_KEY });
}, 180_000);
afterAll(async () => {
  await remit?.stop();
  rmSync(assembly, { recursive: true, force: true });
  await claude.stop();
});

it('loses nothing in four hours without a model, asks nobody, and drains under the rate limit', async () => {
  // given: the service is down, and cases come
  claude.serve(() => errorReply(529, 'overloaded_error', 'Overloaded'));
  const leads = Array.from({ length: CASES }, (_, at) => ({ ...sampleLead('cold-lead'), name: `Olga Outage ${at}` }));
  const cases = await Promise.all(leads.map((lead) => remit.trigger(WORKFLOW, lead)));
  while (claude.requests.length < CASES) await quiet();
  await settled();
  for (let minutes = 0; minutes < OUTAGE_MINUTES; minutes += STEP_MINUTES) await later(STEP_MINUTES);
  const waiting = await Promise.all(cases.map(({ caseId }) => remit.waitFor(caseId, () => true)));
  expect(waiting.flatMap(({ verdict }) => verdict?.reasons ?? [])).toEqual([]);
  expect(waiting.map(({ state, requests }) => [state, requests.length])).toEqual(waiting.map(() => ['open', 0]));

  // when: it is back, and answers so many in each ten minutes
  let left = 0;
  let mostAnswered = 0;
  claude.serve(() => {
    if (left === 0) return rateLimit('30');
    left -= 1;
    return GOOD;
  });
  let drains = 0;
  for (; drains < 40 && (await openCases(cases)) > 0; drains += 1) {
    left = LIMIT;
    await later(10);
    mostAnswered = Math.max(mostAnswered, LIMIT - left);
  }

  // then
  const ended = await Promise.all(cases.map(({ caseId }) => remit.waitFor(caseId, ({ state }) => state !== 'open')));
  expect(ended.map(({ outcome, decidedBy }) => [outcome, decidedBy])).toEqual(
    ended.map(() => ['done', 'qualifier (smart)']),
  );
  expect(mostAnswered).toBeLessThanOrEqual(LIMIT);
  expect(drains).toBeGreaterThanOrEqual(CASES / LIMIT);
  const effects = await Promise.all(cases.map(({ caseId }) => remit.effects(caseId)));
  expect(effects.map(({ length }) => length)).toEqual(effects.map(() => 1));
}, 300_000);

/** Moves the clock, and lets what is due then happen. */
async function later(minutes: number): Promise<void> {
  await remit.advance(minutes * 60);
  await settled();
}

/** Cases that are put back for some seconds only would go on for ever. */
const MOST_LOOKS = 3;

/** Until nobody has asked the service for a while: time that moves in the middle of a turn would end it. */
async function settled(): Promise<void> {
  let before = -1;
  for (let looks = 0; looks < MOST_LOOKS && before !== claude.requests.length; looks += 1) {
    before = claude.requests.length;
    await quiet();
  }
}

function quiet(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 900));
}

async function openCases(cases: readonly { readonly caseId: string }[]): Promise<number> {
  const found = await Promise.all(cases.map(({ caseId }) => remit.waitFor(caseId, () => true)));
  return found.filter(({ state }) => state === 'open').length;
}
