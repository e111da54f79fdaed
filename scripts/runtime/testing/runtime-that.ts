import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { RuntimeClient } from '../client.ts';

export type Answer = (path: string, body: string, request: IncomingMessage) => { status: number; body: unknown };

export interface FakeRuntime {
  readonly runtime: RuntimeClient;
  readonly stop: () => Promise<void>;
}

/** An HTTP server on a free port that answers as the test says, and a client of it: of a deployment, where it has a token. */
export async function runtimeThat(answer: Answer, token: string | null = null): Promise<FakeRuntime> {
  const server = createServer(async (request, response) => {
    const { status, body } = answer(request.url ?? '', await text(request), request);
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const runtime = new RuntimeClient({ url: `http://127.0.0.1:${port}`, token });
  return { runtime, stop: () => stop(server) };
}

function stop(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}
