import { describe, expect, it } from 'vitest';
import { CaseMachine, type Person } from '../../../test/support/case-machine.ts';
import { CrashingPorts } from '../../../test/support/crashing-ports.ts';
import { CASE_ID, caseStart, HOT, modelAnswer, READABLE, settingsIn } from '../../../test/support/lead-case.ts';
import { WORKFLOW } from '../../../test/support/leads.ts';
import { type MemoryPorts, memoryPorts } from '../../../test/support/memory-ports.ts';
import { openWrite } from '../../../test/support/store-contract/store-fixture.ts';
import { aCase } from '../../../test/support/stored-examples.ts';
import { caseIdOf } from '../../domain/case-id.ts';
import { verifyChain } from '../../domain/ledger.ts';
import { eraseOldCases } from './erase-old-cases.ts';

const DAY_MS = 86_400_000;
const OTHER = caseIdOf({ workflow: WORKFLOW, trigger: 'contact-form', eventId: 'msg_2' });
const rejects: Person = () => 'reject';

async function played(): Promise<MemoryPorts> {
  const models = Array.from({ length: 2 }, () => modelAnswer(HOT, { confidence: 0.5 }));
  const ports = memoryPorts({ models, sources: READABLE });
  ports.settings.set(settingsIn('partial'));
  for (const start of [caseStart(), caseStart({ caseId: OTHER, eventId: 'msg_2' })]) {
    await new CaseMachine(new CrashingPorts(ports, null), rejects, async () => undefined).run(start);
  }
  return ports;
}

/** So many days after the cases were opened. */
function lookedAfter(ports: MemoryPorts, days: number): Promise<Awaited<ReturnType<typeof eraseOldCases.run>>> {
  const nowMs = ports.clock.nowMs() + days * DAY_MS;
  return eraseOldCases.run(
    { ...ports, clock: { nowMs: () => nowMs, sleep: async () => undefined }, retentionDays: 400 },
    {},
  );
}

describe('what is personal in old cases', () => {
  it('stays until its time is over', async () => {
    const ports = await played();
    expect(await lookedAfter(ports, 399)).toEqual({ erased: 0, waiting: 0, failed: 0 });
    expect(JSON.stringify(await ports.cases.get(CASE_ID))).toContain('Hanna');
  });

  it('goes then, once, and the ledger says that its time was over and verifies', async () => {
    const ports = await played();
    expect(await lookedAfter(ports, 401)).toEqual({ erased: 2, waiting: 0, failed: 0 });
    expect(await lookedAfter(ports, 402)).toEqual({ erased: 0, waiting: 0, failed: 0 });
    for (const caseId of [CASE_ID, OTHER]) {
      const [head, ledger] = [await ports.cases.get(caseId), await ports.cases.ledger(caseId)];
      expect(JSON.stringify([head, ledger])).not.toMatch(/hanna/i);
      expect(verifyChain(ledger, head?.ledger)).toMatchObject({ ok: true });
      expect(ledger.at(-1)?.event).toMatchObject({
        ...{ type: 'subject-erased', by: 'remit', proof: null, because: 'retention' },
        reason: 'It is kept for 400 days.',
      });
    }
    expect([...ports.tables.erasableBy]).toEqual([]);
  });

  it('goes weeks later too, where nobody looked meanwhile', async () => {
    expect(await lookedAfter(await played(), 450)).toMatchObject({ erased: 2 });
  });

  it('waits for a case that goes on still', async () => {
    const ports = await played();
    const head = JSON.parse(ports.tables.cases.get(CASE_ID) ?? '{}');
    ports.tables.cases.set(CASE_ID, JSON.stringify({ ...head, state: 'waiting' }));
    expect(await lookedAfter(ports, 401)).toEqual({ erased: 1, waiting: 1, failed: 0 });
    ports.tables.cases.set(CASE_ID, JSON.stringify(head));
    expect(await lookedAfter(ports, 402)).toEqual({ erased: 1, waiting: 0, failed: 0 });
  });

  it('is an error where it cannot be taken out, and keeps no other case back', async () => {
    const ports = await played();
    ports.tables.ledger.set(CASE_ID, (ports.tables.ledger.get(CASE_ID) ?? []).map(withoutSalts));
    await expect(lookedAfter(ports, 401)).rejects.toThrow('1 old case');
    expect((await ports.cases.get(OTHER))?.erasedAtMs).toBeDefined();
  });

  it('goes although very many before it cannot be erased, of which whoever watches is told', async () => {
    const ports = await played();
    const { openedAtMs } = (await ports.cases.get(CASE_ID)) ?? { openedAtMs: 0 };
    const day = new Date(openedAtMs - DAY_MS).toISOString().slice(0, 10);
    for (let at = 0; at < 501; at += 1) {
      const id = caseIdOf({ workflow: 'gone-by-now', trigger: 't', eventId: `${at}` });
      const case_ = aCase({ id, workflow: 'gone-by-now', state: 'closed' });
      await ports.cases.commit({ ...openWrite(case_), erasableBy: { subjects: [], day } });
    }
    await expect(lookedAfter(ports, 401)).rejects.toThrow('501 old cases');
    expect(JSON.stringify(await ports.cases.get(CASE_ID))).not.toContain('Hanna');
  });
});

function withoutSalts(text: string): string {
  const { salts: _salts, ...entry } = JSON.parse(text);
  return JSON.stringify(entry);
}
