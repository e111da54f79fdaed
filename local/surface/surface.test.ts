import { createHmac } from 'node:crypto';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { describe, expect, it } from 'vitest';
import { boot, client, get, newHome, post, stop } from '../boot/testing/runtimes.ts';
import type { Runtime } from '../boot.ts';

describe('the surface', () => {
  it('gives tokens that routes of the stack accept', async () => {
    const runtime = await boot({});
    const { token } = (await post(runtime, '/_local/token', { user: 'ana', groups: ['sales'] })) as { token: string };
    const me = (authorization: string): Promise<Response> => fetch(`${runtime.url}/me`, { headers: { authorization } });
    expect(await (await me(`Bearer ${token}`)).json()).toEqual({ user: 'ana' });
    expect((await me('Bearer nonsense')).status).toBe(401);
  });

  it('signs webhooks with the secret of the workflow', async () => {
    const runtime = await boot({});
    const headers = (await post(runtime, '/_local/sign', { workflow: 'lead', body: { a: 1 } })) as Record<
      string,
      string
    >;
    const { SecretString } = await new SecretsManagerClient(client(runtime)).send(
      new GetSecretValueCommand({ SecretId: 'fixture/webhook/lead' }),
    );
    const key = Buffer.from((JSON.parse(SecretString ?? '') as { current: string }).current, 'base64');
    const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.{"a":1}`;
    expect(headers['webhook-signature']).toBe(`v1,${createHmac('sha256', key).update(signed).digest('base64')}`);
  });

  it('moves the time, which stays moved over a restart', async () => {
    const home = newHome();
    const first = await boot({ home });
    await post(first, '/_local/clock', { advanceSeconds: 86_400 });
    await stop(first);
    const second = await boot({ home });
    const { now } = (await get(second, '/_local/clock')) as { now: string };
    expect(Date.parse(now)).toBeGreaterThan(Date.now() + 86_000_000);
  });

  it('says what is wrong with a request', async () => {
    const runtime = await boot({});
    const ask = async (path: string, init: RequestInit = {}): Promise<readonly [number, unknown]> => {
      const response = await fetch(`${runtime.url}${path}`, init);
      return [response.status, ((await response.json()) as { message: string }).message];
    };
    expect(await ask('/_local/effects')).toEqual([400, 'The query parameter caseId is missing.']);
    expect(await ask('/_local/nothing')).toEqual([404, expect.stringContaining('There is no GET /_local/nothing')]);
    expect(await ask('/_local/token', { method: 'POST', body: '{"user":1}' })).toEqual([
      400,
      expect.stringContaining('at user'),
    ]);
    expect(await ask('/_local/token', { method: 'POST', body: '{' })).toEqual([400, 'The body is not JSON.']);
    expect(await ask('/_local/sign', { method: 'POST', body: '{"workflow":"x","body":""}' })).toEqual([
      404,
      expect.stringContaining('webhook/x'),
    ]);
  });

  it('refuses pages of other sites', async () => {
    const runtime = await boot({});
    const response = await fetch(`${runtime.url}/_local/clock`, { headers: { origin: 'https://evil.example' } });
    expect(response.status).toBe(403);
  });

  it('shows the pages of a person', async () => {
    const runtime = await boot({});
    for (const path of ['/_local/', '/_local/mail/']) {
      const response = await fetch(`${runtime.url}${path}`);
      expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    }
  });
});

describe('the model key', () => {
  const keyOf = async (runtime: Runtime): Promise<string | undefined> => {
    const secrets = new SecretsManagerClient(client(runtime));
    return (await secrets.send(new GetSecretValueCommand({ SecretId: 'fixture/anthropic-api-key' }))).SecretString;
  };

  it('of the owner is the value of its secret, and gone when the owner takes it away', async () => {
    const home = newHome();
    const first = await boot({ home, anthropicApiKey: 'key-1' });
    expect(await keyOf(first)).toBe('key-1');
    await stop(first);
    expect(await keyOf(await boot({ home }))).toBe('');
  });
});
