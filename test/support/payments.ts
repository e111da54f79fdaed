import { readFileSync } from 'node:fs';
import { people } from './deployment.ts';

export const EXPENSES = 'expense-categorisation';
export const FINANCE = 'finance-manager@remit.example';

/** A payment as the card issuer reports it. */
export interface Payment {
  readonly id: string;
  readonly card: string;
  readonly merchant: string;
  readonly amount: string;
  readonly memo: string;
}

/** A sample of the expense workflow, with another id where a test needs it for itself. */
export function samplePayment(name: string, changes: Partial<Payment> = {}): Payment {
  return { ...JSON.parse(readFileSync(`agents/${EXPENSES}/samples/${name}.json`, 'utf8')), ...changes };
}

export function dayFile(): string {
  return readFileSync(`agents/${EXPENSES}/samples/day-file.csv`, 'utf8');
}

export interface SentFile {
  readonly status: number;
  readonly batchId: string | undefined;
  readonly message: string | undefined;
}

/** Posts a day's file, signed as the card issuer would. */
export async function sendFile(url: string, file: string, contentType = 'text/csv'): Promise<SentFile> {
  const body = JSON.stringify({ workflow: EXPENSES, body: file });
  const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body };
  const signed: Record<string, string> = JSON.parse(await (await fetch(`${url}/_local/sign`, init)).text());
  const headers = { ...signed, 'content-type': contentType };
  const response = await fetch(`${url}/hooks/${EXPENSES}?trigger=day-file`, { method: 'POST', headers, body: file });
  return { status: response.status, ...JSON.parse(await response.text()) };
}

/** Every case of the expense workflow, as its team sees it. */
export async function paymentCases(url: string): Promise<readonly PaymentCase[]> {
  const { api } = people(url);
  const found: PaymentCase[] = [];
  for (let from = ''; ; ) {
    const page = await (await api(`/api/cases?workflow=${EXPENSES}&limit=100${from}`, {}, FINANCE)).json();
    const { items, cursor } = page as { items: PaymentCase[]; cursor: string | null };
    found.push(...items);
    if (cursor === null) return found;
    from = `&cursor=${encodeURIComponent(cursor)}`;
  }
}

export interface PaymentCase {
  readonly caseId: string;
  readonly state: string;
  readonly trigger: string;
  readonly eventId: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly problems: readonly string[];
  readonly decision: Readonly<Record<string, unknown>> | null;
}
