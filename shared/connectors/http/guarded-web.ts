import { isIP } from 'node:net';
import { outboundUrl } from '../../domain/outbound-url.ts';
import { isPublicAddress } from '../../domain/public-address.ts';
import { type Web, type WebAnswer, WebFailure, type WebRequest } from '../../ports/index.ts';
import { dialSecurely, type Exchange, lookUp, type Resolve } from './dial.ts';

const MOST_REDIRECTS = 3;
const MOST_BYTES = 2 ** 20;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/**
 * The web behind the guard. A name is resolved once, every address that it has must be public, and the connection goes
 * to one of those and to nothing else; each redirect of a reading request is checked in the same way. What changes
 * something is never sent on to another place.
 */
export function guardedWeb({ resolve = lookUp, exchange = dialSecurely }: Partial<Outside> = {}): Web {
  return {
    send: async (request) => {
      const endsAtMs = performance.now() + request.timeoutMs;
      let at = { text: request.url, headers: request.headers };
      for (let hops = 0; hops <= MOST_REDIRECTS; hops += 1) {
        const leftMs = endsAtMs - performance.now();
        const { url, answer } = await oneHop(
          { resolve, exchange },
          { ...request, headers: at.headers },
          at.text,
          leftMs,
        );
        const next = nextPlace(request, url, answer);
        if (next === null) return answer;
        at = { text: next.href, headers: next.host === url.host ? at.headers : withoutSecrets(at.headers) };
      }
      throw new WebFailure('refused', `more than ${MOST_REDIRECTS} redirects`);
    },
  };
}

/** Where names lead, and how bytes get there: what a test stands in for. */
export interface Outside {
  readonly resolve: Resolve;
  readonly exchange: Exchange;
}

async function oneHop(
  { resolve, exchange }: Outside,
  request: WebRequest,
  text: string,
  leftMs: number,
): Promise<{ url: URL; answer: WebAnswer }> {
  const read = outboundUrl(text, request.hosts);
  if (read.kind === 'refused') throw new WebFailure('refused', refusalWords(read.host, read.reason));
  const signal = AbortSignal.timeout(Math.max(1, Math.ceil(leftMs)));
  const address = await publicAddressOf(resolve, read.host, signal);
  const { method, headers, body, mostBytes = MOST_BYTES } = request;
  const answer = await exchange({
    ...{ url: read.url, address, family: isIP(address) === 6 ? 6 : 4, method, body, mostBytes, signal },
    // Compressed answers could be far larger than their bytes.
    headers: { 'accept-encoding': 'identity', 'user-agent': 'remit', ...headers },
  });
  return { url: read.url, answer };
}

function refusalWords(host: string | null, reason: string): string {
  return `refused by policy: ${reason}${host === null ? '' : ` (${host})`}`;
}

async function publicAddressOf(resolve: Resolve, host: string, signal: AbortSignal): Promise<string> {
  let addresses: readonly string[];
  try {
    addresses = await Promise.race([resolve(host), whenOver(signal)]);
  } catch (error) {
    throw new WebFailure('not-sent', `the name ${host} was not found`, { cause: error });
  }
  const [first] = addresses;
  if (first === undefined) throw new WebFailure('not-sent', `the name ${host} has no address`);
  const inside = addresses.find((address) => !isPublicAddress(address));
  if (inside !== undefined) {
    throw new WebFailure('refused', refusalWords(host, `the name leads to ${inside}, which is not public`));
  }
  return first;
}

function whenOver(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(new Error('no answer in time')), { once: true });
  });
}

/** Where a reading request is sent on to; null where the answer stands. */
function nextPlace({ method }: WebRequest, from: URL, { status, headers }: WebAnswer): URL | null {
  const { location } = headers;
  if (method !== 'GET' || !REDIRECTS.has(status) || location === undefined) return null;
  if (!URL.canParse(location, from.href)) throw new WebFailure('refused', 'the redirect leads to no URL');
  return new URL(location, from.href);
}

/** What lets us in at one host is nobody else's. */
function withoutSecrets(headers: WebRequest['headers']): WebRequest['headers'] {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => PLAIN_HEADERS.has(name.toLowerCase())));
}

const PLAIN_HEADERS = new Set(['accept', 'accept-language', 'user-agent']);
