import { resolve4, resolve6 } from 'node:dns/promises';
import type { ClientRequest, IncomingMessage, RequestOptions } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { TLSSocket } from 'node:tls';
import { type WebAnswer, WebFailure, type WebRequest } from '../../ports/index.ts';

/** All addresses of a name. */
export type Resolve = (host: string) => Promise<readonly string[]>;

/** One request to one address that was checked, and its whole answer. @throws WebFailure */
export type Exchange = (hop: Hop) => Promise<WebAnswer>;

export interface Hop {
  readonly url: URL;
  /** Where the connection goes, whatever the name says by now. */
  readonly address: string;
  readonly family: 4 | 6;
  readonly method: WebRequest['method'];
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
  readonly mostBytes: number;
  readonly signal: AbortSignal;
}

/** Asks the name service for both kinds of addresses; local files of names are not looked at. */
export async function lookUp(host: string): Promise<readonly string[]> {
  const found = await Promise.allSettled([resolve4(host), resolve6(host)]);
  const addresses = found.flatMap((one) => (one.status === 'fulfilled' ? one.value : []));
  const failed = found.find((one) => one.status === 'rejected');
  if (addresses.length === 0 && failed !== undefined) throw failed.reason;
  return addresses;
}

export const dialSecurely: Exchange = (hop) => exchangeBy(httpsRequest, hop);

type MakeRequest = (url: URL, options: RequestOptions) => ClientRequest;

/**
 * Sends by `make`, on a connection of its own: one that was kept could break just as the request is written, and then
 * nobody would know whether it arrived.
 */
export function exchangeBy(make: MakeRequest, hop: Hop): Promise<WebAnswer> {
  return new Promise((resolve, reject) => {
    const { address, family, method, headers, body, signal } = hop;
    let isConnected = false;
    const fail = (error: Error): void => {
      if (error instanceof WebFailure) reject(error);
      else if (isConnected) reject(new WebFailure('no-answer', wordsOf(error, signal), { cause: error }));
      else reject(new WebFailure('not-sent', wordsOf(error, signal), { cause: error }));
    };
    const length = body === null ? {} : { 'content-length': String(Buffer.byteLength(body)) };
    const sent = make(hop.url, {
      ...{ method, headers: { ...headers, ...length }, signal, agent: false },
      lookup: (_host, options, done) => {
        if (options.all === true) done(null, [{ address, family }]);
        else done(null, address, family);
      },
    });
    sent.on('socket', (socket) => {
      socket.once(socket instanceof TLSSocket ? 'secureConnect' : 'connect', () => {
        isConnected = true;
      });
    });
    sent.on('error', fail);
    sent.on('response', (incoming) => {
      readAnswer(incoming, hop.mostBytes).then(resolve, fail);
    });
    sent.end(body ?? undefined);
  });
}

async function readAnswer(incoming: IncomingMessage, mostBytes: number): Promise<WebAnswer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > mostBytes) {
      incoming.destroy();
      throw new WebFailure('no-answer', `the answer is larger than ${mostBytes} bytes`);
    }
    chunks.push(chunk);
  }
  const headers = Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]);
  return {
    status: incoming.statusCode ?? 0,
    headers: Object.fromEntries(headers),
    text: Buffer.concat(chunks).toString('utf8'),
  };
}

function wordsOf(error: Error, signal: AbortSignal): string {
  return signal.aborted ? 'no answer in time' : `the connection failed: ${error.message}`;
}
