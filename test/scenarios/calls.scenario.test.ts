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
  expect(callsByFunctions).toBe(14);
  expect(transitions).toBeLessThanOrEqual(8);
});

/**
 * Two of the fourteen stand for the outside world, where a real connector would call no AWS: a source and an effect. Three
 * more are the price of a state machine that is told ids alone: a turn reads its case and keeps what it came to, and the
 * step that judges reads both. A state that opened the case is gone for them, which costs more than all three.
 */
const CALLS = {
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
  // Opened, decided, intended, done and closed, each with its ledger; and the effect in the made-up CRM.
  'dynamodb:TransactWriteItems': 6,
};
