import * as z from 'zod';
import type { Workflow } from '../authoring/index.ts';
import type { PersonRequest } from '../contracts/index.ts';
import { askedOf, standingOf } from '../domain/people.ts';
import { absencesFor, isEntitled } from '../domain/team-members.ts';
import type { RequestView } from '../pages/request-view.ts';
import type { PeopleStore, RequestStore } from '../ports/index.ts';
import { type LoadedRequest, loadRequest } from './load-request.ts';
import type { OpenLinkPorts } from './open-link.ts';
import { operation } from './operation.ts';

const ListInbox = z.object({ person: z.string() });

export interface ListedRequest {
  readonly loaded: LoadedRequest;
  readonly view: RequestView;
}

export interface Listed {
  /** Soonest first. */
  readonly requests: readonly ListedRequest[];
  /** Whether more is open than was looked at. */
  readonly isMore: boolean;
}

/** Open questions of everybody that are looked at for one person's list, and how many of them it shows. */
const MOST_READ = 1_000;
const MOST_SHOWN = 50;
const PAGE = 100;

/** What one person may answer now, of all workflows: what was put to them, or to somebody for whom they stand in. */
export const listInbox = operation({
  name: 'list-inbox',
  input: ListInbox,
  async run(ports: OpenLinkPorts, { person }): Promise<Listed> {
    const found = await openRequestsOf(ports, person);
    const loaded = await Promise.all(found.items.slice(0, MOST_SHOWN).map((one) => load(ports, person, one)));
    const requests = loaded.filter((one) => one !== null);
    return { requests, isMore: found.isMore || found.items.length > MOST_SHOWN };
  },
});

interface Put {
  readonly request: PersonRequest;
  readonly onBehalfOf: string | null;
}

async function openRequestsOf(
  ports: OpenLinkPorts,
  person: string,
): Promise<{ items: readonly Put[]; isMore: boolean }> {
  const items: Put[] = [];
  let after: string | null = null;
  for (let read = 0; read < MOST_READ && items.length <= MOST_SHOWN; read += PAGE) {
    const page: Awaited<ReturnType<RequestStore['listOpen']>> = await ports.requests.listOpen({ limit: PAGE, after });
    items.push(...(await putTo(ports, person, page.items)));
    after = page.next;
    if (after === null) break;
  }
  return { items, isMore: after !== null };
}

/** Those of a page that this person may answer now. */
async function putTo(
  { people, clock, findWorkflow }: { people: PeopleStore; clock: OpenLinkPorts['clock']; findWorkflow: Find },
  person: string,
  page: readonly PersonRequest[],
): Promise<Put[]> {
  const nowMs = clock.nowMs();
  const absences = await people.absences([...new Set(page.flatMap(askedOf))], nowMs);
  return page.flatMap((request) => {
    const workflow = findWorkflow(request.workflow);
    if (workflow === null || nowMs >= request.deadlineMs) return [];
    const standing = standingOf(person, request, absencesFor(workflow, absences), nowMs);
    return standing === null ? [] : [{ request, onBehalfOf: standing.onBehalfOf }];
  });
}

type Find = (id: string) => Workflow | null;

async function load(ports: OpenLinkPorts, person: string, { request, onBehalfOf }: Put): Promise<ListedRequest | null> {
  const loaded = await loadRequest(ports, request.id);
  if (loaded === null || loaded.request.state !== 'open') return null;
  if (!isEntitled(loaded.workflow, loaded.case.input, person)) return null;
  const { viewOf } = await import('./request-view-of.ts');
  return { loaded, view: viewOf(loaded, person, ports.clock.nowMs(), { onBehalfOf }) };
}
