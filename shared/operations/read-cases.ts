import * as z from 'zod';
import type { Workflow } from '../authoring/index.ts';
import { type Action, type Case, type LedgerEntry, type PersonRequest, Reader } from '../contracts/index.ts';
import { isSamePerson } from '../domain/people.ts';
import { isReviewedTwice } from '../domain/phases.ts';
import { placeOf } from '../domain/plan-actions.ts';
import { mayRead, maySee } from '../domain/team-members.ts';
import type { CaseStore, Page, RecordStore, RequestStore } from '../ports/index.ts';
import { operation } from './operation.ts';
import { isWithheld, withoutAnswer, withoutDecision } from './second-reviews/withhold.ts';

export interface ReadCasesPorts {
  readonly workflows: readonly Workflow[];
  readonly cases: CaseStore;
  readonly requests: RequestStore;
  readonly records: RecordStore;
}

export const ReadCase = z.object({ caseId: z.string(), withLedger: z.boolean(), reader: Reader });

export interface WholeCase {
  readonly case: Case;
  readonly actions: readonly Action[];
  readonly requests: readonly PersonRequest[];
  readonly ledger: readonly LedgerEntry[] | null;
  /** Somebody still has to review it on their own: what was decided is not shown. */
  readonly isWithheld: boolean;
}

/** One case with its actions and requests; null when there is none, and when it is another team's. */
export const readCase = operation({
  name: 'read-case',
  input: ReadCase,
  async run(ports: ReadCasesPorts, { caseId, withLedger, reader }): Promise<WholeCase | null> {
    const { cases, requests, workflows, records } = ports;
    const [case_, actions, asked, ledger] = await Promise.all([
      cases.get(caseId),
      cases.actions(caseId),
      requests.ofCase(caseId),
      withLedger ? cases.ledger(caseId) : null,
    ]);
    const workflow = workflows.find(({ id }) => id === case_?.workflow);
    if (case_ === null || workflow === undefined) return null;
    const isShown = mayRead(workflow, reader) || asked.some((request) => maySee(workflow, request, reader));
    if (!isShown) return null;
    if (reader.isOperator || !(await isWithheld(records, workflow, case_))) {
      const inOrder = actions.toSorted((a, b) => placeOf(a.id) - placeOf(b.id));
      return { case: case_, actions: inOrder, requests: asked, ledger, isWithheld: false };
    }
    const shown = { case: withoutDecision(case_), actions: [], requests: asked.map(withoutAnswer) };
    return { ...shown, ledger: withLedger ? [] : null, isWithheld: true };
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
  async run(ports: ReadCasesPorts, { workflow, state, limit, cursor, reader }): Promise<Page<Case>> {
    const { cases, workflows: all } = ports;
    const shown = (page: Page<Case>): Promise<Page<Case>> => withheldIn(ports, page, reader);
    const workflows = all.filter((one) => mayRead(one, reader));
    const filter = { state: state ?? null, limit, after: cursor ?? null };
    if (workflow !== undefined && workflows.every(({ id }) => id !== workflow)) throw new NotYoursError(workflow);
    if (workflow !== undefined) return shown(await cases.list({ workflow, ...filter }));
    const pages = await Promise.all(workflows.map(({ id }) => cases.list({ workflow: id, ...filter, after: null })));
    const items = pages.flatMap((page) => page.items).sort((a, b) => b.openedAtMs - a.openedAtMs);
    const next = workflows.length === 1 ? (pages[0]?.next ?? null) : null;
    return shown({ items: items.slice(0, limit), next });
  },
});

async function withheldIn(
  { workflows, records }: ReadCasesPorts,
  { items, next }: Page<Case>,
  { isOperator }: Reader,
): Promise<Page<Case>> {
  if (isOperator) return { items, next };
  const shown = items.map(async (one) => {
    const workflow = workflows.find(({ id }) => id === one.workflow);
    return workflow !== undefined && (await isWithheld(records, workflow, one)) ? withoutDecision(one) : one;
  });
  return { items: await Promise.all(shown), next };
}

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
    return { items: items.filter(isShown).map((request) => askedAlone(workflows, request, reader)), next };
  },
});

/** Of two who review on their own, neither reads the other one's question. */
function askedAlone(workflows: readonly Workflow[], request: PersonRequest, reader: Reader): PersonRequest {
  const workflow = workflows.find(({ id }) => id === request.workflow);
  const isOfTwo = workflow !== undefined && isReviewedTwice(workflow, request.caseId);
  if (request.kind !== 'review-decision' || !isOfTwo || reader.isOperator) return request;
  const isPut = [...request.people, ...request.nextPeople].some((person) => isSamePerson(person, reader.person));
  return isPut ? request : withoutAnswer(request);
}

/** A workflow of another team, or none: who asks is not told which. */
export class NotYoursError extends Error {
  override readonly name = 'NotYoursError';

  constructor(workflow: string) {
    super(`You are in no team of a workflow ${workflow}`);
  }
}
