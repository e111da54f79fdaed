import { SESv2Client, type SESv2ClientConfig, SESv2ServiceException, SendEmailCommand } from '@aws-sdk/client-sesv2';
import { EffectError, type Mail, type Mailer } from '../ports/index.ts';
import { sendEmailInput } from './send-email-input.ts';

/** Refusals that another try may well not meet. */
const PASSING = new Set(['TooManyRequestsException', 'LimitExceededException', 'ThrottlingException']);

/** A client that calls once. SES knows no key: a call repeated after a lost answer would send the mail a second time. */
export function sesClient(config: SESv2ClientConfig = {}): SESv2Client {
  return new SESv2Client({ ...config, maxAttempts: 1 });
}

export class SesMailer implements Mailer {
  readonly #client: SESv2Client;
  readonly #sender: { readonly from: string; readonly inboundDomain: string | null };

  /** @param sender `inboundDomain`: where answers by mail come to; null for nowhere */
  constructor(client: SESv2Client, sender: { readonly from: string; readonly inboundDomain: string | null }) {
    this.#client = client;
    this.#sender = sender;
  }

  async send(mail: Mail): Promise<string> {
    try {
      const command = new SendEmailCommand(sendEmailInput(mail, this.#sender));
      const { MessageId: id } = await this.#client.send(command);
      return id ?? '';
    } catch (error) {
      throw isRefusal(error)
        ? new EffectError(error.message, { isPassing: PASSING.has(error.name), cause: error })
        : error;
    }
  }
}

/** SES answered and said no: nothing was sent. A server fault or a lost answer leaves that open. */
function isRefusal(error: unknown): error is SESv2ServiceException {
  return error instanceof SESv2ServiceException && error.$fault === 'client';
}
