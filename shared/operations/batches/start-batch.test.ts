import { describe, expect, it } from 'vitest';
import { batchIdIn, runMachines, workedOff } from '../../../test/support/batch-steps.ts';
import { type MemoryPorts, memoryPorts } from '../../../test/support/memory-ports.ts';
import { ORDER_FILE, orders } from '../../../test/support/orders.ts';
import type { Case, Json, Trigger } from '../../contracts/index.ts';
import { caseIdOf } from '../../domain/case-id.ts';
import { startCase } from '../start-case.ts';

function trigger(body: Json, changes: Partial<Trigger> = {}): Trigger {
  const receivedAt = '2026-03-02T09:00:00.000Z';
  return { workflow: 'orders', trigger: 'order-file', eventId: 'msg_1', receivedAt, body, ...changes };
}

/** The cases whose executions were started, as they were opened. */
function openedIn(ports: MemoryPorts): Promise<(Case | null)[]> {
  return Promise.all([...ports.executions.started.keys()].map((caseId) => ports.cases.get(caseId)));
}

/** The file in its machine, and what its lines start, one message after the other. */
async function sent(file: string) {
  const ports = memoryPorts({ workflow: orders });
  await workedOff(ports, trigger({ file }));
  return { ports, starts: await openedIn(ports) };
}

describe('a file of many lines', () => {
  it('goes to its machine once, under an id that its webhook always gives, and nothing of what came goes with it', async () => {
    const { ports } = await sent(ORDER_FILE);
    const batchId = caseIdOf({ workflow: 'orders', trigger: 'order-file', eventId: 'msg_1' });
    expect([...ports.batches.started]).toEqual([[batchId, { batchId, workflow: 'orders' }]]);
    await startCase.run(ports, trigger({ file: ORDER_FILE }));
    expect(ports.batches.started.size).toBe(1);
  });

  it('is put on the queue line by line, each under a name of its own', async () => {
    const { ports } = await sent(ORDER_FILE);
    const batchId = batchIdIn(ports);
    expect(ports.intake.triggers.map(({ eventId, body }) => [eventId, body])).toEqual(
      [
        { text: 'o-1,pen,120', alike: null, number: 2 },
        { text: 'o-2,pen,130', alike: 'o-1', number: 3 },
        { text: 'o-3,ink', alike: null, number: 4 },
        { text: 'o-1,pen,120', alike: null, number: 5 },
      ].map((line, place) => {
        const format = { kind: 'csv', separator: ',', heading: ['id', 'item', 'cents'] };
        return [`${batchId}/${place}`, { line: { ...line, format } }];
      }),
    );
  });

  it('starts a case for each line as the trigger of one would, told of the line that looks like it', async () => {
    const { starts } = await sent(ORDER_FILE);
    expect(starts.map((start) => [start?.trigger, start?.input, start?.problems])).toEqual([
      ['order', { id: 'o-1', item: 'pen', cents: 120 }, []],
      ['order', { id: 'o-2', item: 'pen', cents: 130, like: 'o-1' }, []],
      [
        'order',
        { line: 'o-3,ink' },
        ['The line: It has 2 cells, and the heading has 3.', 'It begins in line 4 of the file.'],
      ],
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

  it('that has no heading that can be read is one case for a person, under the id of the file, and is kept there alone', async () => {
    const file = 'id,id\n1,2';
    const { ports, starts } = await sent(file);
    expect(starts).toMatchObject([
      {
        ...{ id: batchIdIn(ports), trigger: 'order-file', input: { file, bytes: 9 } },
        problems: [expect.stringContaining('stands twice')],
      },
    ]);
    expect(await ports.batchStore.get(batchIdIn(ports))).toMatchObject({
      ...{ brought: null, divided: { pieces: 0, isRefused: true } },
    });
    await runMachines(ports);
    expect(ports.intake.triggers).toHaveLength(1);
  });

  it('is not taken from a trigger of one, whatever its body looks like', async () => {
    const ports = memoryPorts({ workflow: orders });
    await startCase.run(ports, trigger({ file: ORDER_FILE }, { trigger: 'order' }));
    expect(ports.batches.started.size).toBe(0);
    const [start] = await openedIn(ports);
    expect(start?.problems.length).toBeGreaterThan(0);
  });
});
