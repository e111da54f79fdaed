import { randomUUID } from 'node:crypto';
import type { RestRoute } from '../endpoint/routes.ts';
import type { Activity } from '../kernel/activity.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Place } from '../kernel/names.ts';
import type { Dispatch, JsonObject, Service } from '../kernel/service.ts';
import type { Store } from '../kernel/store.ts';
import { readAddress } from './addresses.ts';
import { Identities } from './identities.ts';
import { type CaughtMail, type MailEvent, Mails, type SentMail } from './mails.ts';
import { accountOperations } from './operations/account.ts';
import { identityOperations } from './operations/identities.ts';
import { sendOperations } from './operations/send.ts';
import { hasReached } from './outcome.ts';
import { type SesParts, write } from './parts.ts';
import { ReceiptRules } from './receiving/receipt-rules.ts';
import { type IncomingMail, receiveMail } from './receiving/receive.ts';
import { sesRoutes } from './routes.ts';
import { SuppressionList } from './suppression.ts';

/** SES v2 that catches every mail instead of sending it. */
export function createSes(options: SesOptions): SesService {
  const configurationSets = new Set<string>();
  const rules = new ReceiptRules(options.place);
  const parts: SesParts = {
    ...options,
    identities: new Identities(options.store, options.place),
    suppression: new SuppressionList(options.store),
    mails: new Mails(options.store),
    configurationSets,
  };
  return {
    name: 'ses',
    operations: { ...sendOperations(parts), ...identityOperations(parts), ...accountOperations(parts) },
    routes: sesRoutes,
    ensureIdentity: (identity) => options.store.writeNow(() => parts.identities.add(identity)),
    ensureConfigurationSet: (name) => void configurationSets.add(name),
    ensureReceiptRule: (name, properties) => rules.ensure(name, properties),
    addressesForMail: () => rules.addresses(),
    receive: (mail) => receiveMail({ ...options, rules }, mail),
    catchNotice: (notice) => catchNotice(parts, notice),
    caughtMails: ({ to = null, limit = 100 } = {}) => parts.mails.caught(to, limit),
    mailEvents: (limit = 100) => parts.mails.events(limit),
    eraseTexts: (texts) => options.store.write(() => parts.mails.eraseTexts(texts)),
    start: () => undefined,
    stop: () => undefined,
  };
}

export interface SesOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly activity: Activity;
  readonly place: Place;
  /** What receipt rules do with a mail, they do by calls. */
  readonly dispatch: Dispatch;
}

export interface SesService extends Service {
  readonly routes: readonly RestRoute[];
  /** Makes a domain or an address a verified sender. A domain covers all addresses and subdomains under it. */
  ensureIdentity(identity: string): void;
  /** AWS::SES::ConfigurationSet; a mail that names any other is refused. To be called at every boot. */
  ensureConfigurationSet(name: string): void;
  /** AWS::SES::ReceiptRule, resolved; to be called at every boot. */
  ensureReceiptRule(name: string, properties: JsonObject): void;
  /** Addresses that receipt rules name. */
  addressesForMail(): readonly string[];
  /** Takes a mail in, as if another server had sent it. @throws MessageRejected */
  receive(mail: IncomingMail): Promise<{ readonly messageId: string }>;
  /** A mail of AWS itself, as SNS sends to its subscribers: no identity, no suppression. */
  catchNotice(notice: Notice): Promise<void>;
  /** Mails that reached a mailbox, newest first; `limit` defaults to 100. */
  caughtMails(filter?: { readonly to?: string | null; readonly limit?: number }): readonly CaughtMail[];
  /** What became of each mail at each address, newest first; `limit` defaults to 100. */
  mailEvents(limit?: number): readonly MailEvent[];
  /** Takes mails that hold one of these texts out of the mailboxes of this machine; gives how many. */
  eraseTexts(texts: readonly string[]): Promise<number>;
  start(): void;
  stop(): void;
}

export interface Notice {
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly traceId: string | null;
}

async function catchNotice(parts: SesParts, { from, to, subject, text, traceId }: Notice): Promise<void> {
  const { address } = readAddress(to);
  const empty = { cc: [], bcc: [], replyTo: [], html: '', headers: {}, tags: {}, attachments: [] };
  const recipients: SentMail['recipients'] = [{ address, outcome: 'delivered' }];
  const mail: SentMail = {
    ...empty,
    id: randomUUID(),
    atMs: parts.clock.now(),
    from,
    to: [to],
    subject,
    text,
    recipients,
    traceId,
  };
  await write(parts, () => parts.mails.add(mail, hasReached));
}

export type { CaughtMail, MailEvent } from './mails.ts';
export { type IncomingMail, VERDICTS } from './receiving/receive.ts';
