import { timingSafeEqual } from 'node:crypto';
import * as z from 'zod';
import type { Workflow } from '../authoring/index.ts';
import type { JsonObject, LedgerEntry } from '../contracts/index.ts';
import { linkKeyOf } from '../domain/case-id.ts';
import { askedOf, standingOf } from '../domain/people.ts';
import { absencesFor } from '../domain/team-members.ts';
import type { RequestView } from '../pages/request-view.ts';
import type { CaseStore, Clock, MailLink, PeopleStore, RequestStore } from '../ports/index.ts';
import { type LoadedRequest, loadRequest } from './load-request.ts';
import { codeHashOf } from './mail-request.ts';
import { operation } from './operation.ts';

/** The secret part of a mailed link. */
export const LinkSecret = z.string().regex(/^[A-Za-z0-9_-]{16,64}$/);
const OpenLink = z.object({ secret: LinkSecret });

export interface OpenLinkPorts {
  readonly findWorkflow: (id: string) => Workflow | null;
  readonly cases: CaseStore;
  readonly requests: RequestStore;
  readonly people: PeopleStore;
  readonly clock: Clock;
}

/** What stands behind a link; null for a link that leads nowhere, whatever the cause. Opening changes nothing. */
export const openLink = operation({
  name: 'open-link',
  input: OpenLink,
  async run(ports: OpenLinkPorts, { secret }): Promise<OpenedLink | null> {
    const link = await ports.requests.link(linkKeyOf(secret));
    if (link === null) return null;
    const opened = await openFor(ports, link.requestId, link.person);
    return opened === null ? null : { link, ...opened };
  },
});

export interface OpenedRequest {
  readonly loaded: LoadedRequest;
  readonly view: RequestView;
  /** For whom the person answers; null where the question was not put to them, as far as is known now. */
  readonly standing: { readonly onBehalfOf: string | null } | null;
  /** What earlier forms of the question were about, by digest. */
  readonly drafts: ReadonlyMap<string, JsonObject>;
}

export interface OpenedLink extends OpenedRequest {
  readonly link: MailLink;
}

/** A request as it stands now, for one person; null when there is none. */
export async function openFor(ports: OpenLinkPorts, requestId: string, person: string): Promise<OpenedRequest | null> {
  const loaded = await loadRequest(ports, requestId);
  if (loaded === null) return null;
  const nowMs = ports.clock.nowMs();
  const [ledger, absences] = await Promise.all([
    ports.cases.ledger(loaded.case.id),
    ports.people.absences(askedOf(loaded.request), nowMs),
  ]);
  const turns = ledger.flatMap(({ event }) => (event.type === 'turn-finished' ? [event.turn] : []));
  const votes = ledger.flatMap(({ event }) => (event.type === 'votes-counted' ? [event.count] : [])).at(-1) ?? null;
  const standing = standingOf(person, loaded.request, absencesFor(loaded.workflow, absences), nowMs);
  const onBehalfOf = standing?.onBehalfOf ?? null;
  const { viewOf } = await import('./request-view-of.ts');
  return {
    loaded,
    standing,
    drafts: draftsOf(ledger),
    view: viewOf({ ...loaded, turns, votes }, person, nowMs, { onBehalfOf }),
  };
}

function draftsOf(ledger: readonly LedgerEntry[]): ReadonlyMap<string, JsonObject> {
  const drafts = ledger.flatMap(({ event }): [string, JsonObject][] => {
    if (event.type === 'decision-made') return event.actions.map((action) => [action.digest, action.arguments]);
    return event.type === 'request-changed' ? [[event.digest, event.after]] : [];
  });
  return new Map(drafts);
}

/** Whether the time to answer is over, whether or not the case has noticed it yet. */
export function isOver({ state, deadlineMs, nowMs }: RequestView): boolean {
  return state === 'expired' || (state === 'open' && nowMs >= deadlineMs);
}

export type CodeCheck =
  | { readonly kind: 'right' }
  | { readonly kind: 'wrong'; readonly triesLeft: number }
  | { readonly kind: 'dead' };

/** Checks the typed code. The try is used up before the comparison, so that parallel guesses gain nothing. */
export async function checkCode(requests: RequestStore, link: MailLink, code: string): Promise<CodeCheck> {
  const triesLeft = await requests.takeTry(link.key);
  if (triesLeft === null) return { kind: 'dead' };
  const given = Buffer.from(codeHashOf(link.key, code.replace(/\s/g, '')), 'hex');
  const isRight = timingSafeEqual(given, Buffer.from(link.codeHash, 'hex'));
  return isRight ? { kind: 'right' } : { kind: 'wrong', triesLeft };
}
