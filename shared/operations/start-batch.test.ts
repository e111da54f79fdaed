import { describe, expect, it } from 'vitest';
import { type MemoryPorts, memoryPorts } from '../../test/support/memory-ports.ts';
import { ORDER_FILE, orders } from '../../test/support/orders.ts';
import { Batch, type Case, type Json, type Trigger } from '../contracts/index.ts';
import { caseIdOf } from '../domain/case-id.ts';
import { startCase } from './start-case.ts';

function trigger(body: Json, changes: Partial<Trigger> = {}): Trigger {
  const receivedAt = '2026-03-02T09:00:00.000Z';
  return { workflow: 'orders', trigger: 'order-file', eventId: 'msg_1', receivedAt, body, ...changes };
}

/** The cases whose executions were started, as they were opened. */
function openedIn(ports: MemoryPorts): Promise<(Case | null)[]> {
  return Promise.all([...ports.executions.started.keys()].map((caseId) => ports.cases.get(caseId)));
}

/** The file as the machine gets it, and what its lines start, one message after the other. */
async function sent(file: string) {
  const ports = memoryPorts({ workflow: orders });
  await startCase.run(ports, trigger({ file }));
  const batches = [...ports.batches.started.values()].map((input) => Batch.parse(input));
  for (const { format, lines, batchId } of batches) {
    for (const [index, line] of lines.entries()) {
      await startCase.run(ports, trigger({ line: { ...line, format } }, { eventId: `${batchId}/${index}` }));
    }
  }
  const starts = await openedIn(ports);
  return { ports, batches, starts };
}

describe('a file of many lines', () => {
  it('goes to its machine once, under an id that its webhook always gives', async () => {
    const { ports, batches } = await sent(ORDER_FILE);
    expect([...ports.batches.started.keys()]).toEqual([
      caseIdOf({ workflow: 'orders', trigger: 'order-file', eventId: 'msg_1' }),
    ]);
    expect(batches[0]?.lines).toEqual([
      { text: 'o-1,pen,120', alike: null },
      { text: 'o-2,pen,130', alike: 'o-1' },
      { text: 'o-3,ink', alike: null },
      { text: 'o-1,pen,120', alike: null },
    ]);
    await startCase.run(ports, trigger({ file: ORDER_FILE }));
    expect(ports.batches.started.size).toBe(1);
  });

  it('starts a case for each line as the trigger of one would, told of the line that looks like it', async () => {
    const { starts } = await sent(ORDER_FILE);
    expect(starts.map((start) => [start?.trigger, start?.input, start?.problems])).toEqual([
      ['order', { id: 'o-1', item: 'pen', cents: 120 }, []],
      ['order', { id: 'o-2', item: 'pen', cents: 130, like: 'o-1' }, []],
      ['order', { line: 'o-3,ink' }, ['The line: It has 2 cells, and the heading has 3.']],
    ]);
  });

  it('repeated in another file or by itself starts nothing, and a known id with something else starts a case', async () => {
    const { ports } = await sent(ORDER_FILE);
    const known = ports.executions.started.size;
    const line = { format: { kind: 'json-lines' as const }, alike: null };
    const again = JSON.stringify({ id: 'o-1', item: 'pen', cents: 120 });
    await startCase.run(ports, trigger({ line: { ...line, text: again } }, { eventId: 'other/0' }));
    expect(ports.executions.started.size).toBe(known);
    const other = JSON.stringify({ id: 'o-1', item: 'pen', cents: 121 });
    await startCase.run(ports, trigger({ line: { ...line, text: other } }, { eventId: 'other/1' }));
    expect(ports.executions.started.size).toBe(known + 1);
  });

  it.each([
    ['has no heading that can be read', 'id,id\n1,2', 'stands twice'],
    ['is too large for the machine', `id,item,cents\n${`o,${'x'.repeat(400)},1\n`.repeat(700)}`, 'split it'],
  ])('that %s is one case for a person', async (_what, file, problem) => {
    const { batches, starts } = await sent(file);
    expect(batches).toEqual([]);
    expect(starts).toMatchObject([
      { trigger: 'order-file', input: { file }, problems: [expect.stringContaining(problem)] },
    ]);
  });

  it('is not taken from a trigger of one, whatever its body looks like', async () => {
    const ports = memoryPorts({ workflow: orders });
    await startCase.run(ports, trigger({ file: ORDER_FILE }, { trigger: 'order' }));
    expect(ports.batches.started.size).toBe(0);
    const [start] = await openedIn(ports);
    expect(start?.problems.length).toBeGreaterThan(0);
  });
});
