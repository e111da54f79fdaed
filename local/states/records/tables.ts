import type { Store } from '../../kernel/store.ts';

/** Makes the tables of Step Functions. Data of executions is JSON text; times are milliseconds since the epoch. */
export function defineTables(store: Store): void {
  for (const ddl of TABLES) store.define(ddl);
}

const TABLES = [
  `CREATE TABLE IF NOT EXISTS states_machine (
    arn TEXT PRIMARY KEY, name TEXT NOT NULL, type TEXT NOT NULL, created_ms INTEGER NOT NULL, updated_ms INTEGER NOT NULL,
    revision INTEGER NOT NULL, settings TEXT NOT NULL
  ) WITHOUT ROWID`,
  `CREATE TABLE IF NOT EXISTS states_revision (
    id INTEGER PRIMARY KEY, machine_arn TEXT NOT NULL, definition TEXT NOT NULL, role_arn TEXT NOT NULL,
    revision_id TEXT NOT NULL, created_ms INTEGER NOT NULL
  )`,
  `CREATE TABLE IF NOT EXISTS states_version (
    arn TEXT PRIMARY KEY, machine_arn TEXT NOT NULL, number INTEGER NOT NULL, revision INTEGER NOT NULL,
    description TEXT, created_ms INTEGER NOT NULL
  ) WITHOUT ROWID`,
  `CREATE TABLE IF NOT EXISTS states_alias (
    arn TEXT PRIMARY KEY, machine_arn TEXT NOT NULL, name TEXT NOT NULL, routes TEXT NOT NULL, description TEXT,
    created_ms INTEGER NOT NULL, updated_ms INTEGER NOT NULL
  ) WITHOUT ROWID`,
  `CREATE TABLE IF NOT EXISTS states_execution (
    id INTEGER PRIMARY KEY, arn TEXT NOT NULL UNIQUE, machine_arn TEXT NOT NULL, revision INTEGER NOT NULL,
    name TEXT NOT NULL, type TEXT NOT NULL, status TEXT NOT NULL, input TEXT NOT NULL, output TEXT, error TEXT,
    cause TEXT, started_ms INTEGER NOT NULL, ended_ms INTEGER, due_ms INTEGER, trace_id TEXT NOT NULL,
    version_arn TEXT, alias_arn TEXT, redrive_count INTEGER NOT NULL DEFAULT 0, redriven_ms INTEGER,
    map_run_arn TEXT, item_index INTEGER, flow TEXT NOT NULL DEFAULT '[]', announced INTEGER NOT NULL DEFAULT 0
  )`,
  'CREATE INDEX IF NOT EXISTS states_execution_machine ON states_execution (machine_arn, started_ms)',
  "CREATE INDEX IF NOT EXISTS states_execution_running ON states_execution (id) WHERE status = 'RUNNING'",
  "CREATE INDEX IF NOT EXISTS states_execution_express ON states_execution (id) WHERE type = 'EXPRESS' AND status <> 'RUNNING'",
  "CREATE INDEX IF NOT EXISTS states_execution_due ON states_execution (due_ms) WHERE due_ms IS NOT NULL AND status = 'RUNNING'",
  `CREATE INDEX IF NOT EXISTS states_execution_unannounced ON states_execution (id)
    WHERE announced = 0 AND status <> 'RUNNING' AND type = 'STANDARD' AND map_run_arn IS NULL`,
  'CREATE INDEX IF NOT EXISTS states_execution_ended ON states_execution (ended_ms) WHERE ended_ms IS NOT NULL',
  'CREATE INDEX IF NOT EXISTS states_execution_map_run ON states_execution (map_run_arn, item_index) WHERE map_run_arn IS NOT NULL',
  `CREATE TABLE IF NOT EXISTS states_strand (
    execution INTEGER NOT NULL, id INTEGER NOT NULL, parent INTEGER, position INTEGER NOT NULL, phase TEXT NOT NULL,
    due_ms INTEGER, waits_for TEXT, origin TEXT NOT NULL, input TEXT NOT NULL, variables TEXT NOT NULL, call TEXT,
    progress TEXT NOT NULL, output TEXT, PRIMARY KEY (execution, id)
  ) WITHOUT ROWID`,
  'CREATE INDEX IF NOT EXISTS states_strand_parent ON states_strand (execution, parent, position)',
  'CREATE INDEX IF NOT EXISTS states_strand_due ON states_strand (due_ms) WHERE due_ms IS NOT NULL',
  'CREATE INDEX IF NOT EXISTS states_strand_waits ON states_strand (waits_for) WHERE waits_for IS NOT NULL',
  `CREATE INDEX IF NOT EXISTS states_strand_unsettled ON states_strand (execution)
    WHERE phase IN ('entering', 'attempting', 'calling')`,
  `CREATE TABLE IF NOT EXISTS states_history (
    execution INTEGER NOT NULL, first_id INTEGER NOT NULL, count INTEGER NOT NULL, events TEXT NOT NULL,
    PRIMARY KEY (execution, first_id)
  ) WITHOUT ROWID`,
  `CREATE TABLE IF NOT EXISTS states_map_run (
    arn TEXT PRIMARY KEY, execution INTEGER NOT NULL, execution_arn TEXT NOT NULL, status TEXT NOT NULL,
    max_concurrency INTEGER NOT NULL, tolerated_count REAL, tolerated_percentage REAL, total INTEGER NOT NULL,
    started_ms INTEGER NOT NULL, stopped_ms INTEGER
  ) WITHOUT ROWID`,
  'CREATE INDEX IF NOT EXISTS states_map_run_execution ON states_map_run (execution)',
  `CREATE TABLE IF NOT EXISTS states_activity (
    arn TEXT PRIMARY KEY, name TEXT NOT NULL, created_ms INTEGER NOT NULL
  ) WITHOUT ROWID`,
  `CREATE TABLE IF NOT EXISTS states_activity_task (
    token TEXT PRIMARY KEY, activity_arn TEXT NOT NULL, input TEXT NOT NULL, scheduled_ms INTEGER NOT NULL
  ) WITHOUT ROWID`,
];
