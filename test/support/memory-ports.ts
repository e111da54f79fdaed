import { findWorkflow, workflows } from '../../agents/index.ts';
import type { Workflow } from '../../shared/authoring/index.ts';
import type { JsonObject } from '../../shared/contracts/index.ts';
import { sha256 } from '../../shared/domain/digest.ts';
import { MemoryBatchStore } from './memory-batch-store.ts';
import { MemoryBudget } from './memory-budget.ts';
import { MemoryCaseStore } from './memory-case-store.ts';
import { MemoryChat } from './memory-chat.ts';
import { MemoryClock } from './memory-clock.ts';
import { MemoryDeadLetters } from './memory-dead-letters.ts';
import { MemoryEffects } from './memory-effects.ts';
import { MemoryErasureStore } from './memory-erasure-store.ts';
import { MemoryExampleStore } from './memory-example-store.ts';
import { MemoryExecutions } from './memory-executions.ts';
import { MemoryFiles } from './memory-files.ts';
import { MemoryHistoryStore } from './memory-history-store.ts';
import { MemoryIds } from './memory-ids.ts';
import { MemoryIntake } from './memory-intake.ts';
import { MemoryMailer } from './memory-mailer.ts';
import { MemoryModels, type ModelStep } from './memory-models.ts';
import { MemoryPeopleStore } from './memory-people-store.ts';
import { MemoryReadingStore } from './memory-reading-store.ts';
import { MemoryRecordStore } from './memory-record-store.ts';
import { MemoryRequestStore } from './memory-request-store.ts';
import { MemorySettingsStore } from './memory-settings-store.ts';
import { MemoryShapeStore } from './memory-shape-store.ts';
import { MemorySources, type SourceStep } from './memory-sources.ts';
import { MemoryStepStore } from './memory-step-store.ts';
import { memoryTables } from './memory-tables.ts';
import { MemoryTelemetry } from './memory-telemetry.ts';
import { MemoryTokenStore } from './memory-token-store.ts';
import { qualifierAlone } from './qualifier-alone.ts';

export interface MemoryScript {
  readonly models?: readonly ModelStep[];
  readonly sources?: Readonly<Record<string, readonly SourceStep[]>>;
  readonly lists?: Readonly<Record<string, readonly JsonObject[]>>;
  /** The workflow of the test, or what it makes of the one of this deployment (the lead workflow with one agent). */
  readonly workflow?: Workflow | ((deployed: Workflow) => Workflow);
}

export type MemoryPorts = ReturnType<typeof memoryPorts>;

/** Everything outside the operations, in memory, around the workflows of this deployment. */
export function memoryPorts({ models = [], sources = {}, lists = {}, workflow = (one) => one }: MemoryScript = {}) {
  const tables = memoryTables();
  const readings = new MemoryReadingStore();
  const batchStore = new MemoryBatchStore();
  return {
    findWorkflow: (id: string): Workflow | null => {
      const found = findWorkflow(id);
      const deployed = found === null ? null : qualifierAlone(found);
      if (typeof workflow === 'function') return deployed === null ? null : workflow(deployed);
      return workflow.id === id ? workflow : deployed;
    },
    workflows,
    tables,
    cases: new MemoryCaseStore(tables),
    requests: new MemoryRequestStore(tables),
    tokens: new MemoryTokenStore(tables),
    settings: new MemorySettingsStore(tables),
    subjects: { of: async (name: string): Promise<string> => sha256(`key ${name}`) },
    people: new MemoryPeopleStore(tables),
    shapes: new MemoryShapeStore(tables),
    records: new MemoryRecordStore(tables),
    history: new MemoryHistoryStore(tables),
    readings,
    steps: new MemoryStepStore(tables),
    deadLetters: new MemoryDeadLetters(),
    erasures: new MemoryErasureStore(tables, readings, batchStore),
    askExecutions: new MemoryExecutions(),
    intake: new MemoryIntake(),
    files: new MemoryFiles(),
    examples: new MemoryExampleStore(tables),
    executions: new MemoryExecutions(),
    batchStore,
    /** Of the machine that works files of many lines off. */
    batches: new MemoryExecutions(),
    /** Of the machine that puts questions. */
    asks: new MemoryExecutions(),
    mailer: new MemoryMailer(),
    chat: new MemoryChat(),
    sources: new MemorySources(sources, lists),
    effects: new MemoryEffects((connector) => RESULTS[connector] ?? {}, ['mail.send']),
    budget: new MemoryBudget(),
    models: new MemoryModels(models),
    clock: new MemoryClock(),
    ids: new MemoryIds(),
    telemetry: new MemoryTelemetry(),
    versionsOf: () => ({ workflow: 'w'.repeat(64), code: 'c'.repeat(64) }),
    publicUrl: 'https://remit.example',
  };
}

const RESULTS: Readonly<Record<string, JsonObject>> = {
  'mail.send': { messageId: 'm-1' },
  'sandbox.channel-post': { lineId: 'l-1' },
  'sandbox.crm-create-record': { recordId: 'r-1' },
  'sandbox.crm-add-to-list': { list: 'nurture-sequence' },
  'sandbox.crm-remove-from-list': { list: 'nurture-sequence' },
};
