import { isIP } from 'node:net';

export type OutboundUrl =
  | { readonly kind: 'allowed'; readonly url: URL; readonly host: string }
  /** `host` as it was understood; null where the text names none. */
  | { readonly kind: 'refused'; readonly host: string | null; readonly reason: string };

/**
 * Reads a URL that an agent or its text proposes. Allowed is HTTPS to a listed host by name, at its own port, without
 * credentials. `hosts` are names in lower case, `*.example.com` for all below one.
 */
export function outboundUrl(text: string, hosts: readonly string[]): OutboundUrl {
  // What the parser drops or rewrites silently is what makes two readers see two hosts.
  if (/[\s\\\p{Cc}]/u.test(text)) return refused(null, 'it holds a space, a control character or a backslash');
  if (!/^https:\/\/[^/]/i.test(text)) return refused(null, 'it does not begin with https://');
  if (!URL.canParse(text)) return refused(null, 'it is not a URL');
  const url = new URL(text);
  const host = url.hostname;
  if (url.username !== '' || url.password !== '') return refused(host, 'it holds a user name or a password');
  if (host.startsWith('[') || isIP(host) !== 0) return refused(host, 'it names an address and not a host');
  if (url.port !== '') return refused(host, 'it names a port of its own');
  if (!hosts.some((allowed) => covers(allowed, host))) return refused(host, 'the host is not on the list');
  return { kind: 'allowed', url, host };
}

function covers(allowed: string, host: string): boolean {
  return allowed.startsWith('*.') ? host.endsWith(allowed.slice(1)) && host.length >= allowed.length : host === allowed;
}

function refused(host: string | null, reason: string): OutboundUrl {
  return { kind: 'refused', host, reason };
}
