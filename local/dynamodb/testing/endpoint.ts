import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AwsError, notBuilt } from '../../kernel/errors.ts';
import type { Caller, JsonObject, Service } from '../../kernel/service.ts';

/** An HTTP endpoint for one service, as bare as the SDK can bear: no IAM, no signatures. For tests only. */
export async function serveForTests(service: Service): Promise<TestEndpoint> {
  const server = createServer((request, response) => {
    void answer(service, request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, close: () => closeServer(server) };
}

export interface TestEndpoint {
  readonly url: string;
  close(): Promise<void>;
}

const operator: Caller = { kind: 'operator', traceId: null };

async function answer(service: Service, request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    const input = JSON.parse(await bodyOf(request)) as JsonObject;
    const name = String(request.headers['x-amz-target']).split('.')[1] ?? '';
    const operation = service.operations[name];
    if (operation === undefined) throw notBuilt(service.name, name);
    send(response, 200, await operation.run(input, operator));
  } catch (error) {
    sendError(response, error);
  }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

function sendError(response: ServerResponse, error: unknown): void {
  if (error instanceof AwsError) {
    send(response, error.status, { ...error.fields, __type: error.name, message: error.message });
  } else {
    send(response, 500, {
      __type: 'InternalServerError',
      message: String(error instanceof Error ? error.stack : error),
    });
  }
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' });
  response.end(JSON.stringify(body));
}

function closeServer(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}
