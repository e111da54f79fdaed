import { SFNClient, StopExecutionCommand } from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { workflows } from '../../agents/index.ts';
import { readSamples } from '../../scripts/demo/read-samples.ts';
import { sendMorning } from '../../scripts/demo/send-morning.ts';
import { casesIn, morningOf } from '../../scripts/demo/traffic.ts';
import { untilAtRest } from '../../scripts/demo/until-at-rest.ts';
import { RuntimeClient } from '../../scripts/runtime/client.ts';
import { type Deployment, startDeployment } from '../support/deployment.ts';
import { dropFile } from '../support/inbound.ts';
import { settingsIn } from '../support/lead-case.ts';
import { APPROVER, hotLead, sampleLead, WORKFLOW } from '../support/leads.ts';
import { type KeptExecution, keptExecutions, wordsIn } from '../support/machine-history.ts';
import { MARK, markedSamples } from '../support/marked-samples.ts';
import { until } from '../support/patiently.ts';
import { dayFile, FINANCE, paymentCases, sendFile } from '../support/payments.ts';
import { putSettings } from '../support/stored-settings.ts';

/** Ids, figures, names of states, errors and choices, digests, tokens and addresses of resources: no words, no addresses of people. */
const IMPERSONAL = /^[\w#.:/+=-]*$/;
/** Sentences of our own, made of nothing else. */
const OUR_WORDS = /^(\w+: )?The step [\w-]+ ended with \w+$/;

let remit: Deployment;
beforeAll(async () => {
  remit = await startDeployment();
}, 180_000);
afterAll(() => remit?.stop());

it('what Step Functions keeps of all workflows holds ids and figures only, whatever came in, was said or went wrong', async () => {
  // given: a morning over all workflows whose every text is marked, and files of many lines beside it
  const client = new RuntimeClient({ url: remit.url });
  const samples = markedSamples(workflows, readSamples(workflows));
  const arrivals = morningOf(workflows, samples).filter(({ kind }) => kind !== 'file');
  await sendMorning(client, arrivals, () => undefined);
  const ids = workflows.map(({ id }) => id);
  const found = await untilAtRest(client, { workflows: ids, cases: casesIn(arrivals), sinceMs: 0 }, () => undefined);
  for (const one of found) expect(JSON.stringify(one.input)).toContain(MARK);
  for (const id of ids.filter((one) => one !== 'onboarding-steps')) {
    expect(arrivals.some(({ sample }) => sample.workflow === id)).toBe(true);
  }

  await sentFiles();

  // and: somebody tells the agents more, refuses, stops an execution, takes back and overturns, always in marked words
  await toldMore();
  await refused();
  await stopped();
  await takenBackAndOverturned();
  await remit.runtime.whenIdle();

  // then
  const kept = await keptExecutions(remit.runtime);
  expect(kept.length).toBeGreaterThan(2 * found.length);
  expect(new Set(kept.map(({ status }) => status))).toEqual(new Set(['SUCCEEDED', 'RUNNING', 'ABORTED']));
  expect(kept.filter(({ name }) => /-rescue$|-h1$/.test(name)).length).toBeGreaterThan(1);
  expect(new Set(kept.flatMap(({ states }) => states))).toContain('Run one turn');
  const files = kept.filter(({ machine }) => machine.includes('Batch'));
  expect(files.map(({ status }) => status)).toEqual(['SUCCEEDED', 'SUCCEEDED', 'SUCCEEDED']);
  expect(new Set(files.flatMap(({ states }) => states))).toContain('Put each piece on the queue');
  expect(personalIn(kept)).toEqual([]);
}, 600_000);

/** Payments of one card whose every text is marked; the last line cannot be read. */
function markedFile(of: string, lines: number, distinct: number, memo: string): string {
  const [heading = ''] = dayFile().split('\n');
  const rows = Array.from({ length: lines }, (_, at) => {
    const who = `${MARK}@remit.example,${MARK},company-card`;
    return `${MARK}-${of}-${at % distinct},2026-04-14,${MARK}-${of},${who},${MARK} ${at % distinct},${MARK},12.30,EUR,${memo}`;
  });
  return [heading, ...rows, `${MARK},${of}`, ''].join('\n');
}

/** A large file takes its time. */
const LARGE_FILE = { forMs: 250_000, everyMs: 250 };

/** A small one by webhook, a large one of two pieces in the bucket, and one that cannot be divided. */
async function sentFiles(): Promise<void> {
  const before = (await paymentCases(remit.url)).length;
  await sendFile(remit.url, markedFile('small', 3, 3, MARK));
  await sendFile(remit.url, `${MARK},${MARK}\n${MARK}`);
  await dropFile(remit, `expense-categorisation/${MARK}.csv`, markedFile('large', 520, 5, `${MARK} `.repeat(40)));
  // Three and five payments, a broken line of each, and the file that is broken as a whole.
  await until(
    async () => {
      const cases = await paymentCases(remit.url);
      return cases.length >= before + 11 && cases.every(({ state }) => state !== 'open');
    },
    'the cases of the files',
    LARGE_FILE,
  );
  await remit.advance(301);
  const subjects = async () => (await remit.mails(FINANCE)).map(({ subject }) => subject).join('\n');
  const areTold = async () => /^4 lines: /m.test(await subjects()) && /^521 lines: /m.test(await subjects());
  await until(areTold, 'a mail about each file', LARGE_FILE);
}

async function toldMore(): Promise<void> {
  const caseId = await waiting(hotLead(`Tilda ${MARK}`));
  const asked = await remit.questionMail(APPROVER, `Tilda ${MARK}`);
  await remit.answer(asked, { verb: 'respond', reason: `She is a ${MARK} already.` });
  await remit.waitFor(caseId, ({ requests }) => requests.length > 1);
}

async function refused(): Promise<void> {
  const caseId = await waiting(hotLead(`Rita ${MARK}`));
  const asked = await remit.questionMail(APPROVER, `Rita ${MARK}`);
  await remit.answer(asked, { verb: 'reject', reason: `Not a ${MARK}.` });
  await remit.waitFor(caseId, ({ state }) => state === 'closed');
}

async function stopped(): Promise<void> {
  const caseId = await waiting(hotLead(`Susi ${MARK}`));
  const machine = remit.runtime.resources.find(
    ({ type, logicalId }) => type.endsWith('StateMachine') && /Case/.test(logicalId),
  );
  const executionArn = `${machine?.physicalId.replace(':stateMachine:', ':execution:')}:${caseId}`;
  const credentials = { accessKeyId: 'operator', secretAccessKey: 'operator' };
  const states = new SFNClient({ endpoint: remit.url, region: 'us-east-1', credentials });
  await states.send(new StopExecutionCommand({ executionArn }));
  await remit.waitFor(caseId, ({ requests }) => requests.some(({ kind }) => kind === 'decide-case'));
}

/** A warm lead in phase full is done at once, and told with an undo link. */
async function takenBackAndOverturned(): Promise<void> {
  await putSettings(remit.url, settingsIn('full'));
  const names = [`Ulla ${MARK}`, `Olga ${MARK}`];
  const cases = await Promise.all(
    names.map(async (name) => {
      const { caseId } = await remit.trigger(WORKFLOW, { ...sampleLead('warm-lead'), name });
      await remit.waitFor(caseId, ({ state, requests }) => state === 'closed' && requests.length > 0);
      return caseId;
    }),
  );
  const undo = await remit.questionMail(APPROVER, names[0] ?? '');
  await remit.answer(undo, { verb: 'reject', reason: `She is a ${MARK}.` });
  await remit.waitFor(cases[0] ?? '', ({ outcome }) => outcome === 'undone');
  const path = `/api/cases/${cases[1]}`;
  const { digest } = (await (await remit.api(`${path}/consequences`)).json()) as { digest: string };
  const overturn = { digest, reason: `She is a ${MARK} too.`, takeBack: ['add-to-nurture#1'] };
  const answer = await remit.api(`${path}/overturn`, { method: 'POST', body: JSON.stringify(overturn) });
  expect(answer.status).toBe(200);
  await remit.waitFor(cases[1] ?? '', ({ actions }) => actions.some(({ state }) => state === 'taken-back'));
}

async function waiting(lead: object): Promise<string> {
  const { caseId } = await remit.trigger(WORKFLOW, lead);
  await remit.waitFor(caseId, ({ state }) => state === 'waiting');
  return caseId;
}

/** What is kept and is no id, with where it stands. */
function personalIn(kept: readonly KeptExecution[]): string[] {
  return kept.flatMap(({ machine, name, texts }) =>
    texts
      .flatMap(wordsIn)
      .filter((word) => word.includes(MARK) || !(IMPERSONAL.test(word) || OUR_WORDS.test(word)))
      .map((word) => `${machine} ${name}: ${word.slice(0, 200)}`),
  );
}
