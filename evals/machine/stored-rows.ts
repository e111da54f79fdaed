import * as z from 'zod';
import type { Workflow } from '../../shared/authoring/index.ts';
import { Json } from '../../shared/contracts/index.ts';
import { sha256 } from '../../shared/domain/digest.ts';
import { subjectsOf } from '../../shared/domain/erasure/subjects.ts';
import type { Labelled } from '../run/labelled.ts';
import { CaseResult } from '../run/result.ts';

/** By whom a row is found again when a person has to be forgotten, and what keeps its digest from being guessed. */
const kept = { salt: z.string(), about: z.array(z.string()) };

/** What is kept of one example: the result, and of the worst what the agent saw. Each is an item that can be taken away. */
const StoredRow = z.object({ ...kept, result: CaseResult });
type StoredRow = z.infer<typeof StoredRow>;
export const StoredSight = z.object({ ...kept, input: Json, sources: Json, note: z.string().nullable() });
export type StoredSight = z.infer<typeof StoredSight>;

/** Who the case of an example is about, as erasures look for them. */
export function aboutWhom(workflow: Workflow, { input }: Labelled): readonly string[] {
  return subjectsOf(workflow.input, input.input, workflow.input.safeParse(input.input).success);
}

/** @throws Error where the text is no row of ours. */
export function parseRow(text: string): StoredRow {
  return StoredRow.parse(JSON.parse(text));
}

/** Holds a row to its text. It says nothing of what the row was when the row is gone: the salt went with it. */
export function rowDigest(text: string): string {
  return sha256(text);
}
