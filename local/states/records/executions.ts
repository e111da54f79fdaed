import type { Store } from '../../kernel/store.ts';
import type { FlowPath } from '../asl/definition.ts';
import type { ExecutionEnd } from '../asl/execution-end.ts';
import type { Row } from './column.ts';
import { numberColumn, numberOrNull, textColumn, textOrNull } from './column.ts';

/** One execution as it stands on disk. */
export interface ExecutionRecord {
  readonly id: number;
  readonly arn: string;
  readonly machineArn: string;
  /** Number of the definition and role that it began with. */
  readonly revision: number;
  readonly name: string;
  readonly type: 'STANDARD' | 'EXPRESS';
  readonly status: ExecutionStatus;
  readonly inputText: string;
  readonly outputText: string | null;
  readonly error: string | null;
  readonly cause: string | null;
  readonly startedAtMs: number;
  readonly endedAtMs: number | null;
  readonly dueAtMs: number | null;
  readonly traceId: string;
  readonly versionArn: string | null;
  readonly aliasArn: string | null;
  readonly redriveCount: number;
  readonly redrivenAtMs: number | null;
  /** For a child of a distributed Map. */
  readonly mapRunArn: string | null;
  readonly itemIndex: number | null;
  /** The flow that it runs: the machine itself, or the item processor of a distributed Map. */
  readonly flow: FlowPath;
}

export type ExecutionStatus = 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED';

