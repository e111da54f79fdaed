import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { LedgerEntry } from '../../shared/contracts/index.ts';
import { verifyChain } from '../../shared/domain/ledger.ts';
import { type CaseAnswer, deployedAssembly, people } from '../support/deployment.ts';
import { APPROVER, sampleLead, WORKFLOW } from '../support/leads.ts';

const CASES = 20;

const assembly = deployedAssembly();
const home = mkdtempSync(join(tmpdir(), 'remit-crash-'));
let running: ChildProcess | null = null;

afterAll(() => {
  running?.kill('SIGKILL');
  rmSync(home, { recursive: true, force: true });
  rmSync(assembly, { recursive: true, force: true });
});

/** Says yes, and yes again where the CRM record of the same person has changed meanwhile. */
async function approved(remit: ReturnType<typeof people>, caseId: string, name: string): Promise<void> {
  for (let asked = 1; ; asked += 1) {
    await remit.answer(await remit.questionMail(APPROVER, name), { verb: 'approve' });
    const now = await remit.waitFor(
      caseId,
      ({ state, requests }) => state === 'closed' || (state === 'waiting' && requests.length > asked),
    );
    if (now.state === 'closed') return;
  }
}

describe('kill -9 of the runtime', () => {
  it(`loses none of ${CASES} cases that wait or run, and doubles no effect`, { timeout: 240_000 }, async () => {
    // given
    const port = await freePort();
    const remit = people(`http://127.0.0.1:${port}`);
    await start(port);
    const cases = await Promise.all(
      Array.from({ length: CASES }, async (_, index) => {
        const isHot = index % 2 === 0;
        const lead = { ...sampleLead(isHot ? 'hot-lead' : 'cold-lead'), name: `Lead${index}th Number` };
        const { status, caseId } = await remit.trigger(WORKFLOW, lead);
        expect(status).toBe(202);
        return { caseId, lead, isHot };
      }),
    );

    // when: killed twice, in the middle of the work and shortly after the restart
    await new Promise((resolve) => setTimeout(resolve, 700));
    await kill();
    await start(port);
    await new Promise((resolve) => setTimeout(resolve, 400));
    await kill();
    await start(port);

    // then
    for (const { caseId, lead, isHot } of cases) {
      const settled = await remit.waitFor(caseId, ({ state }) => (isHot ? state === 'waiting' : state === 'closed'));
      if (isHot) await approved(remit, caseId, lead.name);
      else expect(settled.outcome).toBe('done');
    }
    for (const { caseId, lead, isHot } of cases) {
      const closed = await remit.waitFor(caseId, ({ state }) => state === 'closed');
      expect(closed.outcome).toBe('done');
      expect(isUnbroken(closed)).toBe(true);
      const effects = await remit.effects(caseId);
      const keys = effects.map(({ idempotencyKey }) => idempotencyKey);
      expect(new Set(keys).size).toBe(keys.length);
      expect(keys).toHaveLength(isHot ? 2 : 1);
      const [firstName = ''] = lead.name.split(' ');
      const mails = (await remit.mails(lead.email)).filter(({ subject }) => subject.includes(firstName));
      expect(mails).toHaveLength(isHot ? 1 : 0);
    }
  });
});

function isUnbroken({ ledger = [] }: CaseAnswer): boolean {
  return verifyChain(ledger.map((entry) => LedgerEntry.parse(entry))).ok;
}

async function start(port: number): Promise<void> {
  const child = spawn(process.execPath, ['local/main.ts', assembly], {
    env: { ...process.env, REMIT_HOME: home, REMIT_PORT: String(port) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running = child;
  const said: string[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes: Buffer) => said.push(bytes.toString()));
  const deadline = performance.now() + 30_000;
  while (performance.now() < deadline) {
    const isUp = await fetch(`http://127.0.0.1:${port}/_local/`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isUp) return;
    if (child.exitCode !== null) break;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`The runtime did not start: ${said.join('')}`);
}

async function kill(): Promise<void> {
  const child = running;
  if (child === null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await gone;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        typeof address === 'object' && address !== null ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });
}
