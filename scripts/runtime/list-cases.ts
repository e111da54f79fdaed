import * as z from 'zod';
import { Json, Reading } from '../../shared/contracts/index.ts';
import { Problem } from '../command/problem.ts';
import { problemIn, type RuntimeClient } from './client.ts';

/** A case as lists have it, as far as figures are made of it. */
export const ListedCase = z.object({
  caseId: z.string(),
  input: Json,
  problems: z.array(z.string()),
  state: z.string(),
  decision: z.record(z.string(), Json).nullable(),
  confidence: z.number().nullable(),
  readings: z.array(Reading),
  personAsked: z.boolean(),
  usage: z.object({ costUsd: z.number() }),
  openedAtMs: z.number(),
});
export type ListedCase = z.infer<typeof ListedCase>;

const CasePage = z.object({ items: z.array(ListedCase), cursor: z.string().nullable() });

/** The newest cases of a workflow, newest first, at most so many and none older than a moment. */
export async function listCases(
  runtime: RuntimeClient,
  workflow: string,
  { most, sinceMs }: { readonly most: number; readonly sinceMs: number },
): Promise<ListedCase[]> {
  const found: ListedCase[] = [];
  let cursor: string | null = null;
  do {
    const after: string = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const answer = await runtime.getAsOperator(
      `/api/cases?workflow=${encodeURIComponent(workflow)}&limit=${PAGE}${after}`,
    );
    if (answer.status !== 200) throw new Problem(`The cases could not be read: ${problemIn(answer)}`);
    const page = CasePage.safeParse(answer.body);
    if (!page.success) throw new Problem(`They came in a form that is not understood:\n${z.prettifyError(page.error)}`);
    found.push(...page.data.items);
    cursor = page.data.items.some(({ openedAtMs }) => openedAtMs < sinceMs) ? null : page.data.cursor;
  } while (cursor !== null && found.length < most);
  return found.filter(({ openedAtMs }) => openedAtMs >= sinceMs).slice(0, most);
}

const PAGE = 100;
