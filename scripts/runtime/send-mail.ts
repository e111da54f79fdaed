import { readFileSync } from 'node:fs';
import { Problem } from '../command/problem.ts';
import { inProject } from '../command/project.ts';
import { isRecord, problemIn, type RuntimeClient } from './client.ts';

/** Of the addresses that start cases: `remit:inboundMailDomain` of cdk.json. */
export function inboundMailDomain(): string {
  const { context } = JSON.parse(readFileSync(inProject('cdk.json'), 'utf8')) as { context: Record<string, unknown> };
  return String(context['remit:inboundMailDomain']);
}

/** Hands a mail over as another mail server would. @returns the Message-ID that its case is named by; null for none */
export async function sendMail(runtime: RuntimeClient, mail: string, to: string): Promise<string | null> {
  const head = mail.split(/\r?\n\r?\n/, 1)[0]?.replaceAll(/\r?\n[ \t]+/g, ' ') ?? '';
  const [from] = /[^<>\s"]+@[^<>\s"]+/.exec(headerOf(head, 'from')) ?? [];
  if (from === undefined) throw new Problem('The mail has no sender: give it a line From.');
  const query = new URLSearchParams({ from, to });
  const raw = mail.replaceAll(/\r?\n/g, '\r\n');
  const answer = await runtime.post(`/_local/mail/inbound?${query}`, raw, { 'content-type': 'message/rfc822' });
  if (answer.status !== 200 || !isRecord(answer.body)) {
    throw new Problem(`The mail was not accepted: ${problemIn(answer)}`);
  }
  return headerOf(head, 'message-id') || null;
}

function headerOf(head: string, name: string): string {
  return new RegExp(`^${name}:[ \\t]*(.*)$`, 'im').exec(head)?.[1]?.trim() ?? '';
}
