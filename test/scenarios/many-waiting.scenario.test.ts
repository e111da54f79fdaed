import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { type Deployment, deployedAssembly, startDeployment } from '../support/deployment.ts';
import { APPROVER, sampleLead, WORKFLOW } from '../support/leads.ts';

const NAMES = ['Anna One', 'Berta Two', 'Carla Three', 'Dora Four', 'Emma Five'];
/** Together about a megabyte, none above what a webhook may bring. */
const MESSAGE_BYTES = 190_000;

const home = mkdtempSync(join(tmpdir(), 'remit-home-'));
const assembly = deployedAssembly();
let remit: Deployment | null = null;
afterAll(async () => {
  await remit?.stop();
  for (const folder of [home, assembly]) rmSync(folder, { recursive: true, force: true });
});

it('five questions with a megabyte of case data are answered in any order after a restart', {
  timeout: 180_000,
}, async () => {
  // given: five cases wait for a person
  const first = await startDeployment({ home, assembly });
  remit = first;
  const cases = new Map<string, string>();
  for (const name of NAMES) {
    const lead = { ...sampleLead('hot-lead'), name, message: 'a'.repeat(MESSAGE_BYTES) };
    const { status, caseId } = await first.trigger(WORKFLOW, lead);
    expect(status).toBe(202);
    await first.waitFor(caseId, ({ state }) => state === 'waiting');
    cases.set(name, caseId);
  }

  // when: everything is stopped and started anew, and they are answered from the last to the first
  await first.stop();
  const second = await startDeployment({ home, assembly });
  remit = second;
  const open = JSON.parse(await (await second.api('/api/requests')).text()) as { items: unknown[] };
  expect(open.items).toHaveLength(NAMES.length);
  for (const caseId of [...cases.values()].reverse()) {
    const waiting = await second.waitFor(caseId, ({ state }) => state === 'waiting');
    const request = waiting.requests.find(({ state }) => state === 'open');
    const body = JSON.stringify({ verb: 'take-over', digest: request?.digest, reason: 'Too long to read.' });
    const response = await second.api(`/api/requests/${request?.id}/answer`, { method: 'POST', body }, APPROVER);
    expect(response.status).toBe(200);

    // then
    const closed = await second.waitFor(caseId, ({ state }) => state === 'closed');
    expect(closed.requests).toHaveLength(waiting.requests.length);
  }
});
