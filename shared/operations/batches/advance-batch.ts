import * as z from 'zod';
import { operation } from '../operation.ts';
import { DivideBatch, type DivideBatchPorts, divideBatch } from './divide-batch.ts';
import { PutPiece, type PutPiecePorts, putPiece } from './put-piece.ts';
import { SumUpBatch, type SumUpBatchPorts, sumUpBatch } from './sum-up-batch.ts';

/** One step of the machine `batch`. */
export const AdvanceBatch = z.discriminatedUnion('step', [
  DivideBatch.extend({ step: z.literal('divide') }),
  PutPiece.extend({ step: z.literal('put') }),
  SumUpBatch.extend({ step: z.literal('sum-up') }),
]);

/** Takes a file of many lines one step further. Each step may come again, and does no harm then. */
export const advanceBatch = operation({
  name: 'advance-batch',
  input: AdvanceBatch,
  run(ports: DivideBatchPorts & PutPiecePorts & SumUpBatchPorts, command): Promise<object> {
    switch (command.step) {
      case 'divide':
        return divideBatch.run(ports, command);
      case 'put':
        return putPiece.run(ports, command);
      case 'sum-up':
        return sumUpBatch.run(ports, command);
    }
  },
});
