import * as z from 'zod';
import { EffectError, type Mail, type Mailer } from '../ports/index.ts';
import { type MailSender, sendEmailInput } from './send-email-input.ts';
import { AwsCallError, type SignedCalls } from './signed-calls.ts';

const Sent = z.object({ MessageId: z.string().default('') });

/** Refusals that another try may well not meet, beside what is answered with 429. */
const PASSING = new Set(['LimitExceededException', 'ThrottlingException']);

/**
 * Sends by SES without its client, which takes 28 KB of a bundle for this one call. Once: SES knows no key, and a call
 * repeated after a lost answer would send the mail a second time.
 */
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
      // A fault of the service or a lost answer leaves open whether it went out.
      if (!(error instanceof AwsCallError) || error.status >= 500) throw error;
      const isPassing = error.status === 429 || PASSING.has(error.name);
      throw new EffectError(error.message, { isPassing, cause: error });
    }
  }
}
