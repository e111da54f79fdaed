import type { ServerResponse } from 'node:http';
import type { Reply } from './fake-anthropic-replies.ts';

const OK = { 'content-type': 'application/json', 'request-id': 'req_011FakeFakeFakeFakeFake' };

export function send(outgoing: ServerResponse, reply: Reply): void {
  switch (reply.kind) {
    case 'answer':
      outgoing.writeHead(reply.status, reply.headers).end(reply.body);
      return;
    case 'cut':
      outgoing.writeHead(200, { ...OK, 'content-length': String(Buffer.byteLength(reply.body)) });
      outgoing.write(Buffer.from(reply.body).subarray(0, reply.afterBytes), () => outgoing.destroy());
      return;
    case 'drip':
      outgoing.writeHead(200, OK);
      drip(outgoing, [...Buffer.from(reply.body)], reply.everyMs);
      return;
    case 'hang':
      return;
    case 'reset':
      outgoing.socket?.resetAndDestroy();
      return;
  }
}

function drip(outgoing: ServerResponse, bytes: number[], everyMs: number): void {
  const timer = setInterval(() => {
    const byte = bytes.shift();
    if (byte === undefined) outgoing.end();
    else outgoing.write(Buffer.of(byte));
    if (byte === undefined || outgoing.destroyed) clearInterval(timer);
  }, everyMs);
  outgoing.on('close', () => clearInterval(timer));
}
