import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { LedgerEntry } from '../../shared/contracts/index.ts';
import { verifyChain } from '../../shared/domain/ledger.ts';
import { type CaseAnswer, deployedAssembly, people } from '../support/deployment.ts';
import { freePort } from '../support/free-port.ts';
import { APPROVER, sampleLead, WORKFLOW } from '../support/leads.ts';
import { RuntimeProcess } from '../support/runtime-process.ts';

const CASES = 20;

const assembly = deployedAssembly();
const home = mkdtempSync(join(tmpdir(), 'remit-crash-'));
const runtime = new RuntimeProcess(assembly, home);

afterAll(async () => {
  await runtime.kill();
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
    await runtime.start(port);
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
    await runtime.kill();
    await runtime.start(port);
    await new Promise((resolve) => setTimeout(resolve, 400));
    await runtime.kill();
    await runtime.start(port);

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
