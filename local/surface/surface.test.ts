import { createHmac } from 'node:crypto';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2';
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

  it('takes JSON from curl, which calls every body a form', async () => {
    const runtime = await boot({});
    const ask = (body: string): Promise<Response> => {
      const headers = { 'content-type': 'application/x-www-form-urlencoded' };
      return fetch(`${runtime.url}/_local/token`, { method: 'POST', headers, body });
    };
    expect(await (await ask('{"user":"ana","groups":[]}')).json()).toMatchObject({ token: expect.any(String) });
    const broken = await ask('{');
    expect([broken.status, await broken.json()]).toEqual([400, { message: 'The body is not JSON.' }]);
  });

  it('refuses pages of other sites', async () => {
    const runtime = await boot({});
    const response = await fetch(`${runtime.url}/_local/clock`, { headers: { origin: 'https://evil.example' } });
    expect(response.status).toBe(403);
  });

  it('refuses an answer that no rule of the stack takes in, and one to no mail', async () => {
    const runtime = await boot({});
    runtime.services.ses.ensureIdentity('shop.example');
    const ses = new SESv2Client(client(runtime));
    await ses.send(
      new SendEmailCommand({
        FromEmailAddress: 'agents@shop.example',
        Destination: { ToAddresses: ['hanna@b.example'] },
        ReplyToAddresses: ['desk+tag@shop.example'],
        Content: { Simple: { Subject: { Data: 'A time to talk?' }, Body: { Text: { Data: 'Hello' } } } },
      }),
    );
    const [mail] = (await get(runtime, '/_local/mail?to=hanna@b.example')) as { id: string }[];
    const reply = async (id: string): Promise<readonly [number, string]> => {
      const body = new URLSearchParams({ mail: id, text: 'On Monday, please' });
      const answer = await fetch(`${runtime.url}/_local/mail/reply`, { method: 'POST', body, redirect: 'manual' });
      return [answer.status, await answer.text()];
    };
    expect(await reply(mail?.id ?? '')).toEqual([404, expect.stringContaining('takes mail to desk+tag@shop.example')]);
    expect(await reply('none')).toEqual([404, expect.stringContaining('There is no mail none')]);
  });

  it('leads from the bare address to the first page, which leads to the inbox', async () => {
    const runtime = await boot({});
    const response = await fetch(`${runtime.url}/`);
    expect([response.url, response.status]).toEqual([`${runtime.url}/_local/`, 200]);
    expect(await response.text()).toContain('href="/inbox"');
    expect((await fetch(`${runtime.url}/`, { method: 'POST', redirect: 'manual' })).status).toBe(404);
  });

  it('shows the pages of a person', async () => {
    const runtime = await boot({});
    for (const path of ['/_local/', '/_local/mail/', '/_local/channels/', '/_local/crm/', '/_local/effects/']) {
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

  it('of the owner is the value of its secret, and gone when the owner takes it away: then scripts may be played', async () => {
    const home = newHome();
    const first = await boot({ home, anthropicApiKey: 'key-1' });
    expect(await keyOf(first)).toBe('key-1');
    await stop(first);
    const without = await keyOf(await boot({ home }));
    expect(JSON.parse(without ?? '')).toEqual({ apiKey: '', scripted: true });
  });
});
