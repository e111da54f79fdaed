import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Deployment, startDeployment } from '../support/deployment.ts';
import { sampleLead, WORKFLOW } from '../support/leads.ts';
import { untilThere } from '../support/patiently.ts';

let remit: Deployment;
beforeAll(async () => {
  remit = await startDeployment();
}, 180_000);
afterAll(() => remit?.stop());

const OPERATOR = { accessKeyId: 'operator', secretAccessKey: 'operator' };

async function sign(body: string): Promise<Record<string, string>> {
  const response = await fetch(`${remit.url}/_local/sign`, {
    method: 'POST',
    body: JSON.stringify({ workflow: WORKFLOW, body }),
  });
  return JSON.parse(await response.text());
}

async function post(
  body: string,
  headers: Record<string, string>,
  workflow = WORKFLOW,
): Promise<{ status: number; message: string }> {
  const response = await fetch(`${remit.url}/hooks/${workflow}`, { method: 'POST', headers, body });
  const text = await response.text();
  return { status: response.status, message: JSON.parse(text).message };
}

interface LeadCase {
  readonly caseId: string;
  readonly trigger: string;
  readonly input: { readonly name?: string };
}

async function leadCases(query: string): Promise<readonly LeadCase[]> {
  return JSON.parse(await (await remit.api(`/api/cases?workflow=${WORKFLOW}${query}`)).text()).items;
}

async function newestCase(trigger: string): Promise<string> {
  const found = await untilThere(
    async () => (await leadCases('')).find((item) => item.trigger === trigger),
    `a case of ${trigger}`,
  );
  return found.caseId;
}

/** The id of the lead's case once that is closed. */
async function closedCaseOf(name: string): Promise<string> {
  const found = await untilThere(
    async () => (await leadCases('&state=closed')).find(({ input }) => input.name === name),
    `a closed case of ${name}`,
  );
  return found.caseId;
}

