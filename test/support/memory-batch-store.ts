import { Batch, BatchPiece, type Json, type LineFormat } from '../../shared/contracts/index.ts';
import type { BatchStore, NewBatch } from '../../shared/ports/index.ts';

/** Files that are worked off, in memory, as JSON, so that what is read is always a copy. */
export class MemoryBatchStore implements BatchStore {
  readonly kept = new Map<string, string>();
  /** By id and number, joined by a slash. */
  readonly pieces = new Map<string, string>();

  async begin(batch: NewBatch): Promise<void> {
    if (this.kept.has(batch.batchId)) return;
    this.kept.set(batch.batchId, JSON.stringify({ ...batch, divided: null, format: null }));
  }

  async get(batchId: string): Promise<Batch | null> {
    const text = this.kept.get(batchId);
    return text === undefined ? null : Batch.parse(JSON.parse(text));
  }

  async keepPiece(batchId: string, piece: BatchPiece): Promise<void> {
    const key = `${batchId}/${piece.number}`;
    if (!this.pieces.has(key)) this.pieces.set(key, JSON.stringify(piece));
  }

  async divide(batchId: string, divided: NonNullable<Batch['divided']>, format: LineFormat | null): Promise<void> {
    const batch = await this.get(batchId);
    if (batch !== null && batch.brought !== null) this.kept.set(batchId, JSON.stringify({ ...batch, divided, format }));
  }

  async piece(batchId: string, number: number): Promise<BatchPiece | null> {
    const text = this.pieces.get(`${batchId}/${number}`);
    return text === undefined ? null : BatchPiece.parse(JSON.parse(text));
  }

  async forgetWork(batchId: string, number: number): Promise<void> {
    const piece = await this.piece(batchId, number);
    if (piece !== null) this.pieces.set(`${batchId}/${number}`, JSON.stringify({ ...piece, work: null }));
  }

  /** What came, unless it was changed since it was read. */
  rewrite(batchId: string, from: Json, brought: Json): boolean {
    const batch = Batch.parse(JSON.parse(this.kept.get(batchId) ?? 'null'));
    if (JSON.stringify(batch.brought) !== JSON.stringify(from)) return false;
    this.kept.set(batchId, JSON.stringify({ ...batch, brought }));
    return true;
  }

  async forget(batchId: string): Promise<void> {
    const batch = await this.get(batchId);
    if (batch !== null) this.kept.set(batchId, JSON.stringify({ ...batch, brought: null, format: null }));
  }
}
