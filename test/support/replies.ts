import type { CaughtMail, Deployment } from './deployment.ts';
import type { MailCase } from './inbound.ts';
import { untilThere } from './patiently.ts';

export interface AnswerableMail extends CaughtMail {
  readonly id: string;
  readonly replyTo: readonly string[];
}

/** A mail that a stand-in would have sent. */
export interface StandInMail {
  readonly id: string;
  readonly to: string;
  readonly text: string;
  readonly replyTo: string | null;
}

/** A case with what it followed from. */
export interface AnsweredCase extends MailCase {
  readonly causedBy: { readonly caseId: string; readonly actionId: string } | null;
}

/** Answers a mail as its reader would, or as the request says otherwise. @throws where it is not taken in */
export async function answerMail(
  { url }: Pick<Deployment, 'url'>,
  request: { readonly mail: string; readonly text: string } & Readonly<Record<string, unknown>>,
): Promise<void> {
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(`${url}/_local/mail/reply`, { method: 'POST', headers, body: JSON.stringify(request) });
  if (!answer.ok) throw new Error(`The reply was answered with ${answer.status}: ${await answer.text()}`);
}

/** An answer to a mail as it is written, but for its Message-ID. */
export function rawReply({ to: [from = ''], replyTo: [to = ''], subject }: AnswerableMail, text: string): string {
  const headers = [`From: ${from}`, `To: ${to}`, `Subject: Re: ${subject}`, 'Date: Mon, 02 Mar 2026 08:00:00 +0000'];
  return `${headers.join('\n')}\n\n${text}\n`;
}

/** The newest mail to somebody. */
export async function mailTo(remit: Deployment, to: string): Promise<AnswerableMail> {
  const [mail] = (await remit.mails(to)) as readonly AnswerableMail[];
  if (mail === undefined) throw new Error(`Nobody has written to ${to}`);
  return mail;
}

/** The newest mail of a stand-in to somebody, once there is one. */
export function standInMailTo(remit: Deployment, to: string): Promise<StandInMail> {
  return untilThere(async () => {
    const mails = (await (await fetch(`${remit.url}/_local/mail/stand-ins`)).json()) as readonly StandInMail[];
    return mails.find((mail) => mail.to === to) ?? null;
  }, `a mail of a stand-in to ${to}`);
}

/** Cases of a workflow that speak of something, newest first, once there are so many (1 by default) and none is open. */
export function casesAbout(
  remit: Deployment,
  { workflow, words, count = 1 }: { readonly workflow: string; readonly words: string; readonly count?: number },
): Promise<readonly AnsweredCase[]> {
  return untilThere(async () => {
    const path = `/api/cases?workflow=${workflow}&limit=100`;
    const answer = await remit.api(path, {}, 'operator@remit.example', ['operators']);
    const { items } = (await answer.json()) as { items: readonly AnsweredCase[] };
    const found = items.filter(({ input }) => JSON.stringify(input).includes(words));
    return found.length >= count && found.every(({ state }) => state !== 'open') ? found : null;
  }, `${count} cases of ${workflow} about ${words}`);
}
