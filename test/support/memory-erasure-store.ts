import { Batch, CaseId, Example, Json, type LedgerEntry, PersonRequest } from '../../shared/contracts/index.ts';
import { finderOf } from '../../shared/domain/erasure/named.ts';
import type { ErasureList, ErasureOf, ErasurePlace, ErasureStore, StoredDocument } from '../../shared/ports/index.ts';
import type { MemoryBatchStore } from './memory-batch-store.ts';
import type { MemoryReadingStore } from './memory-reading-store.ts';
import type { MemoryTables } from './memory-tables.ts';

/** What is kept of people in memory; the sandbox, which other memory ports stand for, is left out. */
export class MemoryErasureStore implements ErasureStore {
  readonly #tables: MemoryTables;
  readonly #readings: MemoryReadingStore;
  readonly #batches: MemoryBatchStore;

  constructor(tables: MemoryTables, readings: MemoryReadingStore, batches: MemoryBatchStore) {
    this.#batches = batches;
    this.#tables = tables;
    this.#readings = readings;
  }

  async casesOf(subject: string): Promise<readonly CaseId[]> {
    return this.#listed(`subject#${subject}/`);
  }

  async openedOn(day: string): Promise<readonly CaseId[]> {
    return this.#listed(`opened#${day}/`);
  }

  #listed(prefix: string): CaseId[] {
    const keys = [...this.#tables.erasableBy].filter((key) => key.startsWith(prefix)).sort();
    return keys.map((key) => CaseId.parse(key.slice(prefix.length)));
  }

  async documents({ caseId, workflow, names }: ErasureOf): Promise<readonly StoredDocument[]> {
    const { actions, requests, records, closedIntents, examples, shapes, tokens, confirmed, lessons } = this.#tables;
    const own = (key: string): boolean => key === caseId || key.startsWith(`${caseId}/`);
    const asked = [...requests].filter(([, text]) => PersonRequest.parse(JSON.parse(text)).caseId === caseId);
    const askedIds = new Set(asked.map(([id]) => id));
    const { inValue } = finderOf(names);
    const isAbout = (text: string): boolean => text.includes(caseId) || inValue(Json.parse(JSON.parse(text)));
    return [
      ...documents('histories', confirmed, (key) => key.endsWith(`/${caseId}`)),
      ...documents('histories', lessons, own),
      ...documents('actions', actions, own, true),
      ...documents('requests', requests, (id) => askedIds.has(id), true),
      ...documents('decision-records', records, own, true),
      ...documents('intents', closedIntents, own),
      ...documents(
        'examples',
        examples,
        (_key, text) => isAbout(text) && Example.parse(JSON.parse(text)).workflow === workflow,
      ),
      ...documents('remembered-approvals', shapes, (_key, text) => isAbout(text)),
      ...documents('large-readings', this.#readings.kept, own),
      ...documents('steps', this.#tables.steps, own),
      ...documents('task-tokens', tokens, (id) => askedIds.has(id)),
    ];
  }

  /** Evaluations are kept in memory by another store. */
  async besideCases(workflow: string): Promise<readonly StoredDocument[]> {
    const batches = [...this.#batches.kept].map(([key, text]) => ({ key, batch: Batch.parse(JSON.parse(text)) }));
    return batches.flatMap(({ key, batch: { brought, workflow: of } }) => {
      if (of !== workflow || brought === null || 'stored' in brought.source) return [];
      return [{ place: 'waiting-files', key: { key }, body: Json.parse(brought) }] as const;
    });
  }

  async rewrite({ place, key, body: from }: StoredDocument, body: Json): Promise<boolean> {
    if (place === 'waiting-files') return this.#batches.rewrite(String(key['key']), from, body);
    const table = this.#tableOf(place);
    if (table.get(String(key['key'])) !== JSON.stringify(from)) return false;
    table.set(String(key['key']), JSON.stringify(body));
    return true;
  }

  async remove({ place, key }: StoredDocument): Promise<void> {
    if (place === 'histories') this.#tables.confirmed.delete(String(key['key']));
    this.#tableOf(place).delete(String(key['key']));
  }

  async rewriteEntry(entry: LedgerEntry): Promise<void> {
    const known = this.#tables.ledger.get(entry.caseId) ?? [];
    if (!known[entry.seq - 1]?.includes(`"hash":"${entry.hash}"`)) throw new Error('That entry is not in the ledger');
    this.#tables.ledger.set(entry.caseId, known.with(entry.seq - 1, JSON.stringify(entry)));
  }

  async unlist(caseId: CaseId, list: ErasureList): Promise<void> {
    const prefix = 'subject' in list ? `subject#${list.subject}` : `opened#${list.openedOn}`;
    this.#tables.erasableBy.delete(`${prefix}/${caseId}`);
  }

  #tableOf(place: ErasurePlace): Map<string, string> {
    const { actions, requests, records, closedIntents, examples, shapes, tokens, steps, lessons } = this.#tables;
    const tables: Partial<Record<ErasurePlace, Map<string, string>>> = {
      ...{ actions, requests, examples, intents: closedIntents, 'decision-records': records },
      ...{ steps, histories: lessons },
      ...{ 'remembered-approvals': shapes, 'task-tokens': tokens, 'large-readings': this.#readings.kept },
    };
    const table = tables[place];
    if (table === undefined) throw new Error(`Nothing is kept in memory of ${place}`);
    return table;
  }
}

function documents(
  place: ErasurePlace,
  table: ReadonlyMap<string, string>,
  isOwn: (key: string, text: string) => boolean,
  isRewritten = false,
): StoredDocument[] {
  const found = [...table].filter(([key, text]) => isOwn(key, text));
  return found.map(([key, text]) => ({ place, key: { key }, body: isRewritten ? Json.parse(JSON.parse(text)) : null }));
}
