import { objectFromJson } from '../inputs/json.ts';
import { AwsError } from '../kernel/errors.ts';
import { arnOf, type Place } from '../kernel/names.ts';
import type { JsonObject } from '../kernel/service.ts';
import type { Store } from '../kernel/store.ts';

export interface Topic {
  readonly arn: string;
  readonly displayName: string;
  readonly policy: JsonObject | null;
}

/** Topics on disk. Everything that changes must be called inside a write. */
export class Topics {
  readonly #store: Store;
  readonly #place: Place;

  constructor(store: Store, place: Place) {
    this.#store = store;
    this.#place = place;
    store.define(
      'CREATE TABLE IF NOT EXISTS sns_topic (arn TEXT PRIMARY KEY, display_name TEXT NOT NULL, policy TEXT)',
    );
  }

  arn(name: string): string {
    return arnOf(this.#place, 'sns', name);
  }

  find(arn: string): Topic | null {
    const row = this.#store.statement('SELECT * FROM sns_topic WHERE arn = ?').get(arn);
    return row === undefined ? null : fromRow(row);
  }

  /** @throws NotFoundException */
  get(arn: string): Topic {
    const topic = this.find(arn);
    if (topic === null) throw new AwsError('NotFoundException', 'Topic does not exist', { status: 404 });
    return topic;
  }

  all(): Topic[] {
    return this.#store.statement('SELECT * FROM sns_topic ORDER BY arn').all().map(fromRow);
  }

  save(topic: Topic): void {
    this.#store
      .statement(
        'INSERT INTO sns_topic (arn, display_name, policy) VALUES (?, ?, ?) ON CONFLICT (arn) DO UPDATE SET display_name = excluded.display_name, policy = excluded.policy',
      )
      .run(topic.arn, topic.displayName, topic.policy === null ? null : JSON.stringify(topic.policy));
  }

  remove(arn: string): void {
    this.#store.statement('DELETE FROM sns_topic WHERE arn = ?').run(arn);
  }
}

function fromRow(row: Record<string, unknown>): Topic {
  return {
    arn: String(row['arn']),
    displayName: String(row['display_name']),
    policy: row['policy'] === null ? null : objectFromJson(row['policy']),
  };
}
