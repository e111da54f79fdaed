import * as z from 'zod';
import { EffectError, type Mail, type Mailer } from '../ports/index.ts';
import { type MailSender, sendEmailInput } from './send-email-input.ts';
import { AwsCallError, type SignedCalls } from './signed-calls.ts';

const Sent = z.object({ MessageId: z.string().default('') });

/** Sends by SES without its client, once. */
export class SignedMailer implements Mailer {
  readonly #calls: SignedCalls;
  readonly #sender: MailSender;

  constructor(calls: SignedCalls, sender: MailSender) {
    this.#calls = calls;
    this.#sender = sender;
  }

  async send(mail: Mail): Promise<string> {
    const body = sendEmailInput(mail, this.#sender);
    try {
      const sent = await this.#calls.send({ service: 'ses', host: 'email', path: '/v2/email/outbound-emails', body });
      return Sent.parse(sent).MessageId;
    } catch (error) {
      if (!(error instanceof AwsCallError) || error.status >= 500) throw error;
      throw new EffectError(error.message, { isPassing: error.status === 429, cause: error });
    }
  }
}
