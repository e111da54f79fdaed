import { MemoryBatchStore } from './memory-batch-store.ts';
import { MemoryCaseStore } from './memory-case-store.ts';
import { MemoryErasureStore } from './memory-erasure-store.ts';
import { MemoryExampleStore } from './memory-example-store.ts';
import { MemoryHistoryStore } from './memory-history-store.ts';
import { MemoryPeopleStore } from './memory-people-store.ts';
import { MemoryReadingStore } from './memory-reading-store.ts';
import { MemoryRecordStore } from './memory-record-store.ts';
import { MemoryRequestStore } from './memory-request-store.ts';
import { MemorySettingsStore } from './memory-settings-store.ts';
import { MemoryShapeStore } from './memory-shape-store.ts';
import { MemoryStepStore } from './memory-step-store.ts';
import { memoryTables } from './memory-tables.ts';
import { MemoryTokenStore } from './memory-token-store.ts';
import { storeContract } from './store-contract.ts';

storeContract('stores in memory', async () => {
  const tables = memoryTables();
  const settings = new MemorySettingsStore(tables);
  const batches = new MemoryBatchStore();
  return {
    cases: new MemoryCaseStore(tables),
    requests: new MemoryRequestStore(tables),
    examples: new MemoryExampleStore(tables),
    history: new MemoryHistoryStore(tables),
    tokens: new MemoryTokenStore(tables),
    settings,
    shapes: new MemoryShapeStore(tables),
    records: new MemoryRecordStore(tables),
    people: new MemoryPeopleStore(tables),
    erasures: new MemoryErasureStore(tables, new MemoryReadingStore(), batches),
    steps: new MemoryStepStore(tables),
    batches,
    putSettings: async (changed) => settings.set(changed),
    close: async () => undefined,
  };
});
