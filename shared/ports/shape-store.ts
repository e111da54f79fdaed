import type { Shape, ShapeId } from '../contracts/index.ts';

/** Remembered approvals. They are written by CaseStore.commit, with the event that says so. */
export interface ShapeStore {
  get(shapeId: string): Promise<Shape | null>;
  /** All of a workflow that are kept, those that have ended too; newest first. */
  ofWorkflow(workflow: string): Promise<readonly Shape[]>;
}

/**
 * - `remember`: a new one. Conflict: `shape-exists`.
 * - `use`: one more use, only while it is not expired at `atMs`, used up or revoked. Conflict: `shape-over`.
 * - `revoke`: ends it, only while nobody has. Conflict: `shape-over`.
 */
export type ShapeChange =
  | { readonly kind: 'remember'; readonly shape: Shape }
  | { readonly kind: 'use'; readonly id: ShapeId; readonly atMs: number }
  | { readonly kind: 'revoke'; readonly id: ShapeId; readonly revoked: NonNullable<Shape['revoked']> };
