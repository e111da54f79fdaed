import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, expect, test } from 'vitest';
import { RuntimeClient } from './client.ts';
import { assertPortIsFree } from './port.ts';
import { sendWebhook } from './send-webhook.ts';

const CASE_ID = '0123456789abcdef0123456789abcdef';
const SIGNED = { status: 200, body: { headers: { 'webhook-id': 'e1', 'webhook-signature': 'v1,abc' } } };
let server: Server | null = null;

afterEach(() => {
  server?.close();
  server?.closeAllConnections();
});

test('asks for a signature and posts exactly the bytes that were signed', async () => {
  const seen: [string, string, string | undefined][] = [];
  const runtime = await runtimeThat((path, body, request) => {
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

test('says that there is no such workflow', async () => {
  const runtime = await runtimeThat(() => ({ status: 404, body: { message: 'no' } }));
  await expect(sendWebhook(runtime, 'leed', '{}')).rejects.toThrow('There is no workflow leed');
});

test('passes on what the platform says against the webhook', async () => {
  const runtime = await runtimeThat((path) =>
    path === '/_local/sign' ? SIGNED : { status: 413, body: { message: 'the body is larger than 256 KB' } },
  );
  await expect(sendWebhook(runtime, 'lead', '{}')).rejects.toThrow('not accepted: the body is larger than 256 KB');
});

test('says that the runtime is not running, and how to start it', async () => {
  const { address } = await runtimeThat(() => ({ status: 200, body: {} }));
  await new Promise((resolve) => server?.close(resolve));
  await expect(sendWebhook(new RuntimeClient(address), 'lead', '{}')).rejects.toThrow(
    `Remit is not running at ${address.url}: start it with npm start in another terminal.`,
  );
  await assertPortIsFree(address);
});

test('a start on a taken port says who has it', async () => {
  const other = await runtimeThat(() => ({ status: 404, body: {} }));
  await expect(assertPortIsFree(other.address)).rejects.toThrow(/^Port \d+ is taken by another program/);
  server?.close();
  server?.closeAllConnections();
  const remit = await runtimeThat(() => ({ status: 200, body: [] }));
  await expect(assertPortIsFree(remit.address)).rejects.toThrow(/^Remit is already running at http/);
});

type Answer = (path: string, body: string, request: IncomingMessage) => { status: number; body: unknown };

async function runtimeThat(answer: Answer): Promise<RuntimeClient> {
  const started = createServer(async (request, response) => {
    const { status, body } = answer(request.url ?? '', await text(request), request);
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  server = started;
  await new Promise<void>((resolve) => started.listen(0, '127.0.0.1', resolve));
  const { port } = started.address() as AddressInfo;
  return new RuntimeClient({ port, url: `http://127.0.0.1:${port}` });
}
