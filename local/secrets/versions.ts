import { z } from 'zod';
import { fromJson } from '../inputs/json.ts';
import { AwsError } from '../kernel/errors.ts';
import type { Store } from '../kernel/store.ts';

/** One value of a secret with the labels that point to it; a label points to one version at a time. */
export interface SecretVersion {
  readonly id: string;
  readonly value: SecretValue;
  readonly stages: readonly string[];
  readonly createdAtMs: number;
}

export type SecretValue = { readonly text: string } | { readonly base64: string };

export const CURRENT = 'AWSCURRENT';
const PREVIOUS = 'AWSPREVIOUS';

/** Everything that changes must be called inside a write. */
export class SecretVersions {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
    store.define(
      'CREATE TABLE IF NOT EXISTS secret_version (secret TEXT NOT NULL, id TEXT NOT NULL, version TEXT NOT NULL, PRIMARY KEY (secret, id))',
    );
  }

  /** Newest first. */
  all(secret: string): SecretVersion[] {
    return this.#store
      .statement('SELECT version FROM secret_version WHERE secret = ? ORDER BY rowid DESC')
      .all(secret)
      .map((row) => StoredVersion.parse(fromJson(row['version'])));
  }

  find(secret: string, versionId: string | null, stage: string | null): SecretVersion | null {
    const wantedStage = stage ?? (versionId === null ? CURRENT : null);
    const found = this.all(secret).find(
      (version) =>
        (versionId === null || version.id === versionId) &&
        (wantedStage === null || version.stages.includes(wantedStage)),
    );
    return found ?? null;
  }

  /**
   * Adds a version and moves its labels to it. The same id with the same value is the same call again.
   * @throws ResourceExistsException for the same id with another value
   */
  put(secret: string, version: SecretVersion): void {
    const existing = this.find(secret, version.id, null);
    if (existing !== null) {
      if (JSON.stringify(existing.value) === JSON.stringify(version.value)) return;
      throw new AwsError(
        'ResourceExistsException',
        "You can't modify an existing version, you can only create a new one with a new ClientRequestToken.",
      );
    }
    this.#save(secret, { ...version, stages: [] });
    for (const stage of version.stages) this.moveStage(secret, stage, version.id);
  }

  /** Moves a label; the version that was current becomes the previous one. `null` only takes the label away. */
  moveStage(secret: string, stage: string, toVersionId: string | null): void {
    const holder = this.find(secret, null, stage);
    if (holder?.id === toVersionId) return;
    if (holder !== null) this.#save(secret, { ...holder, stages: holder.stages.filter((label) => label !== stage) });
    const target = toVersionId === null ? null : this.find(secret, toVersionId, null);
    if (target === null) return;
    this.#save(secret, { ...target, stages: [...target.stages, stage] });
    if (stage === CURRENT && holder !== null) this.moveStage(secret, PREVIOUS, holder.id);
  }

  removeAll(secret: string): void {
    this.#store.statement('DELETE FROM secret_version WHERE secret = ?').run(secret);
  }

  #save(secret: string, version: SecretVersion): void {
    this.#store
      .statement(
        'INSERT INTO secret_version (secret, id, version) VALUES (?, ?, ?) ON CONFLICT (secret, id) DO UPDATE SET version = excluded.version',
      )
      .run(secret, version.id, JSON.stringify(version));
  }
}

const StoredVersion = z.object({
  id: z.string(),
  value: z.union([z.object({ text: z.string() }), z.object({ base64: z.string() })]),
  stages: z.array(z.string()),
  createdAtMs: z.number(),
});
