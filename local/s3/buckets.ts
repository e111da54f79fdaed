import { z } from 'zod';
import { fromJson } from '../inputs/json.ts';
import { AwsError } from '../kernel/errors.ts';
import type { JsonObject } from '../kernel/service.ts';
import type { Store } from '../kernel/store.ts';

export interface ExpiryRule {
  readonly prefix: string;
  readonly days: number;
}

export interface Bucket {
  readonly name: string;
  readonly createdAtMs: number;
  /** What is overwritten or deleted stays, as a version of its own. */
  readonly isVersioned: boolean;
  /** Tells the default event bus of every object that is put or deleted. */
  readonly tellsEvents: boolean;
  readonly expiry: readonly ExpiryRule[];
}

/** The buckets themselves; policies are the template's at every boot. */
export class Buckets {
  readonly #store: Store;
  readonly #policies = new Map<string, JsonObject>();

  constructor(store: Store) {
    this.#store = store;
    store.define('CREATE TABLE IF NOT EXISTS s3_bucket (name TEXT PRIMARY KEY, bucket TEXT NOT NULL)');
  }

  find(name: string): Bucket | null {
    const row = this.#store.statement('SELECT bucket FROM s3_bucket WHERE name = ?').get(name);
    return row === undefined ? null : StoredBucket.parse(fromJson(row['bucket']));
  }

  /** @throws NoSuchBucket */
  get(name: string): Bucket {
    const bucket = this.find(name);
    if (bucket !== null) return bucket;
    throw new AwsError('NoSuchBucket', 'The specified bucket does not exist', { status: 404 });
  }

  all(): Bucket[] {
    return this.#store
      .statement('SELECT bucket FROM s3_bucket ORDER BY name')
      .all()
      .map((row) => StoredBucket.parse(fromJson(row['bucket'])));
  }

  /** Call inside a write. */
  save(bucket: Bucket): void {
    this.#store
      .statement(
        'INSERT INTO s3_bucket (name, bucket) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET bucket = excluded.bucket',
      )
      .run(bucket.name, JSON.stringify(bucket));
  }

  setPolicy(name: string, policy: JsonObject | null): void {
    if (policy === null) this.#policies.delete(name);
    else this.#policies.set(name, policy);
  }

  /** Of the bucket of an object's ARN, or of a bucket's. */
  policyOf(resourceArn: string): JsonObject | null {
    const [name = ''] = resourceArn.slice(ARN_PREFIX.length).split('/', 1);
    return this.#policies.get(name) ?? null;
  }
}

const ARN_PREFIX = 'arn:aws:s3:::';

/** `arn:aws:s3:::name` or `arn:aws:s3:::name/key`: buckets have neither region nor account. */
export function s3Arn(bucket: string, key: string | null = null): string {
  return key === null ? `${ARN_PREFIX}${bucket}` : `${ARN_PREFIX}${bucket}/${key}`;
}

const StoredBucket = z.object({
  name: z.string(),
  createdAtMs: z.number(),
  isVersioned: z.boolean(),
  tellsEvents: z.boolean(),
  expiry: z.array(z.object({ prefix: z.string(), days: z.number() })),
});
