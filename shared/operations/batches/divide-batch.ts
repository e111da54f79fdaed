import * as z from 'zod';
import type { Workflow } from '../../authoring/index.ts';
import { type Batch, type BatchSource, CaseId, type RefusedFile } from '../../contracts/index.ts';
import { LARGEST_STORED_BYTES, readBatchFile, tooLargeStored } from '../../domain/batches/batch-file.ts';
import { type BatchTrigger, isBatchTrigger } from '../../domain/batches/batch-lines.ts';
import { piecesOf } from '../../domain/batches/batch-pieces.ts';
import type { BatchStore, FileRead, Files, Intake, Telemetry } from '../../ports/index.ts';
import { operation } from '../operation.ts';

export const DivideBatch = z.object({ batchId: CaseId });

/** What the machine goes on with: the numbers of the pieces. None of a file that was refused, about which a person is asked. */
export interface DividedBatch {
  readonly isRefused: boolean;
  readonly pieces: readonly number[];
}

export interface DivideBatchPorts {
  readonly findWorkflow: (id: string) => Workflow | null;
  readonly batchStore: BatchStore;
  readonly files: Pick<Files, 'read'>;
  readonly intake: Intake;
  readonly telemetry: Telemetry;
}

/**
 * Divides a file into pieces, by one look through it. A repeat keeps the same pieces, which were there before. A file that
 * cannot be taken as a whole goes to a person.
 */
export const divideBatch = operation({
  name: 'divide-batch',
  input: DivideBatch,
  async run(ports: DivideBatchPorts, { batchId }): Promise<DividedBatch> {
    const batch = await loadBatch(ports.batchStore, batchId);
    const { brought, divided: before } = batch;
    if (before !== null) {
      // It may have broken off between the two.
      if (before.isRefused && brought !== null) await ports.batchStore.forget(batchId);
      return numbersOf(before);
    }
    if (brought === null) throw new NoBatchError(batchId);
    const { workflow, trigger } = batchTriggerOf(ports, batch);
    const read = await wholeOf(ports, brought.source);
    const file = read.kind === 'read' ? readBatchFile(read.bytes) : null;
    if (file === null || !file.ok) {
      return refuse(ports, batch, brought, file === null ? tooLargeStored(sizeOf(read)) : file.problem);
    }
    const bytes = read.kind === 'read' ? read.bytes : new Uint8Array();
    let pieces = 0;
    for (const piece of piecesOf(workflow, trigger, { batchId, name: nameOf(brought.source), bytes, ...file })) {
      await ports.batchStore.keepPiece(batchId, piece);
      pieces += 1;
    }
    const divided = { pieces, isRefused: false };
    await ports.batchStore.divide(batchId, divided, file.format);
    const { length: lines } = file.records;
    ports.telemetry.log('batch-divided', { batchId, workflow: workflow.id, lines, pieces });
    return numbersOf(divided);
  },
});

/** It was never begun, or its time is over. */
export class NoBatchError extends Error {
  override readonly name = 'NoBatchError';

  constructor(batchId: string) {
    super(`What there was of the file ${batchId} is not kept any more`);
  }
}

/** @throws NoBatchError */
export async function loadBatch(store: Pick<BatchStore, 'get'>, batchId: string): Promise<Batch> {
  const batch = await store.get(batchId);
  if (batch === null) throw new NoBatchError(batchId);
  return batch;
}

/** @throws Error where what is deployed has no such trigger of many lines */
export function batchTriggerOf(
  { findWorkflow }: Pick<DivideBatchPorts, 'findWorkflow'>,
  batch: Pick<Batch, 'workflow' | 'trigger'>,
): { readonly workflow: Workflow; readonly trigger: BatchTrigger } {
  const workflow = findWorkflow(batch.workflow);
  const trigger = workflow?.triggers.find(({ id }) => id === batch.trigger);
  if (workflow === null || trigger === undefined || !isBatchTrigger(trigger)) {
    throw new Error(`No deployed workflow "${batch.workflow}" has a trigger "${batch.trigger}" of many lines`);
  }
  return { workflow, trigger };
}

function numbersOf({ pieces, isRefused }: NonNullable<Batch['divided']>): DividedBatch {
  return { isRefused, pieces: Array.from({ length: pieces }, (_, number) => number) };
}

async function wholeOf({ files }: DivideBatchPorts, source: BatchSource): Promise<FileRead> {
  if ('stored' in source) return files.read(source.stored, LARGEST_STORED_BYTES);
  return { kind: 'read', bytes: Buffer.from(source.file) };
}

function sizeOf(read: FileRead): number {
  return read.kind === 'read' ? read.bytes.byteLength : read.bytes;
}

function nameOf(source: BatchSource): string {
  return 'stored' in source ? source.stored.key : 'the file';
}

/** The case of it has the id of the batch: its trigger goes back on the queue, with what is wrong. */
async function refuse(
  { intake, batchStore }: DivideBatchPorts,
  { batchId, workflow, trigger, receivedAt }: Batch,
  { eventId, source }: NonNullable<Batch['brought']>,
  problem: string,
): Promise<DividedBatch> {
  const refused: RefusedFile =
    'stored' in source
      ? { file: source.stored.key, bytes: source.stored.bytes, problem }
      : { file: source.file, bytes: Buffer.byteLength(source.file), problem };
  await intake.send([{ workflow, trigger, eventId, receivedAt, body: { refused } }]);
  const divided = { pieces: 0, isRefused: true };
  await batchStore.divide(batchId, divided, null);
  await batchStore.forget(batchId);
  return numbersOf(divided);
}
