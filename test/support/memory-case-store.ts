import {
  Action,
  ALL_WORKFLOWS,
  type CapTotals,
  Case,
  type Counted,
  type Cursor,
  DecisionRecord,
  type Example,
  LedgerEntry,
  PersonRequest,
} from '../../shared/contracts/index.ts';
import { isGovernance } from '../../shared/domain/governance-case.ts';
import { chain, cursorAfter } from '../../shared/domain/ledger.ts';
import { intentKey, mayHaveHappened } from '../../shared/domain/plan-actions.ts';
import {
  type ActionKey,
  type CaseStore,
  type CaseWithAction,
  type CaseWrite,
  ConflictError,
  type ConflictKind,
  type Follower,
  type KnownCase,
  type Overturning,
  type Page,
  type RequestChange,
} from '../../shared/ports/index.ts';
import { applyLesson, lessonConflict } from './memory-history-store.ts';
import { MemoryRecordStore } from './memory-record-store.ts';
import { MemorySettingsStore } from './memory-settings-store.ts';
import { applyShapeChange, shapeConflict } from './memory-shape-store.ts';
import { applySpots, spotConflict } from './memory-spot-checks.ts';
import { type MemoryTables, turnKeyIn } from './memory-tables.ts';

/** Cases in memory, with the conditions of the real store. What is read is parsed, as it is there. */
export class MemoryCaseStore implements CaseStore {
  readonly #tables: MemoryTables;
  #salts = 0;

  constructor(tables: MemoryTables) {
    this.#tables = tables;
  }

