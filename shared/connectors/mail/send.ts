import type { Mailer } from '../../ports/index.ts';
import type { ActionImplementation } from '../implementation.ts';
import { sendMail } from './definition.ts';

/** Sends by the mail service. It takes no key, so whether an interrupted call went through is for a person to find out. */
export function sendByMailer(mailer: Mailer): ActionImplementation {
  return async (args) => {
    const { to, bcc, subject, text } = sendMail.arguments.parse(args);
    return { messageId: await mailer.send({ to: [to], bcc, subject, text, html: null }) };
  };
}
