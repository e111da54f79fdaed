import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Deployment, startDeployment } from '../support/deployment.ts';
import { type Curl, curlsIn } from '../support/document-curls.ts';
import { APPROVER, sampleLead, WORKFLOW } from '../support/leads.ts';

let remit: Deployment;
let address: string;
beforeAll(async () => {
  remit = await startDeployment();
  address = remit.url.replace('http://', '');
}, 180_000);
afterAll(() => remit?.stop());

const send = ({ url, method, headers, body }: Curl): Promise<Response> => fetch(url, { method, headers, body });
const json = async (response: Promise<Response>) => JSON.parse(await (await response).text());

async function closedLead(): Promise<string> {
  const { caseId } = await remit.trigger(WORKFLOW, sampleLead('cold-lead'));
  await remit.waitFor(caseId, ({ state }) => state === 'closed');
  return caseId;
}

/** A yes that is remembered, and the question that it answered. */
async function remembered(): Promise<{ requestId: string; shapeId: string }> {
  const { caseId } = await remit.trigger(WORKFLOW, sampleLead('warm-lead'));
  const { requests } = await remit.waitFor(caseId, ({ state }) => state === 'waiting');
  const request = requests.find(({ kind }) => kind === 'approve-action');
  const post = (path: string, body: object) =>
    json(remit.api(`/api/requests/${request?.id}/${path}`, { method: 'POST', body: JSON.stringify(body) }));
  await post('answer', { verb: 'approve', digest: request?.digest });
  const choice = { days: 1, maximumUses: 1 };
  const { confirm } = await post('remember', choice);
  const { shape } = await post('remember', { ...choice, confirm });
  return { requestId: request?.id ?? '', shapeId: shape.id };
}

describe('what the documents tell their readers to send', () => {
  it('is taken as it stands in the README', async () => {
    const curls = curlsIn('README.md', { '127.0.0.1:4700': address, $ID: await closedLead() });
    expect(curls.length).toBeGreaterThan(1);
    for (const curl of curls) expect([curl.command, (await send(curl)).status]).toEqual([curl.command, 200]);
  });

  it('is taken as it stands in the page for owners, up to the switch, which ends it', async () => {
    const caseId = await closedLead();
    const { decision } = await json(remit.api(`/api/cases/${caseId}`));
    const { digest } = await json(remit.api(`/api/cases/${caseId}/consequences`));
    const { requestId, shapeId } = await remembered();
    const { token } = await json(
      fetch(`${remit.url}/_local/token`, { method: 'POST', body: JSON.stringify({ user: APPROVER, groups: [] }) }),
    );
    const known = {
      ...{ $AS: `authorization: Bearer ${token}`, $W: `${address}/api/workflows/${WORKFLOW}` },
      ...{ '127.0.0.1:4700': address, '<caseId>': caseId, '"…"': JSON.stringify(digest) },
      ...{ '{…}': JSON.stringify(decision), '["add-to-nurture#1"]': '[]' },
      ...{ '<requestId>': requestId, '<shapeId>': shapeId },
    };
    const curls = curlsIn('docs/owner.md', known);
    expect(curls.length).toBeGreaterThan(8);
    for (const curl of curls) expect([curl.command, (await send(curl)).status]).toEqual([curl.command, 200]);
  });
});
