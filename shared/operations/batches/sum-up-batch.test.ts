import { describe, expect, it } from 'vitest';
import { batchIdIn, runMachines } from '../../../test/support/batch-steps.ts';
import { type MemoryPorts, memoryPorts } from '../../../test/support/memory-ports.ts';
import { ORDER_FILE, orders } from '../../../test/support/orders.ts';
import { aCase } from '../../../test/support/stored-examples.ts';
import type { Case, CaseId } from '../../contracts/index.ts';
import { EffectError } from '../../ports/index.ts';
import { startCase } from '../start-case.ts';
import { sumUpBatch } from './sum-up-batch.ts';

const AT = '2026-03-02T09:00:00.000Z';

/** Opens the case of each line that differs, as it stands now; by default one second after the file came. */
async function opened(changes: (index: number) => Partial<Case> | null) {
  const ports = memoryPorts({ workflow: orders });
  const event = { workflow: 'orders', trigger: 'order-file', eventId: 'msg_1', receivedAt: AT };
  await startCase.run(ports, { ...event, body: { file: ORDER_FILE } });
  await runMachines(ports);
  const batchId = batchIdIn(ports);
  const piece = await ports.batchStore.piece(batchId, 0);
  for (const [index, id] of (piece?.cases ?? []).entries()) await open(ports, id, index, changes(index));
  return { ports, batchId, run: (looks: number) => sumUpBatch.run(ports, { batchId, looks, piece: 0 }) };
}

const INPUTS = [
  { id: 'o-1', item: 'pen', cents: 120 },
  { id: 'o-2', item: 'pen', cents: 130 },
  { line: 'o-3,ink' },
] as const;

async function open(ports: MemoryPorts, id: CaseId, index: number, own: Partial<Case> | null): Promise<void> {
  if (own === null) return;
  const openedAtMs = Date.parse(AT) + 1_000;
  const problems = index === 2 ? ['The line: It has 2 cells, and the heading has 3.'] : [];
  const about = { id, workflow: 'orders', trigger: 'order', eventId: `o-${index}`, openedAtMs };
  const head = aCase({ ...about, input: INPUTS[index] ?? {}, problems, ...own });
  await ports.cases.commit({
    ...{ caseId: id, workflow: 'orders', cursor: { seq: 0, hash: '' }, atMs: openedAtMs, opened: head },
    events: [],
  });
}

describe('the sums of a file', () => {
  it('wait while a line has no case or is not decided, a little longer each time', async () => {
    const { ports, run } = await opened((index) => (index === 0 ? null : { state: 'open' }));
    expect(await run(0)).toEqual({ isDone: false, looks: 1, piece: 0, waitSeconds: 1 });
    expect(await run(10)).toMatchObject({ isDone: false, looks: 11, waitSeconds: expect.any(Number) });
    expect(ports.mailer.sent).toEqual([]);
  });

  it('are mailed to the owner once all are decided: in money, with what could not be read and what came twice', async () => {
    const { ports, run } = await opened((index) => ({ state: index === 1 ? 'waiting' : 'closed' }));
    expect(await run(0)).toEqual({ isDone: true });
    const [mail] = ports.mailer.sent;
    expect(mail).toMatchObject({ to: ['stock@remit.example'], subject: '4 lines: Orders' });
    expect(mail?.text).toContain('Ordered:   1.20 EUR (1 line)');
    expect(mail?.text).toContain('4: 3 new, 1 twice in the file, 1 not readable');
    expect(mail?.text).toContain('1 line could not be read. A person is asked about each.');
  });

  it('say so when every line had come before', async () => {
    const { ports, run } = await opened(() => ({ state: 'closed', openedAtMs: Date.parse(AT) - 1 }));
    await run(0);
    expect(ports.mailer.sent[0]?.text).toContain('Every line had come before. Nothing was begun or done again');
  });

  it('are mailed in the end without what is not decided, and name it', async () => {
    const { ports, run } = await opened((index) => (index === 0 ? null : { state: 'closed' }));
    expect(await run(16)).toEqual({ isDone: true });
    expect(ports.mailer.sent[0]?.text).toContain('1 line not decided yet');
  });

  it('are tried again where the mail certainly did not go out, and else not sent twice', async () => {
    const { ports, batchId, run } = await opened(() => ({ state: 'closed' }));
    const failing = (error: Error) => ({ ...ports, mailer: { send: () => Promise.reject(error) } });
    const passing = new EffectError('busy', { isPassing: true });
    await expect(sumUpBatch.run(failing(passing), { batchId, looks: 0, piece: 0 })).rejects.toThrow('busy');
    expect(await sumUpBatch.run(failing(new Error('lost')), { batchId, looks: 0, piece: 0 })).toEqual({ isDone: true });
    expect(ports.telemetry.sum('Errors')).toBe(1);
    expect(await run(0)).toEqual({ isDone: true });
  });
});
