import type { JsonObject } from '../../kernel/service.ts';
import type { Store } from '../../kernel/store.ts';
import type { Row } from './column.ts';
import { numberColumn, textColumn, textOrNull } from './column.ts';

/** A state machine with its newest revision. */
export interface MachineRecord {
  readonly arn: string;
  readonly name: string;
  readonly type: 'STANDARD' | 'EXPRESS';
  readonly createdAtMs: number;
  readonly revision: RevisionRecord;
  /** loggingConfiguration, tracingConfiguration and the like, as they were given. */
  readonly settings: JsonObject;
}

/** A definition with its role; executions keep the one they began with. */
export interface RevisionRecord {
  readonly id: number;
  readonly definition: string;
  readonly roleArn: string;
  /** Null of the AWS name `revisionId` stands for the first revision. */
  readonly revisionId: string;
  readonly createdAtMs: number;
}

export interface VersionRecord {
  readonly arn: string;
  readonly machineArn: string;
  readonly number: number;
  readonly revision: number;
  readonly description: string | null;
  readonly createdAtMs: number;
}

export interface AliasRecord {
  readonly arn: string;
  readonly machineArn: string;
  readonly name: string;
  readonly routes: readonly { readonly stateMachineVersionArn: string; readonly weight: number }[];
  readonly description: string | null;
  readonly createdAtMs: number;
  readonly updatedAtMs: number;
}

/** State machines, versions and aliases on disk. Methods that change something belong into a write of the store. */
export class MachineRecords {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  find(arn: string): MachineRecord | null {
    const row = this.#store
      .statement(
        `SELECT m.*, r.id AS revision_number, r.definition, r.role_arn, r.revision_id, r.created_ms AS revised_ms
          FROM states_machine m JOIN states_revision r ON r.id = m.revision WHERE m.arn = ?`,
      )
      .get(arn);
    return row === undefined ? null : machineOf(row);
  }

  list(after: string, limit: number): MachineRecord[] {
    const rows = this.#store
      .statement(
        `SELECT m.*, r.id AS revision_number, r.definition, r.role_arn, r.revision_id, r.created_ms AS revised_ms
          FROM states_machine m JOIN states_revision r ON r.id = m.revision WHERE m.arn > ? ORDER BY m.arn LIMIT ?`,
      )
      .all(after, limit);
    return rows.map(machineOf);
  }

  insert(machine: Omit<MachineRecord, 'revision'>, revision: Omit<RevisionRecord, 'id'>): void {
    const id = this.#insertRevision(machine.arn, revision);
    this.#store
      .statement(
        'INSERT INTO states_machine (arn, name, type, created_ms, updated_ms, revision, settings) VALUES (?, ?, ?, ?, ?, ?, ?)',
      )
      .run(
        machine.arn,
        machine.name,
        machine.type,
        machine.createdAtMs,
        machine.createdAtMs,
        id,
        JSON.stringify(machine.settings),
      );
  }

  revise(arn: string, revision: Omit<RevisionRecord, 'id'>, settings: JsonObject): void {
    const id = this.#insertRevision(arn, revision);
    this.#store
      .statement('UPDATE states_machine SET revision = ?, settings = ?, updated_ms = ? WHERE arn = ?')
      .run(id, JSON.stringify(settings), revision.createdAtMs, arn);
  }

  configure(arn: string, settings: JsonObject): void {
    this.#store.statement('UPDATE states_machine SET settings = ? WHERE arn = ?').run(JSON.stringify(settings), arn);
  }

  remove(arn: string): void {
    for (const table of ['states_version', 'states_alias']) {
      this.#store.statement(`DELETE FROM ${table} WHERE machine_arn = ?`).run(arn);
    }
    this.#store.statement('DELETE FROM states_machine WHERE arn = ?').run(arn);
  }

  revision(id: number): RevisionRecord | null {
    const row = this.#store
      .statement(
        'SELECT id AS revision_number, definition, role_arn, revision_id, created_ms AS revised_ms FROM states_revision WHERE id = ?',
      )
      .get(id);
    return row === undefined ? null : revisionOf(row);
  }

