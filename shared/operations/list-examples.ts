import * as z from 'zod';
import { type Example, Slug } from '../contracts/index.ts';
import type { ExampleStore, Page } from '../ports/index.ts';
import { operation } from './operation.ts';

export const ListExamples = z.object({
  workflow: Slug,
  limit: z.coerce.number().int().min(1).max(100).default(50),
  cursor: z.string().optional(),
});

/** What people's corrections of a workflow became, oldest first. */
export const listExamples = operation({
  name: 'list-examples',
  input: ListExamples,
  run({ examples }: { examples: ExampleStore }, { workflow, limit, cursor }): Promise<Page<Example>> {
    return examples.list(workflow, { limit, after: cursor ?? null });
  },
});
