import { globSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { GetExecutionHistoryCommand, type HistoryEvent, SFNClient } from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { workflowsThatAsk } from '../support/claude-assembly.ts';
import { type Deployment, startDeployment } from '../support/deployment.ts';
import { FAKE_KEY, type FakeAnthropic, startFakeAnthropic } from '../support/fake-anthropic.ts';
import { message, type Reply, structured } from '../support/fake-anthropic-replies.ts';
import { HOT } from '../support/lead-case.ts';
import { sampleLead, WORKFLOW } from '../support/leads.ts';

const CALLS = 200;
const AT_ONCE = 25;
const COMPANY_BYTES = 52_500;
const MOST_STATE_BYTES = 262_144;
const MOST_EVENTS = 25_000;

let claude: FakeAnthropic;
let assembly: string;
let remit: Deployment;
beforeAll(async () => {
  claude = await startFakeAnthropic();
  assembly = await workflowsThatAsk(claude.url, 'test/support/reading-leads/index.ts');
  knowCompanies(assembly);
  remit = await startDeployment({ assembly, anthropicApiKey: FAKE_KEY });
}, 180_000);
afterAll(async () => {
  await remit?.stop();
  rmSync(assembly, { recursive: true, force: true });
  await claude.stop();
});

it('ends a case of 200 tool calls with 10 MB of results; its states pass references and stay small', async () => {
  // given
  claude.serve(({ body }) => readsOn(body));

  // when
  const { caseId } = await remit.trigger(WORKFLOW, sampleLead('cold-lead'));
  const isOver = ({ state }: { readonly state: string }): boolean => state !== 'open';
  // 10 MB through one machine may take longer than a case usually does.
  const found = await remit.waitFor(caseId, isOver).catch(() => remit.waitFor(caseId, isOver));

  // then
  expect(found).toMatchObject({ state: 'closed', outcome: 'done', decidedBy: 'qualifier (smart)' });
  const turn = found.ledger?.find(({ event }) => event.type === 'turn-finished')?.event['turn'] as Turn;
  const read = turn.readings.filter(({ source }) => source === 'other-companies');
  expect(read).toHaveLength(CALLS);
  expect(read.every(({ status }) => status === 'complete')).toBe(true);
  expect(read.reduce((sum, { kept }) => sum + (kept?.bytes ?? 0), 0)).toBeGreaterThan(10_000_000);

  const events = await historyOf(caseId);
  expect(events.length).toBeLessThan(MOST_EVENTS / 100);
  const largest = Math.max(...events.map((event) => JSON.stringify(event).length));
  expect(largest).toBeLessThan(MOST_STATE_BYTES / 2);

  // The model was shown a little of each, and all of the rest is kept.
  const last = claude.requests.at(-1)?.body ?? {};
  expect(JSON.stringify(last).length).toBeLessThan(CALLS * 1_500);
});

interface Turn {
  readonly readings: readonly {
    readonly source: string;
    readonly status: string;
    readonly kept?: { readonly id: string; readonly bytes: number };
  }[];
}

/** Reads 25 companies after 25 others, and then decides. */
function readsOn(body: Readonly<Record<string, unknown>>): Reply {
  const done = JSON.stringify(body['messages']).split('"tool_result"').length - 1;
  if (done >= CALLS) {
    const judgement = { ...HOT, buyingIntent: 'none', hasBuyingAuthority: false, usesIntegratedStack: false };
    return structured({ judgement, reasons: [], confidence: 0.9, doubts: [], cites: ['company-directory'] });
  }
  const calls = Array.from({ length: AT_ONCE }, (_, at) => ({
    ...{ type: 'tool_use', id: `toolu_${done + at}`, name: 'other-companies', input: { domain: domainOf(done + at) } },
  }));
  return message(calls, { stopReason: 'tool_use' });
}

function domainOf(company: number): string {
  return `company-${company}.example`;
}

/** In the bundle of the function that reads, beside those that the samples are about. */
function knowCompanies(folder: string): void {
  const companies = Array.from({ length: CALLS }, (_, at) => {
    const techStack = Array.from({ length: COMPANY_BYTES / 105 }, (_unused, n) => `${at}-${n} `.padEnd(102, 'x'));
    return [domainOf(at), { employees: 40, industry: 'Retail', country: 'DE', techStack }] as const;
  });
  for (const file of globSync(`asset.*/agents/${WORKFLOW}/sandbox.json`, { cwd: folder })) {
    const world = { companies: { ...Object.fromEntries(companies), ...COLD }, profiles: {} };
    writeFileSync(join(folder, file), JSON.stringify(world));
  }
}

/** The company of the lead in the sample. */
const COLD = Object.fromEntries(
  [String(sampleLead('cold-lead')['email']).split('@')[1] ?? ''].map((domain) => [
    domain,
    { employees: 3, industry: 'Retail', country: 'DE', techStack: [] },
  ]),
);

async function historyOf(caseId: string): Promise<HistoryEvent[]> {
  const credentials = { accessKeyId: 'operator', secretAccessKey: 'operator' };
  const states = new SFNClient({ endpoint: remit.url, region: 'us-east-1', credentials });
  const machine = remit.runtime.resources.find(
    ({ type, logicalId }) => type === 'AWS::StepFunctions::StateMachine' && /Case/.test(logicalId),
  );
  const executionArn = `${machine?.physicalId.replace(':stateMachine:', ':execution:')}:${caseId}`;
  const events: HistoryEvent[] = [];
  let nextToken: string | undefined;
  do {
    const page = await states.send(
      new GetExecutionHistoryCommand({ executionArn, includeExecutionData: true, nextToken }),
    );
    events.push(...(page.events ?? []));
    nextToken = page.nextToken;
  } while (nextToken !== undefined);
  states.destroy();
  return events;
}
