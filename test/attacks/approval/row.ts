import * as z from 'zod';

/** One attack on an approval: what is done, and what has to hold afterwards. */
export const Row = z.object({
  name: z.string(),
  class: z.string(),
  steps: z.array(z.string()),
  expect: z.string(),
  why: z.string().optional(),
  script: z.array(z.looseObject({ do: z.string() })).min(1),
  assert: z.record(z.string(), z.json()),
});
export type Row = z.infer<typeof Row>;
export type Step = Row['script'][number];

/** A word of a script that this runner does not know: the row was not run, which is a failure. */
export class NotRunError extends Error {
  override readonly name = 'NotRunError';
}

export function text(step: Step, name: string): string | undefined {
  const value = step[name];
  return typeof value === 'string' ? value : undefined;
}
