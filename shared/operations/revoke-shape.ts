import * as z from 'zod';
import type { Workflow } from '../authoring/index.ts';
import type { Shape } from '../contracts/index.ts';
import { isSamePerson } from '../domain/people.ts';
import { isMember } from '../domain/team-members.ts';
import { type CaseStore, type Clock, ConflictError, type ShapeStore } from '../ports/index.ts';
import { operation } from './operation.ts';

export const RevokeShape = z.object({
  shapeId: z.string(),
  by: z.string(),
  reason: z.string().trim().min(1).max(2_000),
});

export interface RevokeShapePorts {
  readonly findWorkflow: (id: string) => Workflow | null;
  readonly cases: CaseStore;
  readonly shapes: ShapeStore;
  readonly clock: Clock;
}

export type Revoked =
  | { readonly kind: 'revoked'; readonly shape: Shape }
  | { readonly kind: 'unknown' | 'not-allowed'; readonly problem: string };

/**
 * Ends a remembered yes at once: no action that has not begun goes ahead by it. Its author and everybody of the team
 * may, for it only leads to more asking. Ending it twice leaves the first end.
 */
export const revokeShape = operation({
  name: 'revoke-shape',
  input: RevokeShape,
  async run(ports: RevokeShapePorts, { shapeId, by, reason }): Promise<Revoked> {
    const shape = await ports.shapes.get(shapeId);
    const case_ = shape === null ? null : await ports.cases.get(shape.from.caseId);
    if (shape === null || case_ === null) return { kind: 'unknown', problem: 'There is no such remembered yes.' };
    const workflow = ports.findWorkflow(shape.workflow);
    if (!mayRevoke(shape, workflow, by)) {
      return { kind: 'not-allowed', problem: 'Only its author and the people of the team can take it back.' };
    }
    const revoked = { by, atMs: ports.clock.nowMs(), reason };
    try {
      await ports.cases.commit({
        caseId: case_.id,
        workflow: case_.workflow,
        cursor: case_.ledger,
        atMs: revoked.atMs,
        events: [{ type: 'shape-revoked', shapeId: shape.id, by, reason }],
        shape: { kind: 'revoke', id: shape.id, revoked },
      });
    } catch (error) {
      if (!(error instanceof ConflictError && error.kind === 'shape-over')) throw error;
    }
    return { kind: 'revoked', shape: (await ports.shapes.get(shape.id)) ?? { ...shape, revoked } };
  },
});

export function mayRevoke({ author }: Pick<Shape, 'author'>, workflow: Workflow | null, person: string): boolean {
  return isSamePerson(author, person) || (workflow !== null && isMember(workflow, person));
}
