import { createHash } from 'node:crypto';
import { z } from 'zod';
import { fromJson } from '../inputs/json.ts';
import { AwsError } from '../kernel/errors.ts';
import { arnOf, type Place } from '../kernel/names.ts';
import type { Store } from '../kernel/store.ts';

export interface Secret {
  readonly name: string;
  readonly arn: string;
  readonly description: string;
  readonly createdAtMs: number;
  readonly changedAtMs: number;
  /** When it goes for good; null while it is not marked for deletion. */
  readonly deletesAtMs: number | null;
  /** Digest of what the template says of its value, to tell when a template changes it. */
  readonly templateDigest: string | null;
}

/** The secrets themselves; their values are SecretVersions. */
export class Secrets {
  readonly #store: Store;
  readonly #place: Place;
  readonly #nowMs: () => number;

  constructor(store: Store, place: Place, nowMs: () => number) {
    this.#store = store;
    this.#place = place;
    this.#nowMs = nowMs;
    store.define(
      'CREATE TABLE IF NOT EXISTS secret (name TEXT PRIMARY KEY, arn TEXT NOT NULL UNIQUE, secret TEXT NOT NULL)',
    );
  }

  /** Finds by name, ARN, or ARN without its last six characters; one whose recovery window is over is gone. */
  find(secretId: string): Secret | null {
    const row = this.#store
      .statement(
        'SELECT secret FROM secret WHERE name = ?1 OR arn = ?1 OR substr(arn, 1, length(arn) - 7) = ?1 LIMIT 1',
      )
      .get(secretId);
    const secret = row === undefined ? null : StoredSecret.parse(fromJson(row['secret']));
    return secret === null || this.#isGone(secret) ? null : secret;
  }

  /** @throws ResourceNotFoundException */
  get(secretId: string): Secret {
    const secret = this.find(secretId);
    if (secret === null) {
      throw new AwsError('ResourceNotFoundException', "Secrets Manager can't find the specified secret.");
    }
    return secret;
  }

  /** @throws ResourceNotFoundException, InvalidRequestException when it is marked for deletion */
  getLive(secretId: string): Secret {
    const secret = this.get(secretId);
    if (secret.deletesAtMs === null) return secret;
    throw new AwsError(
      'InvalidRequestException',
      "You can't perform this operation on the secret because it was marked for deletion.",
    );
  }

  all(): Secret[] {
    return this.#store
      .statement('SELECT secret FROM secret ORDER BY name')
      .all()
      .map((row) => StoredSecret.parse(fromJson(row['secret'])))
      .filter((secret) => !this.#isGone(secret));
  }

  /** Call inside a write. */
  save(secret: Secret): void {
    this.#store
      .statement(
        'INSERT INTO secret (name, arn, secret) VALUES (?, ?, ?) ON CONFLICT (name) DO UPDATE SET arn = excluded.arn, secret = excluded.secret',
      )
      .run(secret.name, secret.arn, JSON.stringify(secret));
  }

  /** Call inside a write. */
  remove(name: string): void {
    this.#store.statement('DELETE FROM secret WHERE name = ?').run(name);
  }

  /** What IAM judges: the ARN of the secret, or what it would be like for one that is not there. */
  arnFor(secretId: string): string {
    if (secretId.startsWith('arn:')) return this.find(secretId)?.arn ?? secretId;
    return this.find(secretId)?.arn ?? arnOf(this.#place, 'secretsmanager', `secret:${secretId}`);
  }

  arnOfName(name: string): string {
    return secretArn(this.#place, name);
  }

  #isGone(secret: Secret): boolean {
    return secret.deletesAtMs !== null && secret.deletesAtMs <= this.#nowMs();
  }
}

/** The ARN of a secret: as on AWS it ends in six characters, here always the same ones for the same name. */
export function secretArn(place: Place, name: string): string {
  const suffix = createHash('sha256')
    .update(name)
    .digest('base64')
    .replace(/[^A-Za-z0-9]/g, '')
    .slice(0, 6);
  return arnOf(place, 'secretsmanager', `secret:${name}-${suffix}`);
}

const StoredSecret = z.object({
  name: z.string(),
  arn: z.string(),
  description: z.string(),
  createdAtMs: z.number(),
  changedAtMs: z.number(),
  deletesAtMs: z.number().nullable(),
  templateDigest: z.string().nullable(),
});
