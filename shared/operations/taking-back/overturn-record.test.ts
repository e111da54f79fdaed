import { describe, expect, it } from 'vitest';
import { ask, reply } from '../../../test/support/asked-lead.ts';
import { CASE_ID, decidedLead, HOT, WARM } from '../../../test/support/lead-case.ts';
import { APPROVER, WORKFLOW } from '../../../test/support/leads.ts';
import type { MemoryPorts } from '../../../test/support/memory-ports.ts';
import { MemoryRecordStore } from '../../../test/support/memory-record-store.ts';
import { COLD, OVERTURN_REASON, overturn, overturnCommand } from '../../../test/support/overturning.ts';
import { recordDecisions } from '../../../test/support/recorded-decisions.ts';
import { carriedOut, runAgain, startedNames } from '../../../test/support/resumed-case.ts';
import { governanceCaseId } from '../../domain/governance-case.ts';
import { readAutonomy } from '../console/read-autonomy.ts';
import { overturnCase } from '../overturn-case.ts';

const NURTURE = 'add-to-nurture#1';

async function closedLead(): Promise<MemoryPorts> {
  return carriedOut(await decidedLead({ phase: 'full', judgement: WARM }));
}

describe('an overturning counts against the agents', () => {
  const reading = async (ports: MemoryPorts) => {
    const read = await readAutonomy.run(ports, { workflow: WORKFLOW, reader: { person: APPROVER, isOperator: false } });
    if (read.kind !== 'read') throw new Error(read.kind);
    return read.value.segments[0];
  };

  it('in the same write, by the fields that were wrong, and the live figures show it', async () => {
    const ports = await closedLead();
    expect(await reading(ports)).toMatchObject({ against: { decisions: 0 } });
    await overturn(ports, { decision: COLD });
    expect(await ports.records.get(CASE_ID)).toMatchObject({
      ...{ standing: 'reviewed', by: APPROVER, reason: OVERTURN_REASON, personDecision: COLD, revision: 1 },
      signals: [{ kind: 'reversal', by: APPROVER, fields: ['buyingIntent', 'score', 'tier'] }],
    });
    expect(await reading(ports)).toMatchObject({
      ...{ against: { decisions: 1, of: 1 }, agreement: { sure: { agreed: 0, of: 1 } } },
      disagreements: [{ caseId: CASE_ID, fields: ['buyingIntent', 'score', 'tier'], reason: OVERTURN_REASON }],
    });
  });

  it('once, however often it is sent, and not at all where it is not taken', async () => {
    const ports = await closedLead();
    await overturn(ports, { digest: '0'.repeat(64) });
    expect((await ports.records.get(CASE_ID))?.signals).toEqual([]);
    const command = await overturnCommand(ports);
    await overturnCase.run(ports, command);
    await overturnCase.run(ports, command);
    expect((await ports.records.get(CASE_ID))?.signals).toMatchObject([{ kind: 'reversal', fields: ['*'] }]);
  });

  it('and takes their phase at once where it is one too many', async () => {
    const ports = await closedLead();
    recordDecisions(ports, { right: 10, wrong: 5, phase: 'full' });
    expect((await ports.settings.get(WORKFLOW)).own?.phase).toBe('full');
    await overturn(ports, { decision: COLD });
    expect((await ports.settings.get(WORKFLOW)).own?.phase).toBe('partial');
    const ledger = await ports.cases.ledger(governanceCaseId(WORKFLOW));
    expect(ledger.at(-1)?.event).toMatchObject({
      ...{ type: 'phase-changed', because: 'step-back', from: 'full', to: 'partial' },
      reason: expect.stringContaining('overturned'),
    });
  });

  it('though somebody answers about the same decision at that moment', async () => {
    const ports = await closedLead();
    const stale = await ports.records.get(CASE_ID);
    await reply(ports, await ask(ports, { kind: 'undo-action', actionId: NURTURE }));
    const command = await overturnCommand(ports);
    let looks = 0;
    const records = Object.assign(new MemoryRecordStore(ports.tables), {
      get: async (id: string) => {
        looks += 1;
        return looks === 1 ? stale : ports.records.get(id);
      },
    });
    expect(await overturnCase.run({ ...ports, records }, command)).toMatchObject({ kind: 'overturned' });
    expect(looks).toBe(2);
    expect(await ports.records.get(CASE_ID)).toMatchObject({
      ...{ signals: [{ kind: 'reversal' }], compared: [{ field: NURTURE, agrees: true }, { field: '*' }] },
    });
  });

  it('and nothing that people say of what follows from their own decision does', async () => {
    const { ports } = await decidedLead();
    await overturn(ports, { decision: { ...HOT, companySizeInRange: true, score: 8, tier: 'hot' } });
    await runAgain(ports, startedNames(ports)[0] ?? '').catch(() => null);
    const before = await ports.records.get(CASE_ID);
    await reply(ports, await ask(ports, { actionId: 'send-meeting-mail#201' }), { verb: 'reject', reason: 'No.' });
    expect(await ports.records.get(CASE_ID)).toEqual(before);
  });
});
