import { timingSafeEqual } from 'node:crypto';
import * as z from 'zod';
import type { Workflow } from '../authoring/index.ts';
import { linkKeyOf } from '../domain/case-id.ts';
import type { RequestView } from '../pages/index.ts';
import type { CaseStore, Clock, MailLink, RequestStore } from '../ports/index.ts';
import { type LoadedRequest, loadRequest } from './load-request.ts';
import { codeHashOf } from './mail-request.ts';
import { operation } from './operation.ts';
import { viewOf } from './request-view-of.ts';

/** The secret part of a mailed link. */
export const LinkSecret = z.string().regex(/^[A-Za-z0-9_-]{16,64}$/);
export const OpenLink = z.object({ secret: LinkSecret });

export interface OpenLinkPorts {
  readonly findWorkflow: (id: string) => Workflow | null;
  readonly cases: CaseStore;
  readonly requests: RequestStore;
  readonly clock: Clock;
}

/** What stands behind a link; null for a link that leads nowhere, whatever the cause. Opening changes nothing. */
export const openLink = operation({
  name: 'open-link',
  input: OpenLink,
  async run(ports: OpenLinkPorts, { secret }): Promise<OpenedLink | null> {
    const link = await ports.requests.link(linkKeyOf(secret));
    if (link === null) return null;
    const loaded = await loadRequest(ports, link.requestId);
    if (loaded === null) return null;
    const ledger = await ports.cases.ledger(loaded.case.id);
    const turns = ledger.flatMap(({ event }) => (event.type === 'turn-finished' ? [event.turn] : []));
    return { link, loaded, view: viewOf({ ...loaded, turns }, link.person, ports.clock.nowMs()) };
  },
});

export interface OpenedLink {
  readonly link: MailLink;
  readonly loaded: LoadedRequest;
  readonly view: RequestView;
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
