import type { Store } from '../kernel/store.ts';
import type { VersionResource } from '../template/index.ts';

/** The versions of functions and state machines that templates have published, as CloudFormation keeps book of them. */
export interface TemplateVersions {
  /**
   * The number of a version: the one that it has, or the next one where the template did not have it at the last boot.
   * What is the same as the version before it gets no new one.
   */
  readonly numberOf: (version: VersionResource) => number;
  /** When all is made: removes what the template does not have any more, unless its policy says that it stays. */
  readonly settle: (remove: (parentArn: string, number: number) => void) => void;
}

/** @param lastPublished the highest number that somebody else may have given, 0 where there is none. */
export function templateVersions(store: Store, lastPublished: (parentArn: string) => number): TemplateVersions {
  const records = new VersionRecords(store);
  const seen = new Map<string, VersionResource>();
  const find = (version: VersionResource): number => {
    const known = records.listed(version);
    if (known !== null) return known;
    const newest = records.newest(version.parentArn);
    const last = Math.max(newest?.number ?? 0, lastPublished(version.parentArn));
    return newest?.number === last && newest.content === version.content ? last : last + 1;
  };
  return {
    numberOf: (version) => {
      const number = find(version);
      store.writeNow(() => records.put(version, number));
      seen.set(`${version.parentArn}:${number}`, version);
      return number;
    },
    settle: (remove) => {
      const names = new Set([...seen.values()].map(({ logicalId }) => logicalId));
      for (const record of records.known()) {
        const isSeen = seen.has(`${record.parentArn}:${record.number}`);
        const stays = names.has(record.logicalId) ? record.staysWhenReplaced : record.staysWhenRemoved;
        if (!isSeen && !stays) remove(record.parentArn, record.number);
        store.writeNow(() => (isSeen ? records.list(record) : records.unlist(record, stays)));
      }
    },
  };
}

interface VersionRecord extends VersionResource {
  readonly number: number;
}

class VersionRecords {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
    store.define(
      `CREATE TABLE IF NOT EXISTS boot_version (parent TEXT NOT NULL, number INTEGER NOT NULL, logical_id TEXT NOT NULL,
        revision TEXT NOT NULL, content TEXT NOT NULL, state TEXT NOT NULL, stays_when_removed INTEGER NOT NULL,
        stays_when_replaced INTEGER NOT NULL, PRIMARY KEY (parent, number))`,
    );
  }

  /** Its number, where the last template that booted had it. */
  listed({ parentArn, logicalId, revision }: VersionResource): number | null {
    const sql =
      "SELECT number FROM boot_version WHERE parent = ? AND logical_id = ? AND revision = ? AND state = 'listed'";
    const row = this.#store.statement(sql).get(parentArn, logicalId, revision);
    return row === undefined ? null : Number(row['number']);
  }

  newest(parentArn: string): VersionRecord | null {
    const sql = 'SELECT * FROM boot_version WHERE parent = ? ORDER BY number DESC LIMIT 1';
    const row = this.#store.statement(sql).get(parentArn);
    return row === undefined ? null : recordOf(row);
  }

  /** Those of the last template that booted, and of boots that failed since. */
  known(): VersionRecord[] {
    return this.#store.statement("SELECT * FROM boot_version WHERE state <> 'gone'").all().map(recordOf);
  }

  /** Until all is made, it is not yet one of the template's. What it holds stays what it was when it was published. */
  put(version: VersionResource, number: number): void {
    this.#store
      .statement(
        `INSERT INTO boot_version VALUES (?, ?, ?, ?, ?, 'new', ?, ?) ON CONFLICT (parent, number) DO UPDATE SET
          state = CASE state WHEN 'listed' THEN state ELSE 'new' END, logical_id = excluded.logical_id, revision = excluded.revision,
          stays_when_removed = excluded.stays_when_removed, stays_when_replaced = excluded.stays_when_replaced`,
      )
      .run(
        version.parentArn,
        number,
        version.logicalId,
        version.revision,
        version.content,
        Number(version.staysWhenRemoved),
        Number(version.staysWhenReplaced),
      );
  }

  list({ parentArn, number }: VersionRecord): void {
    const sql = "UPDATE boot_version SET state = 'listed' WHERE parent = ? AND number = ?";
    this.#store.statement(sql).run(parentArn, number);
  }

  /** Its number is not given again; what is gone is not taken for the same as anything. */
  unlist({ parentArn, number, content }: VersionRecord, stays: boolean): void {
    this.#store
      .statement("UPDATE boot_version SET state = 'gone', content = ? WHERE parent = ? AND number = ?")
      .run(stays ? content : '', parentArn, number);
  }
}

function recordOf(row: Record<string, unknown>): VersionRecord {
  return {
    parentArn: String(row['parent']),
    number: Number(row['number']),
    logicalId: String(row['logical_id']),
    revision: String(row['revision']),
    content: String(row['content']),
    staysWhenRemoved: row['stays_when_removed'] === 1,
    staysWhenReplaced: row['stays_when_replaced'] === 1,
  };
}
