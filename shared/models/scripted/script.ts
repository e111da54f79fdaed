import * as z from 'zod';
import { type Json, Slug } from '../../contracts/index.ts';

/** A condition on one value: it is this very value, or a text that holds all of these words, whatever their case. */
const Condition = z.union([z.strictObject({ has: z.array(z.string().min(1)).min(1) }), z.json()]);

/** One turn that was written beforehand. Values in it may be made of what is there; see fill-in.ts. */
export const ScriptedTurn = z.strictObject({
  agent: Slug,
  /** By dotted path into what the agent is asked; all of them hold. */
  when: z.record(z.string(), Condition),
  /**
   * What it reads, one after the other, and by which name the rest of the turn knows it. With `for` it reads once for each
   * of a list, known as `one`, and what comes of it is a list of `{ of, data }`.
   */
  reads: z
    .array(z.strictObject({ as: z.string(), source: Slug, for: z.json().optional(), asked: z.json() }))
    .default([]),
  /** The judgement, in the form that its agent is asked for. */
  says: z.json(),
  because: z.array(z.string()).default([]),
});
export type ScriptedTurn = z.infer<typeof ScriptedTurn>;

/** `scripted.json` beside a workflow: what its agents say while there is no model. */
export const Script = z.strictObject({
  note: z.string(),
  /** Which requests it was written for, for the person who gets another one. */
  knows: z.string().min(1),
  turns: z.array(ScriptedTurn).min(1),
});
export type Script = z.infer<typeof Script>;

/** @throws Error where it is not JSON, or no script. */
export function parseScript(text: string): Script {
  const script = Script.safeParse(JSON.parse(text) as Json);
  if (script.success) return script.data;
  throw new Error(z.prettifyError(script.error));
}
