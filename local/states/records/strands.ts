import type { Store } from '../../kernel/store.ts';
import type { FlowPath } from '../asl/definition.ts';
import type { Variables } from '../asl/scope.ts';
import type { MapItem, Phase, ScheduledCall, Strand } from '../asl/strand.ts';
import type { Row } from './column.ts';
import { numberColumn, numberOrNull, textColumn, textOrNull } from './column.ts';

/** The strands of all executions on disk. Methods that change something belong into a write of the store. */
export class StrandRecords {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  find(execution: number, id: number): Strand | null {
    const row = this.#store.statement('SELECT * FROM states_strand WHERE execution = ? AND id = ?').get(execution, id);
    return row === undefined ? null : strandOf(row);
  }

  insert(execution: number, strand: Strand): void {
    this.#store
      .statement(
        `INSERT INTO states_strand (execution, id, parent, position, phase, due_ms, waits_for, origin, input, variables,
          call, progress, output) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(
        execution,
        strand.id,
        strand.parentId,
        strand.index,
        strand.phase,
        strand.dueAtMs,
        strand.waitsFor,
        JSON.stringify({ flow: strand.flow, item: strand.item }),
        strand.inputText,
        JSON.stringify(strand.variables),
        callText(strand),
        progressText(strand),
        strand.outputText,
      );
  }

  /** Writes what has changed since `before`; large columns only where they did. */
  update(execution: number, strand: Strand, before: Written): void {
    this.#store
      .statement(
        'UPDATE states_strand SET phase = ?, due_ms = ?, waits_for = ?, progress = ? WHERE execution = ? AND id = ?',
      )
      .run(strand.phase, strand.dueAtMs, strand.waitsFor, progressText(strand), execution, strand.id);
    if (strand.inputText !== before.inputText) this.#set('input', strand.inputText, execution, strand.id);
    if (strand.variables !== before.variables)
      this.#set('variables', JSON.stringify(strand.variables), execution, strand.id);
    if (strand.call !== before.call) this.#set('call', callText(strand), execution, strand.id);
    if (strand.outputText !== before.outputText) this.#set('output', strand.outputText, execution, strand.id);
  }

  /** Removes what is below `parent` at any depth, of the strands up to number `lastId`. */
  removeBelow(execution: number, parent: number, lastId: number): void {
    this.#store
      .statement(
        `WITH RECURSIVE below (id) AS (
          SELECT id FROM states_strand WHERE execution = ?1 AND parent = ?2 AND id <= ?3
          UNION ALL SELECT s.id FROM states_strand s JOIN below b ON s.execution = ?1 AND s.parent = b.id
        ) DELETE FROM states_strand WHERE execution = ?1 AND id IN (SELECT id FROM below)`,
      )
      .run(execution, parent, lastId);
  }

  childIds(execution: number, parent: number): number[] {
    const sql = 'SELECT id FROM states_strand WHERE execution = ? AND parent = ? ORDER BY position';
    return this.#store
      .statement(sql)
      .all(execution, parent)
      .map((row) => numberColumn(row, 'id'));
  }

  pendingIds(execution: number, parent: number): number[] {
    const sql =
      "SELECT id FROM states_strand WHERE execution = ? AND parent = ? AND phase = 'pending' ORDER BY position";
    return this.#store
      .statement(sql)
      .all(execution, parent)
      .map((row) => numberColumn(row, 'id'));
  }

  outputs(execution: number, parent: number): { id: number; index: number; output: string | null }[] {
    const sql = 'SELECT id, position, output FROM states_strand WHERE execution = ? AND parent = ? ORDER BY position';
    const rows = this.#store.statement(sql).all(execution, parent);
    return rows.map((row) => ({
      id: numberColumn(row, 'id'),
      index: numberColumn(row, 'position'),
      output: textOrNull(row, 'output'),
    }));
  }

  lastId(execution: number): number {
    const row = this.#store.statement('SELECT MAX(id) AS last FROM states_strand WHERE execution = ?').get(execution);
    return numberOrNull(row ?? {}, 'last') ?? -1;
  }

  /** Strands of one execution that have something to do at once after a restart. */
  unsettled(execution: number): Strand[] {
    const sql = "SELECT * FROM states_strand WHERE execution = ? AND phase IN ('entering', 'attempting', 'calling')";
    return this.#store.statement(sql).all(execution).map(strandOf);
  }

  /** The strand that waits for a token or a child execution. */
  waitingFor(name: string): { execution: number; id: number } | null {
    const row = this.#store.statement('SELECT execution, id FROM states_strand WHERE waits_for = ?').get(name);
    return row === undefined ? null : { execution: numberColumn(row, 'execution'), id: numberColumn(row, 'id') };
  }

  /** Strands whose child execution has ended while nobody listened. */
  waitingForEnded(): { execution: number; id: number; childArn: string }[] {
    const rows = this.#store
      .statement(
        `SELECT s.execution, s.id, s.waits_for FROM states_strand s
          JOIN states_execution child ON child.arn = s.waits_for AND child.status <> 'RUNNING'
          JOIN states_execution e ON e.id = s.execution AND e.status = 'RUNNING' WHERE s.waits_for IS NOT NULL`,
      )
      .all();
    return rows.map((row) => ({
      execution: numberColumn(row, 'execution'),
      id: numberColumn(row, 'id'),
      childArn: textColumn(row, 'waits_for'),
    }));
  }

  soonestDue(): number | null {
    const row = this.#store.statement('SELECT MIN(due_ms) AS due FROM states_strand WHERE due_ms IS NOT NULL').get();
    return numberOrNull(row ?? {}, 'due');
  }

  due(nowMs: number): { execution: number; id: number }[] {
    const rows = this.#store
      .statement('SELECT execution, id FROM states_strand WHERE due_ms <= ? ORDER BY due_ms')
      .all(nowMs);
    return rows.map((row) => ({ execution: numberColumn(row, 'execution'), id: numberColumn(row, 'id') }));
  }

  #set(column: 'input' | 'variables' | 'call' | 'output', value: string | null, execution: number, id: number): void {
    this.#store
      .statement(`UPDATE states_strand SET ${column} = ? WHERE execution = ? AND id = ?`)
      .run(value, execution, id);
  }
}

/** The large parts of a strand as they were last written. */
export type Written = Pick<Strand, 'inputText' | 'variables' | 'call' | 'outputText'>;

type Progress = Pick<
  Strand,
  'state' | 'enteredAtMs' | 'enteredEventId' | 'lastEventId' | 'retries' | 'attempt' | 'join'
>;

function progressText(strand: Strand): string {
  const { state, enteredAtMs, enteredEventId, lastEventId, retries, attempt, join } = strand;
  const progress: Progress = { state, enteredAtMs, enteredEventId, lastEventId, retries, attempt, join };
  return JSON.stringify(progress);
}

function callText({ call }: Strand): string | null {
  return call === null ? null : JSON.stringify(call);
}

/** What stands here was written by this file alone. */
function strandOf(row: Row): Strand {
  const origin = JSON.parse(textColumn(row, 'origin')) as { flow: FlowPath; item: MapItem | null };
  const call = textOrNull(row, 'call');
  return {
    ...(JSON.parse(textColumn(row, 'progress')) as Progress),
    id: numberColumn(row, 'id'),
    parentId: numberOrNull(row, 'parent'),
    index: numberColumn(row, 'position'),
    flow: origin.flow,
    item: origin.item,
    phase: textColumn(row, 'phase') as Phase,
    inputText: textColumn(row, 'input'),
    variables: JSON.parse(textColumn(row, 'variables')) as Variables,
    dueAtMs: numberOrNull(row, 'due_ms'),
    waitsFor: textOrNull(row, 'waits_for'),
    call: call === null ? null : (JSON.parse(call) as ScheduledCall),
    outputText: textOrNull(row, 'output'),
  };
}
