import * as z from 'zod';
import type { Workflow } from '../authoring/index.ts';
import type { Shape } from '../contracts/index.ts';
import { shapeSentence } from '../domain/shape-words.ts';
import { endOf } from '../domain/shapes.ts';
import type { Clock, ShapeStore } from '../ports/index.ts';
import { operation } from './operation.ts';

const ListShapes = z.object({ workflow: z.string() });

export interface ListShapesPorts {
  readonly findWorkflow: (id: string) => Workflow | null;
  readonly shapes: ShapeStore;
  readonly clock: Clock;
}

export type ListedShape = Shape & {
  readonly sentence: string;
  /** Why it counts no longer, in words; null while it counts. */
  readonly ended: string | null;
};

/** What is remembered of a workflow, newest first, with its uses and its end; null for a workflow that there is not. */
export const listShapes = operation({
  name: 'list-shapes',
  input: ListShapes,
  async run(
    ports: ListShapesPorts,
    { workflow: id }: z.infer<typeof ListShapes>,
  ): Promise<readonly ListedShape[] | null> {
    const workflow = ports.findWorkflow(id);
    if (workflow === null) return null;
    const shapes = await ports.shapes.ofWorkflow(id);
    const nowMs = ports.clock.nowMs();
    return shapes.map((shape) => listed(shape, workflow, nowMs));
  },
});

export function listed(shape: Shape, { labels }: Workflow, nowMs: number): ListedShape {
  return { ...shape, sentence: shapeSentence(shape, labels), ended: endOf(shape, nowMs) };
}
