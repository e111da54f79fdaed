import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { afterEach, describe, expect, it } from 'vitest';
import { MemoryClock } from '../../test/support/memory-clock.ts';
import { type StubAnswer, type StubEndpoint, stubEndpoint } from '../../test/support/stub-endpoint.ts';
import { SecretsManagerSecrets } from './secrets-manager-secrets.ts';

let endpoint: StubEndpoint;
afterEach(() => endpoint.close());

const holding = (text: string): StubAnswer => ({ status: 200, body: JSON.stringify({ SecretString: text }) });
const MISSING: StubAnswer = {
  status: 400,
  body: JSON.stringify({ __type: 'ResourceNotFoundException', message: 'none' }),
};
const SECRET = 's'.repeat(32);

async function secrets(...answers: StubAnswer[]) {
  endpoint = await stubEndpoint(answers);
  const credentials = { accessKeyId: 'a', secretAccessKey: 's' };
  const client = new SecretsManagerClient({ endpoint: endpoint.url, region: 'eu-west-1', credentials, maxAttempts: 1 });
  const clock = new MemoryClock();
  const names = { webhookPrefix: 'remit/webhook/', anthropicApiKey: 'remit/anthropic' };
  return { clock, store: new SecretsManagerSecrets(client, names, clock) };
}

describe('webhook secrets', () => {
  it('are the current one and, during a rotation, the one before', async () => {
    const { store } = await secrets(holding(JSON.stringify({ current: SECRET, previous: null })));
    expect(await store.webhookSecrets('lead-qualification')).toEqual([SECRET]);
    expect(JSON.parse(endpoint.bodies[0] ?? '')).toMatchObject({ SecretId: 'remit/webhook/lead-qualification' });
    await endpoint.close();
    const rotating = await secrets(holding(JSON.stringify({ current: SECRET, previous: 'p'.repeat(32) })));
    expect(await rotating.store.webhookSecrets('w')).toEqual([SECRET, 'p'.repeat(32)]);
  });

  it('are kept for a minute and then read again', async () => {
    const { store, clock } = await secrets(holding(JSON.stringify({ current: SECRET })), MISSING);
    await store.webhookSecrets('w');
    clock.advance(59_999);
    expect(await store.webhookSecrets('w')).toEqual([SECRET]);
    clock.advance(1);
    expect(await store.webhookSecrets('w')).toEqual([]);
    expect(endpoint.bodies).toHaveLength(2);
  });

  it('are looked up again after a mismatch, but not at each bad request', async () => {
    const { store, clock } = await secrets(
      holding(JSON.stringify({ current: SECRET })),
      holding(JSON.stringify({ current: 'n'.repeat(32), previous: SECRET })),
    );
    await store.webhookSecrets('w');
    clock.advance(4_999);
    expect(await store.webhookSecrets('w', { afterMismatch: true })).toEqual([SECRET]);
    clock.advance(1);
    expect(await store.webhookSecrets('w', { afterMismatch: true })).toEqual(['n'.repeat(32), SECRET]);
    expect(endpoint.bodies).toHaveLength(2);
  });

  it.each(['', '{}', '{"current":""}', '{"current":"short"}', 'plain'])('are never taken from %o', async (text) => {
    const { store } = await secrets(holding(text));
    await expect(store.webhookSecrets('w')).rejects.toBeInstanceOf(Error);
  });
});

describe('the key of the models', () => {
  it.each([
    ['{"apiKey":"sk-1","unused":"x"}', 'sk-1'],
    [' sk-2\n', 'sk-2'],
    ['{"apiKey":""}', null],
    ['  ', null],
  ])('in %o is %o', async (text, key) => {
    const { store } = await secrets(holding(text));
    expect(await store.anthropicApiKey()).toBe(key);
  });

  it('is none where there is no secret', async () => {
    expect(await (await secrets(MISSING)).store.anthropicApiKey()).toBeNull();
  });

  it.each([
    ['{"apiKey":"","scripted":true}', true],
    ['{"apiKey":"sk-1","scripted":true}', false],
    ['{"apiKey":""}', false],
    ['', false],
    [' sk-2', false],
  ])('in %o says that scripts may be played: %o', async (text, mayPlay) => {
    const { store } = await secrets(holding(text));
    expect(await store.mayPlayScripts()).toBe(mayPlay);
  });
});
