import { afterEach, expect, test } from 'vitest';
import { runtimeAddress } from './address.ts';
import { RuntimeClient } from './client.ts';
import { assertPortIsFree } from './port.ts';
import { sendFile, sendWebhook } from './send-webhook.ts';
import { type Answer, type FakeRuntime, runtimeThat } from './testing/runtime-that.ts';

const CASE_ID = '0123456789abcdef0123456789abcdef';
const SIGNED = { status: 200, body: { headers: { 'webhook-id': 'e1', 'webhook-signature': 'v1,abc' } } };
let running: FakeRuntime | null = null;

afterEach(() => running?.stop());

test('asks for a signature and posts exactly the bytes that were signed', async () => {
  const seen: [string, string, string | undefined][] = [];
  const runtime = await start((path, body, request) => {
    seen.push([path, body, request.headers['webhook-signature'] as string | undefined]);
    return path === '/_local/sign' ? SIGNED : { status: 202, body: { caseId: CASE_ID } };
  });
  const body = '{ "name":"Ada",  "n": 1 }\n';
  expect(await sendWebhook(runtime, 'lead', body)).toBe(CASE_ID);
  expect(seen).toEqual([
    ['/_local/sign', JSON.stringify({ workflow: 'lead', body }), undefined],
    ['/hooks/lead', body, 'v1,abc'],
  ]);
});

test('posts a file to the trigger of many, and gives the id of its batch', async () => {
  const seen: string[] = [];
  const runtime = await start((path) => {
    seen.push(path);
    return path === '/_local/sign' ? SIGNED : { status: 202, body: { batchId: CASE_ID } };
  });
  const sent = { workflow: 'lead', trigger: 'day-file', file: 'id\n1\n' };
  expect(await sendFile(runtime, sent)).toBe(CASE_ID);
  expect(seen).toEqual(['/_local/sign', '/hooks/lead?trigger=day-file']);
});

test('says that there is no such workflow', async () => {
  const runtime = await start(() => ({ status: 404, body: { message: 'no' } }));
  await expect(sendWebhook(runtime, 'leed', '{}')).rejects.toThrow('There is no workflow leed');
});

test('passes on what the platform says against the webhook', async () => {
  const runtime = await start((path) =>
    path === '/_local/sign' ? SIGNED : { status: 413, body: { message: 'the body is larger than 256 KB' } },
  );
  await expect(sendWebhook(runtime, 'lead', '{}')).rejects.toThrow('not accepted: the body is larger than 256 KB');
});

test('says that the runtime is not running, and how to start it', async () => {
  const { address } = await start(() => ({ status: 200, body: {} }));
  await running?.stop();
  await expect(sendWebhook(new RuntimeClient(address), 'lead', '{}')).rejects.toThrow(
    `Remit is not running at ${address.url}: start it with npm start in another terminal.`,
  );
  await assertPortIsFree(at(address));
});

test('a start on a taken port says who has it', async () => {
  const other = await start(() => ({ status: 404, body: {} }));
  await expect(assertPortIsFree(at(other.address))).rejects.toThrow(/^Port \d+ is taken by another program/);
  await running?.stop();
  const remit = await start(() => ({ status: 200, body: [] }));
  await expect(assertPortIsFree(at(remit.address))).rejects.toThrow(/^Remit is already running at http.* npm start\.$/);
  const demo = assertPortIsFree(at(remit.address), { command: 'npm run demo', needsHome: false });
  await expect(demo).rejects.toThrow(/ for example REMIT_PORT=\d+ npm run demo\.$/);
});

function at({ url }: { readonly url: string }) {
  return runtimeAddress(new URL(url).port);
}

async function start(answer: Answer): Promise<RuntimeClient> {
  running = await runtimeThat(answer);
  return running.runtime;
}
