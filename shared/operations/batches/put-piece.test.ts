import { describe, expect, it } from 'vitest';
import { batchIdIn, runMachines, workedOff } from '../../../test/support/batch-steps.ts';
import { memoryPorts } from '../../../test/support/memory-ports.ts';
import { orders } from '../../../test/support/orders.ts';
import { Case, type Trigger } from '../../contracts/index.ts';
import { PIECE_LINES } from '../../domain/batches/batch-pieces.ts';
import { startCase } from '../start-case.ts';
import { putPiece } from './put-piece.ts';
import { sumUpBatch } from './sum-up-batch.ts';

const HEADING = 'id,item,cents\n';
const STORED = { bucket: 'files', key: 'orders/day.csv', versionId: 'v1' };
const AT = '2026-03-02T09:00:00.000Z';

function dropped(file: string | Uint8Array): Trigger {
  const stored = { ...STORED, bytes: Buffer.byteLength(file) };
  return { workflow: 'orders', trigger: 'order-file', eventId: 'orders/day.csv/1', receivedAt: AT, body: { stored } };
}

function portsWith(file: string | Uint8Array) {
  const ports = memoryPorts({ workflow: orders });
  ports.files.stored.set('files/orders/day.csv', Buffer.from(file));
  return ports;
}

/** The cases that executions were started for, in that order. */
const startsOf = ({ executions, tables }: ReturnType<typeof portsWith>) =>
  [...executions.started.keys()].map((caseId) => Case.parse(JSON.parse(tables.cases.get(caseId) ?? 'null')));
const linesOf = (count: number, from = 0) =>
  Array.from({ length: count }, (_, index) => `o-${from + index},item ${from + index},${100 + index}\n`).join('');

describe('a large file', () => {
  const COUNT = PIECE_LINES * 2 + 200;

  it('is put on the queue piece by piece, and each of its lines is one case', async () => {
    const file = HEADING + linesOf(COUNT);
    const ports = portsWith(file);
    await workedOff(ports, dropped(file));
    const ids = startsOf(ports).map(({ input }) => (input as { id: string }).id);
    expect(ids).toHaveLength(COUNT);
    expect(new Set(ids).size).toBe(COUNT);
    expect(ports.batchStore.pieces.size).toBe(3);
  });

  it('is read once as a whole, and then each piece of it once', async () => {
    const file = HEADING + linesOf(COUNT);
    const ports = portsWith(file);
    await workedOff(ports, dropped(file));
    const [whole, ...parts] = ports.files.reads.map(({ bytes }) => bytes);
    expect(whole).toBe(Buffer.byteLength(file));
    // The heading, and the line break behind each piece, are no part of any.
    const sum = parts.reduce((total, bytes) => total + bytes, 0);
    expect([parts.length, sum]).toEqual([3, Buffer.byteLength(file) - Buffer.byteLength(HEADING) - parts.length]);
  });

  it('leaves ids and counts behind, and nothing of what came', async () => {
    const file = HEADING + linesOf(PIECE_LINES + 1);
    const ports = portsWith(file);
    await workedOff(ports, dropped(file));
    await sumUpBatch.run(ports, { batchId: batchIdIn(ports), looks: 0, piece: 0 });
    const kept = JSON.stringify([[...ports.batchStore.kept.values()], [...ports.batchStore.pieces.values()]]);
    for (const word of ['item', 'o-1', STORED.key, STORED.versionId]) expect(kept).not.toContain(word);
    const [head] = ports.batchStore.kept.values();
    expect(JSON.parse(head ?? '')).toMatchObject({ brought: null, divided: { pieces: 2, isRefused: false } });
  });

  it('whose messages all come twice starts nothing twice', async () => {
    const file = HEADING + linesOf(PIECE_LINES + 1);
    const ports = portsWith(file);
    await workedOff(ports, dropped(file), { times: 2 });
    expect(ports.executions.started.size).toBe(PIECE_LINES + 1);
    expect(ports.batches.started.size).toBe(1);
  });

  it('whose work breaks off in the middle loses no line', async () => {
    const file = HEADING + linesOf(COUNT);
    const ports = portsWith(file);
    const send = ports.intake.send.bind(ports.intake);
    let calls = 0;
    // Some are on the queue when it ends, as after the loss of a machine.
    ports.intake.send = async (triggers) => {
      calls += 1;
      if (calls % 3 === 1) {
        await send(triggers.slice(0, Math.floor(triggers.length / 2)));
        throw new Error('the machine is gone');
      }
      await send(triggers);
    };
    await workedOff(ports, dropped(file));
    expect(ports.executions.started.size).toBe(COUNT);
    expect(ports.batches.started.size).toBe(1);
  });

  it('tells a line that is like an earlier one so, also over pieces', async () => {
    const file = `${HEADING}first,pen,120\n${linesOf(PIECE_LINES)}last,pen,130\n`;
    const ports = portsWith(file);
    await workedOff(ports, dropped(file));
    const last = startsOf(ports).find(({ input }) => (input as { id: string }).id === 'last');
    expect(last?.input).toEqual({ id: 'last', item: 'pen', cents: 130, like: 'first' });
  });

  it('has lines that cannot be read, each of which goes to a person with its number', async () => {
    const broken = 'id,item,cents\r\n\r\no-1,"two\r\nlines",120\r\no-2\r\n\r\no-3,ink,many\r\n';
    const ports = portsWith(broken);
    await workedOff(ports, dropped(broken));
    expect(startsOf(ports).map(({ problems }) => problems)).toEqual([
      [],
      ['The line: It has 1 cells, and the heading has 3.', 'It begins in line 5 of the file.'],
      [expect.stringContaining('cents'), 'It begins in line 7 of the file.'],
    ]);
  });

  it('may be JSON lines, counted from its first', async () => {
    const file = '{"id":"o-1","item":"pen","cents":1}\n{"id":\n';
    const ports = portsWith(file);
    await workedOff(ports, dropped(file));
    expect(startsOf(ports).map(({ problems }) => problems.at(-1))).toEqual([
      undefined,
      'It begins in line 2 of the file.',
    ]);
  });

  it('with a line that no message holds sends that one to a person, and the others on', async () => {
    const file = `${HEADING}o-1,${'x'.repeat(200_001)},1\no-2,pen,2\n`;
    const ports = portsWith(file);
    await workedOff(ports, dropped(file));
    expect(startsOf(ports).map(({ input, problems }) => [input, problems])).toEqual([
      [
        { file: STORED.key, bytes: 200_009 },
        [expect.stringMatching(/^The line makes 200009 bytes; .* It begins in line 2 of the file\.$/)],
      ],
      [{ id: 'o-2', item: 'pen', cents: 2 }, []],
    ]);
  });

  it.each<[string, string | Uint8Array, string]>([
    ['of no text', new Uint8Array([0xff, 0xfe, 0x41]), 'not valid UTF-8'],
    ['of more lines than are taken', HEADING + '1,pen,1\n'.repeat(100_001), 'at most 100000 are taken'],
    ['with a column twice', 'id,id\n1,2\n', 'stands twice'],
  ])('%s is one case for a person', async (_what, file, problem) => {
    const ports = portsWith(file);
    await workedOff(ports, dropped(file));
    expect(startsOf(ports)).toMatchObject([{ id: batchIdIn(ports), problems: [expect.stringContaining(problem)] }]);
    expect(ports.batchStore.pieces.size).toBe(0);
  });

  it('of 100,000 lines ends with its last piece', async () => {
    const file = HEADING + linesOf(100_000);
    const ports = portsWith(file);
    await startCase.run(ports, dropped(file));
    await runMachines(ports);
    expect(ports.batchStore.pieces.size).toBe(100_000 / PIECE_LINES);
    expect(ports.intake.triggers).toHaveLength(100_000);
    expect(ports.intake.triggers.at(-1)).toMatchObject({
      eventId: `${batchIdIn(ports)}/99999`,
      body: { line: { text: 'o-99999,item 99999,100099', number: 100_001 } },
    });
  });

  it('of which a piece is put again after its time is not put there again', async () => {
    const file = HEADING + linesOf(3);
    const ports = portsWith(file);
    await workedOff(ports, dropped(file));
    const batchId = batchIdIn(ports);
    expect(await putPiece.run(ports, { batchId, piece: 0 })).toEqual({ lines: 3 });
    expect(ports.intake.triggers).toHaveLength(3);
    await expect(putPiece.run(ports, { batchId, piece: 1 })).rejects.toThrow('not kept any more');
  });
});