  findVersion(arn: string): VersionRecord | null {
    const row = this.#store.statement('SELECT * FROM states_version WHERE arn = ?').get(arn);
    return row === undefined ? null : versionOf(row);
  }

  /** Newest first. */
  versions(machineArn: string): VersionRecord[] {
    const sql = 'SELECT * FROM states_version WHERE machine_arn = ? ORDER BY number DESC';
    return this.#store.statement(sql).all(machineArn).map(versionOf);
  }

  insertVersion(version: VersionRecord): void {
    this.#store
      .statement(
        'INSERT INTO states_version (arn, machine_arn, number, revision, description, created_ms) VALUES (?, ?, ?, ?, ?, ?)',
      )
      .run(version.arn, version.machineArn, version.number, version.revision, version.description, version.createdAtMs);
  }

  removeVersion(arn: string): void {
    this.#store.statement('DELETE FROM states_version WHERE arn = ?').run(arn);
  }

  findAlias(arn: string): AliasRecord | null {
    const row = this.#store.statement('SELECT * FROM states_alias WHERE arn = ?').get(arn);
    return row === undefined ? null : aliasOf(row);
  }

  aliases(machineArn: string): AliasRecord[] {
    const sql = 'SELECT * FROM states_alias WHERE machine_arn = ? ORDER BY name';
    return this.#store.statement(sql).all(machineArn).map(aliasOf);
  }

  putAlias(alias: AliasRecord): void {
    this.#store
      .statement(
        `INSERT INTO states_alias (arn, machine_arn, name, routes, description, created_ms, updated_ms) VALUES (?, ?, ?, ?, ?, ?, ?)
          ON CONFLICT (arn) DO UPDATE SET routes = excluded.routes, description = excluded.description, updated_ms = excluded.updated_ms`,
      )
      .run(
        alias.arn,
        alias.machineArn,
        alias.name,
        JSON.stringify(alias.routes),
        alias.description,
        alias.createdAtMs,
        alias.updatedAtMs,
      );
  }

  removeAlias(arn: string): void {
    this.#store.statement('DELETE FROM states_alias WHERE arn = ?').run(arn);
  }

  #insertRevision(machineArn: string, revision: Omit<RevisionRecord, 'id'>): number {
    const { lastInsertRowid } = this.#store
      .statement(
        'INSERT INTO states_revision (machine_arn, definition, role_arn, revision_id, created_ms) VALUES (?, ?, ?, ?, ?)',
      )
      .run(machineArn, revision.definition, revision.roleArn, revision.revisionId, revision.createdAtMs);
    return Number(lastInsertRowid);
  }
}

function machineOf(row: Row): MachineRecord {
  return {
    arn: textColumn(row, 'arn'),
    name: textColumn(row, 'name'),
    type: textColumn(row, 'type') === 'EXPRESS' ? 'EXPRESS' : 'STANDARD',
    createdAtMs: numberColumn(row, 'created_ms'),
    revision: revisionOf(row),
    settings: JSON.parse(textColumn(row, 'settings')) as JsonObject,
  };
}

function revisionOf(row: Row): RevisionRecord {
  return {
    id: numberColumn(row, 'revision_number'),
    definition: textColumn(row, 'definition'),
    roleArn: textColumn(row, 'role_arn'),
    revisionId: textColumn(row, 'revision_id'),
    createdAtMs: numberColumn(row, 'revised_ms'),
  };
}

function versionOf(row: Row): VersionRecord {
  return {
    arn: textColumn(row, 'arn'),
    machineArn: textColumn(row, 'machine_arn'),
    number: numberColumn(row, 'number'),
    revision: numberColumn(row, 'revision'),
    description: textOrNull(row, 'description'),
    createdAtMs: numberColumn(row, 'created_ms'),
  };
}

function aliasOf(row: Row): AliasRecord {
  return {
    arn: textColumn(row, 'arn'),
    machineArn: textColumn(row, 'machine_arn'),
    name: textColumn(row, 'name'),
    routes: JSON.parse(textColumn(row, 'routes')) as AliasRecord['routes'],
    description: textOrNull(row, 'description'),
    createdAtMs: numberColumn(row, 'created_ms'),
    updatedAtMs: numberColumn(row, 'updated_ms'),
  };
}
