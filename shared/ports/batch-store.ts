import type { Batch, BatchPiece, LineFormat } from '../contracts/index.ts';

/**
 * Files of many lines while they are worked off. What came speaks of people, so it does not pass through a state machine,
 * whose history nobody can take anything out of. All of it goes by itself after some days.
 */
export interface BatchStore {
  /** The first of an id stays, whoever comes later. */
  begin(batch: NewBatch): Promise<void>;
  /** Null where there is none, or no more. */
  get(batchId: string): Promise<Batch | null>;
  /** The first of a number stays. */
  keepPiece(batchId: string, piece: BatchPiece): Promise<void>;
  /** Notes that all pieces are kept, or that the file was refused. Nothing where the file is not kept any more. */
  divide(batchId: string, divided: NonNullable<Batch['divided']>, format: LineFormat | null): Promise<void>;
  piece(batchId: string, number: number): Promise<BatchPiece | null>;
  /** Takes out of a piece what was needed to put it on the queue. */
  forgetWork(batchId: string, number: number): Promise<void>;
  /** Takes out what came. */
  forget(batchId: string): Promise<void>;
}

export type NewBatch = Omit<Batch, 'divided' | 'format'> & { readonly brought: NonNullable<Batch['brought']> };
