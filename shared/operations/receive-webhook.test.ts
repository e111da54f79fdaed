import { describe, expect, it } from 'vitest';
import { LEAD } from '../../test/support/lead-case.ts';
import { WORKFLOW } from '../../test/support/leads.ts';
import { memoryPorts } from '../../test/support/memory-ports.ts';
import { ORDER_FILE, orders } from '../../test/support/orders.ts';
import { type WebhookStyle, type Workflow, webhook } from '../authoring/index.ts';
import { sign } from '../domain/webhooks/index.ts';
import { hmac } from '../domain/webhooks/signed-webhook.ts';
import type { Secrets } from '../ports/index.ts';
import { LARGEST_BODY_BYTES, receiveWebhook } from './receive-webhook.ts';

const SECRET = `whsec_${Buffer.alloc(24, 1).toString('base64')}`;

function setUp(webhookSecrets: Secrets['webhookSecrets'] = async () => [SECRET], workflow?: Workflow) {
  const ports = memoryPorts(workflow === undefined ? {} : { workflow });
  const received = { ...ports, secrets: { webhookSecrets, anthropicApiKey: async () => null } };
  const send = (text: string, changes: Partial<Parameters<typeof receiveWebhook.run>[1]> = {}) => {
    const body = new TextEncoder().encode(text);
    const at = String(Math.floor(ports.clock.nowMs() / 1_000));
    const webhookSignature = `v1,${sign(SECRET, 'msg_1', at, body).toString('base64')}`;
    const headers = { 'webhook-id': 'msg_1', 'webhook-timestamp': at, 'webhook-signature': webhookSignature };
    const sent = { method: 'POST', url: 'https://remit.example/hooks/a', headers, body };
    return receiveWebhook.run(received, { workflow: WORKFLOW, trigger: null, ...sent, ...changes });
  };
  return { ports, send };
}

describe('a webhook', () => {
  it('lies on the queue as it came, and is answered with its case', async () => {
    const { ports, send } = setUp();
    const receipt = await send(JSON.stringify(LEAD));
    expect(receipt).toEqual({ kind: 'accepted', caseId: '50232034ea0d40d9f275f843bc8b8e51' });
    expect(ports.intake.triggers).toEqual([
      {
        workflow: WORKFLOW,
        trigger: 'contact-form',
        eventId: 'msg_1',
        receivedAt: '2026-03-02T09:00:00.000Z',
        body: LEAD,
      },
    ]);
    expect(ports.telemetry.sum('TriggersAccepted')).toBe(1);
  });

  it('is answered with the same case when it comes again', async () => {
    const { send } = setUp();
    expect(await send('{"a":1}')).toEqual(await send('{"a":1}'));
  });

  it.each<[string, string, Parameters<ReturnType<typeof setUp>['send']>[1], string]>([
    ['an unknown workflow', '{}', { workflow: 'other' }, 'unknown-workflow'],
    ['a trigger that is no webhook', '{}', { trigger: 'inmail-reply' }, 'unknown-workflow'],
    ['a body that is too large', ' '.repeat(LARGEST_BODY_BYTES + 1), {}, 'too-large'],
    ['a body that swells beyond the queue', `"${'\u007f'.repeat(190_000)}"`, {}, 'too-large'],
    ['no signature', '{}', { headers: {} }, 'bad-signature'],
    ['a body that was changed', '{}', { body: new TextEncoder().encode('{"a":1}') }, 'bad-signature'],
    ['a body that is not JSON', '{', {}, 'not-json'],
    ['a body that holds a name twice', '{"a":1,"a":2}', {}, 'not-json'],
  ])('is refused and not queued with %s', async (_what, text, change, kind) => {
    const { ports, send } = setUp();
    expect(await send(text, change)).toMatchObject({ kind });
    expect(ports.intake.triggers).toEqual([]);
    expect(ports.telemetry.sum('SignaturesRefused')).toBe(kind === 'bad-signature' ? 1 : 0);
  });

  it('is taken at the largest size', async () => {
    const { send } = setUp();
    expect(await send(`"${'x'.repeat(LARGEST_BODY_BYTES - 2)}"`)).toMatchObject({ kind: 'accepted' });
  });

  it('signed by a secret that was rotated a moment ago is taken', async () => {
    const rotated = async (_: string, options?: { afterMismatch: boolean }) =>
      options?.afterMismatch ? [SECRET] : [`whsec_${Buffer.alloc(24, 2).toString('base64')}`];
    const { send } = setUp(rotated);
    expect(await send('{}')).toMatchObject({ kind: 'accepted' });
  });

  it('is refused while the workflow has no secret, or an empty one', async () => {
    for (const secrets of [[], [''], ['whsec_']]) {
      expect(await setUp(async () => secrets).send('{}')).toMatchObject({ kind: 'bad-signature' });
    }
  });

  it('is not accepted when the queue does not take it', async () => {
    const { ports, send } = setUp();
    ports.intake.send = async () => {
      throw new Error('queue down');
    };
    await expect(send('{}')).rejects.toThrow('queue down');
    expect(ports.telemetry.sum('TriggersAccepted')).toBe(0);
  });
});

