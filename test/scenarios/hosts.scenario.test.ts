import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { askAt } from '../support/claude-assembly.ts';
import { type Deployment, startDeployment } from '../support/deployment.ts';
import { FAKE_KEY, type FakeAnthropic, startFakeAnthropic } from '../support/fake-anthropic.ts';
import { structured } from '../support/fake-anthropic-replies.ts';
import { APPROVER, sampleLead, WORKFLOW } from '../support/leads.ts';
import { type RecordedAssembly, recordedAssembly } from '../support/recorded-assembly.ts';

const USAGE = { input_tokens: 400, output_tokens: 300, cache_read_input_tokens: 0, cache_creation_input_tokens: 0 };
const HOT = {
  ...{ hasBuyingAuthority: true, usesIntegratedStack: true, buyingIntent: 'ready' },
  ...{ mentionsCompetitor: false, mentionsUrgency: false },
};

let folder: string;
let claude: FakeAnthropic;
let recorded: RecordedAssembly;
let remit: Deployment;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'remit-hosts-'));
  claude = await startFakeAnthropic();
  recorded = await recordedAssembly(join(folder, 'hosts.jsonl'), 'test/support/claude-leads/index.ts', (template) =>
    askAt(template, claude.url),
  );
  remit = await startDeployment({ assembly: recorded.assembly, anthropicApiKey: FAKE_KEY });
}, 180_000);
afterAll(async () => {
  await remit?.stop();
  for (const path of [folder, recorded?.assembly])
    if (path !== undefined) rmSync(path, { recursive: true, force: true });
  await claude?.stop();
});

it('the functions of a case ask AWS, Claude where it is declared, and no other host', async () => {
  // given
  const reply = { judgement: HOT, reasons: ['Wants a demo.'], confidence: 0.9, doubts: [] };
  claude.play(structured({ ...reply, cites: ['company-directory', 'professional-profile'] }, { usage: USAGE }));

  // when: a lead by its webhook, its question read, answered and carried out, and the case looked at
  const { caseId } = await remit.trigger(WORKFLOW, { ...sampleLead('hot-lead'), name: 'Hilda Host' });
  await remit.waitFor(caseId, ({ state }) => state === 'waiting');
  await remit.answer(await remit.questionMail(APPROVER, 'Hilda Host'), { verb: 'approve' });
  await remit.waitFor(caseId, ({ state }) => state === 'closed');
  await remit.runtime.whenIdle();

  // then
  const [aws, model] = [remit.url, claude.url].map((url) => new URL(url).host);
  const hosts = Object.fromEntries([...recorded.hosts()].map(([name, asked]) => [name, [...asked].toSorted()]));
  const { 'run-turn': ofTurns, ...others } = hosts;
  expect(ofTurns).toEqual([aws, model].toSorted());
  expect(others).toEqual(Object.fromEntries(ASKING.map((name) => [name, [aws]])));
});

/** Every function that such a case meets, the one that asks models aside. */
const ASKING = [
  ...['receive-webhook', 'start-case', 'advance-case', 'perform-action', 'close-case'],
  ...['open-request', 'await-answer', 'show-request', 'answer-request', 'tell-outcome', 'read-cases'],
];
