import { isDeepStrictEqual } from 'node:util';
import type { Workflow } from '../../shared/authoring/index.ts';
import type { Case, Cursor, JsonObject, LedgerEntry } from '../../shared/contracts/index.ts';
import { chain, cursorAfter, EMPTY_LEDGER } from '../../shared/domain/ledger.ts';
import { defaultSettings } from '../../shared/operations/current-settings.ts';
import type {
  CaseStore,
  CaseWrite,
  HistoryStore,
  ReadingStore,
  RecordStore,
  RequestStore,
  SettingsStore,
  ShapeStore,
  Sources,
  Telemetry,
} from '../../shared/ports/index.ts';
import type { Labelled } from './labelled.ts';

/** What was read when the example was written, in place of the systems themselves. */
export function replayedSources(workflow: Workflow, { input: { input, sources } }: Labelled): Sources {
  return {
    async read(connector, args) {
      const declared = Object.entries(workflow.sources).filter(([, source]) => source.connector.id === connector);
      const asked = declared.find(([, source]) => isDeepStrictEqual(source.arguments(input, {}), args)) ?? declared[0];
      const found = asked === undefined ? undefined : sources[asked[0]];
      if (found === undefined) throw new Error('the example says nothing of this source');
      return found;
    },
    async list() {
      return [];
    },
  };
}

/** Every source is tried once: a replay does not get better by waiting. */
export function withoutRetries(workflow: Workflow): Workflow {
  const sources = Object.entries(workflow.sources).map(([id, source]) => [
    id,
    { ...source, connector: { ...source.connector, attempts: 1 } },
  ]);
  return { ...workflow, sources: Object.fromEntries(sources) };
}

/** The workflow's own limits, in the phase in which nothing but the decision itself keeps it from acting. */
export function evaluationSettings(workflow: Workflow): SettingsStore {
  const own = { ...defaultSettings(workflow), phase: 'full' as const };
  return { get: async () => ({ own, isAllPaused: false }) };
}

/** The one case of an evaluation, kept for as long as it is judged. */
export class ReplayedCase implements CaseStore {
  #head: Case | null = null;
  #cursor: Cursor = EMPTY_LEDGER;
  readonly #entries: LedgerEntry[] = [];
  /** What was written last. */
  readonly writes: CaseWrite[] = [];

  async get(): Promise<Case | null> {
    return this.#head;
  }

  async commit(write: CaseWrite): Promise<Cursor> {
    const entries = chain(write.caseId, this.#cursor, write.events, write.atMs);
    this.#entries.push(...entries);
    this.#cursor = cursorAfter(this.#cursor, entries);
    const before = write.opened ?? this.#head;
    if (before === null) throw new Error(`case ${write.caseId} was never opened`);
    this.#head = { ...before, ...write.head, ledger: this.#cursor };
    this.writes.push(write);
    return this.#cursor;
  }

  async actions(): Promise<readonly []> {
    return [];
  }

  async action(): Promise<null> {
    return null;
  }

  async caseAndAction(): ReturnType<CaseStore['caseAndAction']> {
    return { case: this.#head, action: null };
  }

  async known(): ReturnType<CaseStore['known']> {
    return { case: this.#head, actions: [], closedIntents: [], record: null };
  }

  async withAction(): ReturnType<CaseStore['withAction']> {
    return { case: this.#head, action: null, settings: { own: null, isAllPaused: false } };
  }

  async closedIntents(): Promise<readonly []> {
    return [];
  }

  async ledger(): Promise<readonly LedgerEntry[]> {
    return this.#entries;
  }

  async capTotals(): Promise<JsonObject & Record<string, number>> {
    return {};
  }

  async followers(): Promise<readonly []> {
    return [];
  }

  async overturningsToStart(): ReturnType<CaseStore['overturningsToStart']> {
    return { items: [], next: null };
  }

  async setOverturningStarted(): Promise<void> {}

  async list(): ReturnType<CaseStore['list']> {
    return { items: [], next: null };
  }
}

export const noTelemetry: Telemetry = { count: () => undefined, log: () => undefined };

/** A case without a past: nobody was asked anything, and nothing was remembered. */
export const noPast: {
  readonly requests: RequestStore;
  readonly shapes: ShapeStore;
  readonly records: RecordStore;
  readonly history: HistoryStore;
} = {
  requests: empty<RequestStore>('requests', {}),
  shapes: empty<ShapeStore>('shapes', { ofWorkflow: async () => [] }),
  history: empty<HistoryStore>('history', {}),
  records: empty<RecordStore>('records', { get: async () => null, latest: async () => [] }),
};

/** Kept for as long as the one case is judged. */
export function replayedReadings(): ReadingStore {
  const texts = new Map<string, string>();
  return {
    keep: async (_caseId, { id, text }) => void texts.set(id, text),
    text: async (_caseId, id) => texts.get(id) ?? null,
  };
}

/** A store that answers only what is said here; anything else asked of it stops the run. */
function empty<Store extends object>(name: string, answers: Partial<Store>): Store {
  return new Proxy(answers, {
    get(known, asked) {
      const found = Reflect.get(known, asked);
      if (found !== undefined || typeof asked === 'symbol' || asked === 'then') return found;
      return () => {
        throw new Error(`an evaluation does not ask for ${name}.${asked}`);
      };
    },
  }) as Store;
}
