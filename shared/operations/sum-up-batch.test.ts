import { describe, expect, it } from 'vitest';
import { memoryPorts } from '../../test/support/memory-ports.ts';
import { ORDER_FILE, orders } from '../../test/support/orders.ts';
import { aCase } from '../../test/support/stored-examples.ts';
import type { Batch, Case } from '../contracts/index.ts';
import { type BatchTrigger, batchOf, lineEvent } from '../domain/batch-lines.ts';
import { caseIdOf } from '../domain/case-id.ts';
import { EffectError } from '../ports/index.ts';
import { sumUpBatch } from './sum-up-batch.ts';

const definition = orders.triggers.find(({ id }) => id === 'order-file') as BatchTrigger;
const AT = '2026-03-02T09:00:00.000Z';

function batch(file = ORDER_FILE): Batch {
  const event = { workflow: 'orders', trigger: 'order-file', eventId: 'msg_1', receivedAt: AT, body: null };
  const read = batchOf(orders, definition, event, file);
  if (!read.ok) throw new Error(read.problem);
  return read.value;
}

/** Opens the case of each line that differs, as it stands now; by default one second after the file came. */
async function opened(changes: (index: number) => Partial<Case> | null) {
  const ports = memoryPorts({ workflow: orders });
  const file = batch();
  for (const [index, line] of file.lines.slice(0, 3).entries()) {
    const { trigger, eventId, input, problems } = lineEvent(orders, definition, file.format, line);
    const id = caseIdOf({ workflow: 'orders', trigger, eventId });
    const own = changes(index);
    if (own === null) continue;
    const openedAtMs = Date.parse(AT) + 1_000;
    const head = aCase({ id, workflow: 'orders', trigger, eventId, input, problems, openedAtMs, ...own });
    await ports.cases.commit({
      ...{ caseId: id, workflow: 'orders', cursor: { seq: 0, hash: '' }, atMs: openedAtMs, opened: head },
      events: [],
    });
  }
  return { ports, run: (looks: number) => sumUpBatch.run(ports, { batch: file, looks }) };
}

describe('the sums of a file', () => {
  it('wait while a line has no case or is not decided, a little longer each time', async () => {
    const { ports, run } = await opened((index) => (index === 0 ? null : { state: 'open' }));
    expect(await run(0)).toEqual({ isDone: false, looks: 1, waitSeconds: 1 });
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
    const { ports, run } = await opened(() => ({ state: 'closed' }));
    const failing = (error: Error) => ({ ...ports, mailer: { send: () => Promise.reject(error) } });
    const passing = new EffectError('busy', { isPassing: true });
    await expect(sumUpBatch.run(failing(passing), { batch: batch(), looks: 0 })).rejects.toThrow('busy');
    expect(await sumUpBatch.run(failing(new Error('lost')), { batch: batch(), looks: 0 })).toEqual({ isDone: true });
    expect(ports.telemetry.sum('Errors')).toBe(1);
    expect(await run(0)).toEqual({ isDone: true });
  });
});
