import { Shape } from '../../shared/contracts/index.ts';
import type { ConflictKind, ShapeChange, ShapeStore } from '../../shared/ports/index.ts';
import type { MemoryTables } from './memory-tables.ts';

export class MemoryShapeStore implements ShapeStore {
  readonly #tables: MemoryTables;

  constructor(tables: MemoryTables) {
    this.#tables = tables;
  }

  async get(shapeId: string): Promise<Shape | null> {
    return shapeIn(this.#tables, shapeId);
  }

  async ofWorkflow(workflow: string): Promise<readonly Shape[]> {
    return [...this.#tables.shapes.values()]
      .map((text) => Shape.parse(JSON.parse(text)))
      .filter((shape) => shape.workflow === workflow)
      .toSorted((a, b) => b.createdAtMs - a.createdAtMs || (a.id < b.id ? -1 : 1));
  }
}

/** Whether a change of a shape may be written, as the conditions of the real store have it. */
export function shapeConflict(tables: MemoryTables, change: ShapeChange | undefined): ConflictKind | null {
  if (change === undefined) return null;
  if (change.kind === 'remember') return tables.shapes.has(change.shape.id) ? 'shape-exists' : null;
  const known = shapeIn(tables, change.id);
  if (known === null || known.revoked !== null) return 'shape-over';
  if (change.kind === 'revoke') return null;
  return known.uses < known.maximumUses && known.expiresAtMs > change.atMs ? null : 'shape-over';
}

export function applyShapeChange(tables: MemoryTables, change: ShapeChange | undefined): void {
  if (change === undefined) return;
  const shape = change.kind === 'remember' ? change.shape : changed(tables, change);
  if (shape !== null) tables.shapes.set(shape.id, JSON.stringify(shape));
}

function changed(tables: MemoryTables, change: Exclude<ShapeChange, { kind: 'remember' }>): Shape | null {
  const known = shapeIn(tables, change.id);
  if (known === null) return null;
  return change.kind === 'use' ? { ...known, uses: known.uses + 1 } : { ...known, revoked: change.revoked };
}

function shapeIn(tables: MemoryTables, shapeId: string): Shape | null {
  const text = tables.shapes.get(shapeId);
  return text === undefined ? null : Shape.parse(JSON.parse(text));
}
