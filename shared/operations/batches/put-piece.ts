import * as z from 'zod';
import { type Batch, type BatchBody, type BatchPiece, CaseId, type LineFormat } from '../../contracts/index.ts';
import { lineEventId } from '../../domain/batches/batch-pieces.ts';
import { recordsOf, textOf } from '../../domain/batches/file-records.ts';
import { isTakenLine } from '../../domain/erasure/erased-lines.ts';
import type { BatchStore, Files, Intake, Telemetry } from '../../ports/index.ts';
import { operation } from '../operation.ts';
import { loadBatch, NoBatchError } from './divide-batch.ts';

export const PutPiece = z.object({
  batchId: CaseId,
  /** The number of the piece. */
  piece: z.int().min(0),
});

export interface PutPiecePorts {
  readonly batchStore: BatchStore;
  readonly files: Pick<Files, 'readPart'>;
  readonly intake: Intake;
  readonly telemetry: Telemetry;
}

/**
 * Puts the lines of one piece on the queue, each as a trigger of its own, and then keeps nothing of them here. What is
 * interrupted comes again and puts the same lines there, which start nothing twice.
 */
export const putPiece = operation({
  name: 'put-piece',
  input: PutPiece,
  async run(ports: PutPiecePorts, { batchId, piece: number }): Promise<{ lines: number }> {
    const [batch, piece] = await Promise.all([
      loadBatch(ports.batchStore, batchId),
      ports.batchStore.piece(batchId, number),
    ]);
    if (piece === null) throw new NoBatchError(batchId);
    const { lines, work } = piece;
    if (work === null) return { lines };
    const { workflow, trigger, receivedAt } = batch;
    const bodies: BatchBody[] =
      'refused' in work ? [{ refused: work.refused }] : await linesOf(ports, batch, piece, work);
    await ports.intake.send(
      bodies.flatMap((body, place) => {
        const eventId = lineEventId(batchId, piece.from + place);
        return isTaken(body) ? [] : [{ workflow, trigger, receivedAt, eventId, body }];
      }),
    );
    await ports.batchStore.forgetWork(batchId, number);
    ports.telemetry.log('batch-piece-put', { batchId, workflow, piece: number, lines });
    return { lines };
  },
});

/** Somebody had it erased while it waited: of such a line nothing is decided, and the owner is told that. */
function isTaken(body: BatchBody): boolean {
  return 'line' in body && isTakenLine(body.line.text);
}

type Part = Extract<BatchPiece['work'], { readonly start: number }>;

async function linesOf(
  { files }: PutPiecePorts,
  { batchId, brought, format }: Batch,
  { lines }: BatchPiece,
  part: Part,
): Promise<BatchBody[]> {
  if (brought === null || format === null) throw new NoBatchError(batchId);
  const { source } = brought;
  const bytes =
    'stored' in source
      ? await files.readPart(source.stored, part)
      : Buffer.from(source.file).subarray(part.start, part.end);
  const bodies = bodiesOf(bytes, format, part);
  if (bodies.length !== lines) throw new Error(`A piece of ${batchId} has ${bodies.length} lines in place of ${lines}`);
  return bodies;
}

function bodiesOf(bytes: Uint8Array, format: LineFormat, { line, alike }: Part): BatchBody[] {
  return [...recordsOf(bytes, format.kind, line)].map((record, place) => ({
    line: { text: textOf(bytes, record), alike: alike[String(place)] ?? null, number: record.line, format },
  }));
}
