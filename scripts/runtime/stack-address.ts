import { Problem } from '../command/problem.ts';
import { runtimeAddress } from './address.ts';

/** The Remit that a command talks to: the runtime of this machine, or a deployment in AWS. */
export interface StackAddress {
  /** Without a slash at its end: `https://abc123.execute-api.eu-west-1.amazonaws.com` */
  readonly url: string;
  /** Who speaks, as the sign-in of the deployment says it; null where the sign-in of this machine is asked. */
  readonly token: string | null;
}

export interface StackWish {
  /** As `--url` has it; default REMIT_URL, and without that the runtime of this machine. */
  readonly url?: string | undefined;
  readonly environment?: Readonly<Record<string, string | undefined>>;
  readonly nowMs?: number;
}

/**
 * Which Remit is meant, by `--url` or REMIT_URL, and who speaks, by REMIT_TOKEN. Off loopback it is reached by https alone, and
 * by whoever is signed in.
 * @throws Problem where the address or the token cannot be used, before anything is sent anywhere.
 */
export function stackAddress({ url, environment = process.env, nowMs = Date.now() }: StackWish = {}): StackAddress {
  const given = url ?? set(environment['REMIT_URL']);
  if (given === null) return { url: runtimeAddress(environment['REMIT_PORT'] ?? '4700').url, token: null };
  const name = url === undefined ? 'REMIT_URL' : '--url';
  const parsed = parsedUrl(name, given);
  const isHere = LOOPBACK.has(parsed.hostname);
  if (parsed.protocol !== 'https:' && !(isHere && parsed.protocol === 'http:')) {
    throw new Problem(
      `${name} is "${given}": a deployment is reached by https alone, so that nobody reads your token.`,
    );
  }
  const token = set(environment['REMIT_TOKEN']);
  if (token === null && !isHere) {
    throw new Problem(`You are not signed in at ${parsed.origin}: set REMIT_TOKEN to the ID token of its sign-in.`);
  }
  if (token !== null) refuseToken(token, nowMs);
  return { url: parsed.origin, token };
}

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]']);

function parsedUrl(name: string, given: string): URL {
  const parsed = URL.canParse(given) ? new URL(given) : null;
  if (parsed === null || !parsed.protocol.startsWith('http')) {
    throw new Problem(`${name} is "${given}": set it to the Url that the stack names at its end, https://….`);
  }
  if (parsed.username !== '' || parsed.password !== '' || parsed.search !== '' || parsed.pathname !== '/') {
    throw new Problem(`${name} takes the address alone, such as ${parsed.origin}: no path, and no secret in it.`);
  }
  return parsed;
}

/** What the token says of itself; the deployment checks it. One that is no JWT is left to the deployment whole. */
function refuseToken(token: string, nowMs: number): void {
  const { exp, token_use: use } = claimsIn(token);
  if (use === 'access') {
    throw new Problem('REMIT_TOKEN is an access token, which names nobody: take the ID token of the same sign-in.');
  }
  if (typeof exp === 'number' && exp * 1_000 <= nowMs) throw new Problem(expiredWords(exp * 1_000));
}

export function expiredWords(atMs: number | null): string {
  const when = atMs === null ? '' : ` at ${new Date(atMs).toISOString().slice(0, 16).replace('T', ', ')} UTC`;
  return `Your sign-in has expired${when}: sign in again, and set REMIT_TOKEN to the new ID token.`;
}

/** When a token ends by its own word; null where it does not say. */
export function endOf(token: string): number | null {
  const { exp } = claimsIn(token);
  return typeof exp === 'number' ? exp * 1_000 : null;
}

function claimsIn(token: string): Readonly<Record<string, unknown>> {
  try {
    const claims: unknown = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'));
    return typeof claims === 'object' && claims !== null ? (claims as Readonly<Record<string, unknown>>) : {};
  } catch {
    return {};
  }
}

/** An empty variable is one that is not set. */
function set(value: string | undefined): string | null {
  return value === undefined || value.trim() === '' ? null : value.trim();
}
