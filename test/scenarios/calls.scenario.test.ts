import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Deployment, startDeployment } from '../support/deployment.ts';
import { sampleLead, WORKFLOW } from '../support/leads.ts';

let remit: Deployment;
beforeAll(async () => {
  remit = await startDeployment();
}, 180_000);
afterAll(() => remit?.stop());

it('an autonomous case takes no more calls and transitions than it is known to, though its workflow has caps', async () => {
  // given: secrets and models are read by then
  const first = await remit.trigger(WORKFLOW, { ...sampleLead('cold-lead'), name: 'Frida First' });
  await remit.waitFor(first.caseId, ({ state }) => state === 'closed');

  // when
  const { caseId } = await remit.trigger(WORKFLOW, { ...sampleLead('cold-lead'), name: 'Celia Count' });
  await remit.waitFor(caseId, ({ state }) => state === 'closed');
  await remit.runtime.whenIdle();

  // then
  const { calls, callsByFunctions, transitions } = remit.runtime.meter(caseId);
  expect(calls.function).toEqual(CALLS);
  expect(callsByFunctions).toBe(11);
  expect(transitions).toBeLessThanOrEqual(9);
});

/** Two of the eleven stand for the outside world, where a real connector would call no AWS: a source and an effect. */
const CALLS = {
  // The trigger is on the queue before the sender is told so; its execution has the name of the case.
  'sqs:SendMessageBatch': 1,
  'states:StartExecution': 1,
  // The settings that are pinned; the action, its case and the settings as they are right before its effect.
  'dynamodb:BatchGetItem': 2,
  // The source: the history of the lead in the made-up CRM.
  'dynamodb:GetItem': 1,
  // Opened, decided, intended, done and closed, each with its ledger; and the effect in the made-up CRM.
  'dynamodb:TransactWriteItems': 6,
};