describe('a webhook of a workflow that knows its events', () => {
  const order = (id: string) => JSON.stringify({ id, item: 'pen', cents: 120 });

  it('is one case by its key, whatever the webhook is called', async () => {
    const { ports, send } = setUp(undefined, orders);
    const first = await send(order('o-1'), { workflow: 'orders' });
    expect(await send(order('o-1'), { workflow: 'orders' })).toEqual(first);
    expect(await send(order('o-2'), { workflow: 'orders' })).not.toEqual(first);
    expect(ports.intake.triggers[0]?.eventId).toMatch(/^o-1\/[0-9a-f]{32}$/);
  });

  it('is known by the webhook where it does not fit', async () => {
    const { ports, send } = setUp(undefined, orders);
    await send('{"id":"o-1"}', { workflow: 'orders' });
    expect(ports.intake.triggers[0]?.eventId).toBe('msg_1');
  });

  it('that brings a file lies on the queue as text, and is answered with its batch', async () => {
    const { ports, send } = setUp(undefined, orders);
    const receipt = await send(ORDER_FILE, { workflow: 'orders', trigger: 'order-file' });
    expect(receipt).toEqual({ kind: 'accepted-batch', batchId: expect.stringMatching(/^[0-9a-f]{32}$/) });
    expect(ports.intake.triggers).toMatchObject([
      { trigger: 'order-file', eventId: 'msg_1', body: { file: ORDER_FILE } },
    ]);
  });

  it.each([
    ['makes too much of its quotation marks', '"'.repeat(120_000), 'too-large'],
    ['is too large as it is', 'x'.repeat(LARGEST_BODY_BYTES + 1), 'too-large'],
  ])('that brings a file which %s is refused', async (_what, file, kind) => {
    const { ports, send } = setUp(undefined, orders);
    expect(await send(file, { workflow: 'orders', trigger: 'order-file' })).toMatchObject({ kind });
    expect(ports.intake.triggers).toEqual([]);
  });
});

describe('a webhook that is signed in the way of its sender', () => {
  const TEXT_SECRET = 'a-secret-of-the-sender';
  const from = (signed: WebhookStyle): Workflow => ({
    ...orders,
    triggers: [webhook({ id: 'sender', when: 'The sender says that an order came', signed })],
  });

  function signedBy(style: 'slack' | 'hubspot', at: string, body: Uint8Array): Record<string, string> {
    const url = 'https://remit.example/hooks/a';
    return style === 'slack'
      ? {
          'x-slack-request-timestamp': at,
          'x-slack-signature': `v0=${hmac(TEXT_SECRET, `v0:${at}:`, body).toString('hex')}`,
        }
      : {
          'x-hubspot-request-timestamp': `${at}000`,
          'x-hubspot-signature-v3': hmac(TEXT_SECRET, 'POST', url, body, `${at}000`).toString('base64'),
        };
  }

  function setUpFor(style: 'slack' | 'hubspot') {
    const asked: string[] = [];
    const secrets = async (name: string) => {
      asked.push(name);
      return name === 'orders.sender' ? [TEXT_SECRET] : [];
    };
    const { ports, send } = setUp(secrets, from(style));
    const say = (value: unknown) => {
      const text = JSON.stringify(value);
      const at = String(Math.floor(ports.clock.nowMs() / 1_000));
      return send(text, { workflow: 'orders', headers: signedBy(style, at, new TextEncoder().encode(text)) });
    };
    return { ports, asked, say };
  }

  it('is checked with the secret of its trigger', async () => {
    const { ports, asked, say } = setUpFor('slack');
    expect(await say({ event_id: 'Ev1', id: 'o-1' })).toMatchObject({ kind: 'accepted' });
    expect(asked).toEqual(['orders.sender']);
    expect(ports.intake.triggers).toMatchObject([{ trigger: 'sender', eventId: 'Ev1' }]);
  });

  it('is a case for each of its events, and none where it has none', async () => {
    const { ports, say } = setUpFor('hubspot');
    const receipt = await say([{ objectId: 1 }, { objectId: 2 }]);
    expect(receipt).toEqual({ kind: 'accepted-many', caseIds: [expect.any(String), expect.any(String)] });
    expect(ports.intake.triggers.map(({ body }) => body)).toEqual([{ objectId: 1 }, { objectId: 2 }]);
    expect(ports.telemetry.sum('TriggersAccepted')).toBe(2);
    expect(await say([])).toMatchObject({ kind: 'not-json', problem: 'There is no event in the body.' });
    expect(ports.intake.triggers).toHaveLength(2);
  });

  it('is answered with its challenge and starts nothing', async () => {
    const { ports, say } = setUpFor('slack');
    expect(await say({ type: 'url_verification', challenge: 'abc' })).toEqual({ kind: 'challenge', challenge: 'abc' });
    expect(ports.intake.triggers).toEqual([]);
  });
});
