import { withFoot } from '../../domain/mail/quoted-reference.ts';
import type { Mailer, ReplyAddresses } from '../../ports/index.ts';
import type { ActionImplementation } from '../implementation.ts';
import { sendMail } from './definition.ts';

/** Sends by the mail service. It takes no key, so whether an interrupted call went through is for a person to find out. */
export function sendByMailer(mailer: Mailer, replies: ReplyAddresses): ActionImplementation {
  return async (args, { idempotencyKey, workflow }) => {
    const { to, bcc, subject, text } = sendMail.arguments.parse(args);
    const written = await replies.of({ idempotencyKey, workflow });
    const mail = { to: [to], bcc, subject, text: withFoot(text, written.footLine), html: null, written };
    return { messageId: await mailer.send(mail) };
  };
}
