import { z } from 'zod';
import { fromJson } from '../inputs/json.ts';
import type { Store } from '../kernel/store.ts';

/** One version of an object, without its content. */
export interface ObjectVersion {
  readonly seq: number;
  readonly bucket: string;
  readonly key: string;
  /** `null`, as text, in a bucket without versions. */
  readonly versionId: string;
  readonly isDeleteMarker: boolean;
  /** In quotation marks, as headers carry it. */
  readonly etag: string;
  readonly sizeBytes: number;
  readonly putAtMs: number;
  readonly headers: Readonly<Record<string, string>>;
}

export type NewVersion = Omit<ObjectVersion, 'seq'> & { readonly content: Uint8Array };

/** What lies in buckets, on disk. The newest version of a key is the object. */
export class Objects {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
    store.define(`
      CREATE TABLE IF NOT EXISTS s3_object (
        seq INTEGER PRIMARY KEY AUTOINCREMENT, bucket TEXT NOT NULL, key TEXT NOT NULL, version_id TEXT NOT NULL,
        is_delete_marker INTEGER NOT NULL, etag TEXT NOT NULL, size_bytes INTEGER NOT NULL, put_at_ms INTEGER NOT NULL,
        headers TEXT NOT NULL, content BLOB NOT NULL);
      CREATE UNIQUE INDEX IF NOT EXISTS s3_object_by_version ON s3_object (bucket, key, version_id);
      CREATE INDEX IF NOT EXISTS s3_object_by_key ON s3_object (bucket, key, seq);`);
  }

  /** The version that is named, or the newest; a delete marker too. */
  find(bucket: string, key: string, versionId: string | null): ObjectVersion | null {
    const row =
      versionId === null
        ? this.#store
            .statement(`SELECT ${FIELDS} FROM s3_object WHERE bucket = ? AND key = ? ORDER BY seq DESC LIMIT 1`)
            .get(bucket, key)
        : this.#store
            .statement(`SELECT ${FIELDS} FROM s3_object WHERE bucket = ? AND key = ? AND version_id = ?`)
            .get(bucket, key, versionId);
    return row === undefined ? null : versionOf(row);
  }

  contentOf({ seq }: ObjectVersion): Uint8Array {
    const content = this.#store.statement('SELECT content FROM s3_object WHERE seq = ?').get(seq)?.['content'];
    return content instanceof Uint8Array ? content : new Uint8Array();
  }

  /** Bytes from `start` to before `end`. */
  partOf({ seq }: ObjectVersion, { start, end }: { readonly start: number; readonly end: number }): Uint8Array {
    const part = this.#store
      .statement('SELECT substr(content, ?, ?) AS part FROM s3_object WHERE seq = ?')
      .get(start + 1, end - start, seq)?.['part'];
    return part instanceof Uint8Array ? part : new Uint8Array();
  }

  /** Newest versions of the keys that begin so and come after `after`, in order of their UTF-8 bytes. */
  list(bucket: string, prefix: string, after: string, limit: number): ObjectVersion[] {
    return this.#store
      .statement(
        `SELECT ${FIELDS} FROM s3_object AS o WHERE bucket = ?1 AND key > ?3 AND substr(key, 1, length(?2)) = ?2
          AND is_delete_marker = 0 AND seq = (SELECT max(seq) FROM s3_object WHERE bucket = ?1 AND key = o.key)
          ORDER BY key LIMIT ?4`,
      )
      .all(bucket, prefix, after, limit)
      .map(versionOf);
  }

  /** Call inside a write. In a bucket without versions it takes the place of the object. */
  add({ bucket, key, versionId, content, ...rest }: NewVersion): number {
    if (versionId === 'null') this.remove(bucket, key, 'null');
    const { lastInsertRowid } = this.#store
      .statement(
        `INSERT INTO s3_object (bucket, key, version_id, is_delete_marker, etag, size_bytes, put_at_ms, headers, content)
          VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(
        ...[bucket, key, versionId, rest.isDeleteMarker ? 1 : 0, rest.etag, rest.sizeBytes, rest.putAtMs],
        ...[JSON.stringify(rest.headers), content],
      );
    return Number(lastInsertRowid);
  }

  /** Call inside a write. */
  remove(bucket: string, key: string, versionId: string): void {
    this.#store
      .statement('DELETE FROM s3_object WHERE bucket = ? AND key = ? AND version_id = ?')
      .run(bucket, key, versionId);
  }

  /** Call inside a write: removes what was put before, of the keys that begin so. */
  removeBefore(bucket: string, prefix: string, beforeMs: number): void {
    this.#store
      .statement('DELETE FROM s3_object WHERE bucket = ?1 AND substr(key, 1, length(?2)) = ?2 AND put_at_ms < ?3')
      .run(bucket, prefix, beforeMs);
  }
}

const FIELDS = 'seq, bucket, key, version_id, is_delete_marker, etag, size_bytes, put_at_ms, headers';

function versionOf(row: Readonly<Record<string, unknown>>): ObjectVersion {
  return {
    seq: Number(row['seq']),
    bucket: String(row['bucket']),
    key: String(row['key']),
    versionId: String(row['version_id']),
    isDeleteMarker: row['is_delete_marker'] === 1,
    etag: String(row['etag']),
    sizeBytes: Number(row['size_bytes']),
    putAtMs: Number(row['put_at_ms']),
    headers: Headers.parse(fromJson(row['headers'])),
  };
}

const Headers = z.record(z.string(), z.string());
