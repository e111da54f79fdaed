import * as z from 'zod';
import type { Workflow } from '../authoring/index.ts';
import { Reader } from '../contracts/index.ts';
import { isSamePerson } from '../domain/people.ts';
import { mayRead } from '../domain/team-members.ts';
import { type ListedShape, type ListShapesPorts, listed } from './list-shapes.ts';
import { operation } from './operation.ts';
import { mayRevoke } from './revoke-shape.ts';

const ReadShape = z.object({ shapeId: z.string(), reader: Reader });

export interface ShownShape {
  readonly shape: ListedShape;
  readonly workflow: Workflow;
  /** Of the workflow as a whole. */
  readonly mayRead: boolean;
  readonly mayRevoke: boolean;
}

/** One remembered yes, for its author and for whoever may read its workflow; null for everybody else. */
export const readShape = operation({
  name: 'read-shape',
  input: ReadShape,
  async run(ports: ListShapesPorts, { shapeId, reader }: z.infer<typeof ReadShape>): Promise<ShownShape | null> {
    const shape = await ports.shapes.get(shapeId);
    const workflow = shape === null ? null : ports.findWorkflow(shape.workflow);
    if (shape === null || workflow === null) return null;
    const isReadable = mayRead(workflow, reader);
    if (!isReadable && !isSamePerson(shape.author, reader.person)) return null;
    return {
      ...{ shape: listed(shape, workflow, ports.clock.nowMs()), workflow, mayRead: isReadable },
      mayRevoke: mayRevoke(shape, workflow, reader.person),
    };
  },
});
