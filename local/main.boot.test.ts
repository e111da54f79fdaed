import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeAll, expect, it } from 'vitest';
import { synthesizeFixture } from './boot/fixture/app.ts';

const MAIN = new URL('./main.ts', import.meta.url).pathname;

let assembly: string;
let children: ChildProcess[] = [];

beforeAll(async () => {
  assembly = await synthesizeFixture();
}, 60_000);

afterEach(() => {
  for (const child of children) child.kill('SIGKILL');
  children = [];
});

it('says where to look, and ends with 0 when it is interrupted', async () => {
  const runtime = await startMain();
  expect(runtime.output()).toMatch(/Remit runs on http:\/\/127\.0\.0\.1:\d+\n.*\/_local\/mail\//);
  runtime.child.kill('SIGINT');
  expect(await runtime.ended).toEqual({ code: 0, errors: '' });
});

it('loses nothing that it accepted when it is killed, and starts again on the same data', async () => {
  const home = newHome();
  const first = await startMain({ REMIT_HOME: home });
  const ids = Array.from({ length: 20 }, (_, index) => `lead-${index}`);
  await Promise.all(
    ids.map((id) =>
      fetch(`${first.url}/hooks/lead`, { method: 'POST', headers: JSON_TYPE, body: `{"id":"${id.slice(5)}"}` }),
    ),
  );
  first.child.kill('SIGKILL');
  await first.ended;

  const second = await startMain({ REMIT_HOME: home });
  await advance(second.url, 120);
  await until(async () => (await effectCounts(second.url, ids)).every((count) => count >= 1));
  await advance(second.url, 3600);
  await until(async () => (await effectCounts(second.url, ids)).every((count) => count >= 2));
  expect(await effectCounts(second.url, ids)).toEqual(ids.map(() => 2));
}, 60_000);

it('names the process that already works on the same data, and ends with 1', async () => {
  const home = newHome();
  const first = await startMain({ REMIT_HOME: home });
  const second = runMain({ REMIT_HOME: home });
  expect(await second.ended).toEqual({
    code: 1,
    errors: `Another local runtime (process ${first.child.pid}) already works on ${home}.\n`,
  });
});

it('names the port that is taken, and ends with 1', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => other.once('listening', resolve));
  const { port } = other.address() as AddressInfo;
  const { code, errors } = await runMain({ REMIT_PORT: String(port) }).ended;
  other.close();
  expect([code, errors]).toEqual([1, `Port ${port} is taken by another program; set REMIT_PORT to a free one.\n`]);
});

it('names the setting that is wrong, and ends with 1', async () => {
  expect(await runMain({ REMIT_PORT: 'http' }).ended).toEqual({
    code: 1,
    errors: 'The setting REMIT_PORT is wrong: it must be a port number from 0 to 65535.\n',
  });
});

it('names the folder without a stack, and ends with 1', async () => {
  const folder = newHome();
  expect(await runMain({}, [folder]).ended).toEqual({
    code: 1,
    errors: `The folder ${folder} holds no stack (no <Stack>.template.json).\n`,
  });
});

it('starts as an empty endpoint on the port of the command line', async () => {
  const bare = await startMain({}, ['--bare', '--port', '0']);
  expect(bare.output()).toMatch(/^An empty AWS endpoint runs on http:\/\/127\.0\.0\.1:\d+\n.*AWS_ENDPOINT_URL=/);
  expect((await fetch(`${bare.url}/_local/meter`)).status).toBe(200);
});

it.each([
  ['an option that it does not have', ['--naked'], "Unknown option '--naked'"],
  ['a stack together with --bare', ['cdk.out', '--bare'], 'An endpoint without a stack takes no folder'],
  ['a port that is none', ['--port', 'http'], 'The setting --port is wrong: it must be a port number'],
])('names %s, and ends with 1', async (_, args, message) => {
  const { code, errors } = await runMain({}, args).ended;
  expect([code, errors]).toEqual([1, expect.stringContaining(message)]);
});

const JSON_TYPE = { 'content-type': 'application/json' };

interface MainProcess {
  readonly child: ChildProcess;
  readonly output: () => string;
  readonly ended: Promise<{ readonly code: number | null; readonly errors: string }>;
}

function runMain(environment: Record<string, string>, args: readonly string[] = [assembly]): MainProcess {
  const child = spawn(process.execPath, [MAIN, ...args], {
    env: { PATH: process.env['PATH'] ?? '', REMIT_PORT: '0', REMIT_HOME: newHome(), ...environment },
  });
  children.push(child);
  let output = '';
  let errors = '';
  child.stdout.on('data', (chunk) => {
    output += String(chunk);
  });
  child.stderr.on('data', (chunk) => {
    errors += String(chunk);
  });
  const ended = new Promise<{ code: number | null; errors: string }>((resolve) => {
    child.once('close', (code) => resolve({ code, errors }));
  });
  return { child, output: () => output, ended };
}

async function startMain(
  environment: Record<string, string> = {},
  args: readonly string[] = [assembly],
): Promise<MainProcess & { readonly url: string }> {
  const main = runMain(environment, args);
  let end: { readonly errors: string } | null = null;
  void main.ended.then((ended) => {
    end = ended;
  });
  await until(() => main.output().includes('Ctrl-C') || end !== null);
  if (end !== null) throw new Error(`It ended at once: ${JSON.stringify(end)}`);
  return { ...main, url: /http:\S+/.exec(main.output())?.[0] ?? '' };
}

async function advance(url: string, advanceSeconds: number): Promise<void> {
  await fetch(`${url}/_local/clock`, { method: 'POST', body: JSON.stringify({ advanceSeconds }) });
}

async function effectCounts(url: string, caseIds: readonly string[]): Promise<readonly number[]> {
  return await Promise.all(
    caseIds.map(async (id) => {
      const effects = (await (await fetch(`${url}/_local/effects?caseId=${id}`)).json()) as unknown[];
      return effects.length;
    }),
  );
}

function newHome(): string {
  return mkdtempSync(join(tmpdir(), 'home-'));
}

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await sleep(20);
}
