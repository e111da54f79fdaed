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
  const { callsByFunctions, transitions } = remit.runtime.meter(caseId);
  expect(callsByFunctions).toBeLessThanOrEqual(11);
  expect(transitions).toBeLessThanOrEqual(9);
});
