import type { IncomingMessage } from 'node:http';

/** A page of another site in the owner's browser can reach loopback too; its requests carry a foreign host or origin. */
export function isFromThisMachine({ headers: { host, origin } }: Pick<IncomingMessage, 'headers'>): boolean {
  return isLoopback(`http://${host ?? ''}`) && (origin === undefined || isLoopback(origin));
}

/** What a page of another site loads, such as a picture, names no origin. Who follows a link from there is one too. */
export function isLoadedFromAfar({ headers }: Pick<IncomingMessage, 'headers'>): boolean {
  return headers['sec-fetch-site'] === 'cross-site';
}

/** Browsers resolve whatever lies below `localhost` to this machine, and ask no name service. */
function isLoopback(url: string): boolean {
  const hostname = URL.canParse(url) ? new URL(url).hostname : '';
  return ['127.0.0.1', 'localhost', '[::1]'].includes(hostname) || hostname.endsWith('.localhost');
}
