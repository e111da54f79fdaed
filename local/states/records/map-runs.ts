import type { Store } from '../../kernel/store.ts';
import type { MapRunChange } from '../asl/step.ts';
import type { Row } from './column.ts';
import { numberColumn, numberOrNull, textColumn } from './column.ts';
import type { ExecutionRecord } from './executions.ts';

/** One run of a distributed Map. */
export interface MapRunRecord {
  readonly arn: string;
  readonly executionArn: string;
  readonly status: string;
  readonly maxConcurrency: number;
  readonly toleratedCount: number | null;
  readonly toleratedPercentage: number | null;
  readonly total: number;
  readonly startedAtMs: number;
  readonly stoppedAtMs: number | null;
}

/** Runs of distributed Maps on disk. Methods that change something belong into a write of the store. */
export class MapRunRecords {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  apply(change: MapRunChange, execution: ExecutionRecord, atMs: number): void {
    if (change.kind === 'ended') {
      this.#store
        .statement('UPDATE states_map_run SET status = ?, stopped_ms = ? WHERE arn = ?')
        .run(change.status, atMs, change.arn);
      return;
    }
    const { mapRun, maxConcurrency, total } = change;
    this.#store
      .statement(
        `INSERT INTO states_map_run (arn, execution, execution_arn, status, max_concurrency, tolerated_count,
          tolerated_percentage, total, started_ms) VALUES (?, ?, ?, 'RUNNING', ?, ?, ?, ?, ?)`,
      )
      .run(
        mapRun.arn,
        execution.id,
        execution.arn,
        maxConcurrency,
        mapRun.toleratedCount,
        mapRun.toleratedPercentage,
        total,
        atMs,
      );
  }

  find(arn: string): MapRunRecord | null {
    const row = this.#store.statement('SELECT * FROM states_map_run WHERE arn = ?').get(arn);
    return row === undefined ? null : mapRunOf(row);
  }

  of(executionId: number): MapRunRecord[] {
    const sql = 'SELECT * FROM states_map_run WHERE execution = ? ORDER BY started_ms DESC';
    return this.#store.statement(sql).all(executionId).map(mapRunOf);
  }

  /** Number of its child executions by status. */
  counts(arn: string): ReadonlyMap<string, number> {
    const sql = 'SELECT status, COUNT(*) AS n FROM states_execution WHERE map_run_arn = ? GROUP BY status';
    const rows = this.#store.statement(sql).all(arn);
    return new Map(rows.map((row) => [textColumn(row, 'status'), numberColumn(row, 'n')]));
  }
}

function mapRunOf(row: Row): MapRunRecord {
  return {
    arn: textColumn(row, 'arn'),
    executionArn: textColumn(row, 'execution_arn'),
    status: textColumn(row, 'status'),
    maxConcurrency: numberColumn(row, 'max_concurrency'),
    toleratedCount: numberOrNull(row, 'tolerated_count'),
    toleratedPercentage: numberOrNull(row, 'tolerated_percentage'),
    total: numberColumn(row, 'total'),
    startedAtMs: numberColumn(row, 'started_ms'),
    stoppedAtMs: numberOrNull(row, 'stopped_ms'),
  };
}
