import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, expect, it } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'remit-network-'));
let runs = 0;
afterAll(() => rmSync(folder, { recursive: true }));

it.each([
  ['fetch', "await fetch('https://elsewhere.example/x');", 'elsewhere.example:443'],
  ['http', "await once(http.get('http://elsewhere.example/x'), 'error');", 'elsewhere.example:80'],
  ['https', "await once(https.get('https://elsewhere.example/x'), 'error');", 'elsewhere.example:443'],
  ['a socket', "await once(net.connect(4444, 'elsewhere.example'), 'error');", 'elsewhere.example:4444'],
  ['a socket by number', "await once(net.connect({ host: '192.0.2.1', port: 25 }), 'error');", '192.0.2.1:25'],
  ['TLS', "await once(tls.connect(443, 'elsewhere.example'), 'error');", 'elsewhere.example:443'],
  [
    'a name that is looked up',
    "await promisify(dns.resolveTxt)('secret.elsewhere.example');",
    'secret.elsewhere.example',
  ],
  ['a datagram', "dgram.createSocket('udp4').send('x', 53, '192.0.2.1');", 'udp x 53 192.0.2.1'],
])('records, and does not reach, another machine: by %s', async (_way, program, host) => {
  expect(await hostsOf(program)).toContain(host);
});

it('reaches this machine, and records that too', async () => {
  let asked = 0;
  const server = createServer((_request, response) => {
    asked += 1;
    response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  expect(await hostsOf(`await fetch('http://127.0.0.1:${port}/');`)).toEqual([`127.0.0.1:${port}`]);
  expect(asked).toBe(1);
  server.close();
});

/** What a program asks for that has the record in front of it. What it makes of a refusal is its own affair. */
async function hostsOf(program: string): Promise<string[]> {
  const file = join(folder, `${runs++}.jsonl`);
  const whole = `
    import ${JSON.stringify(pathToFileURL(join(import.meta.dirname, 'network-record.ts')).href)};
    import { once } from 'node:events';
    import { promisify } from 'node:util';
    import dgram from 'node:dgram'; import dns from 'node:dns'; import http from 'node:http'; import https from 'node:https';
    import net from 'node:net'; import tls from 'node:tls';
    try { ${program} } catch {}
    process.exit(0);
  `;
  const env = { RECORDED_NETWORK: file, RECORDED_FUNCTION: 'f' };
  await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', whole], { env });
  const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean);
  return lines.map((line) => (JSON.parse(line) as { readonly host: string }).host);
}
