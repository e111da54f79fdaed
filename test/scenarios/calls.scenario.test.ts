import { afterAll, beforeAll, expect, it } from 'vitest';
import { type CaseAnswer, type Deployment, startDeployment } from '../support/deployment.ts';
import { ONBOARDING, sampleHire } from '../support/hires.ts';
import { APPROVER, hotLead, sampleLead, WORKFLOW } from '../support/leads.ts';

let remit: Deployment;
beforeAll(async () => {
  remit = await startDeployment();
}, 180_000);
afterAll(() => remit?.stop());

const isClosed = ({ state }: CaseAnswer): boolean => state === 'closed';
const isWaiting = ({ state }: CaseAnswer): boolean => state === 'waiting';

it('an autonomous case takes just the calls and transitions that it is known to, though its workflow has caps', async () => {
  // given: models are read by then
  await coldLead('Frida First');

  // when
  const { calls, transitions, usd } = await metered(await coldLead('Celia Count'));

  // then
  expect(calls).toEqual(AUTONOMOUS);
  expect(transitions).toBe(8);
  expect(usd).toBeLessThanOrEqual(0.000_256);
});

it('a case that asks for one yes takes no more calls and transitions than it is known to', async () => {
  const { calls, transitions, usd } = await metered(await approvedLead('Greta Given'));

  expect(calls).toEqual(ASKED);
  expect(transitions).toBe(22);
  expect(usd).toBeLessThanOrEqual(0.0011);
});

it('four agents side by side take no more calls and transitions until their plan is asked about than they are known to', async () => {
  const { caseId } = await remit.trigger(ONBOARDING, sampleHire('support-agent', 'Xenia'));
  await remit.waitFor(caseId, isWaiting);

  const { calls, transitions, usd } = await metered(caseId);

  expect(calls).toEqual(PANEL);
  expect(transitions).toBe(10);
  expect(usd).toBeLessThanOrEqual(0.000_44);
});

async function coldLead(name: string): Promise<string> {
  const { caseId } = await remit.trigger(WORKFLOW, { ...sampleLead('cold-lead'), name });
  await remit.waitFor(caseId, isClosed);
  return caseId;
}

async function approvedLead(name: string): Promise<string> {
  const { caseId } = await remit.trigger(WORKFLOW, hotLead(name));
  await remit.waitFor(caseId, isWaiting);
  const asked = await remit.questionMail(APPROVER, name);
  // The execution waits by then: an answer that comes first is found by another step.
  await remit.runtime.whenIdle();
  await remit.answer(asked, { verb: 'approve' });
  await remit.waitFor(caseId, isClosed);
  return caseId;
}

/**
 * What a case took once all of it is over. Left out is what no case determines: secrets, which each sandbox reads once in
 * some minutes, and the price of the time that functions run for, and of what they log.
 */
async function metered(caseId: string) {
  await remit.runtime.whenIdle();
  const { calls, transitions, lines } = remit.runtime.meter(caseId);
  const { 'secretsmanager:GetSecretValue': _, ...ofCase } = calls.function;
  const priced = lines.filter(({ item }) => !/^(lambda|log|secret)-/.test(item));
  return { calls: ofCase, transitions, usd: priced.reduce((sum, line) => sum + line.usd, 0) };
}

/**
 * Thirteen, of which two stand for the outside world, where a real connector would call no AWS: a source and an effect.
 * bench/README.md lists them one by one, and says what fewer of them would cost.
 */
const AUTONOMOUS = {
  // The trigger is on the queue before the sender is told so; its execution has the name of the case.
  'sqs:SendMessageBatch': 1,
  'states:StartExecution': 1,
  // The settings that are pinned; the case for its turn; the case and the turn for the verdict; the action, its case and the
  // settings as they are right before its effect.
  'dynamodb:BatchGetItem': 4,
  // What the turn came to.
  'dynamodb:UpdateItem': 1,
  // The source: the history of the lead in the made-up CRM.
  'dynamodb:GetItem': 1,
  // Opened, decided, intended, and done, which closes the case, each with its ledger; and the effect in the made-up CRM.
  'dynamodb:TransactWriteItems': 5,
};

/** Two agents, one question with its mail and its answer, three actions. */
const ASKED = {
  'sqs:SendMessageBatch': 1,
  'states:StartExecution': 1,
  'states:SendTaskSuccess': 1,
  'ses:SendEmail': 2,
  'dynamodb:BatchGetItem': 19,
  'dynamodb:GetItem': 10,
  'dynamodb:Query': 4,
  // One is what the reference names that stands in the mail to the lead.
  'dynamodb:PutItem': 4,
  'dynamodb:UpdateItem': 4,
  'dynamodb:TransactWriteItems': 15,
};

/** Each agent reads its turn and keeps what it came to; together they are judged in one write. */
const PANEL = {
  'sqs:SendMessageBatch': 1,
  'states:StartExecution': 1,
  'ses:SendEmail': 1,
  'dynamodb:BatchGetItem': 8,
  'dynamodb:GetItem': 1,
  'dynamodb:PutItem': 2,
  'dynamodb:UpdateItem': 4,
  'dynamodb:TransactWriteItems': 4,
};
