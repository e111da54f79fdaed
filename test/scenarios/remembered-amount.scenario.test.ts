import { rmSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { assemblyWith } from '../support/assembly-with.ts';
import { type CaseAnswer, type Deployment, startDeployment } from '../support/deployment.ts';
import { sampleLead, WORKFLOW } from '../support/leads.ts';

/** Nobody whom a source knows, so that a person decides, and the score with it. */
const LEAD = { ...sampleLead('warm-lead'), email: 'paula.paid@thistlegates.example' };

let remit: Deployment;
let assembly: string;
beforeAll(async () => {
  assembly = await assemblyWith('test/support/paid-leads.ts');
  remit = await startDeployment({ assembly });
}, 180_000);
afterAll(async () => {
  await remit?.stop();
  rmSync(assembly, { recursive: true, force: true });
});

async function post<T>(path: string, body: object): Promise<{ status: number; body: T }> {
  const response = await remit.api(path, { method: 'POST', body: JSON.stringify(body) });
  return { status: response.status, body: JSON.parse(await response.text()) };
}

const openOf = ({ requests }: CaseAnswer) => requests.find(({ state }) => state === 'open');
const recordOf = ({ actions }: CaseAnswer) => actions.find(({ id }) => id.startsWith('create-crm-record#'));

/** A lead of this score, up to what becomes of its record, which costs a euro a point. */
async function recordOfScore(score: number): Promise<CaseAnswer> {
  const { caseId } = await remit.trigger(WORKFLOW, LEAD);
  const asked = await remit.waitFor(caseId, (found) => openOf(found)?.kind === 'decide-case');
  const decide = openOf(asked);
  const edits = { ...asked.decision, score, tier: 'warm' };
  expect(
    (await post(`/api/requests/${decide?.id}/answer`, { verb: 'edit', digest: decide?.digest, edits })).status,
  ).toBe(200);
  const nurture = openOf(
    await remit.waitFor(caseId, (found) => openOf(found)?.actionId?.startsWith('add-to-nurture#') === true),
  );
  await post(`/api/requests/${nurture?.id}/answer`, { verb: 'approve', digest: nurture?.digest });
  return remit.waitFor(
    caseId,
    (found) => found.state === 'closed' || openOf(found)?.actionId?.startsWith('create-crm-record#') === true,
  );
}

it('a yes that is remembered up to an amount lets less go, and a higher amount asks', async () => {
  const first = await recordOfScore(4);
  const request = openOf(first);
  const path = `/api/requests/${request?.id}`;
  expect((await post(`${path}/answer`, { verb: 'approve', digest: request?.digest })).status).toBe(200);
  const choice = { freeFields: ['score'], maxAmount: { minor: 500, currency: 'EUR' }, days: 30, maximumUses: 10 };
  const shown = await post<{ sentence: string; confirm: string }>(`${path}/remember`, choice);
  expect(shown.body.sentence).toContain('it moves at most 5.00 EUR');
  const stored = await post<{ shape: { id: string } }>(`${path}/remember`, { ...choice, confirm: shown.body.confirm });
  expect(stored.status).toBe(201);

  const within = await recordOfScore(5);
  expect(within).toMatchObject({ state: 'closed', outcome: 'done' });
  expect(recordOf(within)).toMatchObject({ state: 'done', releasedBy: stored.body.shape.id, arguments: { score: 5 } });

  const above = await recordOfScore(6);
  expect(above.state).toBe('waiting');
  expect(recordOf(above)).toMatchObject({ state: 'asked', releasedBy: null, arguments: { score: 6 } });
  expect((await remit.effects(above.caseId)).map(({ connector }) => connector)).not.toContain(
    'sandbox.crm-create-record',
  );
});
