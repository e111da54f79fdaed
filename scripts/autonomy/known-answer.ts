import * as z from 'zod';
import type { Workflow } from '../../shared/authoring/index.ts';
import { JsonObject } from '../../shared/contracts/index.ts';
import { Problem } from '../command/problem.ts';

const Example = z.object({
  input: z.object({ input: JsonObject, sources: z.record(z.string(), JsonObject) }),
  expected: JsonObject,
});
type Example = z.infer<typeof Example>;

/** A question with a known answer, as `POST /api/workflows/{id}/seeds` takes it. */
export interface KnownAnswer {
  readonly input: JsonObject;
  readonly sources: Readonly<Record<string, JsonObject>>;
  readonly shown: JsonObject;
  readonly answer: JsonObject;
}

/**
 * One of the workflow's labelled examples as a question: with its own label as the decision that is shown, or with that
 * of another example that comes to another decision. `chance` (0 to below 1) chooses.
 */
export function knownAnswer(
  workflow: Workflow,
  jsonLines: string,
  { isRight, chance }: { readonly isRight: boolean; readonly chance: () => number },
): KnownAnswer {
  if (workflow.agents.some(({ each }) => each !== undefined))
    throw new Problem(
      `Examples of ${workflow.id} are items that one agent judges, and no whole case: none can be asked.`,
    );
  const examples = jsonLines
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => Example.parse(JSON.parse(line)));
  const example = oneOf(examples, chance);
  if (example === undefined)
    throw new Problem(`${workflow.id} has no labelled examples: write some in examples.jsonl.`);
  const { input, sources } = example.input;
  const answer = decided(workflow, example, example.expected);
  if (isRight) return { input, sources, shown: answer, answer };
  const others = examples
    .map(({ expected }) => decided(workflow, example, expected))
    .filter((decision) => JSON.stringify(decision) !== JSON.stringify(answer));
  const shown = oneOf(others, chance);
  if (shown === undefined) throw new Problem(`All examples of ${workflow.id} come to the same decision.`);
  return { input, sources, shown, answer };
}

function decided(workflow: Workflow, { input: { input, sources } }: Example, judgement: JsonObject): JsonObject {
  const ids = Object.keys(workflow.sources);
  return workflow.conclude(judgement, {
    input,
    sources: Object.fromEntries(ids.map((id) => [id, sources[id] ?? null])),
  });
}

function oneOf<T>(all: readonly T[], chance: () => number): T | undefined {
  return all[Math.floor(chance() * all.length)];
}
