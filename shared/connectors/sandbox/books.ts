import * as z from 'zod';
import type { JsonObject } from '../../contracts/index.ts';
import type { ActionImplementation, SourceImplementation } from '../implementation.ts';
import { bookEntry, booksEntries, cardHistory, counterEntry } from './books-definition.ts';
import type { SandboxEffect, SandboxRecord, SandboxStore } from './store.ts';
import { worldFile } from './world-file.ts';

/** What came before the first case, by `<card>|<merchant>` and by merchant. */
const BooksWorld = z.object({
  history: z.record(z.string(), z.object({ times: z.int().min(1), account: z.string() })),
  merchants: z.record(z.string(), z.string()),
});

const DAY_MS = 86_400_000;
const SAME_CHARGE_DAYS = 7;

export interface BooksPorts {
  readonly sandbox: SandboxStore;
  readonly clock: { nowMs(): number };
}

type Entry = z.infer<typeof bookEntry.arguments>;
type Charge = z.infer<typeof booksEntries.arguments>;

export function readEntries({ sandbox }: BooksPorts): SourceImplementation {
  return async (args) => {
    const charge = booksEntries.arguments.parse(args);
    const [entry, last] = await Promise.all([
      sandbox.record('books-entry', charge.transactionId),
      sandbox.record('books-charge', chargeKey(charge)),
    ]);
    const account = entry?.['isCountered'] === false ? String(entry['account']) : null;
    return { account, sameCharge: otherCharge(charge, last) };
  };
}

export function readCardHistory(
  ports: BooksPorts & { readonly assets: Parameters<typeof worldFile>[0] },
): SourceImplementation {
  const worldOf = worldFile(ports.assets, BooksWorld);
  return async (args, { workflow }) => {
    const { card, merchant } = cardHistory.arguments.parse(args);
    const key = `${card}|${merchant}`;
    const [world, own, all] = await Promise.all([
      worldOf(workflow),
      ports.sandbox.record('books-history', key),
      ports.sandbox.record('books-merchant', merchant),
    ]);
    const before = entryOf(world?.history, key);
    const merchantAccount = entryOf(world?.merchants, merchant) ?? accountOf(all);
    return {
      times: (before?.times ?? 0) + timesOf(own),
      usualAccount: before?.account ?? accountOf(own),
      isMerchantKnown: merchantAccount !== null,
      merchantAccount,
    };
  };
}

export function book(ports: BooksPorts): ActionImplementation {
  return async (args, { idempotencyKey, caseId }) => {
    const entry = bookEntry.arguments.parse(args);
    const { transactionId, account, date, card, merchant } = entry;
    const key = `${card}|${merchant}`;
    const times = timesOf(await ports.sandbox.record('books-history', key)) + 1;
    return post(ports, 'sandbox.books-entry', { idempotencyKey, caseId, entry }, [
      record('books-entry', transactionId, { account, isCountered: false }, 'take'),
      record('books-charge', chargeKey(entry), { transactionId, date }),
      record('books-history', key, { account, times }),
      record('books-merchant', merchant, { account }),
    ]);
  };
}

export function counter(ports: BooksPorts): ActionImplementation {
  return async (args, { idempotencyKey, caseId }) => {
    const entry = counterEntry.arguments.parse(args);
    const { transactionId, account } = entry;
    return post(ports, 'sandbox.books-counter-entry', { idempotencyKey, caseId, entry }, [
      record('books-entry', transactionId, { account, isCountered: true }, 'free'),
      record('books-charge', chargeKey(entry), { transactionId: null, date: null }),
    ]);
  };
}

function post(
  { sandbox, clock }: BooksPorts,
  connector: string,
  { idempotencyKey, caseId, entry }: { idempotencyKey: string; caseId: string; entry: Entry },
  records: readonly SandboxRecord[],
): Promise<JsonObject> {
  const [first = null, ...others] = records;
  const effect: SandboxEffect = {
    ...{ idempotencyKey, caseId, connector, arguments: { ...entry } },
    result: { entryId: idempotencyKey },
    atMs: clock.nowMs(),
    record: first,
    others,
  };
  return sandbox.perform(effect);
}

function record(kind: string, key: string, fields: JsonObject, hold?: 'take' | 'free'): SandboxRecord {
  return { kind, key, fields, ...(hold === undefined ? {} : { hold }) };
}

function chargeKey({ card, merchant, amount }: Pick<Charge, 'card' | 'merchant' | 'amount'>): string {
  return `${card}|${merchant}|${amount.minor}|${amount.currency}`;
}

/** Of the same card, merchant and amount, under another id and not long ago. */
function otherCharge({ transactionId, date }: Charge, last: JsonObject | null): string | null {
  const other = last?.['transactionId'];
  if (typeof other !== 'string' || other === transactionId) return null;
  const days = Math.abs(Date.parse(date) - Date.parse(String(last?.['date']))) / DAY_MS;
  return days <= SAME_CHARGE_DAYS ? other : null;
}

function timesOf(fields: JsonObject | null): number {
  const times = fields?.['times'];
  return typeof times === 'number' ? times : 0;
}

function accountOf(fields: JsonObject | null): string | null {
  const account = fields?.['account'];
  return typeof account === 'string' ? account : null;
}

/** What every object inherits is no entry. */
function entryOf<T>(entries: Readonly<Record<string, T>> | undefined, key: string): T | null {
  return entries !== undefined && Object.hasOwn(entries, key) ? (entries[key] ?? null) : null;
}
