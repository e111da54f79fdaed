import type { BatchSource, Trigger } from '../../contracts/index.ts';
import { caseIdOf } from '../../domain/case-id.ts';
import type { BatchStore, Executions, Telemetry } from '../../ports/index.ts';

export interface StartBatchPorts {
  readonly batchStore: BatchStore;
  /** Of the machine that works files off. */
  readonly batches: Pick<Executions, 'start'>;
  readonly telemetry: Telemetry;
}

/**
 * Keeps a file of many lines and starts its machine, which is told the id of it and nothing of what came. A file that comes
 * again is known by the id of its trigger.
 * @returns how many cases it started, which is none
 */
export async function startBatch(ports: StartBatchPorts, trigger: Trigger, source: BatchSource): Promise<0> {
  const batchId = caseIdOf(trigger);
  const { workflow, trigger: by, receivedAt, eventId } = trigger;
  await ports.batchStore.begin({ batchId, workflow, trigger: by, receivedAt, brought: { eventId, source } });
  await ports.batches.start(batchId, { batchId, workflow });
  ports.telemetry.log('batch-started', { batchId, workflow, isStored: 'stored' in source });
  return 0;
}
