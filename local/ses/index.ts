import type { RestRoute } from '../endpoint/routes.ts';
import type { Activity } from '../kernel/activity.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Place } from '../kernel/names.ts';
import type { Service } from '../kernel/service.ts';
import type { Store } from '../kernel/store.ts';
import { Identities } from './identities.ts';
import { type CaughtMail, type MailEvent, Mails } from './mails.ts';
import { accountOperations } from './operations/account.ts';
import { identityOperations } from './operations/identities.ts';
import { sendOperations } from './operations/send.ts';
import type { SesParts } from './parts.ts';
import { sesRoutes } from './routes.ts';
import { SuppressionList } from './suppression.ts';

/** SES v2 that catches every mail instead of sending it. */
export function createSes(options: SesOptions): SesService {
  const parts: SesParts = {
    ...options,
    identities: new Identities(options.store, options.place),
    suppression: new SuppressionList(options.store),
    mails: new Mails(options.store),
  };
  return {
    name: 'ses',
    operations: { ...sendOperations(parts), ...identityOperations(parts), ...accountOperations(parts) },
    routes: sesRoutes,
    ensureIdentity: (identity) => options.store.writeNow(() => parts.identities.add(identity)),
    caughtMails: ({ to = null, limit = 100 } = {}) => parts.mails.caught(to, limit),
    mailEvents: (limit = 100) => parts.mails.events(limit),
    start: () => undefined,
    stop: () => undefined,
  };
}

export interface SesOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly activity: Activity;
  readonly place: Place;
}

export interface SesService extends Service {
  readonly routes: readonly RestRoute[];
  /** Makes a domain or an address a verified sender. A domain covers all addresses and subdomains under it. */
  ensureIdentity(identity: string): void;
  /** Mails that reached a mailbox, newest first; `limit` defaults to 100. */
  caughtMails(filter?: { readonly to?: string | null; readonly limit?: number }): readonly CaughtMail[];
  /** What became of each mail at each address, newest first; `limit` defaults to 100. */
  mailEvents(limit?: number): readonly MailEvent[];
  start(): void;
  stop(): void;
}

export type { CaughtMail, MailEvent } from './mails.ts';
