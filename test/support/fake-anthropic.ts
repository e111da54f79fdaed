import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { errorReply, type Reply } from './fake-anthropic-replies.ts';
import { refusalOf } from './fake-anthropic-rules.ts';
import { send } from './fake-anthropic-wire.ts';

/** A loopback Messages API that plays given replies in order. */
export interface FakeAnthropic {
  readonly url: string;
  /** Everything that was asked, refused requests too, in order. */
  readonly requests: readonly AskedRequest[];
  /** Replies to follow those that were given at the start. */
  readonly play: (...replies: readonly Reply[]) => void;
  /** What it says once the script is over; null to have no more to say. */
  readonly serve: (reply: ((asked: Pick<AskedRequest, 'body'>) => Reply) | null) => void;
  /** @throws when it was asked for more than it had to play, or has replies left. */
  readonly stop: () => Promise<void>;
}

export interface AskedRequest {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Readonly<Record<string, unknown>>;
  /** What the API itself objects to, with the status that it gave; null when a reply of the script was played. */
  readonly refused: { readonly status: number; readonly problem: string } | null;
}

export const FAKE_KEY = 'sk-ant-api03-fake-key-for-tests-only';

/**
 * Speaks the wire as the real service does: a request that the service would refuse (no or another key, no version, a
 * setting that the model does not take, a schema that structured output does not allow) is refused with its error and
 * plays nothing of the script. Streaming is not spoken.
 */
export async function startFakeAnthropic(script: readonly Reply[] = [], key = FAKE_KEY): Promise<FakeAnthropic> {
  const left = [...script];
  const requests: AskedRequest[] = [];
  const sockets = new Set<Socket>();
  let served: ((asked: Pick<AskedRequest, 'body'>) => Reply) | null = null;
  let askedTooOften = 0;
  const server = createServer(async (incoming, outgoing) => {
    const { headers, body } = await readRequest(incoming);
    const refused = refusalOf({ path: incoming.url ?? '', method: incoming.method ?? '', headers, body, key });
    requests.push({ headers, body, refused });
    if (refused !== null) return send(outgoing, errorReply(refused.status, refused.type, refused.problem));
    const next = left.shift() ?? served?.({ body });
    if (next === undefined) askedTooOften += 1;
    return send(outgoing, next ?? errorReply(400, 'invalid_request_error', 'The script has no reply left.'));
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await listen(server);
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    play: (...replies) => left.push(...replies),
    serve: (reply) => {
      served = reply;
    },
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
      if (askedTooOften > 0)
        throw new Error(`The model was asked ${askedTooOften} time(s) more than the script has replies`);
      if (left.length > 0) throw new Error(`The model was not asked for the last ${left.length} replies of the script`);
    },
  };
}

async function readRequest(incoming: IncomingMessage): Promise<Pick<AskedRequest, 'headers' | 'body'>> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk);
  const headers = Object.fromEntries(Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]));
  return { headers, body: objectOf(Buffer.concat(chunks).toString('utf8')) };
}

function objectOf(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
  } catch {
    return {};
  }
}

function listen(server: Server): Promise<void> {
  return new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
}