/** The executions on disk. Methods that change something belong into a write of the store. */
export class ExecutionRecords {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  /** Gives the new record's number. */
  insert(record: Omit<ExecutionRecord, 'id'>): number {
    const { lastInsertRowid } = this.#store
      .statement(
        `INSERT INTO states_execution (arn, machine_arn, revision, name, type, status, input, started_ms, due_ms, trace_id,
          version_arn, alias_arn, map_run_arn, item_index, flow) VALUES (?, ?, ?, ?, ?, 'RUNNING', ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(
        record.arn,
        record.machineArn,
        record.revision,
        record.name,
        record.type,
        record.inputText,
        record.startedAtMs,
        record.dueAtMs,
        record.traceId,
        record.versionArn,
        record.aliasArn,
        record.mapRunArn,
        record.itemIndex,
        JSON.stringify(record.flow),
      );
    return Number(lastInsertRowid);
  }

  find(arn: string): ExecutionRecord | null {
    return recordOrNull(this.#store.statement('SELECT * FROM states_execution WHERE arn = ?').get(arn));
  }

  get(id: number): ExecutionRecord | null {
    return recordOrNull(this.#store.statement('SELECT * FROM states_execution WHERE id = ?').get(id));
  }

  /** Also lets go of what its strands waited for; those of a failed one stay for a redrive. */
  end(id: number, end: ExecutionEnd, atMs: number): void {
    const output = end.status === 'SUCCEEDED' ? end.outputText : null;
    const { error, cause } = end.status === 'SUCCEEDED' ? { error: null, cause: null } : end;
    this.#store
      .statement(
        'UPDATE states_execution SET status = ?, output = ?, error = ?, cause = ?, ended_ms = ?, due_ms = NULL WHERE id = ?',
      )
      .run(end.status, output, error, cause, atMs, id);
    if (end.status === 'SUCCEEDED') this.#store.statement('DELETE FROM states_strand WHERE execution = ?').run(id);
    else this.#store.statement('UPDATE states_strand SET due_ms = NULL, waits_for = NULL WHERE execution = ?').run(id);
  }

  redrive(id: number, atMs: number, dueAtMs: number | null): void {
    this.#store
      .statement(
        `UPDATE states_execution SET status = 'RUNNING', output = NULL, error = NULL, cause = NULL, ended_ms = NULL,
          announced = 0, redrive_count = redrive_count + 1, redriven_ms = ?, due_ms = ? WHERE id = ?`,
      )
      .run(atMs, dueAtMs, id);
  }

  /** Newest first; `before` is the id of the last one of the page before. */
  list(query: ExecutionQuery): ExecutionRecord[] {
    const rows = this.#store
      .statement(
        `SELECT * FROM states_execution WHERE (?1 IS NULL OR machine_arn = ?1) AND (?2 IS NULL OR map_run_arn = ?2)
          AND (?2 IS NOT NULL OR map_run_arn IS NULL) AND (?3 IS NULL OR status = ?3) AND (?4 IS NULL OR id < ?4)
          AND (?5 IS NULL OR alias_arn = ?5 OR version_arn = ?5) ORDER BY id DESC LIMIT ?6`,
      )
      .all(query.machineArn, query.mapRunArn, query.status, query.before, query.qualifiedArn, query.limit);
    return rows.map(executionOf);
  }

  hasRunning(machineArn: string): boolean {
    const sql = "SELECT 1 FROM states_execution WHERE machine_arn = ? AND status = 'RUNNING' LIMIT 1";
    return this.#store.statement(sql).get(machineArn) !== undefined;
  }

  /** Running executions that have something to do at once after a restart. */
  unsettled(): number[] {
    const rows = this.#store
      .statement(
        `SELECT DISTINCT s.execution AS id FROM states_strand s JOIN states_execution e ON e.id = s.execution
          WHERE s.phase IN ('entering', 'attempting', 'calling') AND e.status = 'RUNNING' ORDER BY s.execution`,
      )
      .all();
    return rows.map((row) => numberColumn(row, 'id'));
  }

  /** Express executions that ended in a process that died before it forgot them. */
  forgottenExpress(): number[] {
    const sql =
      "SELECT id FROM states_execution WHERE type = 'EXPRESS' AND status <> 'RUNNING' AND map_run_arn IS NULL";
    return this.#store
      .statement(sql)
      .all()
      .map((row) => numberColumn(row, 'id'));
  }

  /** Children of runs of distributed Maps that are over, in a process that died before it ended them. */
  orphans(): number[] {
    const sql = `SELECT child.id FROM states_execution child JOIN states_map_run run ON run.arn = child.map_run_arn
      WHERE child.status = 'RUNNING' AND run.status <> 'RUNNING'`;
    return this.#store
      .statement(sql)
      .all()
      .map((row) => numberColumn(row, 'id'));
  }

  /** The oldest executions that ended before a moment, `limit` at most. */
  endedBefore(atMs: number, limit: number): number[] {
    const sql = "SELECT id FROM states_execution WHERE status <> 'RUNNING' AND ended_ms < ? ORDER BY id LIMIT ?";
    return this.#store
      .statement(sql)
      .all(atMs, limit)
      .map((row) => numberColumn(row, 'id'));
  }

  /** Ended Standard executions whose end may not have been told. */
  unannounced(): ExecutionRecord[] {
    const sql = `SELECT * FROM states_execution
      WHERE announced = 0 AND status <> 'RUNNING' AND type = 'STANDARD' AND map_run_arn IS NULL`;
    return this.#store.statement(sql).all().map(executionOf);
  }

  markAnnounced(id: number): void {
    this.#store.statement('UPDATE states_execution SET announced = 1 WHERE id = ?').run(id);
  }

  /** The soonest moment at which a running execution has to end. */
  soonestDue(): number | null {
    const sql = "SELECT MIN(due_ms) AS due FROM states_execution WHERE due_ms IS NOT NULL AND status = 'RUNNING'";
    return numberOrNull(this.#store.statement(sql).get() ?? {}, 'due');
  }

  due(nowMs: number): number[] {
    const sql = "SELECT id FROM states_execution WHERE due_ms <= ? AND status = 'RUNNING'";
    return this.#store
      .statement(sql)
      .all(nowMs)
      .map((row) => numberColumn(row, 'id'));
  }

  /** Forgets an execution with all that belongs to it. */
  remove(id: number): void {
    this.#store.statement('DELETE FROM states_strand WHERE execution = ?').run(id);
    this.#store.statement('DELETE FROM states_history WHERE execution = ?').run(id);
    this.#store.statement('DELETE FROM states_execution WHERE id = ?').run(id);
  }
}

export interface ExecutionQuery {
  readonly machineArn: string | null;
  readonly mapRunArn: string | null;
  readonly qualifiedArn: string | null;
  readonly status: string | null;
  readonly before: number | null;
  readonly limit: number;
}

function recordOrNull(row: Row | undefined): ExecutionRecord | null {
  return row === undefined ? null : executionOf(row);
}

function executionOf(row: Row): ExecutionRecord {
  return {
    id: numberColumn(row, 'id'),
    arn: textColumn(row, 'arn'),
    machineArn: textColumn(row, 'machine_arn'),
    revision: numberColumn(row, 'revision'),
    name: textColumn(row, 'name'),
    type: textColumn(row, 'type') === 'EXPRESS' ? 'EXPRESS' : 'STANDARD',
    status: textColumn(row, 'status') as ExecutionStatus,
    inputText: textColumn(row, 'input'),
    outputText: textOrNull(row, 'output'),
    error: textOrNull(row, 'error'),
    cause: textOrNull(row, 'cause'),
    startedAtMs: numberColumn(row, 'started_ms'),
    endedAtMs: numberOrNull(row, 'ended_ms'),
    dueAtMs: numberOrNull(row, 'due_ms'),
    traceId: textColumn(row, 'trace_id'),
    versionArn: textOrNull(row, 'version_arn'),
    aliasArn: textOrNull(row, 'alias_arn'),
    redriveCount: numberColumn(row, 'redrive_count'),
    redrivenAtMs: numberOrNull(row, 'redriven_ms'),
    mapRunArn: textOrNull(row, 'map_run_arn'),
    itemIndex: numberOrNull(row, 'item_index'),
    flow: JSON.parse(textColumn(row, 'flow')) as FlowPath,
  };
}
