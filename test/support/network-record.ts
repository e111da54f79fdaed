/**
 * Stands in front of a function's own code (see recorded-assembly.ts) and is all the network that it has: each host that
 * is asked for is noted, and nothing but this machine is ever reached.
 */
import dgram from 'node:dgram';
import dns from 'node:dns';
import { appendFileSync } from 'node:fs';
import net from 'node:net';

const { RECORDED_FUNCTION: name = 'none', RECORDED_NETWORK: file = '' } = process.env;

const connect = net.Socket.prototype.connect;
net.Socket.prototype.connect = function recorded(this: net.Socket, ...given: unknown[]): net.Socket {
  const { host, port } = targetOf(given);
  note(`${host}:${port}`);
  if (!isThisMachine(host)) return this.destroy(refusal(host));
  return Reflect.apply(connect, this, given);
};

for (const way of ['lookup', 'resolve', 'resolve4', 'resolve6', 'resolveTxt'] as const) {
  const ask = dns[way] as (...given: unknown[]) => unknown;
  const recorded = (host: string, ...rest: unknown[]): unknown => {
    if (isThisMachine(host)) return ask(host, ...rest);
    note(host);
    const answer = rest.at(-1);
    if (typeof answer === 'function') queueMicrotask(() => answer(refusal(host)));
    return undefined;
  };
  Object.assign(dns, { [way]: recorded });
}

dgram.Socket.prototype.send = (...given: unknown[]): never => {
  note(`udp ${given.filter((one) => typeof one === 'string' || typeof one === 'number').join(' ')}`);
  throw refusal('udp');
};

/** What `connect` takes, in all of its forms. Node hands on a list with options in it, too. */
function targetOf(given: readonly unknown[]): { readonly host: string; readonly port: string } {
  const [first, second] = given.flat();
  if (typeof first === 'object' && first !== null) {
    const { host = 'localhost', port = '', path } = first as { host?: string; port?: unknown; path?: string };
    return path === undefined || path === null ? { host, port: String(port) } : { host: path, port: 'socket' };
  }
  return { host: typeof second === 'string' ? second : 'localhost', port: String(first) };
}

function isThisMachine(host: string): boolean {
  return ['127.0.0.1', '::1', 'localhost'].includes(host);
}

function note(host: string): void {
  appendFileSync(file, `${JSON.stringify({ name, host })}\n`);
}

function refusal(host: string): Error {
  return Object.assign(new Error(`The network of this test does not reach ${host}`), { code: 'ECONNREFUSED' });
}
