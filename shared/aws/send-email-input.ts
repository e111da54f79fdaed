import { ANSWERS } from '../domain/mail/own-address.ts';
import type { Mail } from '../ports/index.ts';

/** Of the deployment: the sender of all mails, and the domain that answers come to; null where no mail comes in. */
export interface MailSender {
  readonly from: string;
  readonly inboundDomain: string | null;
}

/**
 * A mail as the operation SendEmail of SES v2 takes it. SES makes the Message-ID itself and takes none of ours, so an
 * answer finds its way back by Reply-To and by the name in References, which SES and mail programs hand on.
 */
export function sendEmailInput(mail: Mail, { from, inboundDomain }: MailSender) {
  const { to, bcc, subject, text, html } = mail;
  const utf8 = (Data: string) => ({ Data, Charset: 'UTF-8' });
  const replyTo = replyToOf(mail, inboundDomain);
  return {
    FromEmailAddress: from,
    Destination: { ToAddresses: [...to], ...(bcc.length === 0 ? {} : { BccAddresses: [...bcc] }) },
    ...(replyTo === null ? {} : { ReplyToAddresses: [replyTo] }),
    Content: {
      Simple: {
        Subject: utf8(subject),
        Body: { Text: utf8(text), ...(html === null ? {} : { Html: utf8(html) }) },
        ...headersOf(mail),
      },
    },
  };
}

function replyToOf({ written, requestId }: Mail, inboundDomain: string | null): string | null {
  if (written !== undefined) return written.replyTo;
  if (inboundDomain === null) return null;
  return `${ANSWERS}${requestId === undefined ? '' : `+${requestId}`}@${inboundDomain}`;
}

/** What Remit writes to its own people says that a machine wrote it, so that no other machine answers. */
function headersOf({ written, isAutoReply }: Mail): { Headers?: { Name: string; Value: string }[] } {
  const [Name, Value] =
    written === undefined
      ? ['Auto-Submitted', isAutoReply === true ? 'auto-replied' : 'auto-generated']
      : ['References', written.reference];
  return Value === null ? {} : { Headers: [{ Name, Value }] };
}
