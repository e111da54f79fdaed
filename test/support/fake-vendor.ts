import {
  createServer,
  request as httpRequest,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { exchangeBy } from '../../shared/connectors/http/dial.ts';
import { guardedWeb } from '../../shared/connectors/http/guarded-web.ts';
import type { Web } from '../../shared/ports/index.ts';

/**
 * - `too-many`: 429 with a pause of a second; `far-too-many`: with one of an hour; `too-many-unsaid`: with none.
 * - `fault-before`, `fault-after`: 500, before or after it was done.
 * - `dropped-before`, `dropped-after`: the connection breaks, before or after it was done.
 * - `hangs-after`: done, and never an answer. `page-after`: done, and a page of a proxy for an answer.
 * - `not-allowed`: 403.
 */
export type VendorFault =
  | 'too-many'
  | 'far-too-many'
  | 'too-many-unsaid'
  | 'fault-before'
  | 'fault-after'
  | 'dropped-before'
  | 'dropped-after'
  | 'hangs-after'
  | 'page-after'
  | 'not-allowed';

export interface VendorRequest {
  readonly method: string;
  /** With the query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

export interface VendorAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** A loopback server that stands at a vendor's name, behind the guard that all calls go through. */
export interface FakeVendor {
  readonly web: Web;
  readonly url: string;
  readonly seen: readonly VendorRequest[];
  /** Faults of the next requests, in order. */
  readonly script: (...faults: readonly VendorFault[]) => void;
  readonly stop: () => Promise<void>;
}

/** Any public address: the last step of the way leads to the loopback server. */
const PUBLIC_ADDRESS = '93.184.215.14';

export async function startFakeVendor(
  host: string,
  serve: (request: VendorRequest) => VendorAnswer | Promise<VendorAnswer>,
): Promise<FakeVendor> {
  const seen: VendorRequest[] = [];
  const faults: VendorFault[] = [];
  const sockets = new Set<Socket>();
  const server = createServer(async (incoming, outgoing) => {
    const request = await readRequest(incoming);
    seen.push(request);
    const fault = faults.shift() ?? null;
    const answer = fault === null || fault.endsWith('-after') ? await serve(request) : null;
    if (fault !== null) misbehave(fault, outgoing);
    else if (answer !== null) reply(outgoing, answer);
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    web: webTo(host, port),
    ...{ url: `http://127.0.0.1:${port}`, seen },
    script: (...next) => faults.push(...next),
    stop: () => stop(server, sockets),
  };
}

/** The guard as it is, but for the name service and for the last step. */
function webTo(host: string, port: number): Web {
  return guardedWeb({
    resolve: async (name) => {
      if (name !== host) throw new Error(`nobody is called ${name}`);
      return [PUBLIC_ADDRESS];
    },
    exchange: (hop) =>
      exchangeBy((url, { lookup: _pinned, ...options }) => {
        const path = `${url.pathname}${url.search}`;
        return httpRequest({ ...options, host: '127.0.0.1', port, path });
      }, hop),
  });
}

async function readRequest(incoming: IncomingMessage): Promise<VendorRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const headers = Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]);
  return {
    ...{ method: incoming.method ?? '', path: incoming.url ?? '' },
    ...{ headers: Object.fromEntries(headers), text: Buffer.concat(chunks).toString('utf8') },
  };
}

function reply(outgoing: ServerResponse, { status, headers = {}, body }: VendorAnswer): void {
  if (body === null) outgoing.writeHead(status, headers).end();
  else if (typeof body === 'string') outgoing.writeHead(status, headers).end(body);
  else outgoing.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}

/** Answers of faults that answer at all. */
const FAULT_ANSWERS: Readonly<Partial<Record<VendorFault, VendorAnswer>>> = {
  'too-many': { status: 429, headers: { 'retry-after': '1' }, body: { message: 'slow down' } },
  'far-too-many': { status: 429, headers: { 'retry-after': '3600' }, body: { message: 'slow down' } },
  'too-many-unsaid': { status: 429, body: { message: 'slow down' } },
  'fault-before': { status: 500, body: { message: 'something broke' } },
  'fault-after': { status: 500, body: { message: 'something broke' } },
  'page-after': { status: 200, headers: { 'content-type': 'text/html' }, body: '<h1>Welcome</h1>' },
  'not-allowed': { status: 403, body: { message: 'no' } },
};

function misbehave(fault: VendorFault, outgoing: ServerResponse): void {
  const answer = FAULT_ANSWERS[fault];
  if (answer !== undefined) reply(outgoing, answer);
  else if (fault.startsWith('dropped')) outgoing.socket?.destroy();
}

async function stop(server: Server, sockets: ReadonlySet<Socket>): Promise<void> {
  for (const socket of sockets) socket.destroy();
  await new Promise((resolve) => server.close(resolve));
}
