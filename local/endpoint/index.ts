import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Dispatch } from '../kernel/service.ts';
import { BootError } from '../template/boot-error.ts';
import { answerAwsRequest, isAwsRequest } from './aws-requests.ts';
import { CallerRegistry } from './callers.ts';
import { type RestRoute, RouteTable, type SignedProtocol, type SpecialRoute } from './routes.ts';
import { isFromThisMachine, isLoadedFromAfar } from './this-machine.ts';

export { CallerRegistry, type Credentials } from './callers.ts';
export { Dispatcher } from './dispatch.ts';
export type { RestRoute, SignedProtocol, SpecialRoute } from './routes.ts';
export { newTraceId, traceIdOfHeader } from './trace.ts';

/** Answers one HTTP request; must end the response. */
export type RequestHandler = (request: IncomingMessage, response: ServerResponse) => Promise<void> | void;

/**
 * The one HTTP server, on loopback only: signed AWS requests, `/_local/` and everything else. It listens before the
 * stack is known, because queue URLs carry its port; until `open` is called it answers 503.
 */
export interface Endpoint {
  /** `http://127.0.0.1:4700` */
  readonly url: string;
  readonly callers: CallerRegistry;
  readonly addRoutes: (routes: readonly (RestRoute | SpecialRoute)[]) => void;
  readonly addProtocol: (protocol: SignedProtocol) => void;
  readonly open: (handlers: EndpointHandlers) => void;
  readonly stop: () => Promise<void>;
}

export interface EndpointHandlers {
  readonly dispatch: Dispatch;
  readonly surface: RequestHandler;
  readonly api: RequestHandler;
}

/** @param port 0 for any free one. Throws BootError when the port is taken. */
export async function listen(port: number): Promise<Endpoint> {
  const callers = new CallerRegistry();
  const routes = new RouteTable();
  let handlers: EndpointHandlers | null = null;
  const server = createServer((request, response) => {
    void answer(request, response, handlers, callers, routes);
  });
  server.keepAliveTimeout = 60_000;
  await bind(server, port);
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    callers,
    addRoutes: (more) => routes.add(more),
    addProtocol: (protocol) => routes.addProtocol(protocol),
    open: (opened) => {
      handlers = opened;
    },
    stop: () => close(server),
  };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  handlers: EndpointHandlers | null,
  callers: CallerRegistry,
  routes: RouteTable,
): Promise<void> {
  try {
    if (handlers === null) refuse(response, 503, 'The local runtime is still starting.');
    else if (isAwsRequest(request)) {
      // The signature of the owner is not checked: what a page of another site makes up must not pass for it.
      if (!isFromThisMachine(request) || isLoadedFromAfar(request)) refuse(response, 403, FOREIGN);
      else await answerAwsRequest({ dispatch: handlers.dispatch, callers, routes }, request, response);
    } else if (isLocalPath(request.url)) await handlers.surface(request, response);
    else if (isFrontDoor(request)) response.writeHead(302, { location: '/_local/' }).end();
    else await handlers.api(request, response);
  } catch (error) {
    console.error(`${request.method} ${request.url} failed in the local runtime:`, error);
    if (!response.headersSent) refuse(response, 500, 'Internal Server Error');
    else response.destroy();
  }
}

const FOREIGN = 'Only programs on this machine may make AWS calls here.';

function isLocalPath(url: string | undefined): boolean {
  return url === '/_local' || (url ?? '').startsWith('/_local/') || (url ?? '').startsWith('/_local?');
}

/** What a person types who has read the address; the API has nothing there. */
function isFrontDoor({ method, url }: IncomingMessage): boolean {
  return (method === 'GET' || method === 'HEAD') && url === '/';
}

function refuse(response: ServerResponse, status: number, message: string): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ message }));
}

function bind(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(bootErrorOf(error, port)));
    server.listen(port, '127.0.0.1', () => resolve());
  });
}

function bootErrorOf(error: NodeJS.ErrnoException, port: number): BootError {
  if (error.code === 'EADDRINUSE') {
    return new BootError(`Port ${port} is taken by another program; set REMIT_PORT to a free one.`);
  }
  if (error.code === 'EACCES') return new BootError(`Port ${port} may not be used by this user; set REMIT_PORT.`);
  return new BootError(`Cannot listen on port ${port}: ${error.message}.`);
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
