import {
  Action,
  ALL_WORKFLOWS,
  Case,
  type Cursor,
  type Example,
  LedgerEntry,
  PersonRequest,
} from '../../shared/contracts/index.ts';
import { chain, cursorAfter } from '../../shared/domain/ledger.ts';
import { intentKey } from '../../shared/domain/plan-actions.ts';
import {
  type CaseStore,
  type CaseWrite,
  ConflictError,
  type ConflictKind,
  type Follower,
  type Page,
  type RequestChange,
} from '../../shared/ports/index.ts';
import type { MemoryTables } from './memory-tables.ts';

/** Cases in memory, with the conditions of the real store. What is read is parsed, as it is there. */
export class MemoryCaseStore implements CaseStore {
  readonly #tables: MemoryTables;

  constructor(tables: MemoryTables) {
    this.#tables = tables;
  }

  async get(caseId: string): Promise<Case | null> {
    const text = this.#tables.cases.get(caseId);
    return text === undefined ? null : Case.parse(JSON.parse(text));
  }

  async action(caseId: string, actionId: string): Promise<Action | null> {
    const text = this.#tables.actions.get(`${caseId}/${actionId}`);
    return text === undefined ? null : Action.parse(JSON.parse(text));
  }

  async actions(caseId: string): Promise<readonly Action[]> {
    return [...this.#tables.actions]
      .filter(([key]) => key.startsWith(`${caseId}/`))
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([, text]) => Action.parse(JSON.parse(text)));
  }

  async closedIntents(caseId: string): Promise<readonly Action['intent'][]> {
    return [...this.#tables.closedIntents]
      .filter(([key]) => key.startsWith(`${caseId}/`))
      .map(([, text]) => Action.shape.intent.parse(JSON.parse(text)));
  }

  async followers(caseId: string, limit: number): Promise<readonly Follower[]> {
    return [...this.#tables.cases.values()]
      .map((text) => Case.parse(JSON.parse(text)))
      .filter(({ causedBy }) => causedBy?.caseId === caseId)
      .sort((a, b) => a.openedAtMs - b.openedAtMs || (a.id < b.id ? -1 : 1))
      .slice(0, limit)
      .map(({ id, causedBy }) => ({ caseId: id, actionId: causedBy?.actionId ?? '' }));
  }

  async ledger(caseId: string): Promise<readonly LedgerEntry[]> {
    return (this.#tables.ledger.get(caseId) ?? []).map((text) => LedgerEntry.parse(JSON.parse(text)));
  }

  async list({ workflow, state, limit, after }: Parameters<CaseStore['list']>[0]): Promise<Page<Case>> {
    const found = [...this.#tables.cases.values()]
      .map((text) => Case.parse(JSON.parse(text)))
      .filter((known) => known.workflow === workflow && (state === null || known.state === state))
      .sort((a, b) => b.openedAtMs - a.openedAtMs || (a.id < b.id ? 1 : -1));
    const from = after === null ? 0 : found.findIndex(({ id }) => id === after) + 1;
    const items = found.slice(from, from + limit);
    return { items, next: from + limit < found.length ? (items.at(-1)?.id ?? null) : null };
  }

  async commit(write: CaseWrite): Promise<Cursor> {
    const conflict = this.#conflict(write);
    if (conflict !== null) throw new ConflictError(conflict);
    const cursor =
      write.opened === undefined ? this.#cursor(write.caseId) : (write.cursor ?? this.#cursor(write.caseId));
    const entries = chain(write.caseId, cursor, write.events, write.atMs);
    this.#apply(write, cursorAfter(cursor, entries), entries);
    return cursorAfter(cursor, entries);
  }

  #conflict(write: CaseWrite): ConflictKind | null {
    const { cases, requests, settings, closedIntents } = this.#tables;
    const isPaused = [write.whileRunning, ALL_WORKFLOWS].some((id) => settings.get(id ?? '')?.paused === true);
    if (write.whileRunning !== undefined && isPaused) return 'paused';
    if (write.whileIntentOpen !== undefined && closedIntents.has(keyIn(write.caseId, write.whileIntentOpen)))
      return 'intent-closed';
    if ((write.actions ?? []).some((move) => !this.#mayMove(write.caseId, move))) return 'action-moved';
    if (write.openedRequest !== undefined && requests.has(write.openedRequest.id)) return 'request-exists';
    if (write.changedRequest !== undefined && !this.#isOpen(write.changedRequest)) return 'request-settled';
    const head = cases.get(write.caseId);
    if (write.opened !== undefined) return head === undefined ? null : 'case-exists';
    if (head === undefined) return 'ledger-busy';
    const { round, state } = Case.parse(JSON.parse(head));
    if (write.expectOpen && state === 'closed') return 'case-closed';
    return write.expectRound !== undefined && write.expectRound !== round ? 'round-over' : null;
  }

  #mayMove(caseId: string, { action, from }: NonNullable<CaseWrite['actions']>[number]): boolean {
    const text = this.#tables.actions.get(`${caseId}/${action.id}`);
    if (from === null || text === undefined) return from === null && text === undefined;
    const known = Action.parse(JSON.parse(text));
    return from.states.includes(known.state) && known.digest === from.digest;
  }

  #isOpen({ request, from }: RequestChange): boolean {
    const text = this.#tables.requests.get(request.id);
    if (text === undefined) return false;
    const known = PersonRequest.parse(JSON.parse(text));
    return known.state === 'open' && known.digest === from.digest && known.revision === from.revision;
  }

  #cursor(caseId: string): Cursor {
    const text = this.#tables.cases.get(caseId);
    if (text === undefined) throw new ConflictError('ledger-busy');
    return Case.parse(JSON.parse(text)).ledger;
  }

  #apply(write: CaseWrite, ledger: Cursor, entries: readonly LedgerEntry[]): void {
    const { cases, actions, requests, ledger: ledgers } = this.#tables;
    const before = write.opened ?? JSON.parse(cases.get(write.caseId) ?? '{}');
    cases.set(write.caseId, JSON.stringify({ ...before, ...write.head, ledger }));
    for (const { action } of write.actions ?? []) actions.set(`${write.caseId}/${action.id}`, JSON.stringify(action));
    for (const request of [write.openedRequest, write.changedRequest?.request]) {
      if (request !== undefined) requests.set(request.id, JSON.stringify(request));
    }
    for (const intent of write.closedIntents ?? []) {
      this.#tables.closedIntents.set(keyIn(write.caseId, intent), JSON.stringify(intent));
    }
    for (const intent of write.reopenedIntents ?? []) this.#tables.closedIntents.delete(keyIn(write.caseId, intent));
    for (const example of write.examples ?? []) {
      this.#tables.examples.set(exampleKey(example), JSON.stringify(example));
    }
    const known = ledgers.get(write.caseId) ?? [];
    ledgers.set(write.caseId, [...known, ...entries.map((entry) => JSON.stringify(entry))]);
  }
}

function exampleKey({ workflow, id, provenance }: Example): string {
  return `${workflow}/${String(provenance.atMs).padStart(15, '0')}/${id}`;
}

function keyIn(caseId: string, intent: Action['intent']): string {
  return `${caseId}/${intentKey(intent)}`;
}
