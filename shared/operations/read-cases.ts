import * as z from 'zod';
import type { Workflow } from '../authoring/index.ts';
import { type Action, type Case, type LedgerEntry, type PersonRequest, Reader } from '../contracts/index.ts';
import { mayRead, maySee } from '../domain/team-members.ts';
import type { CaseStore, Page, RequestStore } from '../ports/index.ts';
import { operation } from './operation.ts';

export interface ReadCasesPorts {
  readonly workflows: readonly Workflow[];
  readonly cases: CaseStore;
  readonly requests: RequestStore;
}

export const ReadCase = z.object({ caseId: z.string(), withLedger: z.boolean(), reader: Reader });

export interface WholeCase {
  readonly case: Case;
  readonly actions: readonly Action[];
  readonly requests: readonly PersonRequest[];
  readonly ledger: readonly LedgerEntry[] | null;
}

/** One case with its actions and requests; null when there is none, and when it is another team's. */
export const readCase = operation({
  name: 'read-case',
  input: ReadCase,
  async run({ cases, requests, workflows }: ReadCasesPorts, { caseId, withLedger, reader }): Promise<WholeCase | null> {
    const [case_, actions, asked, ledger] = await Promise.all([
      cases.get(caseId),
      cases.actions(caseId),
      requests.ofCase(caseId),
      withLedger ? cases.ledger(caseId) : null,
    ]);
    const workflow = workflows.find(({ id }) => id === case_?.workflow);
    if (case_ === null || workflow === undefined) return null;
    const isShown = mayRead(workflow, reader) || asked.some((request) => maySee(workflow, request, reader));
    return isShown ? { case: case_, actions, requests: asked, ledger } : null;
  },
});

const Limit = z.coerce.number().int().min(1).max(100).default(50);

export const ListCases = z.object({
  workflow: z.string().optional(),
  state: z.enum(['open', 'waiting', 'closed']).optional(),
  limit: Limit,
  cursor: z.string().optional(),
  reader: Reader,
});

/** Recent cases of the person's teams, newest first. Without a workflow: the newest of all, first page only. */
export const listCases = operation({
  name: 'list-cases',
  input: ListCases,
  async run(
    { cases, workflows: all }: ReadCasesPorts,
    { workflow, state, limit, cursor, reader },
  ): Promise<Page<Case>> {
    const workflows = all.filter((one) => mayRead(one, reader));
    const filter = { state: state ?? null, limit, after: cursor ?? null };
    if (workflow !== undefined && workflows.every(({ id }) => id !== workflow)) throw new NotYoursError(workflow);
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
  reader: Reader,
});

/** Open requests of the person's teams or put to them, soonest deadline first. A page may hold fewer than it was asked for. */
export const listRequests = operation({
  name: 'list-requests',
  input: ListRequests,
  async run({ requests, workflows }: ReadCasesPorts, { limit, cursor, reader }): Promise<Page<PersonRequest>> {
    const { items, next } = await requests.listOpen({ limit, after: cursor ?? null });
    const isShown = (request: PersonRequest): boolean => {
      const workflow = workflows.find(({ id }) => id === request.workflow);
      return workflow !== undefined && maySee(workflow, request, reader);
    };
    return { items: items.filter(isShown), next };
  },
});

/** A workflow of another team, or none: who asks is not told which. */
export class NotYoursError extends Error {
  override readonly name = 'NotYoursError';

  constructor(workflow: string) {
    super(`You are in no team of a workflow ${workflow}`);
  }
}