describe('the sums of a large file', () => {
  async function begun(lines: number) {
    const file = HEADING + linesOf(lines);
    const ports = portsWith(file);
    await workedOff(ports, dropped(file));
    const batchId = batchIdIn(ports);
    const run = (looks: number, piece = 0) => sumUpBatch.run(ports, { batchId, looks, piece });
    const decide = async (from: number, to: number): Promise<void> => {
      for (const id of [...ports.executions.started.keys()].slice(from, to)) {
        const found = Case.parse(JSON.parse(ports.tables.cases.get(id) ?? 'null'));
        ports.tables.cases.set(id, JSON.stringify({ ...found, state: 'closed' }));
      }
    };
    return { ports, run, decide };
  }

  it('wait for its cases, longer than those of a small one', async () => {
    const { ports, run } = await begun(PIECE_LINES + 1);
    expect(await run(0)).toEqual({ isDone: false, looks: 1, piece: 0, waitSeconds: 1 });
    expect(await run(100)).toEqual({ isDone: false, looks: 101, piece: 0, waitSeconds: 300 });
    expect(ports.mailer.sent).toEqual([]);
    expect(await run(160)).toEqual({ isDone: true });
    expect(ports.mailer.sent).toMatchObject([{ to: ['stock@remit.example'], subject: '501 lines: Orders' }]);
  });

  it('go on where they stopped, and read the file no more', async () => {
    const { ports, run, decide } = await begun(PIECE_LINES * 2 + 1);
    const reads = ports.files.reads.length;
    await decide(0, PIECE_LINES * 2);
    expect(await run(3)).toMatchObject({ isDone: false, piece: 2 });
    await decide(PIECE_LINES * 2, PIECE_LINES * 2 + 1);
    expect(await run(4, 2)).toEqual({ isDone: true });
    expect(ports.mailer.sent[0]?.text).toContain('1001: 1001 new');
    expect(ports.files.reads).toHaveLength(reads);
  });
});
