import { readdirSync, readFileSync } from 'node:fs';
import * as z from 'zod';
import { findWorkflow } from '../../agents/index.ts';
import type { Workflow } from '../../shared/authoring/index.ts';
import { JsonObject } from '../../shared/contracts/index.ts';

const Line = z.object({ input: z.object({ input: JsonObject, sources: JsonObject }) });

/** Labelled examples of a workflow, those that are held out included, in the order of their files. */
export function examplesOf(id: string): z.infer<typeof Line>[] {
  const folder = new URL(`../../agents/${id}/`, import.meta.url);
  const files = readdirSync(folder).filter((name) => name.endsWith('.jsonl'));
  const lines = files.flatMap((name) => readFileSync(new URL(name, folder), 'utf8').trim().split('\n'));
  return lines.map((line) => Line.parse(JSON.parse(line)));
}

/** @throws Error where there is none of that id */
export function workflowOf(id: string): Workflow {
  const found = findWorkflow(id);
  if (found === null) throw new Error(`no workflow ${id}`);
  return found;
}
