import { Batch, type CaseId, type Trigger } from '../../shared/contracts/index.ts';
import { divideBatch } from '../../shared/operations/batches/divide-batch.ts';
import { putPiece } from '../../shared/operations/batches/put-piece.ts';
import { startCase } from '../../shared/operations/start-case.ts';
import type { MemoryPorts } from './memory-ports.ts';

/** How a step or a message is delivered: at least once, and again after it failed. */
export interface Deliveries {
  /** How often each succeeds; default 1. */
  readonly times?: number;
}

/** Runs the machine of each file that was started, up to its sums, as Step Functions would; a step that fails comes again. */
export async function runMachines(ports: MemoryPorts, { times = 1 }: Deliveries = {}): Promise<void> {
  for (const input of ports.batches.started.values()) {
    const { batchId } = Batch.pick({ batchId: true }).parse(input);
    const { pieces } = await again(times, () => divideBatch.run(ports, { batchId }));
    for (const piece of pieces) await again(times, () => putPiece.run(ports, { batchId, piece }));
  }
}

/** Takes a file from its first message to the cases of its lines; a call that fails comes again. */
export async function workedOff(ports: MemoryPorts, first: Trigger, { times = 1 }: Deliveries = {}): Promise<void> {
  await again(times, () => startCase.run(ports, first));
  await runMachines(ports, { times });
  // A queue delivers whatever lies on it, also what a call put there before it failed.
  for (const trigger of [...ports.intake.triggers]) await again(times, () => startCase.run(ports, trigger));
}

/** Of the one file that was started. */
export function batchIdIn(ports: MemoryPorts): CaseId {
  const [input, ...more] = ports.batches.started.values();
  if (input === undefined || more.length > 0) throw new Error('There is not one file');
  return Batch.shape.batchId.parse(input['batchId']);
}

const MOST_FAILURES = 20;

async function again<T>(times: number, call: () => Promise<T>): Promise<T> {
  let result = await oncePassed(call);
  for (let time = 1; time < times; time += 1) result = await oncePassed(call);
  return result;
}

async function oncePassed<T>(call: () => Promise<T>): Promise<T> {
  for (let failures = 0; ; failures += 1) {
    try {
      return await call();
    } catch (error) {
      if (failures === MOST_FAILURES) throw error;
    }
  }
}
