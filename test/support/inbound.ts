import { readFileSync } from 'node:fs';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { Deployment } from './deployment.ts';
import { patiently } from './patiently.ts';

const SUPPORT_ADDRESS = 'support@remit.example';

export interface SentMail {
  /** Headers and body as they are written, lines parted by `\n`. */
  readonly raw: string;
  readonly from: string;
  readonly verdicts?: Readonly<Record<string, string>>;
  /** Of support, by default. */
  readonly to?: string;
}

/** Hands a mail over as another mail server would. */
export async function sendMail(
  url: string,
  { raw, from, to = SUPPORT_ADDRESS, verdicts = {} }: SentMail,
): Promise<{ messageId: string }> {
  const query = new URLSearchParams({ from, to, ...verdicts });
  const response = await fetch(`${url}/_local/mail/inbound?${query}`, {
    method: 'POST',
    headers: { 'content-type': 'message/rfc822' },
    body: raw.replaceAll(/\r?\n/g, '\r\n'),
  });
  if (!response.ok) throw new Error(`The mail was answered with ${response.status}: ${await response.text()}`);
  return (await response.json()) as { messageId: string };
}

/** A plain mail from a customer of that name; headers come before those that every mail has. */
export function plainMail(who: string, text: string, headers: Readonly<Record<string, string>> = {}): SentMail {
  const from = addressOf(who);
  const all = {
    ...headers,
    From: `${who} Customer <${from}>`,
    To: SUPPORT_ADDRESS,
    Subject: headers['Subject'] ?? `A question of ${who}`,
    'Message-ID': headers['Message-ID'] ?? `<${who}@mail.customer.example>`,
    'MIME-Version': '1.0',
    'Content-Type': headers['Content-Type'] ?? 'text/plain; charset=utf-8',
  };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`);
  return { from, raw: `${lines.join('\n')}\n\n${text}\n` };
}

export function addressOf(who: string): string {
  return `${who.toLowerCase()}@customer.example`;
}

export function sampleMail(): SentMail {
  const raw = readFileSync('agents/support-triage/samples/inbound-mail.eml', 'utf8');
  return { raw, from: 'thora.lund@pinewood-yoga.example' };
}

export interface MailCase {
  readonly caseId: string;
  readonly state: string;
  readonly trigger: string;
  readonly eventId: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly problems: readonly string[];
}

/** Every case that a mail has started, as the support lead sees them. */
export async function mailCases(remit: Deployment): Promise<readonly MailCase[]> {
  const answer = await remit.api('/api/cases?workflow=support-triage&limit=100', {}, 'support-lead@remit.example');
  const { items } = (await answer.json()) as { items: readonly MailCase[] };
  return items.filter(({ trigger }) => trigger === 'inbound-mail');
}

/** Cases whose mail or ticket names that customer, once there is one and none is open. */
export function casesOf(remit: Deployment, who: string): Promise<readonly MailCase[]> {
  return patiently(
    async () => (await mailCases(remit)).filter(({ input }) => JSON.stringify(input).includes(addressOf(who))),
    (found) => found.length > 0 && found.every(({ state }) => state !== 'open'),
    { what: `a case of ${who}` },
  );
}

/** An ordinary client of S3, as any program on this machine may have one. */
export function s3Of({ url }: Pick<Deployment, 'url'>): S3Client {
  const credentials = { accessKeyId: 'operator', secretAccessKey: 'operator' };
  return new S3Client({ endpoint: url, region: 'us-east-1', credentials });
}

/** The stack's bucket whose name holds `part`. */
export function bucketOf({ runtime }: Deployment, part: string): string {
  const buckets = runtime.resources.filter(({ type }) => type === 'AWS::S3::Bucket');
  const found = buckets.find(({ logicalId }) => logicalId.includes(part));
  if (found === undefined) throw new Error(`The stack has no bucket ${part}`);
  return found.physicalId;
}

export async function dropFile(remit: Deployment, key: string, file: string): Promise<void> {
  const Bucket = bucketOf(remit, 'BroughtFiles');
  await s3Of(remit).send(new PutObjectCommand({ Bucket, Key: key, Body: file, ContentType: 'text/csv' }));
}
