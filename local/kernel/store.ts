import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync, type StatementSync } from 'node:sqlite';

/**
 * The one SQLite file under all services, with group commit: writes that are asked for in the same turn of the event
 * loop share a transaction and one sync to disk. A promise of `write` resolves only once its data is on disk.
 *
 * Reads are synchronous and see what earlier writes of the same batch have done, because a batch runs without a pause.
 */
export class Store {
  readonly #db: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();
  #queue: QueuedWrite[] = [];
  #isInTransaction = false;

  /** @param path a file, made with its folders where missing, or `:memory:`. */
  constructor(path: string) {
    if (path !== ':memory:') mkdirSync(dirname(path), { recursive: true });
    this.#db = new DatabaseSync(path);
    this.#db.exec('PRAGMA journal_mode = WAL');
    this.#db.exec('PRAGMA synchronous = FULL');
    this.#db.exec('PRAGMA foreign_keys = OFF');
    this.#db.exec('PRAGMA cache_size = -65536');
  }

  /** Runs DDL at boot, outside any batch. Statements must be repeatable (`CREATE TABLE IF NOT EXISTS`). */
  define(ddl: string): void {
    this.#db.exec(ddl);
  }

  /** A prepared statement, kept for the life of the store. */
  statement(sql: string): StatementSync {
    let statement = this.#statements.get(sql);
    if (statement === undefined) {
      statement = this.#db.prepare(sql);
      this.#statements.set(sql, statement);
    }
    return statement;
  }

  /**
   * Runs `work` inside the next batch. If it throws, only its own changes are undone and only its promise rejects.
   * `work` is synchronous; its result is handed over after the batch is on disk.
   */
  write<T>(work: () => T): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.#queue.push({ work, resolve: resolve as (value: unknown) => void, reject });
      if (this.#queue.length === 1) setImmediate(() => this.#flush());
    });
  }

  /** One synchronous transaction of its own, for boot and shutdown. */
  writeNow<T>(work: () => T): T {
    if (this.#isInTransaction) return work();
    this.#db.exec('BEGIN IMMEDIATE');
    this.#isInTransaction = true;
    try {
      const result = work();
      this.#db.exec('COMMIT');
      return result;
    } catch (error) {
      this.#db.exec('ROLLBACK');
      throw error;
    } finally {
      this.#isInTransaction = false;
    }
  }

  /**
   * Runs `work` without a sync for each of its commits, and with one at its end. What is written meanwhile outlives the
   * process at once, and a power cut, which would undo its latest part, once this is done. Not to be nested.
   */
  async syncOnceAfter<T>(work: () => Promise<T>): Promise<T> {
    this.#db.exec('PRAGMA synchronous = NORMAL');
    try {
      return await work();
    } finally {
      if (this.#db.isOpen) {
        this.#db.exec('PRAGMA synchronous = FULL');
        this.#db.exec('PRAGMA wal_checkpoint(PASSIVE)');
      }
    }
  }

  /** Writes what is queued and closes the file. */
  close(): void {
    if (this.#queue.length > 0) this.#flush();
    this.#statements.clear();
    this.#db.close();
  }

  #flush(): void {
    const batch = this.#queue;
    this.#queue = [];
    if (batch.length === 0) return;
    let settled: (() => void)[] = [];
    try {
      this.writeNow(() => {
        settled = batch.map((write) => this.#runOne(write));
      });
    } catch (error) {
      for (const write of batch) write.reject(error);
      return;
    }
    for (const settle of settled) settle();
  }

  #runOne(write: QueuedWrite): () => void {
    this.#db.exec('SAVEPOINT one');
    try {
      const value = write.work();
      this.#db.exec('RELEASE one');
      return () => write.resolve(value);
    } catch (error) {
      this.#db.exec('ROLLBACK TO one');
      this.#db.exec('RELEASE one');
      return () => write.reject(error);
    }
  }
}

interface QueuedWrite {
  readonly work: () => unknown;
  readonly resolve: (value: unknown) => void;
  readonly reject: (reason: unknown) => void;
}
