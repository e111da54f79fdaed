import type { Machine } from '../asl/definition.ts';
import { flowAt } from '../asl/definition.ts';
import type { NewStrand } from '../asl/step.ts';
import type { Phase, Strand } from '../asl/strand.ts';
import type { StrandSource } from '../asl/strand-source.ts';
import { newStrand } from '../asl/strand-source.ts';
import type { StrandRecords } from '../records/strands.ts';

/**
 * The strands of one execution while it moves: read from disk when they are needed, changed in memory, written
 * together at the end of a turn.
 */
export class SessionStrands implements StrandSource {
  readonly #records: StrandRecords;
  readonly #execution: number;
  readonly #machine: Machine;
  readonly #loaded = new Map<number, Loaded>();
  /** By parent: the last strand number at the time when all below it was removed. */
  readonly #removedUpTo = new Map<number, number>();
  readonly #pending = new Map<number, number[]>();
  #lastId: number;

  constructor(records: StrandRecords, execution: number, machine: Machine) {
    this.#records = records;
    this.#execution = execution;
    this.#machine = machine;
    this.#lastId = records.lastId(execution);
  }

  get(id: number): Strand | null {
    const loaded = this.#loaded.get(id);
    if (loaded !== undefined) return loaded.strand;
    const strand = this.#records.find(this.#execution, id);
    if (strand === null || this.#isRemoved(strand)) return null;
    this.#loaded.set(id, { strand, written: { ...strand } });
    return strand;
  }

  add(parent: Strand, starts: readonly NewStrand[]): void {
    const ids: number[] = [];
    for (const start of starts) {
      this.#lastId += 1;
      const { startAt } = flowAt(this.#machine, start.flow);
      const strand = newStrand(this.#lastId, parent.id, { ...start, startAt });
      this.#loaded.set(strand.id, { strand, written: null });
      ids.push(strand.id);
    }
    this.#pending.set(parent.id, ids);
  }

  nextPending(parentId: number): Strand | null {
    let ids = this.#pending.get(parentId);
    if (ids === undefined) {
      ids = this.#records.pendingIds(this.#execution, parentId);
      this.#pending.set(parentId, ids);
    }
    const id = ids.shift();
    return id === undefined ? null : this.get(id);
  }

  live(parentId: number): readonly Strand[] {
    const ids = new Set(this.#records.childIds(this.#execution, parentId));
    for (const { strand } of this.#loaded.values()) if (strand.parentId === parentId) ids.add(strand.id);
    return [...ids]
      .map((id) => this.get(id))
      .filter((strand) => strand !== null)
      .filter(({ phase }) => phase !== 'pending' && phase !== 'ended' && phase !== 'failed');
  }

  outputs(parentId: number): readonly (string | null)[] {
    const byIndex = new Map<number, string | null>();
    for (const row of this.#records.outputs(this.#execution, parentId)) {
      const loaded = this.#loaded.get(row.id);
      if (loaded === undefined && row.id > (this.#removedUpTo.get(parentId) ?? -1)) byIndex.set(row.index, row.output);
    }
    for (const { strand } of this.#loaded.values()) {
      if (strand.parentId === parentId) byIndex.set(strand.index, strand.outputText);
    }
    return [...byIndex].sort(([a], [b]) => a - b).map(([, output]) => output);
  }

  removeBelow(parentId: number): void {
    this.#removedUpTo.set(parentId, this.#lastId);
    this.#pending.delete(parentId);
    for (const { strand } of this.#loaded.values()) {
      if (this.#isRemoved(strand)) this.#loaded.delete(strand.id);
    }
  }

  /** Strands that have something to do at once. */
  unsettled(): Strand[] {
    return this.#records
      .unsettled(this.#execution)
      .map(({ id }) => this.get(id))
      .filter((strand) => strand !== null);
  }

  /** Writes all changes; belongs into a write of the store. */
  write(): void {
    for (const [parent, lastId] of this.#removedUpTo) this.#records.removeBelow(this.#execution, parent, lastId);
    for (const { strand, written } of this.#loaded.values()) {
      if (written === null) this.#records.insert(this.#execution, strand);
      else if (hasChanged(strand, written)) this.#records.update(this.#execution, strand, written);
    }
  }

  /** To be called once the changes are on disk: lets go of strands that nothing will happen to soon. */
  settle(): void {
    this.#removedUpTo.clear();
    for (const [id, { strand }] of this.#loaded) {
      if (IDLE.has(strand.phase)) this.#loaded.delete(id);
      else this.#loaded.set(id, { strand, written: { ...strand } });
    }
  }

  /** The soonest deadline of the strands in memory. */
  soonestDue(): number | null {
    let soonestMs: number | null = null;
    for (const { strand } of this.#loaded.values()) {
      if (strand.dueAtMs !== null && (soonestMs === null || strand.dueAtMs < soonestMs)) soonestMs = strand.dueAtMs;
    }
    return soonestMs;
  }

  #isRemoved(strand: Strand): boolean {
    if (this.#removedUpTo.size === 0 || strand.parentId === null) return false;
    if (strand.id <= (this.#removedUpTo.get(strand.parentId) ?? -1)) return true;
    const parent = this.#loaded.get(strand.parentId)?.strand ?? this.#records.find(this.#execution, strand.parentId);
    return parent === null || this.#isRemoved(parent);
  }
}

interface Loaded {
  readonly strand: Strand;
  /** As it stands on disk; null for one that is not there yet. */
  readonly written: Strand | null;
}

/** Phases in which nothing will happen to a strand soon. */
const IDLE: ReadonlySet<Phase> = new Set<Phase>(['child', 'ended', 'failed', 'pending']);

function hasChanged(strand: Strand, written: Strand): boolean {
  return (Object.keys(strand) as (keyof Strand)[]).some((key) => strand[key] !== written[key]);
}
