import * as z from 'zod';
import { JsonObject, Slug } from '../../shared/contracts/index.ts';
import { digestOf } from '../../shared/domain/digest.ts';

/** A line of examples.jsonl, or of another file of that form: what came in, what the sources say, and what is right. */
export const Labelled = z.object({
  id: z.string().min(1),
  input: z.object({ input: JsonObject, sources: z.record(Slug, JsonObject).default({}) }),
  /** The right values of what the agents judge; `null` for a field of which no value is right. */
  expected: JsonObject.refine((fields) => Object.keys(fields).length > 0, 'a labelled example says what is right'),
  note: z.string().optional(),
  /** Rows of one group are never split between training and scoring. */
  group: z.string().optional(),
  date: z.string().optional(),
});
export type Labelled = z.infer<typeof Labelled>;

/** Tells whether two runs saw the same case and label. */
export function labelledDigest({ input, expected }: Labelled): string {
  return digestOf({ input, expected }).slice(0, 16);
}

/** A set that cannot be used, in a sentence. */
export class LabelledError extends Error {
  override readonly name = 'LabelledError';
}

/** @throws LabelledError naming the line that does not fit, or an id that stands twice. */
export function parseLabelled(name: string, text: string): Labelled[] {
  const found = text.split('\n').flatMap((line, index) => {
    if (line.trim() === '') return [];
    const parsed = Labelled.safeParse(jsonOf(name, line, index));
    if (parsed.success) return [parsed.data];
    throw new LabelledError(`${name}, line ${index + 1}: ${z.prettifyError(parsed.error)}`);
  });
  const twice = found.find(({ id }, at) => found.findIndex((other) => other.id === id) !== at);
  if (twice !== undefined) throw new LabelledError(`${name}: the id ${twice.id} stands twice.`);
  if (found.length === 0) throw new LabelledError(`${name} holds no example.`);
  return found;
}

function jsonOf(name: string, line: string, index: number): unknown {
  try {
    return JSON.parse(line);
  } catch (error) {
    // Its message quotes the line, and a state machine keeps this sentence.
    throw new LabelledError(`${name}, line ${index + 1} is not JSON`, { cause: error });
  }
}
