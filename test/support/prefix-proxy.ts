import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface PrefixProxy {
  /** Address with the prefix, without a slash at the end. */
  readonly url: string;
  /** Where it sends what it gets. */
  target: string;
  readonly close: () => Promise<void>;
}

/** A reverse proxy that serves another server below a path of its own, as a gateway of an organisation does. */
export async function prefixProxy(prefix: string): Promise<PrefixProxy> {
  const state = { target: '' };
  const server = createServer(async (request, response) => {
    const path = request.url ?? '/';
    if (!path.startsWith(`${prefix}/`)) {
      response.writeHead(404).end();
      return;
    }
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { host: _host, connection: _connection, 'content-length': _length, ...headers } = request.headers;
    const answer = await fetch(`${state.target}${path.slice(prefix.length)}`, {
      method: request.method ?? 'GET',
      headers: headers as Record<string, string>,
      redirect: 'manual',
      ...(chunks.length > 0 ? { body: Buffer.concat(chunks) } : {}),
    });
    response.statusCode = answer.status;
    for (const [name, value] of answer.headers) if (name !== 'set-cookie') response.setHeader(name, value);
    response.setHeader('set-cookie', answer.headers.getSetCookie());
    response.removeHeader('content-length');
    response.removeHeader('content-encoding');
    response.removeHeader('transfer-encoding');
    response.end(Buffer.from(await answer.arrayBuffer()));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}${prefix}`,
    get target() {
      return state.target;
    },
    set target(target: string) {
      state.target = target;
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
