import assert from 'node:assert/strict';
import type { Case, Cursor, Settings } from '../../../shared/contracts/index.ts';
import { caseIdOf } from '../../../shared/domain/case-id.ts';
import { EMPTY_LEDGER } from '../../../shared/domain/ledger.ts';
import type {
  BatchStore,
  CaseStore,
  CaseWrite,
  ErasureStore,
  ExampleStore,
  HistoryStore,
  PeopleStore,
  RecordStore,
  RequestStore,
  SettingsStore,
  ShapeStore,
  StepStore,
  TokenStore,
} from '../../../shared/ports/index.ts';
import { aCase } from '../stored-examples.ts';

export interface Stores {
  readonly cases: CaseStore;
  readonly requests: RequestStore;
  readonly examples: ExampleStore;
  readonly history: HistoryStore;
  readonly tokens: TokenStore;
  readonly settings: SettingsStore;
  readonly shapes: ShapeStore;
  readonly records: RecordStore;
  readonly people: PeopleStore;
  readonly erasures: ErasureStore;
  readonly steps: StepStore;
  readonly batches: BatchStore;
  readonly putSettings: (settings: Settings) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Stores under test. Every test has a case of its own. */
export class StoreFixture {
  readonly #stores: () => Stores;
  #made = 0;

  constructor(stores: () => Stores) {
    this.#stores = stores;
  }

  get stores(): Stores {
    return this.#stores();
  }

  fresh(): Omit<Case, 'ledger'> {
    this.#made += 1;
    return aCase({
      id: caseIdOf({ workflow: 'lead-qualification', trigger: 'contact-form', eventId: `${this.#made}` }),
    });
  }

  /** A case in the store, with one event in its ledger. */
  async opened(): Promise<{ case_: Omit<Case, 'ledger'>; cursor: Cursor }> {
    const case_ = this.fresh();
    return { case_, cursor: await this.stores.cases.commit(openWrite(case_)) };
  }

  /** The write meets this conflict and leaves nothing behind. */
  async refuse(write: CaseWrite, kind: string): Promise<void> {
    const before = await this.stores.cases.ledger(write.caseId);
    await assert.rejects(this.stores.cases.commit(write), { name: 'ConflictError', kind });
    assert.deepEqual(await this.stores.cases.ledger(write.caseId), before);
  }
}

export function openWrite(case_: Omit<Case, 'ledger'>): CaseWrite {
  const { id: caseId, workflow, trigger, eventId, input, problems, settings, versions } = case_;
  const event = { type: 'case-opened' as const, workflow, trigger, eventId, input, problems, settings, versions };
  return { caseId, workflow, cursor: EMPTY_LEDGER, atMs: 1, events: [event], opened: case_ };
}

export function noteWrite({ id: caseId, workflow }: Omit<Case, 'ledger'>, cursor: CaseWrite['cursor']): CaseWrite {
  return { caseId, workflow, cursor, atMs: 2, events: [{ type: 'step-failed', step: 'test', problem: 'none' }] };
}
