import { describe, expect, it } from 'vitest';
import { batchIdIn, runMachines } from '../../../test/support/batch-steps.ts';
import { memoryPorts } from '../../../test/support/memory-ports.ts';
import { orders } from '../../../test/support/orders.ts';
import { governanceCaseId } from '../../domain/governance-case.ts';
import { divideBatch } from '../batches/divide-batch.ts';
import { startCase } from '../start-case.ts';
import { eraseSubject } from './erase-subject.ts';

const FILE = 'id,item,cents\no-1,pen,120\no-2,for Ada@Desk.example,130\no-3,ink for joada@desk.example,140\n';
const EVENT = { workflow: 'orders', trigger: 'order-file', eventId: 'msg_1', receivedAt: '2026-03-02T09:00:00.000Z' };
const ASKED = {
  ...{ subject: 'ada@desk.example', reason: 'She asked for it.', isDryRun: false, atMost: 5, after: '' },
  ...{ reader: { person: 'operator@remit.example', isOperator: true }, proof: 'sign-in' as const },
};
const FOUND = { besideCases: [{ workflow: 'orders', counts: { 'waiting-files': 1 } }] };

/** A file whose machine stopped after so many steps. */
async function stopped(steps: 'none' | 'divided') {
  const ports = { ...memoryPorts({ workflow: orders }), workflows: [orders] };
  await startCase.run(ports, { ...EVENT, body: { file: FILE } });
  if (steps === 'divided') await divideBatch.run(ports, { batchId: batchIdIn(ports) });
  return ports;
}

type World = Awaited<ReturnType<typeof stopped>>;

const kept = ({ batchStore }: World): string =>
  JSON.stringify([...batchStore.kept, ...batchStore.pieces]).toLowerCase();
const textsOf = ({ intake }: World) =>
  intake.triggers.map(({ eventId, body }) => [eventId.split('/')[1], (body as { line: { text: string } }).line.text]);

describe.each(['none', 'divided'] as const)('a person in a file whose machine stopped, %s of it', (steps) => {
  it('is found there, and nothing is changed by looking', async () => {
    const ports = await stopped(steps);
    const before = kept(ports);
    expect(await eraseSubject.run(ports, { ...ASKED, isDryRun: true })).toMatchObject({ kind: 'found', ...FOUND });
    expect(kept(ports)).toBe(before);
  });

  it('is taken out of it, after the governance ledger says so', async () => {
    const ports = await stopped(steps);
    expect(await eraseSubject.run(ports, ASKED)).toMatchObject({ kind: 'erased', ...FOUND });
    expect(kept(ports).replaceAll('joada@desk.example', '')).not.toContain('ada@desk.example');
    const ledger = await ports.cases.ledger(governanceCaseId('orders'));
    expect(ledger.at(-1)?.event).toMatchObject({ type: 'subject-erased', counts: { 'waiting-files': 1 } });
    expect(await eraseSubject.run(ports, ASKED)).toMatchObject({ besideCases: [] });
  });

  it('keeps no other line back once the machine goes on, and none of them has another name', async () => {
    const ports = await stopped(steps);
    await eraseSubject.run(ports, ASKED);
    await runMachines(ports);
    expect(textsOf(ports)).toEqual([
      ['0', 'o-1,pen,120'],
      ['2', 'o-3,ink for joada@desk.example,140'],
    ]);
  });
});

it('a file that nobody can read goes as a whole, and a person is asked about an empty one', async () => {
  const ports = { ...memoryPorts({ workflow: orders }), workflows: [orders] };
  await startCase.run(ports, { ...EVENT, body: { file: 'id,id\n1,ada@desk.example\n' } });
  await eraseSubject.run(ports, ASKED);
  await runMachines(ports);
  expect(ports.intake.triggers).toMatchObject([{ body: { refused: { file: '', problem: 'The file is empty.' } } }]);
});
