import type { Store } from '../../kernel/store.ts';
import type { HistoryEvent } from '../asl/event-log.ts';
import { numberOrNull, textColumn } from './column.ts';

/** The histories of all executions on disk: one row for the events of one turn. */
export class HistoryRecords {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  /** Belongs into a write of the store. */
  append(execution: number, events: readonly HistoryEvent[]): void {
    const [first] = events;
    if (first === undefined) return;
    this.#store
      .statement('INSERT INTO states_history (execution, first_id, count, events) VALUES (?, ?, ?, ?)')
      .run(execution, first.id, events.length, JSON.stringify(events));
  }

  lastId(execution: number): number {
    const sql =
      'SELECT first_id + count - 1 AS last FROM states_history WHERE execution = ? ORDER BY first_id DESC LIMIT 1';
    return numberOrNull(this.#store.statement(sql).get(execution) ?? {}, 'last') ?? 0;
  }

  /** Up to `limit` events from id `from` on, in the order asked for. */
  page(execution: number, from: number, limit: number, isReversed: boolean): HistoryEvent[] {
    const sql = isReversed
      ? 'SELECT events FROM states_history WHERE execution = ? AND first_id <= ? ORDER BY first_id DESC'
      : 'SELECT events FROM states_history WHERE execution = ? AND first_id + count > ? ORDER BY first_id';
    const events: HistoryEvent[] = [];
    for (const row of this.#store.statement(sql).iterate(execution, from)) {
      const chunk = JSON.parse(textColumn(row, 'events')) as HistoryEvent[];
      const wanted = chunk.filter(({ id }) => (isReversed ? id <= from : id >= from));
      events.push(...(isReversed ? wanted.reverse() : wanted));
      if (events.length >= limit) break;
    }
    return events.slice(0, limit);
  }
}