describe('a trigger', () => {
  it('by a signed webhook that comes twice is one case', async () => {
    const body = JSON.stringify(sampleLead('cold-lead'));
    const headers = await sign(body);
    const both = await Promise.all(
      [1, 2].map(() => fetch(`${remit.url}/hooks/${WORKFLOW}`, { method: 'POST', headers, body })),
    );
    const [first, second] = await Promise.all(both.map(async (response) => JSON.parse(await response.text())));
    expect(both.map(({ status }) => status)).toEqual([202, 202]);
    expect(first.caseId).toBe(second.caseId);
    const closed = await remit.waitFor(first.caseId, ({ state }) => state === 'closed');
    expect(closed.ledger?.filter(({ event }) => event.type === 'case-opened')).toHaveLength(1);
    expect(await remit.effects(first.caseId)).toHaveLength(1);
  });

  it('with a wrong signature is refused with 401, and leaves no case', async () => {
    const body = JSON.stringify({ ...sampleLead('cold-lead'), name: 'Mallory' });
    const headers = { ...(await sign(body)), 'webhook-signature': `v1,${Buffer.alloc(32).toString('base64')}` };
    expect(await post(body, headers)).toEqual({ status: 401, message: 'the signature does not match' });
    expect(await post(body, {})).toMatchObject({ status: 401 });
    const { items } = JSON.parse(await (await remit.api('/api/cases')).text());
    expect(items.filter((item: { input: { name?: string } }) => item.input.name === 'Mallory')).toEqual([]);
  });

  it.each([
    ['no JSON', 'hello', 'is not JSON'],
    ['a doubled name', '{"name":"a","name":"b"}', 'stands twice'],
    ['a prototype name', '{"__proto__":{"isAdmin":true}}', 'is not accepted'],
    ['half a surrogate pair', '{"name":"\\ud800"}', 'surrogate'],
  ])('that is %s is refused with 400 and says why', async (_what, body, why) => {
    const refused = await post(body, await sign(body));
    expect(refused.status).toBe(400);
    expect(refused.message).toContain(why);
  });

  it('that is too large is refused with 413 before anything is read', async () => {
    const body = JSON.stringify({ ...sampleLead('cold-lead'), message: 'x'.repeat(200_001) });
    expect(await post(body, await sign(body))).toMatchObject({
      status: 413,
      message: expect.stringContaining('200000'),
    });
    expect(await post('x'.repeat(11_000_000), {})).toMatchObject({ status: 413 });
  });

  it('for an unknown workflow is refused with 404', async () => {
    expect(await post('{}', await sign('{}'), 'no-such-workflow')).toMatchObject({
      status: 404,
      message: expect.stringContaining('no-such-workflow'),
    });
  });

  it('that does not fit the schema becomes a case for a person, with what is wrong', async () => {
    const { status, caseId } = await remit.trigger(WORKFLOW, sampleLead('broken'));
    expect(status).toBe(202);
    const asked = await remit.waitFor(caseId, ({ state }) => state === 'waiting');
    expect(asked.verdict?.reasons[0]).toMatchObject({
      code: 'no-valid-decision',
      text: expect.stringContaining('e-mail'),
    });
    expect(asked.requests[0]?.kind).toBe('decide-case');
    expect(asked.actions).toEqual([]);
  });

  it('by an event on the bus reaches the same queue', async () => {
    const events = new EventBridgeClient({ endpoint: remit.url, region: 'us-east-1', credentials: OPERATOR });
    const { channel: _channel, ...reply } = {
      ...sampleLead('cold-lead'),
      name: 'Ingrid InMail',
      replyId: 'r-1',
      channel: '',
    };
    await events.send(
      new PutEventsCommand({
        Entries: [
          { EventBusName: 'remit', Source: 'linkedin', DetailType: 'InMail reply', Detail: JSON.stringify(reply) },
        ],
      }),
    );
    const closed = await remit.waitFor(await newestCase('inmail-reply'), ({ state }) => state === 'closed');
    expect(closed.outcome).toBe('done');
  });

  it('by an event that an action made happen is shown among what followed from it, and by a false one is not', async () => {
    const cause = await remit.trigger(WORKFLOW, { ...sampleLead('cold-lead'), name: 'Carla Cause' });
    const { actions } = await remit.waitFor(cause.caseId, ({ state }) => state === 'closed');
    const events = new EventBridgeClient({ endpoint: remit.url, region: 'us-east-1', credentials: OPERATOR });
    const reply = (name: string, causedBy: string) => ({
      ...{ EventBusName: 'remit', Source: 'linkedin', DetailType: 'InMail reply' },
      Detail: JSON.stringify({ ...sampleLead('cold-lead'), name, causedBy }),
    });
    const [key] = (await remit.effects(cause.caseId)).map(({ idempotencyKey }) => idempotencyKey);
    expect(key).toBe(`${cause.caseId}.${actions[0]?.id}`);
    const Entries = [reply('Fritz False', `${cause.caseId}.send-meeting-mail#101`), reply('Fanny Follower', key ?? '')];
    await events.send(new PutEventsCommand({ Entries }));
    const [, follower] = [await closedCaseOf('Fritz False'), await closedCaseOf('Fanny Follower')];
    const shown = await remit.api(`/api/cases/${cause.caseId}/consequences`);
    const { cases } = (await shown.json()) as { cases: { caseId: string; causedBy: unknown }[] };
    expect(cases.map(({ caseId, causedBy }) => [caseId, causedBy])).toEqual([
      [cause.caseId, null],
      [follower, { caseId: cause.caseId, actionId: actions[0]?.id }],
    ]);
  });

  it('by schedule picks up each lead that was left open, once a slot', async () => {
    const table = remit.runtime.resources.find(({ logicalId }) => /Sandbox/.test(logicalId))?.physicalId ?? '';
    const dynamo = new DynamoDBClient({ endpoint: remit.url, region: 'us-east-1', credentials: OPERATOR });
    const { name, email, company, title, message } = sampleLead('cold-lead');
    const fields = JSON.stringify({
      name: `${name} Open`,
      email: `open.${email}`,
      company,
      title,
      message,
      stage: 'open',
    });
    await dynamo.send(
      new PutItemCommand({
        TableName: table,
        Item: {
          pk: { S: `crm#open.${email}` },
          sk: { S: 'record' },
          fields: { S: fields },
          listPk: { S: 'open-leads' },
        },
      }),
    );
    // Three days hold at least one working morning.
    await remit.advance(3 * 86_400);
    const caseId = await newestCase('open-leads');
    const found = await remit.waitFor(caseId, ({ state }) => state !== 'open');
    expect(found.ledger?.[0]?.event).toMatchObject({ type: 'case-opened', trigger: 'open-leads' });
  });
});
