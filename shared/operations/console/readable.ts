import * as z from 'zod';
import type { Workflow } from '../../authoring/index.ts';
import { Reader, Slug } from '../../contracts/index.ts';
import { mayRead } from '../../domain/team-members.ts';

/** Which workflow, and who wants to read of it. */
export const WorkflowRead = z.object({ workflow: Slug, reader: Reader });
export type WorkflowRead = z.infer<typeof WorkflowRead>;

/** What people of the team and operators may read; `not-allowed` for others. */
export type Readable<T> =
  | { readonly kind: 'read'; readonly value: T }
  | { readonly kind: 'not-allowed' }
  | { readonly kind: 'unknown' };

export interface FindWorkflow {
  readonly findWorkflow: (id: string) => Workflow | null;
}

/** Reads nothing for anybody who may not read it. */
export async function ifReadable<T>(
  { findWorkflow }: FindWorkflow,
  { workflow: id, reader }: WorkflowRead,
  read: (workflow: Workflow) => Promise<T>,
): Promise<Readable<T>> {
  const workflow = findWorkflow(id);
  if (workflow === null) return { kind: 'unknown' };
  if (!mayRead(workflow, reader)) return { kind: 'not-allowed' };
  return { kind: 'read', value: await read(workflow) };
}