  #newSalt(): string {
    this.#salts += 1;
    return this.#salts.toString(16).padStart(32, '0');
  }

  async get(caseId: string): Promise<Case | null> {
    const text = this.#tables.cases.get(caseId);
    return text === undefined ? null : Case.parse(JSON.parse(text));
  }

  async action(caseId: string, actionId: string): Promise<Action | null> {
    const text = this.#tables.actions.get(`${caseId}/${actionId}`);
    return text === undefined ? null : Action.parse(JSON.parse(text));
  }

  async caseAndAction(caseId: string, actionId: string): ReturnType<CaseStore['caseAndAction']> {
    return { case: await this.get(caseId), action: await this.action(caseId, actionId) };
  }

  async known(caseId: string): Promise<KnownCase> {
    const [actions, closedIntents] = await Promise.all([this.actions(caseId), this.closedIntents(caseId)]);
    const record = await new MemoryRecordStore(this.#tables).get(caseId);
    return { case: await this.get(caseId), actions, closedIntents, record };
  }

  async withAction({ caseId, actionId, workflow }: ActionKey): Promise<CaseWithAction> {
    const settings = await new MemorySettingsStore(this.#tables).get(workflow);
    return { ...(await this.caseAndAction(caseId, actionId)), settings };
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

  async capTotals(of: Owner, counters: readonly Counted[]): Promise<CapTotals> {
    return Object.fromEntries(
      counters.flatMap((counter) => {
        const total = this.#tables.counters.get(counterKey(of, counter));
        return total === undefined ? [] : [[counter.cap, total]];
      }),
    );
  }

  async overturningsToStart({ limit, after }: { limit: number; after: string | null }): Promise<Page<Overturning>> {
    const found = [...this.#tables.overturnings].sort(([, a], [, b]) => a.atMs - b.atMs);
    const from = after === null ? 0 : found.findIndex(([key]) => key === after) + 1;
    const page = found.slice(from, from + limit);
    return {
      items: page.map(([, overturning]) => overturning),
      next: from + limit < found.length ? (page.at(-1)?.[0] ?? null) : null,
    };
  }

  async setOverturningStarted({ caseId, ref }: Pick<Overturning, 'caseId' | 'ref'>): Promise<void> {
    this.#tables.overturnings.delete(`${caseId}/${ref}`);
  }

  async list({ workflow, state, limit, after }: Parameters<CaseStore['list']>[0]): Promise<Page<Case>> {
    const found = [...this.#tables.cases.values()]
      .map((text) => Case.parse(JSON.parse(text)))
      .filter(
        (known) => !isGovernance(known) && known.workflow === workflow && (state === null || known.state === state),
      )
      .sort((a, b) => b.openedAtMs - a.openedAtMs || (a.id < b.id ? 1 : -1));
    const from = after === null ? 0 : found.findIndex(({ id }) => id === after) + 1;
    const items = found.slice(from, from + limit);
    return { items, next: from + limit < found.length ? (items.at(-1)?.id ?? null) : null };
  }

  async commit(write: CaseWrite): Promise<Cursor> {
    const conflict = this.#conflict(write);
    if (conflict !== null) throw new ConflictError(conflict, this.#about(write, conflict));
    const cursor =
      write.opened === undefined ? this.#cursor(write.caseId) : (write.cursor ?? this.#cursor(write.caseId));
    const entries = chain(write.caseId, cursor, write.events, write.atMs, () => this.#newSalt());
    this.#apply(write, cursorAfter(cursor, entries), entries);
    return cursorAfter(cursor, entries);
  }

  #about(write: CaseWrite, conflict: ConflictKind): string | null {
    if (conflict === 'cap-reached') return this.#capReached(write);
    if (conflict !== 'intent-taken' || write.takesIntent === undefined) return null;
    return String(this.#tables.takenIntents.get(keyIn(write.caseId, write.takesIntent.intent)));
  }

  /** People have closed it, or the actions of another round have it. */
  #intentConflict({ caseId, whileIntentOpen, takesIntent }: CaseWrite): ConflictKind | null {
    const { closedIntents, takenIntents, actions } = this.#tables;
    const intent = takesIntent?.intent ?? whileIntentOpen;
    if (intent !== undefined && closedIntents.has(keyIn(caseId, intent))) return 'intent-closed';
    if (takesIntent === undefined) return null;
    const { round, instead } = takesIntent;
    const has = takenIntents.get(keyIn(caseId, takesIntent.intent));
    if (has !== undefined && has !== round && has !== instead?.round) return 'intent-taken';
    const named = (instead?.actionIds ?? []).map((id) => actions.get(`${caseId}/${id}`));
    const isHappened = named.some((text) => text !== undefined && mayHaveHappened(Action.parse(JSON.parse(text))));
    return isHappened ? 'intent-taken' : null;
  }

  #conflict(write: CaseWrite): ConflictKind | null {
    const { cases, requests, settings } = this.#tables;
    const isPaused = [write.whileRunning, ALL_WORKFLOWS].some((id) => settings.get(id ?? '')?.paused === true);
    if (write.whileRunning !== undefined && isPaused) return 'paused';
    const intent = this.#intentConflict(write);
    if (intent !== null) return intent;
    if ((write.actions ?? []).some((move) => !this.#mayMove(write.caseId, move))) return 'action-moved';
    if (write.openedRequest !== undefined && requests.has(write.openedRequest.id)) return 'request-exists';
    if (write.changedRequest !== undefined && !this.#isOpen(write.changedRequest)) return 'request-settled';
    if (this.#capReached(write) !== null) return 'cap-reached';
    const shape = shapeConflict(this.#tables, write.shape);
    if (shape !== null) return shape;
    const head = cases.get(write.caseId);
    if (write.opened !== undefined) return head === undefined ? this.#lateConflict(write) : 'case-exists';
    if (head === undefined) return 'ledger-busy';
    const { round, state, ledger } = Case.parse(JSON.parse(head));
    if (write.expectUnmoved && (write.cursor?.seq !== ledger.seq || write.cursor.hash !== ledger.hash))
      return 'ledger-moved';
    if (write.expectOpen && state === 'closed') return 'case-closed';
    if (write.expectRound !== undefined && write.expectRound !== round) return 'round-over';
    return this.#lateConflict(write);
  }

  #lateConflict(write: CaseWrite): ConflictKind | null {
    const { record, changedSettings } = write;
    const { records, settings } = this.#tables;
    const known = record === undefined ? undefined : records.get(record.record.caseId);
    const revision = known === undefined ? null : DecisionRecord.parse(JSON.parse(known)).revision;
    if (record !== undefined && record.from !== revision) return 'record-changed';
    const late = lessonConflict(this.#tables, write) ?? spotConflict(this.#tables, write);
    if (late !== null) return late;
    if (changedSettings === undefined) return null;
    const now = settings.get(changedSettings.settings.workflow)?.revision ?? null;
    return changedSettings.from === now ? null : 'settings-changed';
  }

  #capReached(write: CaseWrite): string | null {
    const reached = (write.counts ?? []).find(
      (count) => (this.#tables.counters.get(counterKey(write, count)) ?? 0) + count.amount > count.limit,
    );
    return reached?.cap ?? null;
  }

  #add(of: Owner, counter: Counted, amount: number): void {
    const key = counterKey(of, counter);
    this.#tables.counters.set(key, (this.#tables.counters.get(key) ?? 0) + amount);
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
    this.#applyTurns(write);
    for (const intent of write.closedIntents ?? []) {
      this.#tables.closedIntents.set(keyIn(write.caseId, intent), JSON.stringify(intent));
    }
    if (write.takesIntent !== undefined) {
      const { intent, round } = write.takesIntent;
      this.#tables.takenIntents.set(keyIn(write.caseId, intent), round);
    }
    for (const intent of write.reopenedIntents ?? []) this.#tables.closedIntents.delete(keyIn(write.caseId, intent));
    for (const count of write.counts ?? []) this.#add(write, count, count.amount);
    for (const count of write.uncounts ?? []) this.#add(write, count, -count.amount);
    applyShapeChange(this.#tables, write.shape);
    this.#applyEvidence(write);
    applyLesson(this.#tables, write);
    applySpots(this.#tables, write);
    for (const example of write.examples ?? []) {
      this.#tables.examples.set(exampleKey(example), JSON.stringify(example));
    }
    const { overturning: ref, caseId, atMs } = write;
    if (ref !== undefined) this.#tables.overturnings.set(`${caseId}/${ref}`, { caseId, ref, atMs });
    for (const subject of write.erasableBy?.subjects ?? []) {
      this.#tables.erasableBy.add(`subject#${subject}/${write.caseId}`);
    }
    if (write.erasableBy !== undefined) this.#tables.erasableBy.add(`opened#${write.erasableBy.day}/${write.caseId}`);
    const known = ledgers.get(write.caseId) ?? [];
    ledgers.set(write.caseId, [...known, ...entries.map((entry) => JSON.stringify(entry))]);
  }

  #applyTurns({ caseId, dueTurns }: CaseWrite): void {
    for (const { agent, handOver } of dueTurns?.turns ?? []) {
      const key = turnKeyIn(caseId, { run: dueTurns?.run ?? '', round: dueTurns?.round ?? 0, agent });
      const kept = JSON.parse(this.#tables.steps.get(key) ?? '{"result":null}');
      if (handOver !== null) this.#tables.steps.set(key, JSON.stringify({ ...kept, handOver }));
    }
  }

  #applyEvidence({ caseId, record, review, seed, changedSettings }: CaseWrite): void {
    const { records, reviews, seeds, settings } = this.#tables;
    if (record !== undefined) records.set(caseId, JSON.stringify(record.record));
    if (review !== undefined) reviews.set(`${review.requestId}/${review.person.toLowerCase()}`, JSON.stringify(review));
    if (seed !== undefined) seeds.set(caseId, JSON.stringify(seed));
    if (changedSettings !== undefined) settings.set(changedSettings.settings.workflow, changedSettings.settings);
  }
}

type Owner = Pick<CaseWrite, 'caseId' | 'workflow'>;

function counterKey({ caseId, workflow }: Owner, { cap, day }: Counted): string {
  return day === null ? `${caseId}/${cap}` : `${workflow}/${cap}/${day}`;
}

function exampleKey({ workflow, id, provenance }: Example): string {
  return `${workflow}/${String(provenance.atMs).padStart(15, '0')}/${id}`;
}

function keyIn(caseId: string, intent: Action['intent']): string {
  return `${caseId}/${intentKey(intent)}`;
}
