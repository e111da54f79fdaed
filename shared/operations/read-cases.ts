import * as z from 'zod';
import type { Workflow } from '../authoring/index.ts';
import type { Action, Case, LedgerEntry, PersonRequest } from '../contracts/index.ts';
import type { CaseStore, Page, RequestStore } from '../ports/index.ts';
import { operation } from './operation.ts';

export interface ReadCasesPorts {
  readonly workflows: readonly Workflow[];
  readonly cases: CaseStore;
  readonly requests: RequestStore;
}

export const ReadCase = z.object({ caseId: z.string(), withLedger: z.boolean() });

export interface WholeCase {
  readonly case: Case;
  readonly actions: readonly Action[];
  readonly requests: readonly PersonRequest[];
  readonly ledger: readonly LedgerEntry[] | null;
}

/** One case with its actions and requests; null when there is none. */
export const readCase = operation({
  name: 'read-case',
  input: ReadCase,
  async run({ cases, requests }: ReadCasesPorts, { caseId, withLedger }): Promise<WholeCase | null> {
    const [case_, actions, asked, ledger] = await Promise.all([
      cases.get(caseId),
      cases.actions(caseId),
      requests.ofCase(caseId),
      withLedger ? cases.ledger(caseId) : null,
    ]);
    return case_ === null ? null : { case: case_, actions, requests: asked, ledger };
  },
});

const Limit = z.coerce.number().int().min(1).max(100).default(50);

export const ListCases = z.object({
  workflow: z.string().optional(),
  state: z.enum(['open', 'waiting', 'closed']).optional(),
  limit: Limit,
  cursor: z.string().optional(),
});

/** Recent cases, newest first. Without a workflow: the newest of all workflows, first page only. */
export const listCases = operation({
  name: 'list-cases',
  input: ListCases,
  async run({ cases, workflows }: ReadCasesPorts, { workflow, state, limit, cursor }): Promise<Page<Case>> {
    const filter = { state: state ?? null, limit, after: cursor ?? null };
    if (workflow !== undefined) return cases.list({ workflow, ...filter });
    const pages = await Promise.all(workflows.map(({ id }) => cases.list({ workflow: id, ...filter, after: null })));
    const items = pages.flatMap((page) => page.items).sort((a, b) => b.openedAtMs - a.openedAtMs);
    return { items: items.slice(0, limit), next: workflows.length === 1 ? (pages[0]?.next ?? null) : null };
  },
});

export const ListRequests = z.object({
  state: z.literal('open').default('open'),
  limit: Limit,
  cursor: z.string().optional(),
});

/** Open requests, soonest deadline first. */
export const listRequests = operation({
  name: 'list-requests',
  input: ListRequests,
  run({ requests }: ReadCasesPorts, { limit, cursor }): Promise<Page<PersonRequest>> {
    return requests.listOpen({ limit, after: cursor ?? null });
  },
});
