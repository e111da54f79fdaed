import type { Store } from '../../kernel/store.ts';
import type { Strand } from '../asl/strand.ts';
import type { Row } from './column.ts';
import { numberColumn, textColumn } from './column.ts';

export interface ActivityRecord {
  readonly arn: string;
  readonly name: string;
  readonly createdAtMs: number;
}

/** Activities on disk, and the tasks that no worker has taken yet. Methods that change something belong into a write of the store. */
export class ActivityRecords {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  insert(activity: ActivityRecord): void {
    this.#store
      .statement('INSERT OR IGNORE INTO states_activity (arn, name, created_ms) VALUES (?, ?, ?)')
      .run(activity.arn, activity.name, activity.createdAtMs);
  }

  find(arn: string): ActivityRecord | null {
    const row = this.#store.statement('SELECT * FROM states_activity WHERE arn = ?').get(arn);
    return row === undefined ? null : activityOf(row);
  }

  list(after: string, limit: number): ActivityRecord[] {
    const sql = 'SELECT * FROM states_activity WHERE arn > ? ORDER BY arn LIMIT ?';
    return this.#store.statement(sql).all(after, limit).map(activityOf);
  }

  remove(arn: string): void {
    this.#store.statement('DELETE FROM states_activity WHERE arn = ?').run(arn);
  }

  offer(activityArn: string, { call }: Strand, atMs: number): void {
    if (call === null || call.token === null) return;
    this.#store
      .statement('INSERT INTO states_activity_task (token, activity_arn, input, scheduled_ms) VALUES (?, ?, ?, ?)')
      .run(call.token, activityArn, JSON.stringify(call.input), atMs);
  }

  /** Takes the oldest task away. */
  take(activityArn: string): { readonly token: string; readonly input: string } | null {
    const row = this.#store
      .statement(
        'SELECT token, input FROM states_activity_task WHERE activity_arn = ? ORDER BY scheduled_ms, token LIMIT 1',
      )
      .get(activityArn);
    if (row === undefined) return null;
    const task = { token: textColumn(row, 'token'), input: textColumn(row, 'input') };
    this.#store.statement('DELETE FROM states_activity_task WHERE token = ?').run(task.token);
    return task;
  }
}

function activityOf(row: Row): ActivityRecord {
  return { arn: textColumn(row, 'arn'), name: textColumn(row, 'name'), createdAtMs: numberColumn(row, 'created_ms') };
}
