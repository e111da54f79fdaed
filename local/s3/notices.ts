import { z } from 'zod';
import { fromJson } from '../inputs/json.ts';
import type { Activity } from '../kernel/activity.ts';
import type { JsonObject } from '../kernel/service.ts';
import type { Store } from '../kernel/store.ts';
import { s3Arn } from './buckets.ts';
import type { ObjectVersion } from './objects.ts';

/** As the event bus takes it. */
export interface ObjectEvent {
  readonly source: 'aws.s3';
  readonly detailType: 'Object Created' | 'Object Deleted';
  readonly detail: JsonObject;
  readonly resources: readonly string[];
  readonly traceId: string | null;
}

/** Events that are owed for what was put: on disk with the object itself, and gone once the bus has them. */
export class Notices {
  readonly #store: Store;
  readonly #activity: Activity;
  readonly #tell: (event: ObjectEvent) => Promise<void>;

  constructor(store: Store, activity: Activity, tell: (event: ObjectEvent) => Promise<void>) {
    this.#store = store;
    this.#activity = activity;
    this.#tell = tell;
    store.define('CREATE TABLE IF NOT EXISTS s3_notice (id INTEGER PRIMARY KEY AUTOINCREMENT, event TEXT NOT NULL)');
  }

  /** Call inside a write. */
  add(event: ObjectEvent): number {
    const { lastInsertRowid } = this.#store
      .statement('INSERT INTO s3_notice (event) VALUES (?)')
      .run(JSON.stringify(event));
    return Number(lastInsertRowid);
  }

  /** To be called after the write of `add`. */
  send(id: number): Promise<void> {
    return this.#activity.track(this.#send(id));
  }

  /** What was owed when the runtime ended. */
  sendAll(): void {
    const rows = this.#store.statement('SELECT id FROM s3_notice ORDER BY id').all();
    for (const row of rows) void this.send(Number(row['id']));
  }

  async #send(id: number): Promise<void> {
    const row = this.#store.statement('SELECT event FROM s3_notice WHERE id = ?').get(id);
    if (row === undefined) return;
    await this.#tell(StoredEvent.parse(fromJson(row['event'])));
    await this.#store.write(() => this.#store.statement('DELETE FROM s3_notice WHERE id = ?').run(id));
  }
}

export function objectEvent(
  { bucket, key, versionId, etag, sizeBytes, putAtMs }: Omit<ObjectVersion, 'seq'>,
  {
    reason,
    requestId,
    traceId,
  }: { readonly reason: string; readonly requestId: string; readonly traceId: string | null },
): ObjectEvent {
  const isCreated = reason === 'PutObject';
  const version = versionId === 'null' ? {} : { 'version-id': versionId };
  return {
    source: 'aws.s3',
    detailType: isCreated ? 'Object Created' : 'Object Deleted',
    detail: {
      version: '0',
      bucket: { name: bucket },
      object: {
        key,
        ...(isCreated ? { size: sizeBytes, etag: etag.replaceAll('"', '') } : {}),
        ...version,
        sequencer: putAtMs.toString(16).toUpperCase().padStart(18, '0'),
      },
      'request-id': requestId,
      'source-ip-address': '127.0.0.1',
      reason,
      ...(isCreated ? {} : { 'deletion-type': versionId === 'null' ? 'Permanently Deleted' : 'Delete Marker Created' }),
    },
    resources: [s3Arn(bucket)],
    traceId,
  };
}

const StoredEvent = z.object({
  source: z.literal('aws.s3'),
  detailType: z.enum(['Object Created', 'Object Deleted']),
  detail: z.record(z.string(), z.json()),
  resources: z.array(z.string()),
  traceId: z.string().nullable(),
});
